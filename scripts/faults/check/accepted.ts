import type { Evidence } from './evidence';
import type { Violation } from './violation';

/** S6: the orders that clients were told are accepted, the workflows and the numbers are the same set, each once. */
export function checkAccepted({ journal, tables, runs }: Evidence): readonly Violation[] {
  const toldByKey = new Map<string, Set<string>>();
  for (const entry of journal)
    if (entry.what === 'answered' && entry.path === '/orders' && entry.status === 201)
      toldByKey.set(entry.key, (toldByKey.get(entry.key) ?? new Set()).add(numberIn(entry.body)));
  const told = new Set([...toldByKey.values()].flatMap((numbers) => [...numbers]));
  const numbers = new Set((tables['orders'] ?? []).map((row) => String(row['no'])));
  const workflows = runs
    .filter(({ type }) => type === 'order')
    .map(({ workflowId }) => workflowId.replace(/^order-/, ''));
  const missing =
    (set: ReadonlySet<string>, where: string) =>
    (no: string): readonly Violation[] =>
      set.has(no) ? [] : [{ invariant: 'S6', subject: no, says: `is missing among ${where}`, counts: 'lost' }];
  return [
    ...[...toldByKey].flatMap(([key, nos]): readonly Violation[] =>
      nos.size === 1
        ? []
        : [{ invariant: 'S6', subject: key, says: `became ${[...nos].join(' and ')}`, counts: 'doubled' }],
    ),
    ...[...told].flatMap(missing(numbers, 'the numbers')),
    ...[...told].flatMap(missing(new Set(workflows), 'the workflows')),
    ...[...numbers].flatMap((no): readonly Violation[] =>
      told.has(no) ? [] : [{ invariant: 'S6', subject: no, says: 'was never accepted', counts: 'doubled' }],
    ),
    ...[...new Set(workflows)].flatMap(missing(numbers, 'the numbers')),
    ...workflows.flatMap((no, index): readonly Violation[] =>
      workflows.indexOf(no) === index
        ? []
        : [{ invariant: 'S6', subject: no, says: 'has two workflows', counts: 'doubled' }],
    ),
  ];
}

function numberIn(body: unknown): string {
  return typeof body === 'object' && body !== null && 'no' in body ? String(body.no) : '?';
}
