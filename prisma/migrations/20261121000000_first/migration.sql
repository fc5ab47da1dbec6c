-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "superior" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_roles" (
    "userId" TEXT NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "user_roles_pkey" PRIMARY KEY ("userId","role")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customers" (
    "id" TEXT NOT NULL,
    "legalName" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "creditLimitFen" BIGINT NOT NULL DEFAULT 0,
    "paymentTermDays" INTEGER NOT NULL DEFAULT 0,
    "taxRateBp" INTEGER,
    "salespersonId" TEXT,
    "region" TEXT,
    "contact" TEXT,
    "phone" TEXT,
    "address" JSONB,
    "invoice" JSONB,
    "suspendedAt" TIMESTAMPTZ(3),
    "suspendedBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_suspensions" (
    "key" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "liftedAt" TIMESTAMPTZ(3),

    CONSTRAINT "customer_suspensions_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "items" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "specification" TEXT NOT NULL DEFAULT '',
    "supply" TEXT NOT NULL,
    "listPriceFen" BIGINT NOT NULL DEFAULT 0,
    "taxRateBp" INTEGER NOT NULL DEFAULT 1300,
    "leadDays" INTEGER NOT NULL DEFAULT 0,
    "supplierId" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suppliers" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contact" TEXT,
    "phone" TEXT,
    "address" JSONB,

    CONSTRAINT "suppliers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "carriers" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "webhookSecret" TEXT,

    CONSTRAINT "carriers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "warehouses" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "warehouses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_batches" (
    "id" TEXT NOT NULL,
    "itemId" TEXT NOT NULL,
    "warehouseId" TEXT NOT NULL,
    "shelf" TEXT NOT NULL DEFAULT '',
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "inHand" INTEGER NOT NULL,
    "reserved" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stock_batches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_reservations" (
    "key" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "batchId" TEXT NOT NULL,
    "itemId" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_reservations_pkey" PRIMARY KEY ("key","line","batchId")
);

