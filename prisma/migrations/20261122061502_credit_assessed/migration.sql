-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "creditAssessedAt" TIMESTAMPTZ(3),
ADD COLUMN     "creditAssessedBy" TEXT;

-- Who has a grade above the most careful one, or a limit, was given it by somebody who may (RV-3).
UPDATE "customers" SET "creditAssessedAt" = "createdAt" WHERE "grade" <> 'C' OR "creditLimitFen" > 0;
