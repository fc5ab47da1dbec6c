import { type Actor, personsBehind } from './actor';
import type { RefusalCode } from './refusal';
import type { Task } from './worklist/task';

/** Why who asked for something is kept out of the task that answers it (V3). */
const askedForIt = 'asked for it';

/** 撤回申请: what somebody asked for he takes back himself, or who stands in for him, until it is decided (HT-5). */
export function judgeTakingBack(
  by: Actor,
  asked: { readonly by: Actor; readonly state: string } | undefined,
): RefusalCode | undefined {
  if (asked === undefined) return 'nothing_asked';
  const isHis = personsBehind(by).some((userId) => personsBehind(asked.by).includes(userId));
  if (!isHis) return 'not_a_candidate';
  return asked.state === 'asked' ? undefined : 'too_late';
}

/** Four eyes: nobody answers what he asked for, or what was asked for him. */
export const keptOutAsRequester = (by: Actor): Task['excluded'] =>
  personsBehind(by).map((userId) => ({ userId, because: askedForIt }));

/** Who asked for what a task answers, as the task says it; the process where nobody is kept out of it for that. */
export function requesterAmong(excluded: Task['excluded']): Actor {
  const [userId, onBehalfOf] = excluded.filter(({ because }) => because === askedForIt).map((one) => one.userId);
  if (userId === undefined) return { kind: 'process' };
  return { kind: 'user', userId, roles: [], ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
}
