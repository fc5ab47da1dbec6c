-- Rows that are written once and never changed, whoever asks: facts (X2, Y2), ledger entries (M1, M3) and the log of the organisation.
-- The application may only insert them (prisma/rights.ts); these triggers hold the owner of the tables to it as well.

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are written once and never changed', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
END $$;

CREATE OR REPLACE TRIGGER "facts_immutable" BEFORE UPDATE OR DELETE ON "facts" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER "facts_not_emptied" BEFORE TRUNCATE ON "facts" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE OR REPLACE TRIGGER "ledger_entries_immutable" BEFORE UPDATE OR DELETE ON "ledger_entries" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER "ledger_entries_not_emptied" BEFORE TRUNCATE ON "ledger_entries" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER "ledger_legs_immutable" BEFORE UPDATE OR DELETE ON "ledger_legs" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER "ledger_legs_not_emptied" BEFORE TRUNCATE ON "ledger_legs" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE OR REPLACE TRIGGER "organisation_changes_never_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "organisation_changes"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
