-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "seal_keys" (
    "id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "seal_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "charges" (
    "no" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "about" TEXT,
    "netFen" BIGINT NOT NULL,
    "taxFen" BIGINT NOT NULL,
    "amountFen" BIGINT NOT NULL,
    "openFen" BIGINT NOT NULL,
    "isWithdrawn" BOOLEAN NOT NULL DEFAULT false,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "charges_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "allocations" (
    "paymentId" TEXT NOT NULL,
    "chargeNo" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "amountFen" BIGINT NOT NULL,

    CONSTRAINT "allocations_pkey" PRIMARY KEY ("paymentId","chargeNo")
);

-- CreateTable
CREATE TABLE "collections" (
    "no" TEXT NOT NULL,
    "chargeNo" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "filedSeq" INTEGER NOT NULL DEFAULT 0,
    "filedRun" TEXT NOT NULL DEFAULT '',
    "filedEpoch" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,
    "level" TEXT NOT NULL,
    "owedFen" BIGINT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "nextAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "collections_pkey" PRIMARY KEY ("no")
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
CREATE TABLE "company" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "legalName" TEXT NOT NULL,
    "taxNo" TEXT,
    "address" TEXT,
    "phone" TEXT,
    "bankName" TEXT,
    "bankAccount" TEXT,
    "setBy" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_reservations" (
    "orderNo" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "exposureFen" BIGINT NOT NULL,
    "specialBy" TEXT,
    "key" TEXT NOT NULL,
    "askedSeq" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_reservations_pkey" PRIMARY KEY ("orderNo")
);

-- CreateTable
CREATE TABLE "credit_refusals" (
    "orderNo" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "told" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "credit_refusals_pkey" PRIMARY KEY ("orderNo")
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
    "creditAssessedAt" TIMESTAMPTZ(3),
    "creditAssessedBy" TEXT,
    "suspendedAt" TIMESTAMPTZ(3),
    "suspendedBy" TEXT,
    "statusVersion" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
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
CREATE TABLE "facts" (
    "workflowId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "orderNo" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "filed" TEXT NOT NULL,
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
    "shipmentNo" TEXT,
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
    "state" TEXT NOT NULL DEFAULT 'pending',
    "because" TEXT,
    "settledAt" TIMESTAMPTZ(3),
    "rungAt" TIMESTAMPTZ(3),
    "rings" INTEGER NOT NULL DEFAULT 0,
    "reference" TEXT,

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
CREATE TABLE "restrictions" (
    "id" TEXT NOT NULL,
    "itemId" TEXT,
    "customerId" TEXT,
    "country" TEXT,
    "province" TEXT,
    "reasonCode" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "untilOn" TEXT,
    "setBy" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "restrictions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotions" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "itemIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "discountBp" INTEGER NOT NULL,
    "minimumFen" BIGINT NOT NULL DEFAULT 0,
    "fromOn" TEXT NOT NULL,
    "untilOn" TEXT NOT NULL,
    "setBy" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promotions_pkey" PRIMARY KEY ("id")
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
CREATE TABLE "notices" (
    "key" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "to" TEXT[],
    "detail" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "addressedAt" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("key")
);

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
    "filedRun" TEXT NOT NULL DEFAULT '',
    "filedEpoch" INTEGER NOT NULL DEFAULT 0,
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
    "shippedUnpaidFen" BIGINT NOT NULL DEFAULT 0,
    "exposureFen" BIGINT NOT NULL DEFAULT 0,
    "usesCredit" BOOLEAN NOT NULL DEFAULT true,
    "shippedAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "holds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "copyOf" TEXT,
    "externalNo" TEXT,
    "acceptedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "terms" JSONB NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("no")
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
CREATE TABLE "order_intakes" (
    "orderNo" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "enteredBy" TEXT NOT NULL,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_intakes_pkey" PRIMARY KEY ("orderNo","revision")
);

-- CreateTable
CREATE TABLE "order_serials" (
    "day" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "order_serials_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "superior" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "departedAt" TIMESTAMPTZ(3),
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
CREATE TABLE "approval_limits" (
    "userId" TEXT NOT NULL,
    "amountFen" BIGINT,
    "discountBp" INTEGER,
    "grades" TEXT[],
    "setBy" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_limits_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "substitutions" (
    "id" TEXT NOT NULL,
    "absent" TEXT NOT NULL,
    "substitute" TEXT NOT NULL,
    "fromAt" TIMESTAMPTZ(3) NOT NULL,
    "untilAt" TIMESTAMPTZ(3) NOT NULL,
    "kinds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),
    "endedBy" TEXT,

    CONSTRAINT "substitutions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation_changes" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "fields" TEXT[],
    "before" JSONB,
    "after" JSONB,
    "detail" JSONB,

    CONSTRAINT "organisation_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation_version" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "version" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "organisation_version_pkey" PRIMARY KEY ("only")
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
CREATE TABLE "calendar_versions" (
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "publishedBy" TEXT NOT NULL,

    CONSTRAINT "calendar_versions_pkey" PRIMARY KEY ("name","version")
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
CREATE TABLE "production_capacity" (
    "id" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "piecesPerDay" INTEGER NOT NULL,
    "fromOn" TEXT NOT NULL,
    "setBy" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "production_capacity_pkey" PRIMARY KEY ("id")
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
CREATE TABLE "suppliers" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contact" TEXT,
    "phone" TEXT,
    "address" JSONB,

    CONSTRAINT "suppliers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shipments" (
    "no" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "filedSeq" INTEGER NOT NULL DEFAULT 0,
    "filedRun" TEXT NOT NULL DEFAULT '',
    "filedEpoch" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "carrier" TEXT,
    "waybillNo" TEXT,
    "clearance" TEXT NOT NULL,
    "shippedAt" TIMESTAMPTZ(3),
    "arrivedAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "shipments_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "shipment_lines" (
    "shipmentNo" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "shipment_lines_pkey" PRIMARY KEY ("shipmentNo","line")
);

-- CreateTable
CREATE TABLE "carriers" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "webhookSecret" TEXT,

    CONSTRAINT "carriers_pkey" PRIMARY KEY ("id")
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
    "evidence" JSONB NOT NULL,
    "ruleNotes" JSONB NOT NULL DEFAULT '[]',
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
    "slots" JSONB NOT NULL DEFAULT '[]',
    "signing" JSONB NOT NULL DEFAULT '{}',
    "superiors" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "fallback" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "withoutCandidates" BOOLEAN NOT NULL DEFAULT false,
    "candidatesAsOf" BIGINT NOT NULL DEFAULT -1,
    "measures" JSONB NOT NULL DEFAULT '{}',
    "about" TEXT,
    "pausedAt" TIMESTAMPTZ(3),
    "priority" INTEGER NOT NULL DEFAULT 0,
    "followUpOn" TEXT,
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
CREATE TABLE "task_copies" (
    "taskId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_copies_pkey" PRIMARY KEY ("taskId","userId")
);

-- CreateTable
CREATE TABLE "notes" (
    "id" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "taskId" TEXT,
    "author" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "mentions" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notes_pkey" PRIMARY KEY ("id")
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
CREATE INDEX "charges_orderNo_idx" ON "charges"("orderNo");

-- CreateIndex
CREATE INDEX "allocations_orderNo_idx" ON "allocations"("orderNo");

-- CreateIndex
CREATE INDEX "shipment_lines_orderNo_idx" ON "shipment_lines"("orderNo");

-- CreateIndex
CREATE INDEX "collections_orderNo_idx" ON "collections"("orderNo");

-- CreateIndex
CREATE INDEX "customer_suspensions_customerId_idx" ON "customer_suspensions"("customerId");

-- CreateIndex
CREATE INDEX "credit_reservations_customerId_idx" ON "credit_reservations"("customerId");

-- CreateIndex
CREATE INDEX "credit_refusals_customerId_idx" ON "credit_refusals"("customerId");

-- CreateIndex
CREATE INDEX "attachments_orderNo_idx" ON "attachments"("orderNo");

-- CreateIndex
CREATE UNIQUE INDEX "facts_id_key" ON "facts"("id");

-- CreateIndex
CREATE INDEX "facts_orderNo_filedAt_idx" ON "facts"("orderNo", "filedAt");

-- CreateIndex
CREATE INDEX "stock_batches_itemId_receivedAt_idx" ON "stock_batches"("itemId", "receivedAt");

-- CreateIndex
CREATE INDEX "stock_reservations_orderNo_idx" ON "stock_reservations"("orderNo");

-- CreateIndex
CREATE INDEX "stock_requests_orderNo_idx" ON "stock_requests"("orderNo");

-- CreateIndex
CREATE INDEX "stock_movements_itemId_idx" ON "stock_movements"("itemId");

-- CreateIndex
CREATE INDEX "customer_holds_customerId_idx" ON "customer_holds"("customerId");

-- CreateIndex
CREATE INDEX "inbox_orderNo_idx" ON "inbox"("orderNo");

-- CreateIndex
CREATE INDEX "incidents_closedAt_idx" ON "incidents"("closedAt");

-- CreateIndex
CREATE INDEX "restrictions_itemId_idx" ON "restrictions"("itemId");

-- CreateIndex
CREATE INDEX "restrictions_customerId_idx" ON "restrictions"("customerId");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_reverses_key" ON "ledger_entries"("reverses");

-- CreateIndex
CREATE INDEX "ledger_entries_orderNo_idx" ON "ledger_entries"("orderNo");

-- CreateIndex
CREATE INDEX "payments_orderNo_idx" ON "payments"("orderNo");

-- CreateIndex
CREATE INDEX "notices_orderNo_idx" ON "notices"("orderNo");

-- CreateIndex
CREATE INDEX "deliveries_addressee_id_idx" ON "deliveries"("addressee", "id");

-- CreateIndex
CREATE INDEX "deliveries_orderNo_idx" ON "deliveries"("orderNo");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_noticeKey_addressee_channel_key" ON "deliveries"("noticeKey", "addressee", "channel");

-- CreateIndex
CREATE INDEX "orders_status_no_idx" ON "orders"("status", "no");

-- CreateIndex
CREATE INDEX "orders_customerId_no_idx" ON "orders"("customerId", "no");

-- CreateIndex
CREATE INDEX "orders_customerId_acceptedAt_idx" ON "orders"("customerId", "acceptedAt");

-- CreateIndex
CREATE INDEX "orders_dueAt_idx" ON "orders"("dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "orders_channel_externalNo_key" ON "orders"("channel", "externalNo");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_hash_key" ON "api_tokens"("hash");

-- CreateIndex
CREATE INDEX "substitutions_substitute_idx" ON "substitutions"("substitute");

-- CreateIndex
CREATE INDEX "substitutions_absent_idx" ON "substitutions"("absent");

-- CreateIndex
CREATE INDEX "organisation_changes_userId_id_idx" ON "organisation_changes"("userId", "id");

-- CreateIndex
CREATE INDEX "calendar_versions_name_publishedAt_idx" ON "calendar_versions"("name", "publishedAt");

-- CreateIndex
CREATE INDEX "production_orders_orderNo_idx" ON "production_orders"("orderNo");

-- CreateIndex
CREATE UNIQUE INDEX "production_capacity_line_fromOn_key" ON "production_capacity"("line", "fromOn");

-- CreateIndex
CREATE INDEX "purchase_orders_orderNo_idx" ON "purchase_orders"("orderNo");

-- CreateIndex
CREATE INDEX "shipments_orderNo_idx" ON "shipments"("orderNo");

-- CreateIndex
CREATE INDEX "shipments_carrier_waybillNo_idx" ON "shipments"("carrier", "waybillNo");

-- CreateIndex
CREATE INDEX "tasks_orderNo_idx" ON "tasks"("orderNo");

-- CreateIndex
CREATE INDEX "task_events_taskId_at_idx" ON "task_events"("taskId", "at");

-- CreateIndex
CREATE INDEX "task_copies_userId_at_idx" ON "task_copies"("userId", "at");

-- CreateIndex
CREATE INDEX "notes_orderNo_idx" ON "notes"("orderNo");

-- CreateIndex
CREATE INDEX "notes_taskId_idx" ON "notes"("taskId");

-- CreateIndex
CREATE INDEX "decision_links_taskId_idx" ON "decision_links"("taskId");

-- AddForeignKey
ALTER TABLE "ledger_legs" ADD CONSTRAINT "ledger_legs_entryKey_fkey" FOREIGN KEY ("entryKey") REFERENCES "ledger_entries"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_orderNo_fkey" FOREIGN KEY ("orderNo") REFERENCES "orders"("no") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_limits" ADD CONSTRAINT "approval_limits_user" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What must be true of the rows whoever writes them, and what prisma/schema/ cannot say. The ids are those of the invariants and
-- requirements that a line guards. Functions and triggers stand in prisma/functions/.

-- Orders. -----------------------------------------------------------------------------------------------------------------

-- Closed vocabularies: a state that cannot happen cannot be written.
ALTER TABLE "orders" ADD CONSTRAINT "orders_status" CHECK ("status" IN (
  'on_hold', 'pending_review', 'returned', 'approved', 'awaiting_confirmation', 'awaiting_deposit', 'allocated',
  'in_production', 'in_inspection', 'awaiting_balance', 'ready_to_ship', 'shipped_out', 'in_transit', 'delivered',
  'in_settlement', 'completed', 'cancelled', 'rejected', 'dead', 'in_after_sales', 'archived'));
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

-- Facts and inbox. --------------------------------------------------------------------------------------------------------

ALTER TABLE "facts" ADD CONSTRAINT "facts_filed" CHECK (
  ("filed" = 'applied' AND "because" IS NULL) OR ("filed" = 'ignored' AND "because" IS NOT NULL));
ALTER TABLE "inbox" ADD CONSTRAINT "inbox_state" CHECK (
  CASE "state"
    WHEN 'pending' THEN "because" IS NULL AND "settledAt" IS NULL
    WHEN 'applied' THEN "because" IS NULL AND "settledAt" IS NOT NULL
    WHEN 'ignored' THEN "because" IS NOT NULL AND "settledAt" IS NOT NULL
    ELSE false
  END);
-- The sweep reads what no workflow has filed, oldest first.
CREATE INDEX "inbox_pending" ON "inbox" ("receivedAt", "id") WHERE "state" = 'pending';
-- A bank's number is told once (ST-2): it is free again when its message changed nothing, or its payment was taken back (HG-4).
CREATE UNIQUE INDEX "inbox_reference" ON "inbox" ("reference") WHERE "state" <> 'ignored';

-- Tasks. ------------------------------------------------------------------------------------------------------------------

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
-- S5: somebody can act on it: by role, by name, or as somebody's superior.
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_somebody" CHECK (
  cardinality("roles") + cardinality("users") + cardinality("superiors") > 0);
-- V2: one effective decision per order, revision and level.
CREATE UNIQUE INDEX "tasks_one_decision" ON "tasks" ("orderNo", "revision", "kind", "level")
  WHERE "state" = 'decided' AND "kind" LIKE 'review.%';
-- "My tasks": open ones by role, person, superior or fallback, the most urgent first.
CREATE INDEX "tasks_open_by_role" ON "tasks" USING gin ("roles") WHERE "state" = 'open';
CREATE INDEX "tasks_open_by_user" ON "tasks" USING gin ("users") WHERE "state" = 'open';
CREATE INDEX "tasks_open_by_superior" ON "tasks" USING gin ("superiors") WHERE "state" = 'open';
CREATE INDEX "tasks_open_due" ON "tasks" ("dueAt", "id") WHERE "state" = 'open';
CREATE INDEX "tasks_without_candidates" ON "tasks" ("dueAt", "id") WHERE "state" = 'open' AND "withoutCandidates";
-- HT-2: what is to be judged is found without looking at what is not.
CREATE INDEX "tasks_to_judge" ON "tasks" ("candidatesAsOf") WHERE "state" = 'open';
-- Overdue lists and the load of approvers walk open tasks only.
CREATE INDEX "tasks_open_by_urgency" ON "tasks" ((-"priority"), "dueAt", "id") WHERE "state" = 'open';
-- What somebody who leaves had claimed.
CREATE INDEX "tasks_claimed" ON "tasks" ("claimedBy") WHERE "state" = 'open' AND "claimedBy" IS NOT NULL;
-- HT-6: what somebody has delegated and may call back, counted at every look into the inbox; hardly any open task is.
CREATE INDEX "tasks_delegated" ON "tasks" ("id")
  WHERE "state" = 'open' AND "slots" @> '[{"state": "open", "delegated": {}}]'::jsonb;
-- "Is it once an hour?" and read receipts.
CREATE INDEX "task_events_by_kind" ON "task_events" ("taskId", "kind", "at");
ALTER TABLE "task_copies" ADD CONSTRAINT "task_copies_user" FOREIGN KEY ("userId") REFERENCES "users" ("id");
-- HT-15: 256 bits of chance, kept as their SHA-256.
ALTER TABLE "decision_links" ADD CONSTRAINT "decision_links_hash" CHECK (octet_length("hash") = 32);
ALTER TABLE "decision_links" ADD CONSTRAINT "decision_links_user" FOREIGN KEY ("userId") REFERENCES "users" ("id");
ALTER TABLE "decision_links" ADD CONSTRAINT "decision_links_task" FOREIGN KEY ("taskId") REFERENCES "tasks" ("id");

-- Ledger (M1, M3) and the documents of money. -------------------------------------------------------------------------------

ALTER TABLE "ledger_legs" ADD CONSTRAINT "ledger_legs_amount" CHECK ("amountFen" <> 0);
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_reverses" CHECK ("reverses" <> "key");
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_reverses_fkey"
  FOREIGN KEY ("reverses") REFERENCES "ledger_entries" ("key");
CREATE INDEX "ledger_entries_customer" ON "ledger_entries" ("customerId") WHERE "customerId" IS NOT NULL;
CREATE INDEX "ledger_legs_account" ON "ledger_legs" ("account");
ALTER TABLE "payments" ADD CONSTRAINT "payments_amount" CHECK ("amountFen" > 0);
ALTER TABLE "charges" ADD CONSTRAINT "charges_amount" CHECK ("amountFen" = "netFen" + "taxFen" AND "netFen" >= 0 AND "taxFen" >= 0);
-- M14: what is open of a charge is never below zero, nor more than it came to.
ALTER TABLE "charges" ADD CONSTRAINT "charges_open" CHECK ("openFen" BETWEEN 0 AND "amountFen");
ALTER TABLE "charges" ADD CONSTRAINT "charges_purpose" CHECK ("purpose" IN ('deposit', 'balance', 'bill'));
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_amount" CHECK ("amountFen" >= 0);
ALTER TABLE "shipment_lines" ADD CONSTRAINT "shipment_lines_quantity" CHECK ("quantity" > 0);
-- AR-2: open collections by what comes next.
CREATE INDEX "collections_open" ON "collections" ("nextAt") WHERE "endedAt" IS NULL;
CREATE INDEX "collections_customer" ON "collections" ("customerId");

-- Goods (Q5). ---------------------------------------------------------------------------------------------------------------

ALTER TABLE "stock_batches" ADD CONSTRAINT "stock_batches_in_hand" CHECK ("inHand" >= 0);
ALTER TABLE "stock_batches" ADD CONSTRAINT "stock_batches_reserved" CHECK (0 <= "reserved" AND "reserved" <= "inHand");
-- A batch is of one item: its id is the item's, a colon, and the number on the batch. So two suppliers may number alike, and
-- no receipt meets a batch of another item. Item ids have no colon.
ALTER TABLE "stock_batches" ADD CONSTRAINT "stock_batches_of_item" CHECK (starts_with("id", "itemId" || ':'));
ALTER TABLE "stock_reservations" ADD CONSTRAINT "stock_reservations_quantity" CHECK ("quantity" > 0);
ALTER TABLE "stock_reservations" ADD CONSTRAINT "stock_reservations_state" CHECK ("state" IN ('held', 'taken', 'freed', 'returned'));
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_sign" CHECK (
  CASE "kind" WHEN 'taken' THEN "quantity" < 0 WHEN 'opening' THEN "quantity" >= 0 ELSE "quantity" > 0 END);
CREATE INDEX "stock_reservations_held" ON "stock_reservations" ("orderNo") WHERE "state" = 'held';
ALTER TABLE "purchase_orders" ADD CONSTRAINT "purchase_orders_received" CHECK ("quantity" > 0 AND "received" >= 0);
-- Q4: what passed and what was scrapped was made.
ALTER TABLE "production_orders" ADD CONSTRAINT "production_orders_counts" CHECK (
  "quantity" > 0 AND "reported" >= 0 AND "passed" >= 0 AND "scrapped" >= 0);
-- A line stands still or makes something.
ALTER TABLE "production_capacity" ADD CONSTRAINT "production_capacity_not_negative" CHECK ("piecesPerDay" >= 0);

-- Customers, their holds and their credit. ----------------------------------------------------------------------------------

ALTER TABLE "customers" ADD CONSTRAINT "customers_grade" CHECK ("grade" IN ('A', 'B', 'C'));
ALTER TABLE "customer_holds" ADD CONSTRAINT "customer_holds_customer" FOREIGN KEY ("customerId") REFERENCES "customers" ("id");
ALTER TABLE "customer_holds" ADD CONSTRAINT "customer_holds_gates" CHECK (cardinality("gates") > 0);
ALTER TABLE "customer_holds" ADD CONSTRAINT "customer_holds_release" CHECK (
  ("releasedAt" IS NULL) = ("releasedBy" IS NULL) AND ("releasedAt" IS NULL) = ("releaseReason" IS NULL));
ALTER TABLE "credit_reservations" ADD CONSTRAINT "credit_reservations_order" FOREIGN KEY ("orderNo") REFERENCES "orders" ("no");
ALTER TABLE "credit_reservations" ADD CONSTRAINT "credit_reservations_exposure" CHECK ("exposureFen" >= 0);
ALTER TABLE "credit_refusals" ADD CONSTRAINT "credit_refusals_order" FOREIGN KEY ("orderNo") REFERENCES "orders" ("no");
-- HG-3: reservations stay for ever; of the orders of many years only those are looked at that can still take something up.
CREATE INDEX "orders_open_by_customer" ON "orders" ("customerId") WHERE "endedAt" IS NULL;
CREATE INDEX "orders_owed_by_customer" ON "orders" ("customerId") WHERE "outstandingFen" > 0;
-- A restriction is about one thing, and a province lies in a country.
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_one_subject"
  CHECK (num_nonnulls("itemId", "customerId", "country") = 1 AND ("province" IS NULL OR "country" IS NOT NULL));

-- People. -------------------------------------------------------------------------------------------------------------------

ALTER TABLE "company" ADD CONSTRAINT "company_only_one" CHECK ("id" = 1);
ALTER TABLE "approval_limits" ADD CONSTRAINT "approval_limits_range" CHECK (
  coalesce("amountFen", 0) >= 0 AND coalesce("discountBp", 0) BETWEEN 0 AND 10000);
-- HT-7: nobody stands in for himself, and a time has an end.
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_absent" FOREIGN KEY ("absent") REFERENCES "users" ("id");
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_substitute" FOREIGN KEY ("substitute") REFERENCES "users" ("id");
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_sense" CHECK ("absent" <> "substitute" AND "fromAt" < "untilAt");
-- Whoever keeps the organisation in memory sees by the version of this one row that it changed (prisma/functions/people.sql).
INSERT INTO "organisation_version" DEFAULT VALUES;
ALTER TABLE "organisation_version" ADD CONSTRAINT "organisation_version_only" CHECK ("only");

-- Notices and incidents: work lists. ----------------------------------------------------------------------------------------

CREATE INDEX "notices_unaddressed" ON "notices" ("createdAt", "key") WHERE "addressedAt" IS NULL;
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_notice" FOREIGN KEY ("noticeKey") REFERENCES "notices" ("key");
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_channel" CHECK ("channel" IN ('app', 'mail', 'dingtalk', 'feishu', 'wecom'));
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_state" CHECK ("state" IN ('queued', 'sent', 'failed', 'withdrawn'));
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_sent" CHECK (("state" = 'sent') = ("sentAt" IS NOT NULL));
-- What waits, the soonest due first.
CREATE INDEX "deliveries_queued" ON "deliveries" ("nextAt", "id") WHERE "state" = 'queued';
CREATE INDEX "incidents_open" ON "incidents" ("openedAt", "id") WHERE "closedAt" IS NULL;
