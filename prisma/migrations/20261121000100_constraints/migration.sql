-- What must be true of the rows whoever writes them, and what schema.prisma cannot say. The ids are those of the
-- invariants and requirements that a line guards. Refusals carry a code of class 23 (integrity violation): lasting faults.

-- Closed vocabularies: a state that cannot happen cannot be written. ----------------------------------------------------

ALTER TABLE "orders" ADD CONSTRAINT "orders_status" CHECK ("status" IN (
  'on_hold', 'pending_review', 'returned', 'approved', 'awaiting_confirmation', 'awaiting_deposit', 'allocated',
  'in_production', 'in_inspection', 'awaiting_balance', 'ready_to_ship', 'shipped_out', 'in_transit', 'delivered',
  'in_settlement', 'completed', 'cancelled', 'rejected', 'dead', 'in_after_sales', 'archived'));
ALTER TABLE "customers" ADD CONSTRAINT "customers_grade" CHECK ("grade" IN ('A', 'B', 'C'));
ALTER TABLE "facts" ADD CONSTRAINT "facts_standing" CHECK (
  ("standing" = 'applied' AND "because" IS NULL) OR ("standing" = 'ignored' AND "because" IS NOT NULL));

-- Orders. -----------------------------------------------------------------------------------------------------------------

-- IN-2: the date and a serial of at least four digits.
ALTER TABLE "orders" ADD CONSTRAINT "orders_number" CHECK ("no" ~ '^[0-9]{8}-[0-9]{4,}$');
-- S3: a version counts applied facts, so it cannot be ahead of the facts filed.
ALTER TABLE "orders" ADD CONSTRAINT "orders_version" CHECK (0 <= "version" AND "version" <= "filedSeq");
ALTER TABLE "order_serials" ADD CONSTRAINT "order_serials_last" CHECK ("last" > 0);
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_quantity" CHECK ("quantity" > 0);

-- Work lists read these by keyset: (column, no), newest or most overdue first.
CREATE INDEX "orders_not_started" ON "orders" ("acceptedAt") WHERE "startedAt" IS NULL;
CREATE INDEX "orders_overdue" ON "orders" ("dueAt", "no") WHERE "endedAt" IS NULL AND "dueAt" IS NOT NULL;
CREATE INDEX "orders_open_by_salesperson" ON "orders" ("salespersonId", "no") WHERE "endedAt" IS NULL;
CREATE INDEX "orders_waiting_for" ON "orders" USING gin ("waitingFor") WHERE "endedAt" IS NULL;

-- Facts and trail: written once, never changed (X2, Y2). ------------------------------------------------------------------

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are written once and never changed', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
END $$;

CREATE TRIGGER "facts_immutable" BEFORE UPDATE OR DELETE ON "facts" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "facts_not_emptied" BEFORE TRUNCATE ON "facts" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Inbox. --------------------------------------------------------------------------------------------------------------------

ALTER TABLE "inbox" ADD CONSTRAINT "inbox_standing" CHECK (
  CASE "standing"
    WHEN 'pending' THEN "because" IS NULL AND "settledAt" IS NULL
    WHEN 'applied' THEN "because" IS NULL AND "settledAt" IS NOT NULL
    WHEN 'ignored' THEN "because" IS NOT NULL AND "settledAt" IS NOT NULL
    ELSE false
  END);
-- The sweep reads what no workflow has filed, oldest first.
CREATE INDEX "inbox_pending" ON "inbox" ("receivedAt", "id") WHERE "standing" = 'pending';

-- X1: once settled, a message's standing is what its sender was told.
CREATE FUNCTION refuse_second_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'message % is settled as %', OLD."id", OLD."standing"
    USING ERRCODE = 'integrity_constraint_violation', TABLE = 'inbox', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER "inbox_settled_once" BEFORE UPDATE OF "standing", "because", "settledAt" ON "inbox" FOR EACH ROW
  WHEN (OLD."standing" <> 'pending') EXECUTE FUNCTION refuse_second_settlement();

-- Tasks. --------------------------------------------------------------------------------------------------------------------

-- V2: a decided task says what was decided, by whom and when; V5: a return or rejection has a reason.
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_state" CHECK (
  CASE "state"
    WHEN 'open' THEN "outcome" IS NULL AND "decidedBy" IS NULL AND "decidedAt" IS NULL AND "closedAt" IS NULL
    WHEN 'decided' THEN "outcome" IS NOT NULL AND "decidedBy" IS NOT NULL AND "decidedAt" IS NOT NULL AND "closedAt" IS NOT NULL
    WHEN 'void' THEN "closedAt" IS NOT NULL
    ELSE false
  END);
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_reason" CHECK (
  "state" <> 'decided' OR "outcome" NOT IN ('return', 'reject', 'wrong') OR "reasonCode" IS NOT NULL);
