-- HG-3: what an order takes up of its customer's credit: what was reserved of it, or more where goods went on a release, a guarantee
-- or for cash on delivery; less what is billed and unpaid by now, which is a receivable and counted as one. Closed, or given to another
-- customer, it takes up nothing.
-- V8: what is reserved counts from the moment that it is, though the order's row may not say yet that it asks (`askedSeq` is newer
-- then); once the row knows of the facts by which it asked, the row says whether the order is accepted or back under review.
CREATE OR REPLACE FUNCTION credit_taken(reservation "credit_reservations") RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN o."endedAt" IS NOT NULL OR o."status" IN ('cancelled', 'rejected', 'dead', 'archived')
                OR o."customerId" IS DISTINCT FROM reservation."customerId" THEN 0
              ELSE greatest(0, o."shippedUnpaidFen",
                CASE WHEN o."usesCredit" OR reservation."askedSeq" > o."filedSeq"
                     THEN least(reservation."exposureFen", o."totalFen" - o."receivedFen") - o."outstandingFen" ELSE 0 END) END
    FROM "orders" o WHERE o."no" = reservation."orderNo"
$$;

-- HG-3: the one measure of a customer's credit, for the gate, for who looks at it and for the check before people: what is billed
-- and unpaid, what accepted orders take up, and what those under review would take up; all but one order's own. Reservations stay
-- for ever, and the gate counts under the lock of the customer's row: only orders that can still take something up are looked at.
CREATE OR REPLACE FUNCTION credit_use(wanted_customer text, but_for text, OUT "receivablesFen" bigint, OUT "takenFen" bigint, OUT "inReviewFen" bigint)
LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT sum("outstandingFen") FROM "orders"
                    WHERE "customerId" = wanted_customer AND "outstandingFen" > 0), 0)::bigint,
         coalesce((SELECT sum(credit_taken(r)) FROM "orders" o JOIN "credit_reservations" r ON r."orderNo" = o."no"
                    WHERE o."customerId" = wanted_customer AND o."endedAt" IS NULL
                      AND r."customerId" = wanted_customer AND r."orderNo" <> but_for), 0)::bigint,
         coalesce((SELECT sum(greatest(0, least(o."exposureFen", o."totalFen" - o."receivedFen"))) FROM "orders" o
                    WHERE o."customerId" = wanted_customer AND o."no" <> but_for AND o."endedAt" IS NULL
                      AND o."status" IN ('pending_review', 'returned')
                      AND NOT EXISTS (SELECT FROM "credit_reservations" r
                                       WHERE r."orderNo" = o."no" AND r."customerId" = wanted_customer
                                         AND (o."usesCredit" OR r."askedSeq" > o."filedSeq"))), 0)::bigint
$$;

-- V8, AR-4: the customer's row is locked first, so that two approvals at once cannot both have the last of a limit. The same key
-- answers the same. Nothing new is accepted of a customer who is suspended or held (Q8). HG-2: a refusal says in its own transaction,
-- under the same lock, that this order waits. Whoever changes what credit is free takes the lock before he looks, so a change is
-- either seen by the gate or told to the order.
CREATE OR REPLACE FUNCTION reserve_credit(wanted_key text, wanted_customer text, wanted_order text, wanted_revision int,
                                          wanted_fen bigint, special text, special_fen bigint, asked_seq int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  customer record;
  holds jsonb;
  used bigint;
  refused text;
BEGIN
  SELECT "creditLimitFen", "suspendedAt" IS NOT NULL AS suspended, "statusVersion" INTO customer
    FROM "customers" WHERE "id" = wanted_customer FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no customer %', wanted_customer
      USING ERRCODE = 'foreign_key_violation', TABLE = 'credit_reservations';
  END IF;
  holds := holds_of_customer(wanted_customer);
  SELECT "receivablesFen" + "takenFen" INTO used FROM credit_use(wanted_customer, wanted_order);
  refused := CASE
    WHEN EXISTS (SELECT FROM "credit_reservations" WHERE "orderNo" = wanted_order AND "key" = wanted_key) THEN NULL
    WHEN customer.suspended THEN 'suspended'
    WHEN EXISTS (SELECT FROM jsonb_array_elements(holds) h WHERE h->'gates' ? 'accept') THEN 'held'
    -- RV-4: a special approval covers the excess that its authority saw, and no more.
    WHEN wanted_fen > 0 AND used + wanted_fen - customer."creditLimitFen" > (CASE WHEN special IS NULL THEN 0 ELSE special_fen END)
      THEN 'over_limit'
  END;
  IF refused IS NULL THEN
    INSERT INTO "credit_reservations" ("orderNo", "customerId", "revision", "exposureFen", "specialBy", "key", "askedSeq")
    VALUES (wanted_order, wanted_customer, wanted_revision, wanted_fen, special, wanted_key,
            asked_seq)
    ON CONFLICT ("orderNo") DO UPDATE SET "customerId" = excluded."customerId", "revision" = excluded."revision",
      "exposureFen" = excluded."exposureFen", "specialBy" = excluded."specialBy", "key" = excluded."key",
      "askedSeq" = excluded."askedSeq", "at" = now();
    DELETE FROM "credit_refusals" WHERE "orderNo" = wanted_order;
  ELSE
    INSERT INTO "credit_refusals" ("orderNo", "customerId") VALUES (wanted_order, wanted_customer)
    ON CONFLICT ("orderNo") DO UPDATE SET "customerId" = excluded."customerId", "told" = false;
  END IF;
  RETURN jsonb_build_object('granted', refused IS NULL, 'because', refused, 'limitFen', customer."creditLimitFen",
                            'usedFen', used, 'suspended', customer.suspended, 'holds', holds,
                            'version', customer."statusVersion");
END $$;

-- Credit is free again when an order is paid, closed, smaller, back under review, without its goods or given to another customer:
-- orders of the former customer that wait for credit try once more.
CREATE OR REPLACE FUNCTION credit_may_be_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "customers" WHERE "id" = OLD."customerId" FOR UPDATE;
  IF EXISTS (SELECT FROM "credit_refusals" WHERE "customerId" = OLD."customerId" AND "orderNo" <> NEW."no" AND NOT "told") THEN
    PERFORM tell_orders_of_customer(OLD."customerId", true);
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER "orders_free_credit"
  AFTER UPDATE OF "customerId", "receivedFen", "outstandingFen", "shippedUnpaidFen", "status", "totalFen", "usesCredit" ON "orders" FOR EACH ROW
  WHEN (OLD."customerId" IS NOT NULL AND (NEW."customerId" <> OLD."customerId" OR (OLD."usesCredit" AND NOT NEW."usesCredit")
        OR NEW."receivedFen" > OLD."receivedFen" OR NEW."outstandingFen" < OLD."outstandingFen" OR NEW."totalFen" < OLD."totalFen"
        OR (NEW."shippedUnpaidFen" < OLD."shippedUnpaidFen" AND NEW."billedFen" = OLD."billedFen")
        OR (NEW."status" <> OLD."status" AND NEW."status" IN ('cancelled', 'rejected', 'dead', 'archived'))))
  EXECUTE FUNCTION credit_may_be_free();
