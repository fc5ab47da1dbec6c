-- AlterTable
ALTER TABLE "inbox" ADD COLUMN     "reference" TEXT,
ADD COLUMN     "rings" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "rungAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "shipments_carrier_waybillNo_idx" ON "shipments"("carrier", "waybillNo");

-- A bank's number is told once (ST-2): it is free again when its message changed nothing, or its payment was taken back (HG-4).
CREATE UNIQUE INDEX "inbox_reference" ON "inbox" ("reference") WHERE "standing" <> 'ignored';

CREATE FUNCTION free_reference() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "inbox" SET "reference" = NULL WHERE "id" = NEW."id" AND "reference" IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "payments_free_reference" AFTER INSERT OR UPDATE OF "reversedBy" ON "payments" FOR EACH ROW
  WHEN (NEW."reversedBy" IS NOT NULL) EXECUTE FUNCTION free_reference();

-- A file whose message changed nothing is not kept: no list names it, nobody asked to keep it.
CREATE FUNCTION drop_refused_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "attachments" WHERE "id" = NEW."id" AND "orderNo" = NEW."orderNo";
  RETURN NULL;
END $$;
CREATE TRIGGER "inbox_drop_refused_file" AFTER UPDATE OF "standing" ON "inbox" FOR EACH ROW
  WHEN (NEW."standing" = 'ignored' AND NEW."kind" = 'attachmentFiled') EXECUTE FUNCTION drop_refused_file();
