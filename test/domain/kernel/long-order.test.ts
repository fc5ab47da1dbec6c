import { explain } from '../../../domain/inside/explain';
import { explainInMarkdown } from '../../../domain/inside/explain-in-markdown';
import { limits } from '../../../domain/inside/kernel/limits';
import { type Dossier, order } from '../../../domain/inside/order';
import { orderSummary } from '../../../domain/inside/order-summary';
import { gradeA } from '../../builders';
import { accepted, head, now, taken, tell, told, type Told, user } from '../order-told';

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
  return told(
    accepted(taken(of)),
    { ...head(), kind: 'confirmationSent', revision: 1, offeredOn: '2026-12-10' },
    {
      ...head(),
      kind: 'goodsAllocated',
      revision: 1,
      lines: lines.map(({ line }) => ({ line, reserved: 10, toBuy: 0, toMake: 0 })),
    },
    ...many(some(limits.holds), () => ({ ...head(fay), kind: 'holdPlaced', reason: 'guarantee' })),
    ...many(some(limits.payments), (n) => ({
      ...head(fay),
      kind: 'paymentReceived',
      paymentId: `p${n}`,
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
    ['a payment', (dossier) => tell(dossier, { ...head(fay), kind: 'contactLogged', answered: true })],
  ];
  const counted = steps.map(([name, read]) => ({ name, half: reads(half, read), whole: reads(whole, read) }));
  // Twice as much of everything: at most the square of it, and no more than a second's worth of reads.
  expect(counted.filter((row) => row.whole > 5 * row.half || row.whole > 3_000_000)).toEqual([]);
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
