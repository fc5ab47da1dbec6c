import { noticeRows } from '../../../domain/outside/notices/notice-rows';
import { appliedIn, type Evidence, ofKind } from './evidence';
import { type Violation, grouped } from './violation';

/**
 * X4: each effect that a history did is done once, and none without it: stock by its keys, the rest by the facts that note it. A
 * child of an order is an effect, too: what its order says that it started has a row, and only that.
 */
export function checkEffects({ runs, tables }: Evidence): readonly Violation[] {
  const facts = runs.flatMap(appliedIn);
  const purchases = ofKind(facts, 'purchaseOrdered').map(({ purchaseNo }) => purchaseNo);
  const productions = ofKind(facts, 'productionOrdered').map(({ productionNo }) => productionNo);
  const shipments = ofKind(facts, 'shipmentStarted').map(({ shipmentNo }) => shipmentNo);
  const charges = ofKind(facts, 'chargeRaised').map(({ chargeNo }) => chargeNo);
  const collections = ofKind(facts, 'collectionStarted').map(({ collectionNo }) => collectionNo);
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
    ...compared('purchase orders', purchases, column('purchase_orders', 'no')),
    ...compared('production orders', productions, column('production_orders', 'no')),
    ...compared('shipments', shipments, column('shipments', 'no')),
    ...compared('charges', charges, column('charges', 'no')),
    ...compared('collections', collections, column('collections', 'no')),
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
