-- AlterTable
ALTER TABLE "users" ADD COLUMN     "departedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "strandedAsOf" BIGINT NOT NULL DEFAULT -1;

-- AlterTable
ALTER TABLE "notes" ADD COLUMN     "mentions" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "task_copies" (
    "taskId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_copies_pkey" PRIMARY KEY ("taskId","userId")
);

-- CreateIndex
CREATE INDEX "task_copies_userId_at_idx" ON "task_copies"("userId", "at");

-- CreateIndex
CREATE INDEX "notes_taskId_idx" ON "notes"("taskId");

-- The same key, as the schema now says it.
ALTER TABLE "approval_limits" DROP CONSTRAINT "approval_limits_user";
-- AddForeignKey
ALTER TABLE "approval_limits" ADD CONSTRAINT "approval_limits_user" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "task_copies" ADD CONSTRAINT "task_copies_user" FOREIGN KEY ("userId") REFERENCES "users" ("id");

-- HT-2: who is asked has changed, so whether somebody is there has to be judged again; whoever writes the task need not know.
CREATE FUNCTION task_asks_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."strandedAsOf" := -1;
  RETURN NEW;
END $$;
CREATE TRIGGER "tasks_ask_others" BEFORE UPDATE ON "tasks" FOR EACH ROW
  WHEN (OLD."slots" IS DISTINCT FROM NEW."slots" OR OLD."excluded" IS DISTINCT FROM NEW."excluded" OR OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION task_asks_others();
-- What is to be judged is found without looking at what is not.
CREATE INDEX "tasks_to_judge" ON "tasks" ("strandedAsOf") WHERE "state" = 'open';
-- Overdue lists and the load of approvers walk open tasks only.
CREATE INDEX "tasks_open_by_urgency" ON "tasks" ((-"priority"), "dueAt", "id") WHERE "state" = 'open';
-- "Is it once an hour?" and read receipts.
CREATE INDEX "task_events_by_kind" ON "task_events" ("taskId", "kind", "at");
-- What somebody who leaves had claimed.
CREATE INDEX "tasks_claimed" ON "tasks" ("claimedBy") WHERE "state" = 'open' AND "claimedBy" IS NOT NULL;
