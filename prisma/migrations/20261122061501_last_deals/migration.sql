-- CreateIndex
CREATE INDEX "orders_customerId_acceptedAt_idx" ON "orders"("customerId", "acceptedAt");
