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

-- CreateIndex
CREATE INDEX "organisation_changes_userId_id_idx" ON "organisation_changes"("userId", "id");

-- A log is written once.
CREATE TRIGGER "organisation_changes_never_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "organisation_changes"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
