-- X1: once settled, a message's state is what its sender was told.
CREATE OR REPLACE FUNCTION refuse_second_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'message % is settled as %', OLD."id", OLD."state"
    USING ERRCODE = 'integrity_constraint_violation', TABLE = 'inbox', CONSTRAINT = TG_NAME;
END $$;
CREATE OR REPLACE TRIGGER "inbox_settled_once" BEFORE UPDATE OF "state", "because", "settledAt" ON "inbox" FOR EACH ROW
  WHEN (OLD."state" <> 'pending') EXECUTE FUNCTION refuse_second_settlement();

-- A file whose message changed nothing is not kept: no list names it, nobody asked to keep it.
CREATE OR REPLACE FUNCTION drop_refused_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "attachments" WHERE "id" = NEW."id" AND "orderNo" = NEW."orderNo";
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER "inbox_drop_refused_file" AFTER UPDATE OF "state" ON "inbox" FOR EACH ROW
  WHEN (NEW."state" = 'ignored' AND NEW."kind" = 'attachmentFiled') EXECUTE FUNCTION drop_refused_file();
