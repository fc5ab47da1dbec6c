import * as fc from 'fast-check';
import type { EveryFact } from '../../../domain/inside/every-fact';
import type { Posting } from '../../../domain/inside/kernel/posting';
import type { Filing } from '../../../domain/inside/filing';
import type { FiledFact } from '../../../domain/inside/kernel/fact';
import type { OrderSummary } from '../../../domain/inside/order-summary';
import { oneSlot } from '../../../domain/inside/kernel/worklist/task';
import { approved, batch, head, receipt, review, sales } from '../../filings';
import { type Company, acceptOrder, openCompany, rowsIn, writeInbox } from './company';

const no = '20261123-0001';
const task = { ...review, id: `${no}/1` };
const paper = { ...review, id: `${no}/2`, kind: 'confirmation.paper' as const };

type Entry = EveryFact | (Pick<FiledFact, 'filed' | 'because'> & { readonly fact: EveryFact });
interface Caused {
  readonly tasks?: Filing['tasks'];
  readonly postings?: readonly Posting[];
}
const step = (entry: Entry, rest: Caused = {}) => ({ entry, rest });

/** An order's story, one fact after the other, each with what it causes. */
const story = [
  step({ ...head(`${no}#1`), kind: 'taskOpened', task }, { tasks: [task] }),
  step(
    { ...head(`${no}#2`), kind: 'rungReached', of: task.id, rung: 0, do: 'escalate', to: ['sales_director'] },
    { tasks: [{ ...task, ...oneSlot([{ role: 'sales' }, { role: 'sales_director' }]) }] },
  ),
  step({ ...head('m1', sales), kind: 'decisionMade', taskId: task.id, outcome: 'ask' }),
  step(
    { ...head('m2', sales), kind: 'decisionMade', taskId: task.id, outcome: 'approve' },
    { tasks: [approved({ ...task, ...oneSlot([{ role: 'sales' }, { role: 'sales_director' }]) }, 'm2')] },
  ),
  step({
    fact: { ...head('m3', sales), kind: 'decisionMade', taskId: task.id, outcome: 'approve' },
    filed: 'ignored',
    because: 'task_closed',
  }),
  step({ ...head(`${no}#6`), kind: 'confirmationSent', revision: 1, offeredOn: '2026-12-01' }),
  step({ ...head(`${no}#7`), kind: 'taskOpened', task: paper }, { tasks: [paper] }),
  step(
    { ...head('m4', sales), kind: 'paymentReceived', paymentId: 'p1', amountFen: 5_00, method: 'bank' },
    { postings: [receipt('m4:receipt', 5_00)] },
  ),
  step(
    { ...head('m5', sales), kind: 'paymentReversed', paymentId: 'p1', reasonCode: 'typo' },
    {
      postings: [{ ...receipt('m5:receipt_reversed', -5_00), purpose: 'receipt_reversed', reverses: 'm4:receipt' }],
    },
  ),
  step({
    ...head(`${no}#10`),
    kind: 'purchaseOrdered',
    purchaseNo: `${no}-P1`,
    line: 1,
    itemId: 'item-1',
    quantity: 4,
  }),
  step({
    ...head(`${no}#11`),
    kind: 'productionOrdered',
    productionNo: `${no}-M1`,
    line: 2,
    itemId: 'item-2',
    quantity: 3,
  }),
  step({
    ...head(`${no}#12`),
    kind: 'shipmentPlanned',
    shipmentNo: `${no}-S1`,
    clearance: 'on_account',
    lines: [{ line: 1, quantity: 2 }],
  }),
  step({ ...head('m6', sales), kind: 'goodsReceived', line: 1, quantity: 1, batchId: 'b' }),
  step({ ...head('m7', sales), kind: 'goodsReceived', line: 1, quantity: 3, batchId: 'b' }),
  step({ ...head('m8', sales), kind: 'progressReported', line: 2, quantity: 2 }),
  step({ ...head('m9', sales), kind: 'inspectionRecorded', line: 2, passed: 1, rework: 0, scrapped: 1 }),
  step({
    ...head(`${no}#17`),
    kind: 'chargeRaised',
    chargeNo: `${no}-B1`,
    purpose: 'bill',
    about: `${no}-S1`,
    netFen: 100_00,
    taxFen: 13_00,
    dueAt: review.dueAt,
  }),
  step({ ...head('m10', sales), kind: 'paymentReceived', paymentId: 'p2', amountFen: 60_00, method: 'bank' }),
  step({ ...head(`${no}#19`), kind: 'stockFreed' }),
  step(
    { ...head(`${no}#20`), kind: 'orderEnded', as: 'cancelled', reasonCode: 'customer' },
    { tasks: [{ ...paper, state: 'void' }] },
  ),
] as const;

