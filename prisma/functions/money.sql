-- Looked at when the transaction commits, when all legs are there: M1 two legs or more that sum to zero; M3 a reversal
-- takes back exactly what its target booked.
CREATE OR REPLACE FUNCTION check_ledger_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  legs bigint;
  total numeric;
BEGIN
  SELECT count(*), coalesce(sum("amountFen"), 0) INTO legs, total FROM "ledger_legs" WHERE "entryKey" = NEW."key";
  IF legs < 2 THEN
    RAISE EXCEPTION 'ledger entry % has % legs, it needs two', NEW."key", legs
      USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  IF total <> 0 THEN
    RAISE EXCEPTION 'the legs of ledger entry % sum to % fen, not to zero', NEW."key", total
      USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  IF NEW."reverses" IS NOT NULL AND EXISTS (
    SELECT FROM "ledger_legs" WHERE "entryKey" IN (NEW."key", NEW."reverses")
    GROUP BY "account" HAVING sum("amountFen") <> 0
  ) THEN
    RAISE EXCEPTION 'ledger entry % does not take back exactly what % booked', NEW."key", NEW."reverses"
      USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "ledger_entries_balance" AFTER INSERT ON "ledger_entries"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_ledger_entry();

-- A leg comes with its entry, in the same transaction, or not at all: two legs added later would balance, too.
CREATE OR REPLACE FUNCTION check_ledger_leg() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM "ledger_entries" WHERE "key" = NEW."entryKey"
      -- xmin is the low half of the number of the transaction that wrote the row.
      AND xmin::text::bigint = pg_current_xact_id()::text::bigint % 4294967296
  ) THEN
    RAISE EXCEPTION 'ledger entry % is booked, no leg can be added to it', NEW."entryKey"
      USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "ledger_legs_with_entry" AFTER INSERT ON "ledger_legs"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_ledger_leg();

-- ST-2, HG-4: a bank's number is told once; when its payment is taken back, the number is free again.
CREATE OR REPLACE FUNCTION free_reference() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "inbox" SET "reference" = NULL WHERE "id" = NEW."id" AND "reference" IS NOT NULL;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER "payments_free_reference" AFTER INSERT OR UPDATE OF "reversedBy" ON "payments" FOR EACH ROW
  WHEN (NEW."reversedBy" IS NOT NULL) EXECUTE FUNCTION free_reference();
