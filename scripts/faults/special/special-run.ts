import { setTimeout as pause } from 'node:timers/promises';
import type { View } from '../board';
import type { Canary } from '../canary';
import type { Violation } from '../check/violation';
import type { Company } from '../company';
import { orderBody } from '../order-body';
import { takers } from '../people';
import type { Plan } from '../plans';
import type { Outcome } from '../sender';
import type { Clients } from '../storm';

/** What a special run is played with, on a company where nothing else happens. */
export interface SpecialRun {
  readonly company: Company;
  readonly clients: Clients;
  readonly canary: Canary;
  readonly seed: number;
  readonly say: (line: string) => void;
  /** `short` belongs to `npm test`. */
  readonly size: 'full' | 'short';
}

/** Takes an order that waits for its first review, or, incomplete, for its customer. */
export async function takeOrder(
  { clients, canary, seed }: SpecialRun,
  name: string,
  incomplete?: Plan['incomplete'],
): Promise<string> {
  const plan: Plan = {
    serial: 0,
    story: name,
    customer: 'c-b-1',
    lines: [{ itemId: 'hinge', quantity: 50 }],
    ...(incomplete === undefined ? {} : { incomplete }),
  };
  const body = orderBody(plan, canary);
  const accepted = await clients.sender.post({ who: takers[0], path: '/orders', key: `r${seed}-${name}-intake`, body });
  if (accepted.status !== 201) throw new Error(`${name} was answered ${accepted.status}`);
  return String(accepted.body['no']);
}

/** Looks at the board until the order is as wished. */
export async function until(
  { clients }: Pick<SpecialRun, 'clients'>,
  no: string,
  met: (view: View) => boolean,
  withinMs = 60_000,
): Promise<View> {
  for (const last = Date.now() + withinMs; ;) {
    const view = await clients.board.look(no);
    if (view !== undefined && met(view)) return view;
    if (Date.now() > last)
      throw new Error(`order ${no} stands in ${view?.order.status ?? 'nothing'} and does not go on`);
    await pause(50);
  }
}

/** The order's review by sales, once it is open. */
export async function reviewOf(run: Pick<SpecialRun, 'clients'>, no: string): Promise<string> {
  const isReview = ({ kind }: View['tasks'][number]): boolean => kind === 'review.sales';
  const view = await until(run, no, ({ tasks }) => tasks.some(isReview));
  return view.tasks.find(isReview)?.id ?? '';
}

/** An order with the review that it waits for. */
interface UnderReview {
  readonly no: string;
  readonly taskId: string;
}

/** Takes so many orders, each up to its review. */
export async function takeUnderReview(run: SpecialRun, name: string, count: number): Promise<readonly UnderReview[]> {
  const numbers: string[] = [];
  for (let serial = 0; serial < count; serial++) numbers.push(await takeOrder(run, `${name}-${serial}`));
  return Promise.all(numbers.map(async (no) => ({ no, taskId: await reviewOf(run, no) })));
}

/** Approves them all at once; each outcome comes when it comes. */
export const approveAll = (
  run: SpecialRun,
  orders: readonly UnderReview[],
  name: string,
): readonly Promise<Outcome>[] =>
  orders.map((order, index) =>
    decide(run, { ...order, outcome: 'approve', who: 'u-sales-1', name: `${name}-decision-${index}` }),
  );

/** Decides a task, under a key of the run's own. */
export function decide(
  { clients, canary, seed }: SpecialRun,
  decision: {
    readonly no: string;
    readonly taskId: string;
    readonly outcome: string;
    readonly who: string;
    readonly name: string;
  },
): Promise<Outcome> {
  const { no, taskId, outcome, who, name } = decision;
  const reason = outcome === 'approve' ? {} : { reasonCode: 'not_as_agreed' };
  const body = { taskId, outcome, comment: canary.words('words of a special run'), ...reason };
  return clients.sender.post({ who, path: `/orders/${no}/decisions`, key: `r${seed}-${name}`, body });
}

/** Cancels an order of a special run, so that it ends before the checker looks. */
export async function cancel({ clients, seed }: SpecialRun, no: string): Promise<void> {
  const body = { reasonCode: 'end_of_the_run' };
  await clients.sender.post({ who: takers[0], path: `/orders/${no}/cancellation`, key: `r${seed}-cancel-${no}`, body });
  await until({ clients }, no, ({ order }) => order.endedAt !== null);
}

/** Something that a special run did not find as it should be. */
export function finding(subject: string, says: string): Violation {
  return { invariant: 'special run', subject, says };
}
