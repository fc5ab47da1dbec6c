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

-- CreateIndex
CREATE INDEX "restrictions_itemId_idx" ON "restrictions"("itemId");

-- CreateIndex
CREATE INDEX "restrictions_customerId_idx" ON "restrictions"("customerId");

-- A restriction is about one thing, and a province lies in a country.
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_one_subject"
  CHECK (num_nonnulls("itemId", "customerId", "country") = 1 AND ("province" IS NULL OR "country" IS NOT NULL));
