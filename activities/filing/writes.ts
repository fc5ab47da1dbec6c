import type { Rows } from '../../domain/outside/filing/rows-of';

/** One table's part of the filing statement. */
interface Write {
  readonly isNeeded: (rows: Rows) => boolean;
  readonly sql: string;
}

/** Inserts `rows[from]` into a table whose columns carry the names of the fields. No part is named like a table: it would hide it. */
function insertion(part: {
  readonly table: string;
  readonly from: keyof Rows;
  readonly columns: readonly string[];
  readonly but?: string;
}): string {
  const columns = part.columns.map((column) => `"${column}"`).join(', ');
  return `new_${part.from} as (
  insert into ${part.table} (${columns})
  select ${part.columns.map((column) => `r."${column}"`).join(', ')}
  from guard, jsonb_populate_recordset(null::${part.table}, $1::jsonb->'${part.from}') r
  ${part.but ?? ''}
)`;
}

const factColumns = [
  'workflowId',
  'seq',
  'orderNo',
  'id',
  'kind',
  'filed',
  'because',
  'body',
  'at',
  'happenedAt',
  'actor',
  'onBehalfOf',
];

// What a task is asked with, and what may change while it is open. Who claimed it is not the workflow's to say.
const taskAsks = [
  'id',
  'workflowId',
  'orderNo',
  'kind',
  'rule',
  'evidence',
  'ruleNotes',
  'amountFen',
  'openedAt',
  'fallback',
  'measures',
  'about',
];
const taskStands = [
  'revision',
  'level',
  'slots',
  'signing',
  'superiors',
  'pausedAt',
  'roles',
  'users',
  'excluded',
  'outcomes',
  'dueAt',
  'state',
  'outcome',
  'decidedBy',
  'onBehalfOf',
  'decidedAt',
  'reasonCode',
  'closedAt',
];

/** Progress goes to the newest order of its line that is not void. */
const newestOfLine = (table: string) => `(
    select n.no from ${table} n where n."orderNo" = $1::jsonb->>'orderNo' and n.line = p.line and n.state <> 'void'
    order by n."orderedAt" desc, length(n.no) desc, n.no desc limit 1)`;

const progress = (table: string) => `guard, ${table} p
    left join jsonb_to_recordset($1::jsonb->'progress') as r(line int, received int, reported int, passed int, scrapped int)
      on r.line = p.line and p.no = ${newestOfLine(table)}
    where p."orderNo" = $1::jsonb->>'orderNo' and p.state <> 'void'`;

const changesGoods = (rows: Rows): boolean => rows.progress.length > 0 || rows.voidsEarlier;