-- CreateTable
CREATE TABLE "stock_requests" (
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "answer" JSONB NOT NULL DEFAULT '[]',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_requests_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "stock_movements" (
    "key" TEXT NOT NULL,
    "batchId" TEXT NOT NULL,
    "itemId" TEXT NOT NULL,
    "orderNo" TEXT,
    "kind" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_movements_pkey" PRIMARY KEY ("key","batchId")
);

-- CreateTable
CREATE TABLE "policy_versions" (
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "publishedBy" TEXT NOT NULL,

    CONSTRAINT "policy_versions_pkey" PRIMARY KEY ("name","version")
);

-- CreateTable
CREATE TABLE "order_serials" (
    "day" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "order_serials_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "orders" (
    "no" TEXT NOT NULL,
    "customerId" TEXT,
    "channel" TEXT NOT NULL,
    "takenBy" TEXT NOT NULL,
    "salespersonId" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "policyName" TEXT NOT NULL,
    "policyVersion" INTEGER NOT NULL,
    "filedSeq" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "status" TEXT NOT NULL,
    "waitingFor" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "waitingSince" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "offeredOn" TEXT,
    "promisedOn" TEXT,
    "wishedOn" TEXT,
    "goodsFen" BIGINT NOT NULL DEFAULT 0,
    "taxFen" BIGINT NOT NULL DEFAULT 0,
    "freightFen" BIGINT NOT NULL DEFAULT 0,
    "totalFen" BIGINT NOT NULL DEFAULT 0,
    "depositFen" BIGINT NOT NULL DEFAULT 0,
    "receivedFen" BIGINT NOT NULL DEFAULT 0,
    "billedFen" BIGINT NOT NULL DEFAULT 0,
    "outstandingFen" BIGINT NOT NULL DEFAULT 0,
    "shippedAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "copyOf" TEXT,
    "externalNo" TEXT,
    "acceptedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "terms" JSONB NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "order_intakes" (
    "orderNo" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "enteredBy" TEXT NOT NULL,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_intakes_pkey" PRIMARY KEY ("orderNo","revision")
);

-- CreateTable
CREATE TABLE "order_lines" (
    "orderNo" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "itemId" TEXT,
    "name" TEXT NOT NULL,
    "specification" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unitPriceFen" BIGINT NOT NULL,
    "discountBp" INTEGER NOT NULL DEFAULT 0,
    "netFen" BIGINT NOT NULL,
    "taxFen" BIGINT NOT NULL,
    "supply" TEXT NOT NULL,

    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("orderNo","revision","line")
);

-- CreateTable
CREATE TABLE "facts" (
    "workflowId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "orderNo" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "because" TEXT,
    "body" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "onBehalfOf" TEXT,
    "filedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "facts_pkey" PRIMARY KEY ("workflowId","seq")
);

-- CreateTable
CREATE TABLE "inbox" (
    "id" TEXT NOT NULL,
    "workflowId" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "words" TEXT,
    "sender" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "standing" TEXT NOT NULL DEFAULT 'pending',
    "because" TEXT,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "userId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "status" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("userId","key")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" TEXT NOT NULL,
    "workflowId" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "level" INTEGER,
    "roles" TEXT[],
    "users" TEXT[],
    "excluded" JSONB NOT NULL,
    "outcomes" TEXT[],
    "rule" TEXT NOT NULL,
    "saw" JSONB NOT NULL,
    "amountFen" BIGINT,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "outcome" TEXT,
    "decidedBy" TEXT,
    "onBehalfOf" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "reasonCode" TEXT,
    "closedAt" TIMESTAMPTZ(3),
    "claimedBy" TEXT,
    "claimedAt" TIMESTAMPTZ(3),

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_events" (
    "id" TEXT NOT NULL,
    "taskId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "task_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notices" (
    "key" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "to" TEXT[],
    "detail" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "content" BYTEA NOT NULL,
    "filedBy" TEXT NOT NULL,
    "filedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notes" (
    "id" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "taskId" TEXT,
    "author" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "key" TEXT NOT NULL,
    "orderNo" TEXT,
    "customerId" TEXT,
    "purpose" TEXT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'CNY',
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "bookedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reverses" TEXT,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "ledger_legs" (
    "entryKey" TEXT NOT NULL,
    "leg" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "amountFen" BIGINT NOT NULL,

    CONSTRAINT "ledger_legs_pkey" PRIMARY KEY ("entryKey","leg")
);

-- CreateTable
CREATE TABLE "payments" (
    "id" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "customerId" TEXT,
    "amountFen" BIGINT NOT NULL,
    "method" TEXT NOT NULL,
    "reference" TEXT,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,
    "enteredBy" TEXT NOT NULL,
    "reversedBy" TEXT,

    CONSTRAINT "payments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bills" (
    "no" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "netFen" BIGINT NOT NULL,
    "taxFen" BIGINT NOT NULL,
    "totalFen" BIGINT NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bills_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "shipments" (
    "no" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "filedSeq" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "carrier" TEXT,
    "waybillNo" TEXT,
    "leave" TEXT NOT NULL,
    "shippedAt" TIMESTAMPTZ(3),
    "arrivedAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "shipments_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "collections" (
    "billNo" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "filedSeq" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,
    "level" TEXT NOT NULL,
    "outstandingFen" BIGINT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "nextAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "collections_pkey" PRIMARY KEY ("billNo")
);

-- CreateTable
CREATE TABLE "purchase_orders" (
    "no" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "itemId" TEXT NOT NULL,
    "supplierId" TEXT,
    "quantity" INTEGER NOT NULL,
    "received" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "orderedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "purchase_orders_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "production_orders" (
    "no" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "itemId" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "reported" INTEGER NOT NULL DEFAULT 0,
    "passed" INTEGER NOT NULL DEFAULT 0,
    "scrapped" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "orderedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "production_orders_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "incidents" (
    "id" TEXT NOT NULL,
    "workflowId" TEXT,
    "orderNo" TEXT,
    "kind" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),
    "closedBy" TEXT,

    CONSTRAINT "incidents_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_hash_key" ON "api_tokens"("hash");

-- CreateIndex
CREATE INDEX "customer_suspensions_customerId_idx" ON "customer_suspensions"("customerId");

-- CreateIndex
CREATE INDEX "stock_batches_itemId_receivedAt_idx" ON "stock_batches"("itemId", "receivedAt");

-- CreateIndex
CREATE INDEX "stock_reservations_orderNo_idx" ON "stock_reservations"("orderNo");

-- CreateIndex
CREATE INDEX "stock_requests_orderNo_idx" ON "stock_requests"("orderNo");

-- CreateIndex
CREATE INDEX "stock_movements_itemId_idx" ON "stock_movements"("itemId");

-- CreateIndex
CREATE INDEX "orders_status_no_idx" ON "orders"("status", "no");

-- CreateIndex
CREATE INDEX "orders_customerId_no_idx" ON "orders"("customerId", "no");

-- CreateIndex
CREATE INDEX "orders_dueAt_idx" ON "orders"("dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "orders_channel_externalNo_key" ON "orders"("channel", "externalNo");

-- CreateIndex
CREATE UNIQUE INDEX "facts_id_key" ON "facts"("id");

-- CreateIndex
CREATE INDEX "facts_orderNo_filedAt_idx" ON "facts"("orderNo", "filedAt");

-- CreateIndex
CREATE INDEX "inbox_orderNo_idx" ON "inbox"("orderNo");

-- CreateIndex
CREATE INDEX "tasks_orderNo_idx" ON "tasks"("orderNo");

-- CreateIndex
CREATE INDEX "task_events_taskId_at_idx" ON "task_events"("taskId", "at");

-- CreateIndex
CREATE INDEX "notices_orderNo_idx" ON "notices"("orderNo");

-- CreateIndex
CREATE INDEX "attachments_orderNo_idx" ON "attachments"("orderNo");

-- CreateIndex
CREATE INDEX "notes_orderNo_idx" ON "notes"("orderNo");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_reverses_key" ON "ledger_entries"("reverses");

-- CreateIndex
CREATE INDEX "ledger_entries_orderNo_idx" ON "ledger_entries"("orderNo");

-- CreateIndex
CREATE INDEX "payments_orderNo_idx" ON "payments"("orderNo");

-- CreateIndex
CREATE INDEX "bills_orderNo_idx" ON "bills"("orderNo");

-- CreateIndex
CREATE INDEX "shipments_orderNo_idx" ON "shipments"("orderNo");

-- CreateIndex
CREATE INDEX "collections_orderNo_idx" ON "collections"("orderNo");

-- CreateIndex
CREATE INDEX "purchase_orders_orderNo_idx" ON "purchase_orders"("orderNo");

-- CreateIndex
CREATE INDEX "production_orders_orderNo_idx" ON "production_orders"("orderNo");

-- CreateIndex
CREATE INDEX "incidents_closedAt_idx" ON "incidents"("closedAt");

-- AddForeignKey
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_orderNo_fkey" FOREIGN KEY ("orderNo") REFERENCES "orders"("no") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_legs" ADD CONSTRAINT "ledger_legs_entryKey_fkey" FOREIGN KEY ("entryKey") REFERENCES "ledger_entries"("key") ON DELETE RESTRICT ON UPDATE CASCADE;
