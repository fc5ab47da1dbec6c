import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Violation } from '../check/violation';
import { onDatabase } from '../../servers/on-database';
import { type SpecialRun, cancel, decide, finding, reviewOf, takeOrder } from './special-run';
import { startProxy } from './proxy';

/**
 * A worker is killed between the commit of a filing and the workflow task that would hear of it, while a second message
 * arrives (X1, X2): a lock keeps the filing waiting, the wire to Temporal is held, the lock is let go, and the worker dies
 * with its answer unsaid.
 */
export async function lostCompletion(run: SpecialRun): Promise<readonly Violation[]> {
  const { company, seed } = run;
  const proxy = await startProxy(company.temporalAddress);
  try {
    await company.kill('worker');
    company.routeWorker(proxy.address);
    await company.restart('worker');
    const no = await takeOrder(run, 'lost-completion');
    const taskId = await reviewOf(run, no);
    const approve = () => decide(run, { no, taskId, outcome: 'approve', who: 'u-sales-1', name: 'lost-first' });
    const { sent: first } = await onDatabase(company.databaseUrl(), (client) =>
      commitUnheard(client, no, { hold: () => proxy.hold() }, approve),
    );
    await company.kill('worker');
    proxy.cut();
    const second = decide(run, { no, taskId, outcome: 'return', who: 'u-sales-2', name: 'lost-second' });
    await pause(500);
    await company.restart('worker');
    const [one, other] = await Promise.all([first, second]);
    await cancel(run, no);
    return [
      ...(one.status === 200 ? [] : [finding(no, `the decision that was committed was answered ${one.status}`)]),
      ...(other.status === 409 ? [] : [finding(no, `the second decision of a task was answered ${other.status}`)]),
      ...(await committedOnce(company.databaseUrl(), `r${seed}-lost-first`)),
    ];
  } finally {
    company.routeWorker(undefined);
    await company.kill('worker');
    await proxy.close();
    await company.restart('worker');
  }
}

/** Lets the filing of what is sent wait for a lock, holds the wire, frees the lock, and returns when the filing is committed. */
async function commitUnheard<T>(
  client: Client,
  no: string,
  wire: { readonly hold: () => void },
  send: () => Promise<T>,
): Promise<{ readonly sent: Promise<T> }> {
  await client.query('begin');
  // Whoever only refers to the order's row goes ahead; the filing changes it, and waits.
  await client.query('select from orders where no = $1 for no key update', [no]);
  const sent = send();
  void sent.catch(() => undefined);
  // The door may be waiting for the same row, to note that the order's workflow was started.
  await eventually(async () => {
    await client.query('select pg_stat_clear_snapshot()');
    const { rows } = await client.query(
      `select from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database() and query like '%with guard as (%'`,
    );
    return rows.length > 0;
  });
  wire.hold();
  await client.query('commit');
  await eventually(async () => {
    const { rows } = await client.query(`select from facts where "orderNo" = $1 and kind = 'decisionMade'`, [no]);
    return rows.length > 0;
  });
  return { sent };
}

async function committedOnce(url: string, id: string): Promise<readonly Violation[]> {
  return onDatabase(url, async (client) => {
    const { rows } = await client.query<{ filed: string }>('select filed from facts where id = $1', [id]);
    return rows.length === 1 && rows[0]?.filed === 'applied'
      ? []
      : [finding(id, `stands ${rows.length} times among the facts`)];
  });
}

async function eventually(met: () => Promise<boolean>): Promise<void> {
  for (const last = Date.now() + 30_000; !(await met()); await pause(10))
    if (Date.now() > last) throw new Error('the filing did not come to where it was to be killed');
}