-- S5: somebody can act on it.
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_somebody" CHECK (cardinality("roles") + cardinality("users") > 0);
-- V2: one effective decision per order, revision and level.
CREATE UNIQUE INDEX "tasks_one_decision" ON "tasks" ("orderNo", "revision", "kind", "level")
  WHERE "state" = 'decided' AND "kind" LIKE 'review.%';
-- "My tasks": open ones by role or person, the most urgent first.
CREATE INDEX "tasks_open_by_role" ON "tasks" USING gin ("roles") WHERE "state" = 'open';
CREATE INDEX "tasks_open_by_user" ON "tasks" USING gin ("users") WHERE "state" = 'open';
CREATE INDEX "tasks_open_due" ON "tasks" ("dueAt", "id") WHERE "state" = 'open';

-- Ledger (M1, M3). ------------------------------------------------------------------------------------------------------------

ALTER TABLE "ledger_legs" ADD CONSTRAINT "ledger_legs_amount" CHECK ("amountFen" <> 0);
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_reverses" CHECK ("reverses" <> "key");
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_reverses_fkey"
  FOREIGN KEY ("reverses") REFERENCES "ledger_entries" ("key");

-- Looked at when the transaction commits, when all legs are there: M1 two legs or more that sum to zero; M3 a reversal
-- takes back exactly what its target booked.
CREATE FUNCTION check_ledger_entry() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE FUNCTION check_ledger_leg() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER "ledger_entries_immutable" BEFORE UPDATE OR DELETE ON "ledger_entries" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_entries_not_emptied" BEFORE TRUNCATE ON "ledger_entries" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_legs_immutable" BEFORE UPDATE OR DELETE ON "ledger_legs" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_legs_not_emptied" BEFORE TRUNCATE ON "ledger_legs" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE INDEX "ledger_entries_customer" ON "ledger_entries" ("customerId") WHERE "customerId" IS NOT NULL;
CREATE INDEX "ledger_legs_account" ON "ledger_legs" ("account");

-- Money documents. --------------------------------------------------------------------------------------------------------------

ALTER TABLE "payments" ADD CONSTRAINT "payments_amount" CHECK ("amountFen" > 0);
ALTER TABLE "bills" ADD CONSTRAINT "bills_total" CHECK ("totalFen" = "netFen" + "taxFen" AND "netFen" >= 0 AND "taxFen" >= 0);
-- AR-2: open collections by what comes next.
CREATE INDEX "collections_open" ON "collections" ("nextAt") WHERE "endedAt" IS NULL;
CREATE INDEX "collections_customer" ON "collections" ("customerId");

-- Goods (Q5). -------------------------------------------------------------------------------------------------------------------

ALTER TABLE "stock_batches" ADD CONSTRAINT "stock_batches_in_hand" CHECK ("inHand" >= 0);
ALTER TABLE "stock_batches" ADD CONSTRAINT "stock_batches_reserved" CHECK (0 <= "reserved" AND "reserved" <= "inHand");
ALTER TABLE "stock_reservations" ADD CONSTRAINT "stock_reservations_quantity" CHECK ("quantity" > 0);
ALTER TABLE "stock_reservations" ADD CONSTRAINT "stock_reservations_state" CHECK ("state" IN ('held', 'taken', 'freed', 'returned'));
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_sign" CHECK (
  CASE "kind" WHEN 'taken' THEN "quantity" < 0 WHEN 'opening' THEN "quantity" >= 0 ELSE "quantity" > 0 END);
CREATE INDEX "stock_reservations_held" ON "stock_reservations" ("orderNo") WHERE "state" = 'held';
ALTER TABLE "purchase_orders" ADD CONSTRAINT "purchase_orders_received" CHECK ("quantity" > 0 AND "received" >= 0);
-- Q4: what passed and what was scrapped was made.
ALTER TABLE "production_orders" ADD CONSTRAINT "production_orders_counts" CHECK (
  "quantity" > 0 AND "reported" >= 0 AND "passed" >= 0 AND "scrapped" >= 0);

-- Notices and incidents: work lists. ------------------------------------------------------------------------------------------------

CREATE INDEX "notices_unsent" ON "notices" ("createdAt", "key") WHERE "sentAt" IS NULL;
CREATE INDEX "incidents_open" ON "incidents" ("openedAt", "id") WHERE "closedAt" IS NULL;