const bill = `${no}-B1`;

/** How its one bill and the payment for it stand after so many facts. */
function moneyAfter(end: number): Pick<OrderSummary, 'charges' | 'allocations'> {
  const told = new Set(story.slice(0, end).map(({ entry }) => ('fact' in entry ? entry.fact.id : entry.id)));
  if (!told.has(`${no}#17`)) return { charges: [], allocations: [] };
  if (!told.has('m10')) return { charges: [{ no: bill, openFen: 113_00, isWithdrawn: false }], allocations: [] };
  return {
    charges: [{ no: bill, openFen: 53_00, isWithdrawn: false }],
    allocations: [{ paymentId: 'p2', chargeNo: bill, amountFen: 60_00 }],
  };
}

/** The story in batches that end after these facts (1, 2, 3 …): each task as it stands at the end of its batch. */
function batches(ends: readonly number[]): readonly Filing[] {
  const cuts = [...new Set([...ends, story.length])].toSorted((one, other) => one - other);
  return cuts.map((end, index) => {
    const start = index === 0 ? 0 : (cuts[index - 1] ?? 0);
    const steps = story.slice(start, end);
    const tasks = new Map(steps.flatMap(({ rest }) => rest.tasks ?? []).map((each) => [each.id, each]));
    const applied = story.slice(0, end).filter(({ entry }) => !('filed' in entry)).length;
    return batch({
      orderNo: no,
      firstSeq: start + 1,
      facts: steps.map(({ entry }) => entry),
      tasks: [...tasks.values()],
      postings: steps.flatMap(({ rest }) => rest.postings ?? []),
      summary: { version: applied, ...moneyAfter(end), ...(end === story.length ? { status: 'cancelled' } : {}) },
    });
  });
}

// What only says when a row was written.
const written = ['filedAt', 'createdAt', 'bookedAt', 'settledAt', 'startedAt', 'acceptedAt', 'receivedAt'];
const tables = [
  'orders',
  'facts',
  'inbox',
  'tasks',
  'task_events',
  'notices',
  'payments',
  'charges',
  'allocations',
  'shipments',
  'shipment_lines',
  'purchase_orders',
  'production_orders',
  'ledger_entries',
  'ledger_legs',
];

async function booksOf(
  filings: readonly Filing[],
  disturb?: (company: Company, filing: Filing) => Promise<void>,
): Promise<object> {
  const company = await openCompany();
  try {
    await acceptOrder(company, no);
    for (const id of ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9', 'm10'])
      await writeInbox(company, { id, orderNo: no });
    for (const filing of filings) {
      await company.activities.fileFacts(filing);
      await disturb?.(company, filing);
    }
    const books: Record<string, readonly object[]> = {};
    for (const table of tables) books[table] = await rowsIn(company, table, written);
    return books;
  } finally {
    await company.close();
  }
}

test('S3 the read model rebuilt from history has no differing row, however the facts were batched', async () => {
  const lived = await booksOf(batches(story.map((_step, index) => index + 1)));
  expect(lived).toMatchObject({
    purchase_orders: [{ state: 'received', received: 4 }],
    production_orders: [{ state: 'void', reported: 2, passed: 1, scrapped: 1 }],
    payments: [{ reversedBy: 'm5' }, { reversedBy: null }],
    charges: [{ no: bill, about: `${no}-S1`, openFen: 5300 }],
    allocations: [{ paymentId: 'p2', chargeNo: bill, amountFen: 6000 }],
    shipment_lines: [{ shipmentNo: `${no}-S1`, line: 1, quantity: 2 }],
  });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: story.length - 1 })), async (ends) => {
      expect(await booksOf(batches(ends))).toEqual(lived);
    }),
    { numRuns: 6, examples: [[[]]] },
  );
});

test('S3 every batch filed again at any later time leaves the books as they are', async () => {
  const filings = batches([3, 7, 12]);
  const once = await booksOf(filings);
  const often = await booksOf(filings, async (company, filing) => {
    const earlier = filings.slice(0, filings.indexOf(filing) + 1);
    await Promise.all(earlier.map(async (each) => company.activities.fileFacts(each)));
  });
  expect(often).toEqual(once);
});