/** The parts in the order in which they are read; PostgreSQL runs them on one snapshot, so their order does not matter. */
export const writes: readonly Write[] = [
  {
    isNeeded: (rows) => rows.facts.length > 0,
    // An ignored fact that repeats an id adds nothing; an applied one breaks the unique index: it must not count twice (X2).
    sql: insertion({
      table: 'facts',
      from: 'facts',
      columns: factColumns,
      but: `where not (r.filed = 'ignored' and exists (select from facts f where f.id = r.id))`,
    }),
  },
  {
    isNeeded: (rows) => rows.answers.length > 0,
    sql: `settled as (
  update inbox i set state = r.state, because = r.because, "settledAt" = now()
  from guard, jsonb_to_recordset($1::jsonb->'answers') as r(id text, state text, because text)
  where i.id = r.id and i.state = 'pending'
  returning i.id, i.state, i.because
)`,
  },
  {
    isNeeded: (rows) => rows.tasks.length > 0,
    sql: insertion({
      table: 'tasks',
      from: 'tasks',
      columns: [...taskAsks, ...taskStands],
      but: `on conflict (id) do update set ${taskStands.map((column) => `"${column}" = excluded."${column}"`).join(', ')}`,
    }),
  },
  {
    isNeeded: (rows) => rows.history.length > 0,
    sql: insertion({
      table: 'task_events',
      from: 'history',
      columns: ['id', 'taskId', 'kind', 'actor', 'at', 'detail'],
      but: 'on conflict (id) do nothing',
    }),
  },
  {
    isNeeded: (rows) => rows.notices.length > 0,
    sql: `new_notices as (
  insert into notices (key, "orderNo", template, "to", detail)
  select r.key, $1::jsonb->>'orderNo', r.template,
    case when r."to" = '{}' then coalesce((select t.roles || t.users from tasks t where t.id = r.detail->>'of'), '{}')
         else (select array_replace(array_replace(r."to", 'salesperson', o."salespersonId"), 'taker', o."takenBy")
                 from orders o where o.no = $1::jsonb->>'orderNo') end,
    r.detail
  from guard, jsonb_populate_recordset(null::notices, $1::jsonb->'notices') r
  on conflict (key) do nothing
)`,
  },
  {
    isNeeded: (rows) => rows.payments.length > 0,
    sql: insertion({
      table: 'payments',
      from: 'payments',
      columns: [
        'id',
        'orderNo',
        'customerId',
        'amountFen',
        'method',
        'happenedAt',
        'enteredAt',
        'enteredBy',
        'reversedBy',
      ],
    }),
  },
  {
    isNeeded: (rows) => rows.reversals.length > 0,
    sql: `reversals as (
  update payments p set "reversedBy" = r."reversedBy"
  from guard, jsonb_to_recordset($1::jsonb->'reversals') as r(id text, "reversedBy" text)
  where p.id = r.id and p."orderNo" = $1::jsonb->>'orderNo'
)`,
  },
  {
    isNeeded: (rows) => rows.charges.length > 0,
    // What is open of it by the end of the batch stands in `chargesStand`.
    sql: `new_charges as (
  insert into charges (no, "orderNo", purpose, about, "netFen", "taxFen", "amountFen", "openFen", "isWithdrawn", "raisedAt", "dueAt")
  select r.no, r."orderNo", r.purpose, r.about, r."netFen", r."taxFen", r."amountFen", s."openFen", s."isWithdrawn", r."raisedAt", r."dueAt"
  from guard, jsonb_populate_recordset(null::charges, $1::jsonb->'charges') r
  join jsonb_to_recordset($1::jsonb->'chargesStand') as s(no text, "openFen" bigint, "isWithdrawn" boolean) on s.no = r.no
)`,
  },
  {
    isNeeded: (rows) => rows.chargesStand !== null,
    sql: `charges_stand as (
  update charges c set "openFen" = s."openFen", "isWithdrawn" = s."isWithdrawn"
  from guard, jsonb_to_recordset($1::jsonb->'chargesStand') as s(no text, "openFen" bigint, "isWithdrawn" boolean)
  where c.no = s.no and c."orderNo" = $1::jsonb->>'orderNo'
    and (c."openFen", c."isWithdrawn") is distinct from (s."openFen", s."isWithdrawn")
)`,
  },
  {
    isNeeded: (rows) => rows.allocations !== null,
    sql: `allocations_stand as (
  insert into allocations ("paymentId", "chargeNo", "orderNo", "amountFen")
  select coalesce(a."paymentId", b."paymentId"), coalesce(a."chargeNo", b."chargeNo"), $1::jsonb->>'orderNo', coalesce(a."amountFen", 0)
  from guard
  cross join (select * from jsonb_to_recordset($1::jsonb->'allocations') as n("paymentId" text, "chargeNo" text, "amountFen" bigint)) a
  full join (select * from allocations where "orderNo" = $1::jsonb->>'orderNo') b using ("paymentId", "chargeNo")
  where exists (select from guard)
  on conflict ("paymentId", "chargeNo") do update set "amountFen" = excluded."amountFen"
    where allocations."amountFen" is distinct from excluded."amountFen"
)`,
  },
  {
    isNeeded: (rows) => rows.shipmentLines.length > 0,
    sql: insertion({
      table: 'shipment_lines',
      from: 'shipmentLines',
      columns: ['shipmentNo', 'orderNo', 'line', 'quantity'],
    }),
  },
  {
    isNeeded: (rows) => rows.entries.length > 0,
    sql: insertion({
      table: 'ledger_entries',
      from: 'entries',
      columns: ['key', 'orderNo', 'customerId', 'purpose', 'happenedAt', 'reverses'],
    }),
  },
  {
    isNeeded: (rows) => rows.legs.length > 0,
    sql: insertion({ table: 'ledger_legs', from: 'legs', columns: ['entryKey', 'leg', 'account', 'amountFen'] }),
  },
  {
    isNeeded: (rows) => rows.purchases.length > 0,
    sql: `new_purchases as (
  insert into purchase_orders (no, "orderNo", line, "itemId", "supplierId", quantity, received, state, "orderedAt")
  select r.no, $1::jsonb->>'orderNo', r.line, r."itemId", (select "supplierId" from items where items.id = r."itemId"),
         r.quantity, r.received, r.state, r."orderedAt"
  from guard, jsonb_populate_recordset(null::purchase_orders, $1::jsonb->'purchases') r
)`,
  },
  {
    isNeeded: (rows) => rows.productions.length > 0,
    sql: `new_productions as (
  insert into production_orders (no, "orderNo", line, "itemId", quantity, reported, passed, scrapped, state, "orderedAt")
  select r.no, $1::jsonb->>'orderNo', r.line, r."itemId", r.quantity, r.reported, r.passed, r.scrapped, r.state, r."orderedAt"
  from guard, jsonb_populate_recordset(null::production_orders, $1::jsonb->'productions') r
)`,
  },
  {
    isNeeded: changesGoods,
    sql: `purchase_progress as (
  update purchase_orders q set received = c.received, state = case
    when c.received >= q.quantity then 'received'
    when ($1::jsonb->>'voidsEarlier')::boolean then 'void'
    else q.state end
  from (select p.no, p.received + coalesce(r.received, 0) as received from ${progress('purchase_orders')}) c
  where q.no = c.no
)`,
  },
  {
    isNeeded: changesGoods,
    sql: `production_progress as (
  update production_orders q set reported = c.reported, passed = c.passed, scrapped = c.scrapped, state = case
    when c.passed >= q.quantity then 'done'
    when ($1::jsonb->>'voidsEarlier')::boolean then 'void'
    when c.moved then 'in_production'
    else q.state end
  from (
    select p.no, p.reported + coalesce(r.reported, 0) as reported, p.passed + coalesce(r.passed, 0) as passed,
           p.scrapped + coalesce(r.scrapped, 0) as scrapped,
           coalesce(r.reported + r.passed + r.scrapped > 0, false) as moved
    from ${progress('production_orders')}
  ) c
  where q.no = c.no
)`,
  },
];
