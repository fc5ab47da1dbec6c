-- A batch is of one item: its id is the item's, a colon, and the number on the batch. So two suppliers may number alike, and
-- no receipt meets a batch of another item. Item ids have no colon.
UPDATE "stock_reservations" SET "batchId" = "itemId" || ':' || "batchId";
UPDATE "stock_movements" SET "batchId" = "itemId" || ':' || "batchId";
UPDATE "stock_batches" SET "id" = "itemId" || ':' || "id";
ALTER TABLE "stock_batches" ADD CONSTRAINT "stock_batches_of_item" CHECK (starts_with("id", "itemId" || ':'));

-- Received or passed goods come in as a batch (or to the item's batch of that number, where it exists) and belong to the
-- order at once.
CREATE OR REPLACE FUNCTION stock_in(wanted_key text, wanted_order text, wanted_line int, wanted_item text, wanted_quantity int, wanted_batch text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  batch text := wanted_item || ':' || wanted_batch;
BEGIN
  IF NOT open_stock_request(wanted_key, 'in', wanted_order) THEN
    RETURN;
  END IF;
  INSERT INTO "stock_batches" ("id", "itemId", "warehouseId", "receivedAt", "inHand", "reserved")
    VALUES (batch, wanted_item, coalesce((SELECT min("id") FROM "warehouses"), ''), now(), wanted_quantity, wanted_quantity)
    ON CONFLICT ("id") DO UPDATE
      SET "inHand" = "stock_batches"."inHand" + wanted_quantity, "reserved" = "stock_batches"."reserved" + wanted_quantity;
  INSERT INTO "stock_reservations" ("key", "orderNo", "line", "batchId", "itemId", "quantity", "state")
    VALUES (wanted_key, wanted_order, wanted_line, batch, wanted_item, wanted_quantity, 'held');
  INSERT INTO "stock_movements" ("key", "batchId", "itemId", "orderNo", "kind", "quantity")
    VALUES (wanted_key, batch, wanted_item, wanted_order, 'in', wanted_quantity);
END $$;
