-- What shuts a customer's gates now. EX-1, HG-1: whoever is told of his holds is told since when they stand and who placed them.
CREATE OR REPLACE FUNCTION holds_of_customer(wanted_customer text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', "id", 'reason', "reason", 'gates', "gates",
           'placedAt', to_char("placedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'placedBy', "placedBy",
           'until', to_char("until" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) ORDER BY "placedAt", "id"), '[]')
    FROM "customer_holds"
   WHERE "customerId" = wanted_customer AND "releasedAt" IS NULL AND coalesce("until", 'infinity') > now()
$$;

-- HG-2: what changes about a customer is told to his orders as an ordinary message in the inbox; the sweep rings it. What they are
-- told is counted under the lock of his row, and the gate says which telling it has seen: when two are heard out of order, the later
-- word stands. An order that was refused credit and was told since then asks again as soon as it hears, so it is told once only.
CREATE OR REPLACE FUNCTION tell_orders_of_customer(wanted_customer text, only_waiting boolean) RETURNS void LANGUAGE sql AS $$
  WITH waiting AS (
    UPDATE "credit_refusals" SET "told" = true WHERE "customerId" = wanted_customer AND NOT "told" RETURNING "orderNo"
  ), c AS (
    UPDATE "customers" SET "statusVersion" = "statusVersion" + 1 WHERE "id" = wanted_customer RETURNING *
  )
  INSERT INTO "inbox" ("id", "workflowId", "orderNo", "kind", "payload", "sender", "digest", "rungAt")
  SELECT message.id, 'order-' || o."no", o."no", 'customerStatusChanged',
         jsonb_build_object('kind', 'customerStatusChanged', 'id', message.id, 'by', '{"kind":"process"}'::jsonb,
           'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'customerId', c."id", 'version', c."statusVersion",
           'suspended', c."suspendedAt" IS NOT NULL, 'holds', holds_of_customer(wanted_customer)),
         'customer:' || wanted_customer, sha256(convert_to(message.id, 'UTF8')),
         -- Nobody rings it but the sweep, which need not wait for its sender.
         now() - interval '1 minute'
    FROM "orders" o
    JOIN c ON c."id" = o."customerId",
    LATERAL (SELECT 'customer-status/' || o."no" || '/' || gen_random_uuid() AS id) message
   WHERE o."customerId" = wanted_customer AND o."endedAt" IS NULL
     AND o."status" NOT IN ('cancelled', 'rejected', 'dead', 'archived', 'completed')
     AND (NOT only_waiting OR o."no" IN (SELECT "orderNo" FROM waiting))
$$;

CREATE OR REPLACE FUNCTION customer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."suspendedAt" IS NULL) <> (OLD."suspendedAt" IS NULL) THEN
    PERFORM tell_orders_of_customer(NEW."id", false);
  ELSIF NEW."creditLimitFen" > OLD."creditLimitFen" THEN
    PERFORM tell_orders_of_customer(NEW."id", true);
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER "customers_tell_orders" AFTER UPDATE OF "suspendedAt", "creditLimitFen" ON "customers" FOR EACH ROW
  EXECUTE FUNCTION customer_changed();

-- The lock comes before the foreign key looks: two holds placed at once would otherwise each wait for the other.
CREATE OR REPLACE FUNCTION one_hold_at_a_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "customers" WHERE "id" = NEW."customerId" FOR UPDATE;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER "customer_holds_one_at_a_time" BEFORE INSERT OR UPDATE ON "customer_holds" FOR EACH ROW
  EXECUTE FUNCTION one_hold_at_a_time();

CREATE OR REPLACE FUNCTION customer_hold_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_orders_of_customer(NEW."customerId", false);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER "customer_holds_tell_orders" AFTER INSERT OR UPDATE ON "customer_holds" FOR EACH ROW
  EXECUTE FUNCTION customer_hold_changed();
