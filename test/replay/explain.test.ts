import { collectionFrom, orderFrom, shipmentFrom } from '../../domain/outside/filing/fold';
import { collection } from '../../domain/inside/collection';
import { explain, waitingFor } from '../../domain/inside/explain';
import { explainInMarkdown, waitingInMarkdown } from '../../domain/inside/explain-in-markdown';
import type { Waiting } from '../../domain/inside/kernel/explain';
import { openTasks as openTasksOf } from '../../domain/inside/kernel/worklist/worklist';
import type { Dossier } from '../../domain/inside/order';
import { shipment } from '../../domain/inside/shipment';
import { roleWords, wordsOf } from '../../domain/inside/words';
import { filingsOf, noIn } from './recorded-facts';
import { recordings } from './recording';

// What every recorded order, shipment and collection says of itself, whenever it had filed something.

interface Moment {
  readonly at: string;
  readonly dossier: Dossier;
}

const openTasks = ({ worklist }: Dossier) => openTasksOf(worklist);

const moments: readonly Moment[] = recordings('.order.json').flatMap((name) => {
  const filings = filingsOf(name);
  return filings.flatMap((_filing, index) => {
    const dossier = orderFrom(noIn(name), filings.slice(0, index + 1).flat());
    return dossier === undefined ? [] : [{ at: `${name} ${index + 1}`, dossier }];
  });
});

const childrenWaiting: readonly { readonly at: string; readonly waiting: readonly Waiting[] }[] = recordings('.json')
  .filter((name) => !name.endsWith('.order.json'))
  .flatMap((name) =>
    filingsOf(name).map((_filing, index, filings) => {
      const facts = filings.slice(0, index + 1).flat();
      const parcel = shipmentFrom(noIn(name), facts);
      const collecting = collectionFrom(noIn(name), facts);
      const waiting = [
        ...(parcel === undefined ? [] : waitingFor(shipment, parcel)),
        ...(collecting === undefined ? [] : waitingFor(collection, collecting)),
      ];
      return { at: `${name} ${index + 1}`, waiting };
    }),
  );

it('EX-1 whatever a recorded order, shipment or collection waits for, it says by which rule and on which facts', () => {
  const rows = [...moments.map(({ at, dossier }) => ({ at, waiting: explain(dossier).waiting })), ...childrenWaiting];
  const waits = rows.flatMap(({ at, waiting }) =>
    waiting.filter(({ taskId }) => taskId === null).map((row) => ({ at, row })),
  );
  const silent = waits.filter(({ row }) => row.rule === null || Object.keys(row.evidence).length === 0);
  expect(silent.map(({ at, row }) => `${at}: ${row.what}`)).toEqual([]);
  const kinds = [...new Set(waits.map(({ row }) => row.what.replace(/ .*/, '')))].sort();
  expect(kinds).toEqual([
    'archive',
    'balance',
    'collection',
    'confirmation',
    'credit',
    'customer_hold',
    'delivery',
    'deposit',
    'dispatch',
    'release',
    'returned',
    'transit',
    'unclaimed',
  ]);
});

/** Words that a text has if and only if such a task is open. */
const saidOf: Readonly<Record<string, RegExp>> = {
  contract: /contract/,
  review: /reviewers/,
  'credit.special': /special approval/,
  'purchase.receive': /bought goods/,
  'production.sign': /production to be signed for/,
  'production.report': /report the quantity/,
  'quality.inspect': /inspect/,
  'bill.review': /bill to be reviewed/,
  'refund.pay': /money returned$/,
};

it('EX-1 what an order says it waits for is what is open on its desk', () => {
  const wrong = moments.flatMap(({ at, dossier }) => {
    const { waitsFor } = explain(dossier);
    const open = openTasks(dossier).map(({ kind }) => kind);
    const isOpen = (kind: string): boolean => open.some((one) => one === kind || one.startsWith(`${kind}.`));
    return Object.entries(saidOf).flatMap(([kind, said]) =>
      isOpen(kind) && !said.test(waitsFor)
        ? [`${at}: ${kind} is open, and it waits for ${waitsFor}`]
        : !isOpen(kind) && kind !== 'refund.pay' && said.test(waitsFor)
          ? [`${at}: ${kind} is not open, and it waits for ${waitsFor}`]
          : [],
    );
  });
  expect(wrong).toEqual([]);
  const contracts = moments.filter(({ dossier }) =>
    openTasks(dossier).some(({ kind }) => kind.startsWith('contract.')),
  );
  expect(contracts.length).toBeGreaterThan(3);
});

const said = (row: Waiting): readonly string[] => [
  wordsOf(row.what).zh,
  ...(row.rule === null ? [] : [row.rule]),
  ...Object.entries(row.evidence).map(([name, value]) => `${name} ${String(value)}`),
  ...row.users,
  ...row.superiors,
  ...[...row.responsible, ...row.roles, ...row.fallback].map((role) => roleWords[role].zh),
  ...row.signed.map(({ userId }) => userId),
  ...row.notAllowed.map(({ userId }) => userId),
  ...row.next.slice(0, 1).flatMap(({ to }) => to.map((role) => roleWords[role].zh)),
];

it('EX-1 the Temporal UI says what the API says: rules, facts, persons, holds', () => {
  const missing = [
    ...moments.flatMap(({ at, dossier }) => {
      const explanation = explain(dossier);
      const text = explainInMarkdown(explanation, 480);
      const { waitsFor, waitingFor: holders, persons, holds, returned, waiting } = explanation;
      const expected = [
        waitsFor,
        ...holders.map((role) => roleWords[role].zh),
        ...persons,
        ...holds.flatMap(({ reason, gates, releasedBy, paper }) => [
          `${reason} (${gates.join(', ')})`,
          ...[...releasedBy, ...(paper?.filedBy ?? [])].map((role) => roleWords[role].zh),
        ]),
        ...(returned === null ? [] : [returned.by ?? '', returned.reasonCode ?? '', returned.taskId ?? '']),
        ...waiting.flatMap(said),
      ];
      return expected.filter((words) => !text.includes(words)).map((words) => `${at}: ${words}`);
    }),
    ...childrenWaiting.flatMap(({ at, waiting }) => {
      const text = waitingInMarkdown(waiting, 480);
      return waiting
        .flatMap(said)
        .filter((words) => !text.includes(words))
        .map((words) => `${at}: ${words}`);
    }),
  ];
  expect(missing).toEqual([]);
});
