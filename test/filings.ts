import type { EveryFact } from '../domain/inside/every-fact';
import type { OrderSummary } from '../domain/inside/order-summary';
import type { Filing } from '../domain/inside/filing';
import type { FactHead, FiledFact } from '../domain/inside/kernel/fact';
import type { Posting } from '../domain/inside/kernel/posting';
import { oneSlot, type Task } from '../domain/inside/kernel/worklist/task';

/** Monday morning, nine o'clock in Shanghai. */
export const monday = '2026-11-23T01:00:00.000Z';

export const sales = { kind: 'user', userId: 'u-sales', roles: ['sales'] } as const;

/** What a fact carries, where the test does not say otherwise. */
export const head = (id: string, by: FactHead['by'] = { kind: 'process' }): FactHead => ({ id, at: monday, by });

const summary: OrderSummary = {
  of: 'order',
  status: 'pending_review',
  version: 0,
  revision: 1,
  grade: 'B',
  waitingFor: ['sales'],
  waitingSince: monday,
  dueAt: monday,
  offeredOn: '2026-12-01',
  promisedOn: null,
  wishedOn: null,
  goodsFen: 100_00,
  taxFen: 13_00,
  freightFen: 0,
  totalFen: 113_00,
  depositFen: 33_90,
  receivedFen: 0,
  billedFen: 0,
  outstandingFen: 0,
  shippedUnpaidFen: 0,
  exposureFen: 0,
  usesCredit: true,
  holds: [],
  charges: [],
  allocations: [],
  shippedAt: null,
  deliveredAt: null,
  endedAt: null,
};

interface Batch {
  readonly orderNo?: string;
  readonly firstSeq?: number;
  readonly epoch?: number;
  readonly facts?: readonly (EveryFact | Pick<FiledFact, 'fact' | 'filed' | 'because'>)[];
  readonly tasks?: readonly Task[];
  readonly postings?: readonly Posting[];
  readonly summary?: Partial<OrderSummary>;
}

/** A batch of an order's workflow; facts count unless they say otherwise. */
export function batch({
  orderNo = '20261123-0001',
  firstSeq = 1,
  epoch = 3,
  facts = [],
  tasks = [],
  postings = [],
  summary: changes,
}: Batch): Filing {
  const seqOfCause = ({ key }: Posting): number => {
    const index = facts.findIndex((entry) => key.startsWith(`${('fact' in entry ? entry.fact : entry).id}:`));
    return firstSeq + Math.max(0, index);
  };
  return {
    workflowId: `order-${orderNo}`,
    orderNo,
    customerId: 'C-1',
    run: 'run-1',
    epoch,
    firstSeq,
    facts: facts.map((entry, index) => ({
      seq: firstSeq + index,
      ...('fact' in entry ? entry : { fact: entry, filed: 'applied' as const }),
    })),
    postings: postings.map((posting) => ({ ...posting, seq: seqOfCause(posting) })),
    tasks,
    summary: { ...summary, version: firstSeq + facts.length - 1, ...changes },
  };
}

/** An open review by sales. */
export const review: Task = {
  id: '20261123-0001/1',
  kind: 'review.sales',
  revision: 1,
  level: 1,
  ...oneSlot([{ role: 'sales' }]),
  fallback: ['admin'],
  excluded: [{ userId: 'u-taker', because: 'taker' }],
  outcomes: ['approve', 'return', 'reject', 'ask'],
  openedAt: monday,
  dueAt: '2026-11-24T01:00:00.000Z',
  clock: { startedAt: monday, rungs: [], rung: 0 },
  because: { rule: 'every order', evidence: { totalFen: 113_00 } },
  state: 'open',
};

export const approved = (task: Task, factId: string): Task => ({
  ...task,
  state: 'decided',
  decision: { outcome: 'approve', by: sales, at: monday, factId },
});

export const receipt = (key: string, amountFen: number): Posting => ({
  key,
  purpose: 'receipt',
  happenedAt: monday,
  legs: [
    { account: '1002', amountFen },
    { account: '2204', amountFen: -amountFen },
  ],
});
