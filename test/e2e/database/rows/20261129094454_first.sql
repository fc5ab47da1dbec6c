-- One row of each kind, as the first release schema keeps it; upgrade.test.ts takes them to the newest version. A migration that adds a
-- table brings a file of its own, named for itself. This file does not change any more: it is what an old database holds.

insert into users (id, name, email, superior, "departedAt") values
  ('u-sales', '李销售', 'li@example.com', 'u-boss', null), ('u-boss', '王总', null, null, null), ('u-gone', '赵旧', null, 'u-boss', now());
insert into user_roles ("userId", role) values ('u-sales', 'sales'), ('u-boss', 'management');
insert into api_tokens (id, "userId", hash, "expiresAt") values ('t-1', 'u-sales', '\x01', now() + interval '1 day');
insert into approval_limits ("userId", "amountFen", "discountBp", grades, "setBy") values ('u-boss', 500000000, 1000, '{A,B}', 'u-boss');
insert into substitutions (id, absent, substitute, "fromAt", "untilAt", kinds, "createdBy")
  values ('s-1', 'u-sales', 'u-boss', '2026-11-20T00:00Z', '2026-12-20T00:00Z', '{review.sales}', 'u-sales');
insert into organisation_changes (by, "requestId", cause, subject, "subjectId", "userId", fields, before, after)
  values ('u-boss', 'r-1', 'departure', 'user', 'u-gone', 'u-gone', '{active}', '{"active":true}', '{"active":false}');
insert into company ("legalName", "taxNo", "setBy") values ('订单机械有限公司', '91440000', 'u-boss');

insert into customers (id, "legalName", grade, "creditLimitFen", "paymentTermDays", address, invoice, "creditAssessedAt", "suspendedAt", "suspendedBy", "statusVersion")
  values ('C-1', '宏达机械有限公司', 'A', 10000000, 30, '{"province":"广东"}', '{"title":"宏达"}', now(), now(), 'bill:1', 3);
insert into customer_suspensions (key, "customerId") values ('bill:1', 'C-1');
insert into customer_holds (id, "customerId", reason, gates, "placedBy") values ('h-1', 'C-1', 'credit', '{ship}', 'u-boss');
insert into items (id, name, supply, "listPriceFen", "supplierId") values ('I-1', '齿轮', 'stock', 12345, 'V-1');
insert into restrictions (id, "itemId", "reasonCode", "fromOn", "setBy") values ('x-1', 'I-1', 'export', '2026-01-01', 'u-boss');
insert into promotions (id, name, "itemIds", "discountBp", "fromOn", "untilOn", "setBy") values ('p-1', '双十一', '{I-1}', 500, '2026-11-01', '2026-11-30', 'u-boss');
insert into suppliers (id, name) values ('V-1', '东海机械厂');
insert into carriers (id, name, "webhookSecret") values ('sf', '顺丰', 'WEBHOOK_SECRET_SF');
insert into warehouses (id, name) values ('main', '主仓');
insert into production_capacity (id, line, "piecesPerDay", "fromOn", "setBy") values ('k-1', 'gears', 40, '2026-01-01', 'u-boss');
insert into policy_versions (name, version, document, "publishedBy") values ('default', 1, '{"name":"default"}', 'u-boss');
insert into calendar_versions (name, version, document, "publishedBy") values ('china', '2026a', '{}', 'u-boss');

insert into order_serials (day, last) values ('20261121', 1);
insert into orders (no, "customerId", channel, "takenBy", "salespersonId", grade, "policyName", "policyVersion", "filedSeq", version, status, "waitingFor",
                    "goodsFen", "taxFen", "totalFen", "depositFen", "receivedFen", "billedFen", "outstandingFen", "exposureFen", holds, "externalNo", terms)
  values ('20261121-0001', 'C-1', 'phone', 'u-sales', 'u-sales', 'A', 'default', 1, 3, 2, 'in_settlement', '{finance}',
          100000, 13000, 113000, 30000, 30000, 113000, 83000, 83000, '{}', 'PO-7', '{"exposureFen":83000,"lines":[]}');
insert into order_intakes ("orderNo", revision, body, "enteredBy") values ('20261121-0001', 1, '{"contact":"张"}', 'u-sales');
insert into order_lines ("orderNo", revision, line, "itemId", name, specification, quantity, "unitPriceFen", "netFen", "taxFen", supply)
  values ('20261121-0001', 1, 1, 'I-1', '齿轮', 'M4', 8, 12500, 100000, 13000, 'stock');
insert into facts ("workflowId", seq, "orderNo", id, kind, filed, because, body, at, "happenedAt", actor)
  values ('order-20261121-0001', 1, '20261121-0001', 'f-1', 'orderReceived', 'applied', null, '{"totalFen":113000}', now(), now(), 'u-sales'),
         ('order-20261121-0001', 2, '20261121-0001', 'f-2', 'decisionMade', 'ignored', 'task_closed', '{}', now(), now(), 'u-boss'),
         ('order-20261121-0001', 3, '20261121-0001', 'f-3', 'paymentReceived', 'applied', null, '{"amountFen":30000}', now(), now(), 'u-sales');
insert into inbox (id, "workflowId", "orderNo", kind, payload, words, sender, digest, state, because, "settledAt", reference)
  values ('m-1', 'order-20261121-0001', '20261121-0001', 'paymentReceived', '{}', '到账', 'u-sales', '\x01', 'applied', null, now(), 'bank:1'),
         ('m-2', 'order-20261121-0001', '20261121-0001', 'decisionMade', '{}', null, 'u-boss', '\x02', 'pending', null, null, null);
