import { type Evidence, orderNoOf, type Row } from './evidence';
import { dossierOf, foldedOf } from './folded';
import { type Violation, grouped } from './violation';

/** Statuses of shipments whose goods are still in the warehouse. */
const inTheWarehouse: readonly unknown[] = ['picking', 'checking', 'packed', 'stopped'];

/**
 * Q5: pieces of a line are in one shipment each and no more than are ordered; what left the stock for a shipment is what it holds,
 * and nothing left for one that is still in the warehouse, or was stopped there.
 */
export function checkShipments({ tables, runs }: Evidence): readonly Violation[] {
  const lines = tables['shipment_lines'] ?? [];
  const shipments = tables['shipments'] ?? [];
  const stopped = new Set(shipments.filter(({ status }) => status === 'stopped').map(({ no }) => no));
  const shipped = sumsBy(
    lines.filter(({ shipmentNo }) => !stopped.has(shipmentNo)),
    (row) => lineOf(row['orderNo'], row),
  );
  const ordered = sumsBy(orderedIn(runs), (row) => lineOf(row['orderNo'], row));
  const held = sumsBy(lines, (row) => lineOf(row['shipmentNo'], row));
  const taken = sumsBy(
    (tables['stock_reservations'] ?? []).filter(({ state }) => state === 'taken' || state === 'returned'),
    (row) => lineOf(row['shipmentNo'], row),
  );
  const gone = new Set(shipments.filter(({ status }) => !inTheWarehouse.includes(status)).map(({ no }) => no));
  const violation = (subject: string, says: string): Violation => ({ invariant: 'Q5', subject, says });
  return [
    ...[...shipped].flatMap(([line, quantity]) =>
      quantity <= (ordered.get(line) ?? 0)
        ? []
        : [violation(line, `${quantity} pieces are in shipments, ${ordered.get(line) ?? 0} are ordered`)],
    ),
    ...[...new Set([...held.keys(), ...taken.keys()])].flatMap((line) => {
      const wanted = gone.has(line.split(' ')[0]) ? (held.get(line) ?? 0) : 0;
      return (taken.get(line) ?? 0) === wanted
        ? []
        : [violation(line, `took ${taken.get(line) ?? 0} pieces out of stock, ${wanted} went with it`)];
    }),
  ];
}

const lineOf = (no: unknown, row: Row): string => `${String(no)} line ${String(row['line'])}`;

/** The lines of each order as its facts leave it: its rows of them are kept only when somebody looks. */
const orderedIn = (runs: Evidence['runs']): readonly Row[] =>
  runs
    .filter(({ type }) => type === 'order')
    .flatMap((run) => {
      const { lines } = dossierOf(foldedOf(run).dossier).intake.terms;
      return lines.map(({ line, quantity }) => ({ orderNo: orderNoOf(run.workflowId), line, quantity }));
    });

function sumsBy(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, number> {
  return new Map(
    [...grouped(rows, keyOf)].map(([key, group]) => [
      key,
      group.reduce((sum, row) => sum + Number(row['quantity']), 0),
    ]),
  );
}
