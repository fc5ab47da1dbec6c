import { type CollectionDossier, collectionSummary } from '../../../domain/inside/collection';
import { isClosed } from '../../../domain/inside/kernel/closed';
import type { Base } from '../../../domain/inside/kernel/dossier';
import { orderSummary } from '../../../domain/inside/order-summary';
import { type ShipmentDossier, shipmentSummary } from '../../../domain/inside/shipment';
import type { Evidence, Row } from './evidence';
import { type Folded, dossierOf, foldedOf } from './folded';
import { type Violation, grouped, same } from './violation';

/** S1: each step is in the state table, and what is ignored leaves the order as it is. S2: closed orders are only wound up. */
export function checkSteps({ runs }: Evidence): readonly Violation[] {
  return runs.flatMap((run) => {
    const folded = foldedOf(run);
    return [...stepsOf(folded), ...sequenceOf(folded)];
  });
}

/** S3: the workflow by query, the reducer over its history, and the read model say the same. */
export function checkReadModel({ runs, tables, rebuilt }: Evidence): readonly Violation[] {
  const rows = rowsByWorkflow(tables);
  const facts = grouped(tables['facts'] ?? [], (row) => String(row['workflowId']));
  return [
    ...runs.flatMap((run) => readModelOf(foldedOf(run), rows.get(run.workflowId), facts.get(run.workflowId) ?? [])),
    ...differingRows(tables, rebuilt),
  ];
}

function stepsOf({ run, steps }: Folded): readonly Violation[] {
  const violation = (says: string): Violation => ({ invariant: 'S1', subject: run.workflowId, says });
  return steps.flatMap(({ before, after, was, now, outsideTable }) => {
    const found: Violation[] = [];
    const what = `${was.fact.kind} (fact ${was.seq})`;
    if (was.filed !== now.filed || was.because !== now.because)
      found.push(violation(`${what} was filed ${was.filed} ${was.because ?? ''}, the rule says ${now.filed}`));
    const [from, to] = [before.status, after.status];
    if (was.filed === 'ignored' && from !== to) found.push(violation(`${what} was ignored and moved ${from} to ${to}`));
    if (outsideTable) found.push(violation(`${what} moved ${from} to ${to}`));
    if (run.type === 'order' && isClosed(from) && from !== to)
      found.push({ ...violation(`${what} moved ${from} to ${to}`), invariant: 'S2' });
    return found;
  });
}

/** Every fact once, with no gap, and the version counts those applied. */
function sequenceOf({ run, dossier, steps }: Folded): readonly Violation[] {
  const wrong = steps.find(({ was }, index) => was.seq !== index + 2);
  const applied = 1 + steps.filter(({ was }) => was.filed === 'applied').length;
  return [
    ...(wrong === undefined
      ? []
      : [{ invariant: 'S3', subject: run.workflowId, says: `fact ${wrong.was.seq} is out of sequence` }]),
    ...(dossier.version === applied
      ? []
      : [
          {
            invariant: 'S3',
            subject: run.workflowId,
            says: `version ${dossier.version} after ${applied} applied facts`,
          },
        ]),
  ];
}

function readModelOf({ run, dossier }: Folded, row: Row | undefined, facts: readonly Row[]): readonly Violation[] {
  const violation = (says: string): Violation => ({ invariant: 'S3', subject: run.workflowId, says });
  if (row === undefined) return [{ ...violation('has no row in the read model'), counts: 'lost' }];
  const found: Violation[] = [];
  if (!same(dossier, run.dossier)) found.push(violation('its facts do not add up to the dossier that it answers with'));
  if (row['version'] !== run.dossier.version || row['filedSeq'] !== run.dossier.seq)
    found.push(violation(`the row stands at ${String(row['filedSeq'])}, the workflow at ${run.dossier.seq}`));
  if (!same(idsFiled(facts), idsHeard(run)))
    found.push({ ...violation('the facts in the book are not those of the history'), counts: 'lost' });
  const wrong = Object.entries(columnsIn(run.type, dossier)).find(
    ([name, value]) => !same(instant(row[name]), instant(value)),
  );
  if (wrong !== undefined)
    found.push(violation(`${wrong[0]} is ${String(row[wrong[0]])}, the facts say ${String(wrong[1])}`));
  return found;
}

/** What the row of a process says, as its facts say it. Charges and allocations of an order have rows of their own. */
function columnsIn(type: Folded['run']['type'], dossier: Base): Row {
  switch (type) {
    case 'order': {
      const { of: _of, charges: _charges, allocations: _allocations, ...columns } = orderSummary(dossierOf(dossier));
      return columns;
    }
    case 'shipment': {
      const { of: _of, ...columns } = shipmentSummary(dossier as ShipmentDossier);
      return columns;
    }
    case 'collection': {
      const { of: _of, ...columns } = collectionSummary(dossier as CollectionDossier);
      return columns;
    }
  }
}

const idsFiled = (facts: readonly Row[]) => facts.map((row) => [row['seq'], row['id']]).sort(bySeq);

/** An ignored fact that repeats an id that was filed adds no row. */
function idsHeard(run: Folded['run']) {
  const seen = new Set<string>();
  const ids: unknown[][] = [];
  for (const { facts } of run.filings)
    for (const { seq, fact, filed } of facts) {
      if (filed === 'applied' || !seen.has(fact.id)) ids.push([seq, fact.id]);
      seen.add(fact.id);
    }
  return ids.sort(bySeq);
}

const bySeq = (one: readonly unknown[], other: readonly unknown[]): number => Number(one[0]) - Number(other[0]);

/** PostgreSQL and JavaScript write the same instant differently. */
function instant(value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;
}

function rowsByWorkflow(tables: Evidence['tables']): ReadonlyMap<string, Row> {
  const rows = (table: string, prefix: string, key: string) =>
    (tables[table] ?? []).map((row) => [`${prefix}-${String(row[key])}`, row] as const);
  return new Map([
    ...rows('orders', 'order', 'no'),
    ...rows('shipments', 'shipment', 'no'),
    ...rows('collections', 'collection', 'no'),
  ]);
}

/** S3: rebuilt from the histories, the read model has no differing row. */
function differingRows(tables: Evidence['tables'], rebuilt: Evidence['rebuilt']): readonly Violation[] {
  return Object.entries(rebuilt).flatMap(([table, rows]) => {
    const wanted = new Set(rows.map((row) => JSON.stringify(row)));
    const found = new Set((tables[table] ?? []).map((row) => JSON.stringify(columnsOf(row, rows[0]))));
    const violation =
      (says: string) =>
      (row: string): Violation => ({ invariant: 'S3', subject: table, says: `${says}: ${row}` });
    return [
      ...[...found].filter((row) => !wanted.has(row)).map(violation('is in the book and in no history')),
      ...[...wanted].filter((row) => !found.has(row)).map(violation('is in a history and not in the book')),
    ];
  });
}

/** Only what a rebuilt row has, too: the others say when a row was written or who looks. */
const columnsOf = (row: Row, like: Row | undefined): Row =>
  like === undefined ? row : Object.fromEntries(Object.keys(like).map((name) => [name, row[name]]));
