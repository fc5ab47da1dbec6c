import type { Acceptance } from './acceptance';
import { fixedPlan } from './bare/plan';
import type { Fullest } from './fullest-order';
import { type HistoryCounts, together } from './history';
import type { Memory } from './memory';
import type { OneOrder } from './one-order';
import type { BenchOptions } from './options';
import { cpuMs } from './round';
import type { Rounds } from './rounds';
import { quantile, spreadOf } from './statistics';
import type { StoryCounts } from './stories';
import { messagesOfOrder } from './play-order';

/** Everything that a run found out. */
export interface Measured {
  readonly order: OneOrder;
  readonly stories: readonly StoryCounts[];
  readonly rounds: readonly Rounds[];
  readonly acceptance: Acceptance;
  readonly fullest: Fullest | undefined;
  readonly memory: Memory | undefined;
}

/** The figures that `--json` writes. Counts are those of the order itself, beyond child workflows (design rule 13). */
export function figuresOf(
  { order, rounds, acceptance, fullest, memory }: Measured,
  { orders }: Pick<BenchOptions, 'orders'>,
) {
  return {
    messages: messagesThatMove(order.order),
    events: order.order.events,
    historyBytes: order.order.bytes,
    shipmentHistoryBytes: order.shipment.bytes,
    workflowTasks: order.order.workflowTasks,
    actions: order.order.actions,
    reviewEvents: order.review.events,
    reviewWorkflowTasks: order.review.workflowTasks,
    reviewActions: order.review.actions,
    cpuRatio: rounded(spreadOf(rounds.map(cpuRatio)).median, 3),
    acceptRatio: rounded(acceptance.ratio, 3),
    answerP50Ms: rounded(spreadOf(rounds.map(({ product }) => quantile(product.latenciesMs, 0.5))).median, 1),
    answerP95Ms: rounded(spreadOf(rounds.map(({ product }) => quantile(product.latenciesMs, 0.95))).median, 1),
    apiCpuMsPerRequest: rounded(spreadOf(rounds.map(apiCpuMsPerRequest(orders))).median, 2),
    explainWorstMs: fullest === undefined ? null : rounded(fullest.explainMs, 1),
    workerKiBPerOpenOrder: memory === undefined ? null : rounded(memory.worker, 1),
    serverKiBPerOpenOrder: memory === undefined ? null : rounded(memory.temporal, 1),
  };
}

/** The same for people: every figure with its spread over the rounds. */
export function report(measured: Measured, { orders, atOnce, open }: BenchOptions): string {
  const { order, stories, rounds, acceptance, fullest, memory } = measured;
  const both = together([order.order, order.shipment]);
  const lines = [
    '',
    `Per round of ${orders} orders, ${atOnce} at once        min   median      max`,
    row(
      'product: orders per second',
      rounds.map(({ product }) => product.ordersPerSecond),
      2,
    ),
    row(
      'bare:    orders per second',
      rounds.map(({ bare }) => bare.ordersPerSecond),
      2,
    ),
    row(
      'product: CPU ms per order',
      rounds.map(({ product }) => cpuMs(product)),
    ),
    ...parts(rounds, 'product'),
    row(
      'bare:    CPU ms per order',
      rounds.map(({ bare }) => cpuMs(bare)),
    ),
    ...parts(rounds, 'bare'),
    row('CPU per order, product : bare', rounds.map(cpuRatio), 2),
    ...[0.5, 0.95, 0.99].map((share) =>
      row(
        `answered within ms, p${share * 100}`,
        rounds.map(({ product }) => quantile(product.latenciesMs, share)),
      ),
    ),
    row('API: CPU ms per request', rounds.map(apiCpuMsPerRequest(orders)), 2),
    ...[0.5, 0.95].map((share) =>
      row(
        `filed to next task visible, p${share * 100}`,
        rounds.map(({ product }) => quantile(product.nextTaskMs, share)),
      ),
    ),
    row(
      'answered 202 first',
      rounds.map(({ product }) => product.late),
      0,
    ),
    '',
    `Accepted: ${acceptance.writtenAndRungMs.toFixed(2)} ms with its row, ${acceptance.rungMs.toFixed(2)} ms as a raw signal; ratio of the medians ${acceptance.ratio.toFixed(2)}`,
    '',
    'Per order                          the order   of it its review   its shipment   together',
    ...(['events', 'bytes', 'workflowTasks', 'signals', 'activities', 'timers', 'actions'] as const).map(
      (name) =>
        `${labels[name].padEnd(34)} ${[order.order, { bytes: '', ...order.review }, order.shipment, both].map((of) => String(of[name]).padStart(12)).join('  ')}`,
    ),
    order.countedActions === undefined
      ? 'Actions are counted from the histories: this server keeps no counter of its own.'
      : `Actions by the server's own counter, together: ${order.countedActions}`,
    goal(order.order),
    `A review of three levels may have ${eventsOfReview} events; it has ${order.review.events}.`,
    `The bare workflow: ${fixedPlan.messages} messages, ${fixedPlan.activities} activities, ${fixedPlan.timers} timers, whatever the order has.`,
    '',
    ...storyLines(stories),
    ...fullestLines(fullest),
    ...(memory === undefined ? [] : ['', `KiB per open order, of ${open}: ${kiB(memory)}`]),
  ];
  return lines.join('\n');
}

