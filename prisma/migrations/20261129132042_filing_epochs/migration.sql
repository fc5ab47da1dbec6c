-- AlterTable
ALTER TABLE "collections" ADD COLUMN     "filedEpoch" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "filedRun" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "filedEpoch" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "filedRun" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "shipments" ADD COLUMN     "filedEpoch" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "filedRun" TEXT NOT NULL DEFAULT '';
