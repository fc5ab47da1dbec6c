-- HG-3: reservations stay for ever, and the gate counts them under the lock of the customer's row, the door at every intake: of the
-- orders of many years only those are looked at that can still take something up.
CREATE INDEX "orders_open_by_customer" ON "orders" ("customerId") WHERE "endedAt" IS NULL;
CREATE INDEX "orders_owed_by_customer" ON "orders" ("customerId") WHERE "outstandingFen" > 0;

CREATE OR REPLACE FUNCTION credit_use(wanted_customer text, but_for text, OUT "receivablesFen" bigint, OUT "takenFen" bigint, OUT "inReviewFen" bigint)
LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT sum("outstandingFen") FROM "orders"
                    WHERE "customerId" = wanted_customer AND "outstandingFen" > 0), 0)::bigint,
         coalesce((SELECT sum(credit_taken(r)) FROM "orders" o JOIN "credit_reservations" r ON r."orderNo" = o."no"
                    WHERE o."customerId" = wanted_customer AND o."endedAt" IS NULL
                      AND r."customerId" = wanted_customer AND r."orderNo" <> but_for), 0)::bigint,
         coalesce((SELECT sum(greatest(0, least(o."exposureFen", o."totalFen" - o."receivedFen"))) FROM "orders" o
                    WHERE o."customerId" = wanted_customer AND o."no" <> but_for AND o."endedAt" IS NULL
                      AND o."status" IN ('pending_review', 'returned')
                      AND NOT EXISTS (SELECT FROM "credit_reservations" r
                                       WHERE r."orderNo" = o."no" AND r."customerId" = wanted_customer)), 0)::bigint
$$;
