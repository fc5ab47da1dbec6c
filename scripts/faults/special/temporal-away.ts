import { setTimeout as pause } from 'node:timers/promises';
import type { Violation } from '../check/violation';
import { answersTo } from './database-away';
import { type SpecialRun, approveAll, cancel, finding, takeOrder, takeUnderReview, until } from './special-run';

/** Temporal is away while messages and orders come in: 202 and 201 at once, and done when it is back. */
export async function temporalAway(run: SpecialRun): Promise<readonly Violation[]> {
  const { company, clients, seed, say, size } = run;
  const awayMs = size === 'full' ? 20_000 : 5_000;
  const orders = await takeUnderReview(run, 'temporal', 5);
  const numbers = orders.map(({ no }) => no);
  await company.kill('temporal');
  const sentAt = Date.now();
  const decisions = approveAll(run, orders, 'temporal');
  const late = await takeOrder(run, 'temporal-late');
  const acceptedAfterMs = Date.now() - sentAt;
  await pause(Math.max(0, awayMs - (Date.now() - sentAt)));
  const backAt = Date.now();
  await company.restart('temporal');
  const outcomes = await Promise.all(decisions);
  await until(run, late, ({ order }) => order.version > 0);
  say(
    `Temporal was away for ${awayMs / 1000} s: an order was accepted in ${acceptedAfterMs} ms, all done ${Date.now() - backAt} ms after it was started.`,
  );
  for (const no of [...numbers, late]) await cancel(run, no);
  const answers = answersTo(clients.journal.entries(), `r${seed}-temporal-decision`, backAt);
  return [
    ...(answers.length === numbers.length
      ? []
      : [finding('decisions', `${answers.length} of ${numbers.length} were answered`)]),
    ...answers
      .filter((status) => status !== 202)
      .map((status) => finding('decisions', `one was answered ${status} without Temporal`)),
    ...outcomes
      .filter(({ status }) => status !== 200)
      .map(({ status }) => finding('decisions', `one ended as ${status}`)),
  ];
}
