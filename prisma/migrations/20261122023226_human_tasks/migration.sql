-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "fallback" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "followUpOn" TEXT,
ADD COLUMN     "measures" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "pausedAt" TIMESTAMPTZ(3),
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "signing" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "slots" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "stranded" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "superiors" TEXT[] DEFAULT ARRAY[]::TEXT[];

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
CREATE TABLE "organisation_version" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "version" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "organisation_version_pkey" PRIMARY KEY ("only")
);

-- CreateIndex
CREATE INDEX "substitutions_substitute_idx" ON "substitutions"("substitute");

-- CreateIndex
CREATE INDEX "substitutions_absent_idx" ON "substitutions"("absent");

-- S5: somebody can act on it: by role, by name, or as somebody's superior.
ALTER TABLE "tasks" DROP CONSTRAINT "tasks_somebody";
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_somebody" CHECK (
  cardinality("roles") + cardinality("users") + cardinality("superiors") > 0);

-- "My tasks" of superiors and of the fallback; the index by role is of the first migrations.
CREATE INDEX "tasks_open_by_superior" ON "tasks" USING gin ("superiors") WHERE "state" = 'open';
CREATE INDEX "tasks_stranded" ON "tasks" ("dueAt", "id") WHERE "state" = 'open' AND "stranded";

ALTER TABLE "approval_limits" ADD CONSTRAINT "approval_limits_user" FOREIGN KEY ("userId") REFERENCES "users" ("id");
ALTER TABLE "approval_limits" ADD CONSTRAINT "approval_limits_range" CHECK (
  coalesce("amountFen", 0) >= 0 AND coalesce("discountBp", 0) BETWEEN 0 AND 10000);

-- HT-7: nobody stands in for himself, and a time has an end.
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_absent" FOREIGN KEY ("absent") REFERENCES "users" ("id");
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_substitute" FOREIGN KEY ("substitute") REFERENCES "users" ("id");
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_sense" CHECK ("absent" <> "substitute" AND "fromAt" < "untilAt");

-- Whoever keeps the organisation in memory sees by the version that it changed.
INSERT INTO "organisation_version" DEFAULT VALUES;
ALTER TABLE "organisation_version" ADD CONSTRAINT "organisation_version_only" CHECK ("only");
CREATE FUNCTION organisation_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "organisation_version" SET "version" = "version" + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER "users_change_organisation" AFTER INSERT OR UPDATE OR DELETE ON "users" FOR EACH STATEMENT EXECUTE FUNCTION organisation_changed();
CREATE TRIGGER "user_roles_change_organisation" AFTER INSERT OR UPDATE OR DELETE ON "user_roles" FOR EACH STATEMENT EXECUTE FUNCTION organisation_changed();
CREATE TRIGGER "approval_limits_change_organisation" AFTER INSERT OR UPDATE OR DELETE ON "approval_limits" FOR EACH STATEMENT EXECUTE FUNCTION organisation_changed();
CREATE TRIGGER "substitutions_change_organisation" AFTER INSERT OR UPDATE OR DELETE ON "substitutions" FOR EACH STATEMENT EXECUTE FUNCTION organisation_changed();
