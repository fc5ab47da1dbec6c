import { randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { explain } from '../../../domain/inside/explain';
import { explainInMarkdown } from '../../../domain/inside/explain-in-markdown';
import { limits } from '../../../domain/inside/kernel/limits';
import { newestReceived } from '../../../domain/inside/kernel/received-ids';
import { type Dossier, order } from '../../../domain/inside/order';
import { orderSummary } from '../../../domain/inside/order-summary';
import type { Task } from '../../../domain/inside/kernel/worklist/task';
import { gradeA } from '../../builders';
import { accepted, head, now, taken, tasksOf, tell, told, type Told, user } from '../order-told';

const fay = user('fay', 'finance');
const many = (count: number, of: (n: number) => Told): readonly Told[] =>
  Array.from({ length: count }, (_none, n) => of(n));

const lines = Array.from({ length: 200 }, (_none, n) => ({
  line: n + 1,
  itemId: `I${n + 1}`,
  quantity: 10,
  netFen: 10_000,
  taxFen: 1_300,
  supply: 'stock' as const,
}));
const totals = { goodsFen: 2_000_000, taxFen: 260_000, freightFen: 0, totalFen: 2_260_000 };

/** Ids as senders give them: what is longest in a dossier, and cannot be deflated. */
const uuidHead = () => ({ ...head(fay), id: randomUUID() });

/** An order with so much of everything that people can make more of. */
function crowded(share: number): Dossier {
  const some = (most: number): number => Math.floor(most * share);
  const of = gradeA({ reviews: [], ships: 'as_ready', lines, totals });
  const holds = Array.from({ length: some(200) }, (_none, n) => ({
    id: `h${n}`,
    reason: 'compliance',
    gates: ['bill' as const],
    until: '2027-01-01T00:00:00.000Z',
  }));
  const begun = told(
    accepted(taken(of)),
    { ...head(), kind: 'confirmationSent', revision: 1, offeredOn: '2026-12-10' },
    {
      ...head(),
      kind: 'goodsAllocated',
      revision: 1,
      lines: lines.map(({ line }) => ({ line, reserved: 10, toBuy: 0, toMake: 0 })),
    },
  );
  return told(
    Array.from({ length: some(limits.liftedHolds) }).reduce<Dossier>(heldAndLifted, begun),
    ...many(some(limits.holds), () => ({ ...uuidHead(), kind: 'holdPlaced', reason: 'guarantee' })),
    ...many(some(limits.payments), () => ({
      ...uuidHead(),
      kind: 'paymentReceived',
      paymentId: randomUUID(),
      amountFen: 10,
      method: 'bank',
    })),
    ...many(some(limits.shipments), (n) => ({
      ...head(),
      kind: 'shipmentPlanned',
      shipmentNo: `1-S${n}`,
      lines: [{ line: n + 1, quantity: 10 }],
      clearance: 'on_account',
    })),
    ...many(some(limits.charges), (n) => ({
      ...head(),
      kind: 'chargeRaised',
      chargeNo: `1-B${n}`,
      purpose: 'bill',
      about: `1-S${n}`,
      netFen: 100,
      taxFen: 13,
      dueAt: now,
    })),
    { ...head(), kind: 'customerStatusChanged', suspended: false, holds, version: 1 },
  );
}

/** A hold was placed, and lifted again. */
function heldAndLifted(dossier: Dossier): Dossier {
  const held = told(dossier, { ...uuidHead(), kind: 'holdPlaced', reason: 'guarantee' });
  const taskId = tasksOf(held).find(({ kind }) => kind === 'hold.lift')?.id;
  const lou = user('lou', 'finance_lead');
  return told(held, { ...uuidHead(), by: lou, kind: 'decisionMade', taskId, outcome: 'approve' });
}

/** How often anything of a dossier is read: a count of steps that no machine makes faster or slower. */
function reads(dossier: Dossier, read: (counted: Dossier) => unknown): number {
  let count = 0;
  const known = new WeakMap<object, object>();
  const counting = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value;
    const before = known.get(value);
    if (before !== undefined) return before as T;
    const proxy = new Proxy(value, {
      get: (of, name, receiver) => {
        count++;
        return counting(Reflect.get(of, name, receiver) as unknown);
      },
    });
    known.set(value, proxy);
    return proxy;
  };
  read(counting(dossier));
  return count;
}

