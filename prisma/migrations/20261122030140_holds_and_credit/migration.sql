-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "holds" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "about" TEXT;

-- CreateTable
CREATE TABLE "customer_holds" (
    "id" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "gates" TEXT[],
    "placedBy" TEXT NOT NULL,
    "placedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),
    "releasedBy" TEXT,
    "releasedAt" TIMESTAMPTZ(3),
    "releaseReason" TEXT,

    CONSTRAINT "customer_holds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_reservations" (
    "orderNo" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "exposureFen" BIGINT NOT NULL,
    "specialBy" TEXT,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_reservations_pkey" PRIMARY KEY ("orderNo")
);

-- CreateIndex
CREATE INDEX "customer_holds_customerId_idx" ON "customer_holds"("customerId");

-- CreateIndex
CREATE INDEX "credit_reservations_customerId_idx" ON "credit_reservations"("customerId");

ALTER TABLE "customer_holds" ADD CONSTRAINT "customer_holds_customer" FOREIGN KEY ("customerId") REFERENCES "customers" ("id");
ALTER TABLE "customer_holds" ADD CONSTRAINT "customer_holds_gates" CHECK (cardinality("gates") > 0);
ALTER TABLE "customer_holds" ADD CONSTRAINT "customer_holds_release" CHECK (
  ("releasedAt" IS NULL) = ("releasedBy" IS NULL) AND ("releasedAt" IS NULL) = ("releaseReason" IS NULL));
ALTER TABLE "credit_reservations" ADD CONSTRAINT "credit_reservations_order" FOREIGN KEY ("orderNo") REFERENCES "orders" ("no");
ALTER TABLE "credit_reservations" ADD CONSTRAINT "credit_reservations_exposure" CHECK ("exposureFen" >= 0);
CREATE INDEX "orders_wait_for_credit" ON "orders" ("customerId") WHERE 'credit' = ANY ("holds") AND "endedAt" IS NULL;

-- What shuts a customer's gates now.
CREATE FUNCTION holds_of_customer(wanted_customer text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', "id", 'reason', "reason", 'gates', "gates",
           'until', to_char("until" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) ORDER BY "placedAt", "id"), '[]')
    FROM "customer_holds"
   WHERE "customerId" = wanted_customer AND "releasedAt" IS NULL AND coalesce("until", 'infinity') > now()
$$;

-- HG-3: what an order takes up of its customer's credit. Once billed it is a receivable; closed, nothing.
CREATE FUNCTION credit_taken(reservation "credit_reservations") RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN o."billedFen" > 0 OR o."endedAt" IS NOT NULL OR o."status" IN ('cancelled', 'rejected', 'dead', 'archived') THEN 0
              ELSE greatest(0, least(reservation."exposureFen", o."totalFen" - o."receivedFen")) END
    FROM "orders" o WHERE o."no" = reservation."orderNo"
$$;

-- V8, AR-4: the customer's row is locked first, so that two approvals at once cannot both have the last of a limit. The same
-- key answers the same; a refusal leaves nothing behind. Nothing new is accepted of a customer who is suspended or held (Q8).
CREATE FUNCTION reserve_credit(wanted_key text, wanted_customer text, wanted_order text, wanted_revision int,
                               wanted_fen bigint, special text, special_fen bigint) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  customer record;
  holds jsonb;
  used bigint;
  refused text;
BEGIN
  SELECT "creditLimitFen", "suspendedAt" IS NOT NULL AS suspended INTO customer
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
  END IF;
  RETURN jsonb_build_object('granted', refused IS NULL, 'because', refused, 'limitFen', customer."creditLimitFen",
                            'usedFen', used, 'suspended', customer.suspended, 'holds', holds);
END $$;

-- HG-2: what changes about a customer is told to his orders as a message of the ordinary road; the sweep rings it.
CREATE FUNCTION tell_orders_of_customer(wanted_customer text, only_waiting boolean) RETURNS void LANGUAGE sql AS $$
  INSERT INTO "inbox" ("id", "workflowId", "orderNo", "kind", "payload", "sender", "digest", "rungAt")
  SELECT message.id, 'order-' || o."no", o."no", 'customerStandingChanged',
         jsonb_build_object('kind', 'customerStandingChanged', 'id', message.id, 'by', '{"kind":"process"}'::jsonb,
           'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'suspended', c."suspendedAt" IS NOT NULL, 'holds', holds_of_customer(wanted_customer)),
         'customer:' || wanted_customer, sha256(convert_to(message.id, 'UTF8')),
         -- Nobody rings it but the sweep, which need not wait for its sender.
         now() - interval '1 minute'
    FROM "orders" o
    JOIN "customers" c ON c."id" = o."customerId",
    LATERAL (SELECT 'standing/' || o."no" || '/' || gen_random_uuid() AS id) message
   WHERE o."customerId" = wanted_customer AND o."endedAt" IS NULL
     AND o."status" NOT IN ('cancelled', 'rejected', 'dead', 'archived', 'completed')
     AND (NOT only_waiting OR 'credit' = ANY (o."holds") AND NOT EXISTS (
       SELECT FROM "inbox" i WHERE i."orderNo" = o."no" AND i."kind" = 'customerStandingChanged' AND i."standing" = 'pending'))
$$;

CREATE FUNCTION customer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."suspendedAt" IS NULL) <> (OLD."suspendedAt" IS NULL) THEN
    PERFORM tell_orders_of_customer(NEW."id", false);
  ELSIF NEW."creditLimitFen" > OLD."creditLimitFen" THEN
    PERFORM tell_orders_of_customer(NEW."id", true);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "customers_tell_orders" AFTER UPDATE OF "suspendedAt", "creditLimitFen" ON "customers" FOR EACH ROW
  EXECUTE FUNCTION customer_changed();

CREATE FUNCTION customer_hold_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- One change of a customer after the other: each tells all of his holds as they are then.
  PERFORM FROM "customers" WHERE "id" = NEW."customerId" FOR UPDATE;
  PERFORM tell_orders_of_customer(NEW."customerId", false);
  RETURN NULL;
END $$;
CREATE TRIGGER "customer_holds_tell_orders" AFTER INSERT OR UPDATE ON "customer_holds" FOR EACH ROW
  EXECUTE FUNCTION customer_hold_changed();

-- Credit is free again when an order is paid, closed or smaller: orders that wait for it try once more.
CREATE FUNCTION credit_may_be_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "orders" w WHERE w."customerId" = NEW."customerId" AND w."no" <> NEW."no"
              AND 'credit' = ANY (w."holds") AND w."endedAt" IS NULL) THEN
    PERFORM tell_orders_of_customer(NEW."customerId", true);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "orders_free_credit" AFTER UPDATE OF "receivedFen", "outstandingFen", "status", "totalFen" ON "orders" FOR EACH ROW
  WHEN (NEW."customerId" IS NOT NULL AND (NEW."receivedFen" > OLD."receivedFen" OR NEW."outstandingFen" < OLD."outstandingFen" OR NEW."totalFen" < OLD."totalFen"
        OR (NEW."status" <> OLD."status" AND NEW."status" IN ('cancelled', 'rejected', 'dead', 'archived'))))
  EXECUTE FUNCTION credit_may_be_free();
