-- CreateTable
CREATE TABLE "calendar_versions" (
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "publishedBy" TEXT NOT NULL,

    CONSTRAINT "calendar_versions_pkey" PRIMARY KEY ("name","version")
);

-- CreateIndex
CREATE INDEX "calendar_versions_name_publishedAt_idx" ON "calendar_versions"("name", "publishedAt");