test('W2 EX-1 an order with the most of everything is explained, summed up and stepped in some steps for each thing that it holds', () => {
  const [half, whole] = [crowded(0.5), crowded(1)];
  expect(explain(whole).waiting.length).toBeGreaterThan(limits.holds);
  expect(explain(whole).shipments).toHaveLength(limits.shipments);
  const steps: readonly (readonly [string, (dossier: Dossier) => unknown])[] = [
    ['explain', explain],
    ['summary', orderSummary],
    ['requires', order.requires],
    ['due', order.due],
    ['a note', (dossier) => tell(dossier, { ...head(fay), kind: 'contactLogged', answered: true })],
    ['a hold', (dossier) => tell(dossier, { ...head(fay), kind: 'holdPlaced', reason: 'forced' })],
    [
      'a payment',
      (dossier) =>
        tell(dossier, { ...head(fay), kind: 'paymentReceived', paymentId: 'p', amountFen: 1, method: 'bank' }),
    ],
  ];
  const counted = steps.map(([name, read]) => ({ name, half: reads(half, read), whole: reads(whole, read) }));
  // Twice as much of everything is read twice as often, and a little is read by itself.
  expect(counted.filter((row) => row.whole > 2.5 * row.half || row.whole > 3_000_000)).toEqual([]);
});

/** With as many tasks, questions, added signatures, lines of shipments and ids as there can be, each with ids of its own. */
function filledUp(dossier: Dossier): Dossier {
  const { tasks } = dossier.worklist;
  const [lifted] = tasks.filter(({ decision }) => decision !== undefined);
  if (lifted?.decision === undefined) throw new Error('holds were lifted');
  const { decision } = lifted;
  const asked = (n: number) => ({
    ...decision,
    outcome: 'ask' as const,
    factId: randomUUID(),
    by: user(`u-${n}`, 'sales'),
  });
  const fresh = (n: number): Task => ({
    ...lifted,
    id: `1/${n + 1}`,
    about: randomUUID(),
    boundTo: `${randomUUID()} ${n}`,
    decision: { ...decision, factId: randomUUID() },
    ...(n < 2 * limits.questions ? { questions: [asked(n)] } : {}),
    slots: [
      ...lifted.slots,
      { no: 2, turn: 1, candidates: [{ user: `u-${n}` }], addedBy: 'u-1', state: 'signed', signature: asked(n) },
    ],
  });
  const more = Array.from({ length: limits.tasks - tasks.length }, (_none, n) => fresh(tasks.length + n));
  const shipments = Object.entries(dossier.shipping.shipments).map(([no, one], index) => {
    const each = limits.shipmentLines / limits.shipments;
    return [
      no,
      {
        ...one,
        lines: lines.slice(index, index + each).map(({ line }) => ({ line, quantity: 1 + ((line * 7 + index) % 9) })),
      },
    ] as const;
  });
  return {
    ...dossier,
    receivedIds: newestReceived([
      ...dossier.receivedIds,
      ...Array.from({ length: limits.receivedIds }, () => [randomUUID()]),
    ]),
    worklist: { ...dossier.worklist, tasks: [...tasks, ...more] },
    shipping: { shipments: Object.fromEntries(shipments) },
  };
}

test('W2 what one run hands to the next stays below 64 KiB with the most of everything, deflated', () => {
  const handed = filledUp(crowded(1));
  expect(
    [handed.worklist.tasks, Object.keys(handed.holds.lifted), handed.money.payments].map(({ length }) => length),
  ).toEqual([limits.tasks, limits.liftedHolds, limits.payments]);
  // The tasks that the order itself still has to open are the rest.
  expect(deflateSync(JSON.stringify(handed)).length).toBeLessThan(60 * 1024);
});

test('W2 EX-1 what the Temporal UI shows of it stays small', () => {
  expect(explainInMarkdown(explain(crowded(1)), 480).length).toBeLessThan(120_000);
});

test('W2 1,500 facts fold into a dossier that has heard each of them, and stays of the size of what is open', () => {
  const begin = taken(gradeA());
  const messages = many(1_500, (n) => ({ ...head(fay), kind: 'contactLogged', answered: n % 2 === 0 }));
  const after = messages.reduce((dossier, fact) => tell(dossier, fact).after, begin);
  expect([after.seq - begin.seq, after.version - begin.version]).toEqual([1_500, 1_500]);
  expect(messages.every((fact) => tell(after, fact).stands === 'duplicate')).toBe(true);
  const { receivedIds: _ids, ...rest } = after;
  expect(JSON.stringify(rest).length).toBeLessThan(2 * JSON.stringify(begin).length);
});

test('W2 50 revisions of an order are folded, and each is asked anew', () => {
  const revised = many(50, (n) => ({
    ...head(user('sam', 'sales')),
    kind: 'orderRevised',
    terms: gradeA({ offeredOn: '2026-12-11' }),
    fromRevision: n + 1,
  }));
  const after = told(taken(gradeA()), ...revised);
  expect(after.intake.revision).toBe(51);
  expect(
    after.worklist.tasks.filter(({ state }) => state === 'open').map(({ kind, revision }) => [kind, revision]),
  ).toEqual([['review.sales', 51]]);
});
