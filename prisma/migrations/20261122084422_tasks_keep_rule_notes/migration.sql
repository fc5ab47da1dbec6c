-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "ruleNotes" JSONB NOT NULL DEFAULT '[]';
