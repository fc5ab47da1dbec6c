import { noticeRows } from '../../../domain/rows/notice-rows';
import { type Evidence, factsOf } from './evidence';
import { type Violation, grouped } from './violation';

/** X4: each effect that a history did is done once, and none without it: stock by its keys, notices and orders by their facts. */
export function checkEffects({ runs, tables }: Evidence): readonly Violation[] {
  const facts = runs.flatMap(factsOf).filter(({ standing }) => standing === 'applied');
  const numbers = (
    kind: 'purchaseOrdered' | 'productionOrdered' | 'shipmentOpened' | 'billIssued' | 'collectionOpened',
  ) =>
    facts.flatMap(({ fact }) => {
      if (fact.kind !== kind) return [];
      if (fact.kind === 'purchaseOrdered') return [fact.purchaseNo];
      if (fact.kind === 'productionOrdered') return [fact.productionNo];
      return fact.kind === 'shipmentOpened' ? [fact.shipmentNo] : [fact.billNo];
    });
  const effects = (names: readonly string[]) =>
    runs.flatMap((run) =>
      run.effects.flatMap(({ activity, key }) => (names.includes(activity) && key !== undefined ? [key] : [])),
    );
  const column = (table: string, name: string) => (tables[table] ?? []).map((row) => String(row[name]));
  return [
    ...compared('stock requests', effects(stockActivities), column('stock_requests', 'key')),
    ...compared('suspensions', effects(['suspendCustomer']), column('customer_suspensions', 'key')),
    ...compared(
      'notices',
      runs.flatMap((run) => run.filings.flatMap(noticeRows).map(({ key }) => key)),
      column('notices', 'key'),
    ),
    ...compared('purchase orders', numbers('purchaseOrdered'), column('purchase_orders', 'no')),
    ...compared('production orders', numbers('productionOrdered'), column('production_orders', 'no')),
    ...compared('shipments', numbers('shipmentOpened'), column('shipments', 'no')),
    ...compared('bills', numbers('billIssued'), column('bills', 'no')),
    ...compared('collections', numbers('collectionOpened'), column('collections', 'billNo')),
  ];
}

const stockActivities = ['reserveStock', 'stockIn', 'takeStock', 'freeStock', 'putBackStock'];

function compared(what: string, caused: readonly string[], done: readonly string[]): readonly Violation[] {
  const [causes, effects] = [grouped(caused, String), grouped(done, String)];
  const violation = (subject: string, says: string, counts: 'lost' | 'doubled'): Violation => ({
    invariant: 'X4',
    subject,
    says: `${what}: ${says}`,
    counts,
  });
  return [
    ...[...effects].flatMap(([key, times]) => [
      ...(causes.has(key) ? [] : [violation(key, 'done and no history asked for it', 'doubled')]),
      ...(times.length === 1 ? [] : [violation(key, `done ${times.length} times`, 'doubled')]),
    ]),
    ...[...causes.keys()]
      .filter((key) => !effects.has(key))
      .map((key) => violation(key, 'asked for and not done', 'lost')),
    ...[...causes]
      .filter(([, times]) => times.length > 1)
      .map(([key]) => violation(key, 'asked for twice under one key', 'doubled')),
  ];
}
