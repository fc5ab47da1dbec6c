import { appliedIn, type Evidence, type Row } from './evidence';
import { type Violation, grouped } from './violation';

/** X1: whatever was answered 2xx is in the inbox, and in the order's facts as the sender was told. */
export function checkAnswers({ journal, tables }: Evidence): readonly Violation[] {
  const inbox = rowsBy(tables['inbox'] ?? [], 'id');
  const facts = rowsBy(tables['facts'] ?? [], 'id');
  const ended = new Set(
    (tables['orders'] ?? []).filter((row) => row['endedAt'] !== null).map((row) => String(row['no'])),
  );
  const violation = (subject: string, says: string, counts?: 'lost' | 'doubled' | 'stuck'): Violation => ({
    invariant: 'X1',
    subject,
    says,
    ...(counts === undefined ? {} : { counts }),
  });
  const told = journal.flatMap((entry): readonly { readonly key: string; readonly state: string }[] => {
    if (entry.what === 'settled') return [{ key: entry.key, state: entry.state }];
    if (entry.what !== 'answered' || isCreation(entry.path)) return [];
    if (entry.status === 200) return [{ key: entry.key, state: 'applied' }];
    if (entry.status === 202) return [{ key: entry.key, state: 'pending' }];
    return entry.status === 409 && isFiled(entry.body) ? [{ key: entry.key, state: 'ignored' }] : [];
  });
  return [
    ...told.flatMap(({ key, state }) => {
      const row = inbox.get(key);
      if (row === undefined) return [violation(key, `was answered ${state} and is not in the inbox`, 'lost')];
      if (state !== 'pending' && row['state'] !== state)
        return [violation(key, `was answered ${state} and stands as ${String(row['state'])}`, 'doubled')];
      return [];
    }),
    ...[...inbox].flatMap(([key, row]) => {
      if (row['state'] === 'pending') return [violation(key, 'was never filed', 'stuck')];
      const fact = facts.get(key);
      if (fact === undefined)
        return row['state'] === 'ignored' && (ended.has(String(row['orderNo'])) || isOver(tables, row))
          ? []
          : [violation(key, `stands as ${String(row['state'])} and is no fact of its order`, 'lost')];
      return fact['filed'] === row['state'] && fact['because'] === row['because']
        ? []
        : [violation(key, `is ${String(row['state'])} in the inbox, ${String(fact['filed'])} among the facts`)];
    }),
  ];
}

/** X2: a message counts at most once, however often it was rung: in all histories together. */
export function checkOnce({ runs }: Evidence): readonly Violation[] {
  const applied = runs.flatMap((run) => appliedIn(run).map(({ id }) => ({ id, workflowId: run.workflowId })));
  return [...grouped(applied, ({ id }) => id)]
    .filter(([, times]) => times.length > 1)
    .map(([id, times]): Violation => {
      const says = `counted ${times.length} times: in ${times.map(({ workflowId }) => workflowId).join(', ')}`;
      return { invariant: 'X2', subject: id, says, counts: 'doubled' };
    });
}

/** Creations answer from the keys that they were asked under, not from the inbox. */
const isCreation = (path: string): boolean => path === '/orders' || path.endsWith('/copies') || path.endsWith('/notes');

/** A refusal by the order itself names the message; one at the door does not. */
const isFiled = (body: unknown): boolean => typeof body === 'object' && body !== null && 'messageId' in body;

/** Its shipment is over or its charge is paid: nobody is left who could file it. */
function isOver(tables: Evidence['tables'], { workflowId }: Row): boolean {
  const shipment = (tables['shipments'] ?? []).find((row) => `shipment-${String(row['no'])}` === workflowId);
  const collection = (tables['collections'] ?? []).find((row) => `collection-${String(row['no'])}` === workflowId);
  return (
    ['delivered', 'recalled', 'stopped'].includes(String(shipment?.['status'])) ||
    typeof collection?.['endedAt'] === 'string'
  );
}

const rowsBy = (rows: readonly Row[], key: string): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [String(row[key]), row]));
