import type { Rows } from '../../domain/outside/filing/rows-of';
import { preparedMark } from '../../prisma/prepared-statements';
import { guards } from './guard';
import { writes } from './writes';

/**
 * The one SQL statement that files these rows; its only parameter is the rows as JSON. Parts that have nothing to write
 * are left out: most filings touch few of these tables, and the planner has less to do. It answers one row if it
 * filed, and none if the guard was not met. Built of constant text only; values travel in the parameter.
 */
export function filingStatement(rows: Rows): string {
  const parts = writes.filter(({ isNeeded }) => isNeeded(rows)).map(({ sql }) => sql);
  return `${preparedMark} with ${[guards[rows.summary.of], ...parts].join(',\n')}
select pg_notify('orders', $1::jsonb->>'orderNo')::text as told${rows.answers.length > 0 ? tellSenders : ''}${rows.notices.length > 0 ? wakeDelivery : ''}
from guard`;
}

/** X1: who waits for his message's state hears it when this commits, not before. */
const tellSenders = `,
  (select count(pg_notify('inbox', json_build_object('id', id, 'state', state, 'because', because)::text)) from settled)::int as settled`;

/** GV-4: who delivers notices need not look for them. */
const wakeDelivery = `,
  pg_notify('notices', '')::text as woken`;
