-- HG-3: orders that were approved before credit was reserved take it up as if the gate had let them through: what their present
-- terms leave unpaid once the goods have gone. Terms of that time may not say it; grade and path do.
INSERT INTO "credit_reservations" ("orderNo", "customerId", "revision", "exposureFen", "key")
SELECT o."no", o."customerId", o."revision",
       greatest(0, coalesce((t.terms->>'exposureFen')::bigint,
         CASE WHEN (t.terms->>'balanceBeforeShipment')::boolean OR t.terms->>'smallOrderPath' IS NOT NULL THEN 0
              ELSE o."totalFen" - o."depositFen" END)),
       o."no" || ':' || o."revision" || ':credit:before'
  FROM "orders" o,
       LATERAL (SELECT coalesce((SELECT f."body"->'terms' FROM "facts" f
                                  WHERE f."workflowId" = 'order-' || o."no" AND f."kind" = 'orderRevised' AND f."standing" = 'applied'
                                  ORDER BY f."seq" DESC LIMIT 1), o."terms") AS terms) t
 WHERE o."customerId" IS NOT NULL AND o."endedAt" IS NULL
   AND o."status" IN ('approved', 'awaiting_confirmation', 'awaiting_deposit', 'allocated', 'in_production', 'in_inspection',
                      'awaiting_balance', 'ready_to_ship', 'shipped_out', 'in_transit', 'delivered', 'in_settlement')
ON CONFLICT ("orderNo") DO NOTHING;