insert into idempotency_keys ("userId", key, digest, status, body) values ('u-sales', 'k-1', '\x01', 201, '{"no":"20261121-0001"}');
insert into tasks (id, "workflowId", "orderNo", kind, revision, level, roles, users, excluded, outcomes, rule, evidence, "openedAt", "dueAt", state, outcome, "decidedBy", "decidedAt", "closedAt")
  values ('a-1', 'order-20261121-0001', '20261121-0001', 'review.sales', 1, 1, '{sales}', '{}', '[]', '{approve,return}', 'RV-1', '{}', now(), now(), 'decided', 'approve', 'u-boss', now(), now()),
         ('a-2', 'order-20261121-0001', '20261121-0001', 'settlement.confirm', 1, null, '{finance}', '{}', '[]', '{done}', 'ST-1', '{}', now(), now(), 'open', null, null, null, null);
insert into task_events (id, "taskId", kind, actor, at) values ('e-1', 'a-1', 'decided', 'u-boss', now());
insert into task_copies ("taskId", "userId", by) values ('a-2', 'u-sales', 'u-boss');
insert into notes (id, "orderNo", "taskId", author, text, mentions) values ('n-1', '20261121-0001', 'a-2', 'u-sales', '请核对', '{u-boss}');
insert into decision_links (hash, "userId", "taskId", "expiresAt") values (sha256('link'), 'u-boss', 'a-2', now() + interval '7 days');
insert into notices (key, "orderNo", template, "to", detail) values ('o-1', '20261121-0001', 'task_opened', '{finance}', '{}');
insert into deliveries ("noticeKey", "orderNo", addressee, channel, state, "nextAt") values ('o-1', '20261121-0001', 'u-boss', 'mail', 'queued', now());
insert into attachments (id, "orderNo", purpose, "fileName", "mediaType", size, sha256, content, "filedBy")
  values ('d-1', '20261121-0001', 'contract', '合同.pdf', 'application/pdf', 1, sha256('x'), 'x', 'u-sales');

insert into ledger_entries (key, "orderNo", "customerId", purpose, "happenedAt") values ('l-1', '20261121-0001', 'C-1', 'payment', now());
insert into ledger_legs ("entryKey", leg, account, "amountFen") values ('l-1', 1, '1002', 30000), ('l-1', 2, '2203', -30000);
insert into payments (id, "orderNo", "customerId", "amountFen", method, "happenedAt", "enteredAt", "enteredBy")
  values ('f-3', '20261121-0001', 'C-1', 30000, 'transfer', now(), now(), 'u-sales');
insert into charges (no, "orderNo", purpose, about, "netFen", "taxFen", "amountFen", "openFen", "raisedAt", "dueAt") values ('20261121-0001-B1', '20261121-0001', 'bill', '20261121-0001-S1', 100000, 13000, 113000, 83000, now(), now());
insert into allocations ("paymentId", "chargeNo", "orderNo", "amountFen") values ('f-3', '20261121-0001-B1', '20261121-0001', 30000);
insert into collections (no, "chargeNo", "orderNo", "customerId", level, "owedFen", "dueAt") values ('20261121-0001-B1', '20261121-0001-B1', '20261121-0001', 'C-1', 'none', 83000, now());
insert into credit_reservations ("orderNo", "customerId", revision, "exposureFen", key) values ('20261121-0001', 'C-1', 1, 83000, '20261121-0001:1:credit:2');
insert into credit_refusals ("orderNo", "customerId") values ('20261121-0001', 'C-1');
insert into stock_batches (id, "itemId", "warehouseId", "receivedAt", "inHand", reserved) values ('I-1:2026-01', 'I-1', 'main', now(), 20, 0);
insert into stock_requests (key, kind, "orderNo", answer) values ('r-1', 'reserve', '20261121-0001', '[{"line":1,"reserved":8}]');
insert into stock_reservations (key, "orderNo", line, "batchId", "itemId", quantity, state) values ('r-1', '20261121-0001', 1, 'I-1:2026-01', 'I-1', 8, 'taken');
insert into stock_movements (key, "batchId", "itemId", kind, quantity) values ('o-1', 'I-1:2026-01', 'I-1', 'opening', 28);
insert into stock_movements (key, "batchId", "itemId", "orderNo", kind, quantity) values ('k-1', 'I-1:2026-01', 'I-1', '20261121-0001', 'taken', -8);
insert into shipments (no, "orderNo", status, carrier, "waybillNo", clearance, "deliveredAt") values ('20261121-0001-S1', '20261121-0001', 'delivered', 'sf', 'SF1', 'on_account', now());
insert into shipment_lines ("shipmentNo", "orderNo", line, quantity) values ('20261121-0001-S1', '20261121-0001', 1, 8);
insert into purchase_orders (no, "orderNo", line, "itemId", "supplierId", quantity, received, state, "orderedAt") values ('20261121-0001-P1', '20261121-0001', 1, 'I-1', 'V-1', 4, 4, 'received', now());
insert into production_orders (no, "orderNo", line, "itemId", quantity, reported, passed, state, "orderedAt") values ('20261121-0001-M1', '20261121-0001', 1, 'I-1', 4, 4, 4, 'done', now());
insert into incidents (id, kind, detail) values ('i-1', 'workflow_not_found', '{}');
insert into seal_keys (id, fingerprint) values ('k-1', 'f0');
