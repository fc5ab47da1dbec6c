-- What was never sent until now is not sent by surprise: nobody wants the notices of last month on the day of the upgrade.
ALTER TABLE "notices" RENAME COLUMN "sentAt" TO "addressedAt";
UPDATE "notices" SET "addressedAt" = now() WHERE "addressedAt" IS NULL;
ALTER INDEX "notices_unsent" RENAME TO "notices_unaddressed";

-- CreateTable
CREATE TABLE "deliveries" (
    "id" BIGSERIAL NOT NULL,
    "noticeKey" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "addressee" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMPTZ(3) NOT NULL,
    "messageId" TEXT,
    "answer" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),
    "readAt" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision_links" (
    "hash" BYTEA NOT NULL,
    "userId" TEXT NOT NULL,
    "taskId" TEXT NOT NULL,
    "outcome" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "decision_links_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "deliveries_addressee_id_idx" ON "deliveries"("addressee", "id");

-- CreateIndex
CREATE INDEX "deliveries_orderNo_idx" ON "deliveries"("orderNo");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_noticeKey_addressee_channel_key" ON "deliveries"("noticeKey", "addressee", "channel");

-- CreateIndex
CREATE INDEX "decision_links_taskId_idx" ON "decision_links"("taskId");

ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_notice" FOREIGN KEY ("noticeKey") REFERENCES "notices" ("key");
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_channel" CHECK ("channel" IN ('app', 'mail', 'dingtalk', 'feishu', 'wecom'));
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_state" CHECK ("state" IN ('queued', 'sent', 'failed', 'withdrawn'));
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_sent" CHECK (("state" = 'sent') = ("sentAt" IS NOT NULL));
-- The work list: what waits, the soonest due first.
CREATE INDEX "deliveries_queued" ON "deliveries" ("nextAt", "id") WHERE "state" = 'queued';

-- HT-15: 256 bits of chance, kept as their SHA-256.
ALTER TABLE "decision_links" ADD CONSTRAINT "decision_links_hash" CHECK (octet_length("hash") = 32);
ALTER TABLE "decision_links" ADD CONSTRAINT "decision_links_user" FOREIGN KEY ("userId") REFERENCES "users" ("id");
ALTER TABLE "decision_links" ADD CONSTRAINT "decision_links_task" FOREIGN KEY ("taskId") REFERENCES "tasks" ("id");
