-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "goneUnpaidFen" BIGINT NOT NULL DEFAULT 0;

-- Goods that are out, or with the warehouse on their way out, and not billed.
UPDATE "orders" o SET "goneUnpaidFen" = greatest(0, o."totalFen" - o."receivedFen")
 WHERE o."billedFen" = 0 AND o."endedAt" IS NULL AND o."status" NOT IN ('cancelled', 'rejected', 'dead', 'archived')
   AND EXISTS (SELECT FROM "shipments" s WHERE s."orderNo" = o."no" AND s."status" NOT IN ('stopped', 'recalled'));

-- HG-3: what an order takes up of its customer's credit: what was reserved of it, or more where goods went on a release, a
-- guarantee or for cash on delivery. Once billed it is a receivable; closed, nothing.
CREATE OR REPLACE FUNCTION credit_taken(reservation "credit_reservations") RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN o."billedFen" > 0 OR o."endedAt" IS NOT NULL OR o."status" IN ('cancelled', 'rejected', 'dead', 'archived') THEN 0
              ELSE greatest(0, least(reservation."exposureFen", o."totalFen" - o."receivedFen"), o."goneUnpaidFen") END
    FROM "orders" o WHERE o."no" = reservation."orderNo"
$$;

-- Goods that come back before they left free credit too.
DROP TRIGGER "orders_free_credit" ON "orders";
CREATE TRIGGER "orders_free_credit" AFTER UPDATE OF "receivedFen", "outstandingFen", "goneUnpaidFen", "status", "totalFen" ON "orders" FOR EACH ROW
  WHEN (NEW."customerId" IS NOT NULL AND (NEW."receivedFen" > OLD."receivedFen" OR NEW."outstandingFen" < OLD."outstandingFen" OR NEW."totalFen" < OLD."totalFen"
        OR (NEW."goneUnpaidFen" < OLD."goneUnpaidFen" AND NEW."billedFen" = OLD."billedFen")
        OR (NEW."status" <> OLD."status" AND NEW."status" IN ('cancelled', 'rejected', 'dead', 'archived'))))
  EXECUTE FUNCTION credit_may_be_free();
