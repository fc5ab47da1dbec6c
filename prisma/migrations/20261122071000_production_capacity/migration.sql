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

-- CreateIndex
CREATE UNIQUE INDEX "production_capacity_line_fromOn_key" ON "production_capacity"("line", "fromOn");

-- A line stands still or makes something.
ALTER TABLE "production_capacity" ADD CONSTRAINT "production_capacity_not_negative" CHECK ("piecesPerDay" >= 0);
