import { setTimeout as pause } from 'node:timers/promises';
import type { Violation } from '../check/violation';
import { observer } from '../people';
import { type SpecialRun, approveAll, cancel, finding, takeOrder, takeUnderReview } from './special-run';

/** PostgreSQL is away while other orders are asked: 503 with Retry-After, and when it is back everything goes on by itself. */
export async function databaseAway(run: SpecialRun): Promise<readonly Violation[]> {
  const { company, clients, seed, say, size } = run;
  const awayMs = size === 'full' ? 60_000 : 6_000;
  const orders = await takeUnderReview(run, 'database', 4);
  const numbers = orders.map(({ no }) => no);
  await company.kill('postgres');
  const until = Date.now() + awayMs;
  const decisions = approveAll(run, orders, 'database');
  const late = takeOrder(run, 'database-late');
  const statuses = await askWhile(run, numbers, until);
  await company.restart('postgres');
  const restarted = Date.now();
  await company.untilReady();
  say(
    `PostgreSQL was away for ${awayMs / 1000} s: ${summary(statuses)}; ready ${Date.now() - restarted} ms after it was back.`,
  );
  const outcomes = await Promise.all(decisions);
  for (const no of [...numbers, await late]) await cancel(run, no);
  const wrong = answersTo(clients.journal.entries(), `r${seed}-database-decision`, until);
  return [
    ...statuses
      .filter(({ status }) => status !== 503)
      .map(({ path, status }) => finding(path, `was answered ${status} without a database`)),
    ...statuses
      .filter(({ status, retryAfter }) => status === 503 && retryAfter === null)
      .map(({ path }) => finding(path, 'has no Retry-After')),
    ...wrong
      .filter((status) => status !== 503)
      .map((status) => finding('decisions', `one was answered ${status} without a database`)),
    ...outcomes
      .filter(({ status }) => status !== 200)
      .map(({ status }) => finding('decisions', `one ended as ${status}`)),
  ];
}

interface Asked {
  readonly path: string;
  readonly status: number | 'nothing';
  readonly retryAfter: string | null;
}

/** Reads one order after the other until the time is over. */
async function askWhile({ company }: SpecialRun, numbers: readonly string[], until: number): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for (let turn = 0; Date.now() < until; turn++) {
    const path = `/orders/${numbers[turn % numbers.length] ?? ''}`;
    const headers = { authorization: `Bearer ${company.tokens.get(observer) ?? ''}` };
    const answer = await fetch(`${company.apiUrl}/api/v1${path}`, {
      headers,
      signal: AbortSignal.timeout(8_000),
    }).catch(() => undefined);
    await answer?.arrayBuffer();
    asked.push({ path, status: answer?.status ?? 'nothing', retryAfter: answer?.headers.get('retry-after') ?? null });
    await pause(300);
  }
  return asked;
}

function summary(asked: readonly Asked[]): string {
  const counts = new Map<string, number>();
  for (const { status } of asked) counts.set(String(status), (counts.get(String(status)) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} × ${status}`).join(', ');
}

/** What messages under keys that begin so were answered up to an instant. */
export function answersTo(
  entries: ReturnType<SpecialRun['clients']['journal']['entries']>,
  prefix: string,
  until: number,
): readonly number[] {
  return entries.flatMap((entry) =>
    entry.what === 'answered' && entry.key.startsWith(prefix) && Date.parse(entry.at) < until ? [entry.status] : [],
  );
}
