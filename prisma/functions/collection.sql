-- A customer is stopped while at least one suspension is not lifted (DN-12). The customer's row is locked before it is
-- looked at: two bills paid at once would otherwise each leave the other's suspension standing.
CREATE OR REPLACE FUNCTION show_suspension(wanted_customer text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  oldest record;
BEGIN
  SELECT "key", "at" INTO oldest FROM "customer_suspensions"
    WHERE "customerId" = wanted_customer AND "liftedAt" IS NULL ORDER BY "at", "key" LIMIT 1;
  UPDATE "customers" SET "suspendedBy" = oldest."key", "suspendedAt" = oldest."at" WHERE "id" = wanted_customer;
END $$;

-- Stops a customer for one cause; the same key stops him once.
CREATE OR REPLACE FUNCTION suspend_customer(wanted_key text, wanted_customer text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "customers" WHERE "id" = wanted_customer FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no customer %', wanted_customer
      USING ERRCODE = 'foreign_key_violation', TABLE = 'customer_suspensions';
  END IF;
  INSERT INTO "customer_suspensions" ("key", "customerId") VALUES (wanted_key, wanted_customer) ON CONFLICT ("key") DO NOTHING;
  PERFORM show_suspension(wanted_customer);
END $$;

-- Lifts the suspension of this key, and no other.
CREATE OR REPLACE FUNCTION lift_suspension(wanted_key text, wanted_customer text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "customers" WHERE "id" = wanted_customer FOR UPDATE;
  UPDATE "customer_suspensions" SET "liftedAt" = now()
    WHERE "key" = wanted_key AND "customerId" = wanted_customer AND "liftedAt" IS NULL;
  PERFORM show_suspension(wanted_customer);
END $$;