/** Intakes count as requests, and so do those that the round's driver asks again. */
const apiCpuMsPerRequest =
  (orders: number) =>
  ({ product }: Rounds): number =>
    ((product.cpuMsPerOrder['api'] ?? 0) * orders) / product.requests;

const storyLines = (stories: readonly StoryCounts[]): readonly string[] =>
  stories.map(
    ({ name, counts: { events, bytes, workflowTasks, actions } }) =>
      `${name}, all workflows together: ${events} events, ${bytes} bytes, ${workflowTasks} workflow tasks, ${actions} Actions`,
  );

function fullestLines(fullest: Fullest | undefined): readonly string[] {
  if (fullest === undefined) return [];
  const { no, took, facts, explainMs, foldMs } = fullest;
  const most = took.map(({ what, count, refusedWith }) =>
    refusedWith === undefined ? `${count} ${what}` : `${count} ${what} (then ${refusedWith})`,
  );
  return [
    `The fullest order, ${no}: ${most.join(', ')}; ${facts} facts.`,
    `Its explain is answered in ${explainMs.toFixed(1)} ms, of which its facts are read and folded in ${foldMs.toFixed(1)} ms (medians).`,
  ];
}

const cpuRatio = ({ product, bare }: Rounds): number => cpuMs(product) / cpuMs(bare);

const labels: Readonly<Record<keyof HistoryCounts, string>> = {
  events: 'history events',
  bytes: 'history bytes',
  workflowTasks: 'workflow tasks',
  signals: 'messages and reports heard',
  activities: 'activities',
  timers: 'timers',
  actions: 'Actions, counted from the history',
};

function parts(rounds: readonly Rounds[], of: 'product' | 'bare'): readonly string[] {
  const names = Object.keys(rounds[0]?.[of].cpuMsPerOrder ?? {});
  return names.map((name) =>
    row(
      `           ${name}`,
      rounds.map((round) => round[of].cpuMsPerOrder[name] ?? 0),
    ),
  );
}

function row(label: string, numbers: readonly number[], digits = 1): string {
  const { min, median, max } = spreadOf(numbers);
  return `${label.padEnd(34)} ${[min, median, max].map((number) => number.toFixed(digits).padStart(8)).join(' ')}`;
}

/** The intake, and every message and report that the order's own workflow heard. */
const messagesThatMove = ({ signals }: HistoryCounts): number => 1 + signals;

/** Design rule 13, which reckons by the messages that move the order. */
function goal(counts: HistoryCounts): string {
  const { events, workflowTasks, actions } = counts;
  const messages = messagesThatMove(counts);
  const limits = `${12 * messages + 20} events, ${2 * messages} workflow tasks, ${4 * messages} Actions`;
  return `Design rule 13 allows the order, moved by ${messages} messages (its intake, ${messagesOfOrder} of people, the rest reports of its shipment), ${limits}; it has ${events}, ${workflowTasks}, ${actions}, the start and the end of its shipment included.`;
}

/** What three levels of review may cost. */
export const eventsOfReview = 45;

const kiB = (memory: Memory): string =>
  Object.entries(memory)
    .map(([part, each]) => `${part} ${each.toFixed(1)}`)
    .join(', ');

const rounded = (number: number, digits: number): number => Number(number.toFixed(digits));
