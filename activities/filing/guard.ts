import type { CollectionSummary } from '../../domain/inside/collection';
import type { OrderSummary } from '../../domain/inside/order-summary';
import type { ShipmentSummary } from '../../domain/inside/shipment';
import type { Rows } from '../../domain/outside/filing/rows-of';

/** The filing goes on where the row stands, and is not of an attempt at a workflow task that another has overtaken. */
const follows = `o."filedSeq" = ($1::jsonb->>'firstSeq')::int - 1 and o."filedEpoch" <= ($1::jsonb->>'epoch')::int`;

/** What a filing says of its workflow's row beside the summary. */
const filed = {
  filedSeq: `($1::jsonb->>'lastSeq')::int`,
  filedRun: `$1::jsonb->>'run'`,
  filedEpoch: `($1::jsonb->>'epoch')::int`,
};

/** The values of columns, by their names. */
type Columns = Readonly<Record<string, string>>;

/** Columns that say what the summary says. */
const ofSummary = (names: readonly string[]): Columns =>
  Object.fromEntries(names.map((name) => [name, `s."${name}"`] as const));

const namesOf = (columns: Columns): string =>
  Object.keys(columns)
    .map((name) => `"${name}"`)
    .join(', ');
const assignments = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, value]) => `"${name}" = ${value}`)
    .join(', ');

const orderColumns: Columns = {
  ...filed,
  customerId: `coalesce($1::jsonb->>'customerId', o."customerId")`,
  startedAt: `coalesce(o."startedAt", now())`,
  policyName: `coalesce(s."policyName", o."policyName")`,
  policyVersion: `coalesce(s."policyVersion", o."policyVersion")`,
  salespersonId: `coalesce(s."salespersonId", o."salespersonId")`,
  ...ofSummary([
    'version',
    'revision',
    'status',
    'grade',
    'waitingFor',
    'waitingSince',
    'dueAt',
    'offeredOn',
    'promisedOn',
    'wishedOn',
    'goodsFen',
    'taxFen',
    'freightFen',
    'totalFen',
    'depositFen',
    'receivedFen',
    'billedFen',
    'outstandingFen',
    'shippedUnpaidFen',
    'exposureFen',
    'usesCredit',
    'holds',
    'shippedAt',
    'deliveredAt',
    'endedAt',
  ] satisfies readonly (keyof OrderSummary)[]),
};

/** The row of a shipment or a collection. Its first filing makes it, with the columns of `once`; every filing sets those of `now`. */
function guardOfChild(table: string, { once, now }: { readonly once: Columns; readonly now: Columns }): string {
  const set = { ...filed, ...now };
  const all = { no: 's.no', orderNo: `$1::jsonb->>'orderNo'`, ...once, ...set };
  const anew = Object.fromEntries(Object.keys(set).map((name) => [name, `excluded."${name}"`] as const));
  return `guard as (
  insert into ${table} as o (${namesOf(all)})
  select ${Object.values(all).join(', ')}
  from jsonb_populate_record(null::${table}, $1::jsonb->'summary') s
  where ($1::jsonb->>'firstSeq')::int = 1 or exists (select from ${table} where no = s.no)
  on conflict (no) do update set ${assignments(anew)}
  where ${follows}
  returning no
)`;
}

/**
 * The statement's first part: moves the workflow's own row from `firstSeq - 1` to `lastSeq`, or does nothing. Every other
 * part writes only beside a row of `guard`. $1 is the `Rows` as JSON. A shipment's and a collection's row is made by its
 * first filing; an order's stands before its workflow starts.
 */
export const guards: Readonly<Record<Rows['summary']['of'], string>> = {
  order: `guard as (
  update orders o set ${assignments(orderColumns)}
  from jsonb_populate_record(null::orders, $1::jsonb->'summary') s
  where o.no = $1::jsonb->>'orderNo' and ${follows}
  returning o.no, o.revision
)`,
  shipment: guardOfChild('shipments', {
    once: {},
    now: ofSummary([
      'version',
      'status',
      'carrier',
      'waybillNo',
      'clearance',
      'shippedAt',
      'arrivedAt',
      'deliveredAt',
    ] satisfies readonly (keyof ShipmentSummary)[]),
  }),
  collection: guardOfChild('collections', {
    once: { chargeNo: 's."chargeNo"', customerId: `$1::jsonb->>'customerId'` },
    now: ofSummary([
      'version',
      'level',
      'owedFen',
      'dueAt',
      'nextAt',
      'endedAt',
    ] satisfies readonly (keyof CollectionSummary)[]),
  }),
};
