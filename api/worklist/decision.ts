import type { z } from 'zod';
import type { FactHead } from '../../domain/inside/kernel/fact';
import { sharesClaim } from '../../domain/outside/people/substitutes';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import type { Addressed } from '../addressed';
import { factOf } from '../message-rows';
import { refused, wrongField } from '../problem';
import { sayingOf } from '../schema-of';
import { standsAs } from './acting-as';
import { findTask, type TaskRow } from './task-rows';
import type { decision } from './decision-body';

interface Answered {
  /** The order that it was sent to, where it was sent to one. */
  readonly no?: string;
  readonly body: z.output<typeof decision>;
  readonly caller: Caller;
  readonly head: FactHead;
}

/** The answer to a task as a message, with what its author may do as of now: the one road of the API and of links (HT-15). */
export async function decisionTo(dependencies: Dependencies, { no, body, caller, head }: Answered): Promise<Addressed> {
  const row = await findTask(dependencies, caller, body.taskId);
  if (no !== undefined && row.orderNo !== no) throw wrongField('taskId', 'unknown', 'This order has no such task.');
  await requireUnclaimed(dependencies, caller, row);
  const by = await standsAs(dependencies, caller, row);
  return {
    workflowId: row.workflowId,
    orderNo: row.orderNo,
    message: factOf('decisionMade', { ...head, by }, sayingOf('decisionMade', body)),
  };
}

async function requireUnclaimed(
  { organisation, now }: Dependencies,
  { userId, organisation: version }: Caller,
  { state, kind, claimedBy }: TaskRow,
): Promise<void> {
  if (state !== 'open' || claimedBy === null) return;
  const when = { kind, now: now().toISOString() };
  if (!sharesClaim(await organisation(version), { claimedBy, userId }, when))
    throw refused('claimed_by_other', 'Somebody else has claimed this task.', { claimedBy });
}
