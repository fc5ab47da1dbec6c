-- What the warehouse does to goods (AL-1, Q5), each in one call and so in one transaction: a client that dies in the
-- middle leaves nothing half done. The key's row in stock_requests is written first: who repeats a key waits for the
-- first call and gets its answer (X4). Batches are locked in the order of their ids, by all functions alike: no deadlock.

-- Answers whether the key is new; a repeated one has been done.
CREATE OR REPLACE FUNCTION open_stock_request(wanted_key text, wanted_kind text, wanted_order text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "stock_requests" ("key", "kind", "orderNo") VALUES (wanted_key, wanted_kind, wanted_order)
    ON CONFLICT ("key") DO NOTHING;
  IF FOUND THEN
    RETURN true;
  END IF;
  PERFORM FROM "stock_requests" WHERE "key" = wanted_key AND "kind" = wanted_kind AND "orderNo" = wanted_order;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'stock key % was used for another request', wanted_key
      USING ERRCODE = 'integrity_constraint_violation', TABLE = 'stock_requests';
  END IF;
  RETURN false;
END $$;

-- Reserves per line ([{line, itemId, quantity}]) what is free, first in, first out; answers [{line, reserved}].
CREATE OR REPLACE FUNCTION reserve_stock(wanted_key text, wanted_order text, wanted_lines jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  locked text[];
  wanted record;
  batch record;
  missing int;
  take int;
  answered jsonb := '[]';
BEGIN
  IF NOT open_stock_request(wanted_key, 'reserve', wanted_order) THEN
    RETURN (SELECT "answer" FROM "stock_requests" WHERE "key" = wanted_key);
  END IF;
  SELECT array_agg(b."id") INTO locked FROM (
    SELECT "id" FROM "stock_batches"
    WHERE "itemId" IN (SELECT l->>'itemId' FROM jsonb_array_elements(wanted_lines) l) AND "inHand" > "reserved"
    ORDER BY "id" FOR UPDATE
  ) b;
  FOR wanted IN
    SELECT l."line", l."itemId", l."quantity" FROM jsonb_to_recordset(wanted_lines) AS l("line" int, "itemId" text, "quantity" int)
    ORDER BY l."line"
  LOOP
    missing := wanted."quantity";
    FOR batch IN
      SELECT "id", "inHand" - "reserved" AS free FROM "stock_batches"
      WHERE "id" = ANY (locked) AND "itemId" = wanted."itemId" AND "inHand" > "reserved"
      ORDER BY "receivedAt", "id"
    LOOP
      EXIT WHEN missing = 0;
      take := least(batch.free, missing);
      UPDATE "stock_batches" SET "reserved" = "reserved" + take WHERE "id" = batch."id";
      INSERT INTO "stock_reservations" ("key", "orderNo", "line", "batchId", "itemId", "quantity", "state")
        VALUES (wanted_key, wanted_order, wanted."line", batch."id", wanted."itemId", take, 'held');
      missing := missing - take;
    END LOOP;
    answered := answered || jsonb_build_object('line', wanted."line", 'reserved', wanted."quantity" - missing);
  END LOOP;
  UPDATE "stock_requests" SET "answer" = answered WHERE "key" = wanted_key;
  RETURN answered;
END $$;

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

-- Locks the batches of which the order has something in the given state; every function below begins with it.
CREATE OR REPLACE FUNCTION lock_batches_of(wanted_order text, wanted_state text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "stock_batches"
    WHERE "id" IN (SELECT "batchId" FROM "stock_reservations" WHERE "orderNo" = wanted_order AND "state" = wanted_state)
    ORDER BY "id" FOR UPDATE;
END $$;

-- Pieces of a shipment leave the warehouse: of what the order holds of each line, the oldest batches first. A reservation of which only
-- a part goes is split. More than the order holds cannot go (Q5).
CREATE OR REPLACE FUNCTION take_stock(wanted_key text, wanted_order text, wanted_shipment text, wanted_lines jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  wanted record;
  held record;
  missing int;
  part int;
BEGIN
  IF NOT open_stock_request(wanted_key, 'take', wanted_order) THEN
    RETURN;
  END IF;
  PERFORM lock_batches_of(wanted_order, 'held');
  FOR wanted IN SELECT * FROM jsonb_to_recordset(wanted_lines) AS w(line int, quantity int) LOOP
    missing := wanted.quantity;
    FOR held IN SELECT r.* FROM "stock_reservations" r JOIN "stock_batches" b ON b."id" = r."batchId"
                 WHERE r."orderNo" = wanted_order AND r."line" = wanted.line AND r."state" = 'held'
                 ORDER BY b."receivedAt", b."id", r."key" FOR UPDATE OF r LOOP
      EXIT WHEN missing = 0;
      part := least(held."quantity", missing);
      missing := missing - part;
      IF part = held."quantity" THEN
        UPDATE "stock_reservations" SET "state" = 'taken', "shipmentNo" = wanted_shipment
          WHERE "key" = held."key" AND "line" = held."line" AND "batchId" = held."batchId";
      ELSE
        UPDATE "stock_reservations" SET "quantity" = "quantity" - part
          WHERE "key" = held."key" AND "line" = held."line" AND "batchId" = held."batchId";
        INSERT INTO "stock_reservations" ("key", "orderNo", "line", "batchId", "itemId", "quantity", "state", "shipmentNo")
          VALUES (wanted_key, wanted_order, held."line", held."batchId", held."itemId", part, 'taken', wanted_shipment);
      END IF;
    END LOOP;
    IF missing > 0 THEN
      RAISE EXCEPTION 'order % holds % pieces of line % too few for shipment %', wanted_order, missing, wanted.line, wanted_shipment
        USING ERRCODE = 'check_violation', TABLE = 'stock_reservations', CONSTRAINT = 'shipment_within_reservation';
    END IF;
  END LOOP;
  WITH per_batch AS (
    SELECT "batchId", "itemId", sum("quantity")::int AS quantity FROM "stock_reservations"
     WHERE "orderNo" = wanted_order AND "shipmentNo" = wanted_shipment AND "state" = 'taken' GROUP BY "batchId", "itemId"
  ), moved AS (
    INSERT INTO "stock_movements" ("key", "batchId", "itemId", "orderNo", "kind", "quantity")
    SELECT wanted_key, "batchId", "itemId", wanted_order, 'taken', -quantity FROM per_batch
  )
  UPDATE "stock_batches" b SET "inHand" = b."inHand" - p.quantity, "reserved" = b."reserved" - p.quantity
    FROM per_batch p WHERE b."id" = p."batchId";
END $$;

-- All that the order still holds is free for others.
CREATE OR REPLACE FUNCTION free_stock(wanted_key text, wanted_order text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT open_stock_request(wanted_key, 'free', wanted_order) THEN
    RETURN;
  END IF;
  PERFORM lock_batches_of(wanted_order, 'held');
  WITH freed AS (
    UPDATE "stock_reservations" SET "state" = 'freed' WHERE "orderNo" = wanted_order AND "state" = 'held'
    RETURNING "batchId", "quantity"
  ), per_batch AS (
    SELECT "batchId", sum("quantity")::int AS quantity FROM freed GROUP BY "batchId"
  )
  UPDATE "stock_batches" b SET "reserved" = b."reserved" - p.quantity FROM per_batch p WHERE b."id" = p."batchId";
END $$;

-- What a shipment took, and nobody picked up, is in hand again, and free.
CREATE OR REPLACE FUNCTION put_back_stock(wanted_key text, wanted_order text, wanted_shipment text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT open_stock_request(wanted_key, 'put_back', wanted_order) THEN
    RETURN;
  END IF;
  PERFORM lock_batches_of(wanted_order, 'taken');
  WITH returned AS (
    UPDATE "stock_reservations" SET "state" = 'returned'
     WHERE "orderNo" = wanted_order AND "shipmentNo" = wanted_shipment AND "state" = 'taken'
    RETURNING "batchId", "itemId", "quantity"
  ), per_batch AS (
    SELECT "batchId", "itemId", sum("quantity")::int AS quantity FROM returned GROUP BY "batchId", "itemId"
  ), moved AS (
    INSERT INTO "stock_movements" ("key", "batchId", "itemId", "orderNo", "kind", "quantity")
    SELECT wanted_key, "batchId", "itemId", wanted_order, 'returned', quantity FROM per_batch
  )
  UPDATE "stock_batches" b SET "inHand" = b."inHand" + p.quantity FROM per_batch p WHERE b."id" = p."batchId";
END $$;
