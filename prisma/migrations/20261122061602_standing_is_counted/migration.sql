-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "standingVersion" INTEGER NOT NULL DEFAULT 0;

-- HG-2: what orders are told of a customer is counted, under the lock of his row, and the gate says which telling it has seen: two
-- that are heard out of order leave the later word standing.
CREATE OR REPLACE FUNCTION tell_orders_of_customer(wanted_customer text, only_waiting boolean) RETURNS void LANGUAGE sql AS $$
  WITH waiting AS (
    UPDATE "credit_refusals" SET "told" = true WHERE "customerId" = wanted_customer AND NOT "told" RETURNING "orderNo"
  ), c AS (
    UPDATE "customers" SET "standingVersion" = "standingVersion" + 1 WHERE "id" = wanted_customer RETURNING *
  )
  INSERT INTO "inbox" ("id", "workflowId", "orderNo", "kind", "payload", "sender", "digest", "rungAt")
  SELECT message.id, 'order-' || o."no", o."no", 'customerStandingChanged',
         jsonb_build_object('kind', 'customerStandingChanged', 'id', message.id, 'by', '{"kind":"process"}'::jsonb,
           'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'customerId', c."id", 'standingVersion', c."standingVersion",
           'suspended', c."suspendedAt" IS NOT NULL, 'holds', holds_of_customer(wanted_customer)),
         'customer:' || wanted_customer, sha256(convert_to(message.id, 'UTF8')),
         -- Nobody rings it but the sweep, which need not wait for its sender.
         now() - interval '1 minute'
    FROM "orders" o
    JOIN c ON c."id" = o."customerId",
    LATERAL (SELECT 'standing/' || o."no" || '/' || gen_random_uuid() AS id) message
   WHERE o."customerId" = wanted_customer AND o."endedAt" IS NULL
     AND o."status" NOT IN ('cancelled', 'rejected', 'dead', 'archived', 'completed')
     AND (NOT only_waiting OR o."no" IN (SELECT "orderNo" FROM waiting))
$$;

CREATE OR REPLACE FUNCTION reserve_credit(wanted_key text, wanted_customer text, wanted_order text, wanted_revision int,
                                          wanted_fen bigint, special text, special_fen bigint) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  customer record;
  holds jsonb;
  used bigint;
  refused text;
BEGIN
  SELECT "creditLimitFen", "suspendedAt" IS NOT NULL AS suspended, "standingVersion" INTO customer
    FROM "customers" WHERE "id" = wanted_customer FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no customer %', wanted_customer
      USING ERRCODE = 'foreign_key_violation', TABLE = 'credit_reservations';
  END IF;
  holds := holds_of_customer(wanted_customer);
  SELECT coalesce((SELECT sum("outstandingFen") FROM "orders" WHERE "customerId" = wanted_customer AND "outstandingFen" > 0), 0)
       + coalesce((SELECT sum(credit_taken(r)) FROM "credit_reservations" r
                    WHERE r."customerId" = wanted_customer AND r."orderNo" <> wanted_order), 0) INTO used;
  refused := CASE
    WHEN EXISTS (SELECT FROM "credit_reservations" WHERE "orderNo" = wanted_order AND "key" = wanted_key) THEN NULL
    WHEN customer.suspended THEN 'suspended'
    WHEN EXISTS (SELECT FROM jsonb_array_elements(holds) h WHERE h->'gates' ? 'accept') THEN 'held'
    -- RV-4: a special approval covers the excess that its authority saw, and no more.
    WHEN wanted_fen > 0 AND used + wanted_fen - customer."creditLimitFen" > (CASE WHEN special IS NULL THEN 0 ELSE special_fen END)
      THEN 'over_limit'
  END;
  IF refused IS NULL THEN
    INSERT INTO "credit_reservations" ("orderNo", "customerId", "revision", "exposureFen", "specialBy", "key")
    VALUES (wanted_order, wanted_customer, wanted_revision, wanted_fen, special, wanted_key)
    ON CONFLICT ("orderNo") DO UPDATE SET "customerId" = excluded."customerId", "revision" = excluded."revision",
      "exposureFen" = excluded."exposureFen", "specialBy" = excluded."specialBy", "key" = excluded."key", "at" = now();
    DELETE FROM "credit_refusals" WHERE "orderNo" = wanted_order;
  ELSE
    INSERT INTO "credit_refusals" ("orderNo", "customerId") VALUES (wanted_order, wanted_customer)
    ON CONFLICT ("orderNo") DO UPDATE SET "customerId" = excluded."customerId", "told" = false;
  END IF;
  RETURN jsonb_build_object('granted', refused IS NULL, 'because', refused, 'limitFen', customer."creditLimitFen",
                            'usedFen', used, 'suspended', customer.suspended, 'holds', holds,
                            'version', customer."standingVersion");
END $$;
