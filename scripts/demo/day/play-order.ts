import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Refusal } from '../caller';
import type { Product } from '../product';
import { callsOf, scriptOf } from './calls';
import type { Day, DayCustomer, DayOrder } from './day-file';
import { newOrderOf } from './intake';
import { type OrderView, labelsOf, look } from './order-view';
import { perform } from './perform';
import { type TaskNames, statusName, tell } from './story';

/** How an order of the day ended, and what its timeline showed. */
export interface Ending {
  readonly order: DayOrder;
  readonly no: string;
  readonly grade: string;
  readonly status: string;
  /** Why it is not as expected; empty: it is. */
  readonly wrong: readonly string[];
}

/** The stage of the day: the product, its people's names, and where lines are said. */
export interface Stage {
  readonly product: Product;
  readonly day: Day;
  readonly name: (userId: string) => string;
  readonly say: (line: string) => void;
}

/** The longest order of the day takes half a minute; on a very busy machine some more. */
const patienceMs = 150_000;

/** Takes an order and lets everybody do his part until its process has ended. */
export async function playDayOrder(stage: Stage, order: DayOrder, customer: DayCustomer): Promise<Ending> {
  const { product, day } = stage;
  const no = await take(stage, order, customer);
  const script = scriptOf(day.routine, order.instead);
  const seen = new Set<string>();
  const tellNews = storyteller(stage, `${order.name.padEnd(22)} ${no} `, seen);
  const until = Date.now() + patienceMs;
  let position = 0;
  for (let pauseMs = shortestMs; ;) {
    const view = await look(product.as(day.taker), no, position);
    position = view.news.at(-1)?.position ?? position;
    tellNews(view);
    const over = view.endedAt !== null;
    if (over || Date.now() > until) return endingOf(order, view, seen, over);
    const call = callsOf(view, seen).find((one) => script.next(one, seen) !== undefined);
    const act = call === undefined ? undefined : script.next(call, seen);
    if (call === undefined || act === undefined) {
      await sleep(pauseMs);
      pauseMs = Math.min(pauseMs * 1.5, longestMs);
      continue;
    }
    const who = act.who === 'salesperson' ? customer.salesperson : act.who;
    try {
      await perform(product.as(who), act, call, { order, customer, view });
      script.done(call);
    } catch (error) {
      // The process was quicker: the next look shows what happened instead.
      if (!(error instanceof Refusal) || error.status !== 409) throw error;
      await sleep(shortestMs);
    }
    pauseMs = shortestMs;
  }
}

const shortestMs = 150;
const longestMs = 1000;

const accepted = z.object({ no: z.string() });

async function take({ product, day, say }: Stage, order: DayOrder, customer: DayCustomer): Promise<string> {
  const taker = product.as(day.taker);
  const { no } = await taker.post('/orders', newOrderOf(day, order, customer), accepted, `day-${randomUUID()}`);
  say(`${order.name.padEnd(22)} ${no}  ${order.zh} ${order.en}`);
  say(`${' '.repeat(22)} ${no}  ${product.orderUrl(no)}  ${product.workflowUrl(no)}`);
  return no;
}

/** Says each fact once, and each new status. */
function storyteller({ name, say }: Stage, prefix: string, seen: Set<string>): (view: OrderView) => void {
  const tasks: TaskNames = new Map();
  let status = '';
  return (view) => {
    for (const entry of view.news) {
      if (entry.filed === 'applied') for (const label of labelsOf(entry)) seen.add(label);
      const line = tell(entry, name, tasks);
      if (line !== undefined) say(`${prefix} ${entry.at.slice(11, 19)}  ${line}`);
    }
    if (view.status !== status) say(`${prefix}           → ${statusName(view.status)}`);
    ({ status } = view);
  };
}

function endingOf(order: DayOrder, view: OrderView, seen: ReadonlySet<string>, over: boolean): Ending {
  const { no, grade, status } = view;
  const missing = order.expect.seen.filter((label) => !seen.has(label));
  return {
    order,
    no,
    grade,
    status,
    wrong: [
      ...(over ? [] : ['its process has not ended']),
      ...(status === order.expect.end ? [] : [`ended ${status}`]),
      ...(missing.length === 0 ? [] : [`never saw ${missing.join(', ')}`]),
      ...wrongPayments(order, view),
    ],
  };
}

/** What of each payment went to which bill, where the day says it. */
function wrongPayments({ expect }: DayOrder, { no, payments }: OrderView): readonly string[] {
  if (expect.payments === undefined) return [];
  const went = payments.map(({ allocations }) =>
    inWords(allocations.map(({ chargeNo, amount }) => [chargeNo.slice(no.length + 1), amount])),
  );
  const wanted = expect.payments.map((parts) => inWords(Object.entries(parts)));
  return went.join('; ') === wanted.join('; ') ? [] : [`its payments went ${went.join('; ')}`];
}

const inWords = (parts: readonly (readonly [string, string])[]): string =>
  [...parts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([charge, amount]) => `${amount} to ${charge}`)
    .join(' and ');
