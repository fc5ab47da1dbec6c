import { personsBehind, type Actor, type UserActor } from './actor';
import type { RefusalCode } from './fact';
import { activeSlots, openSlots, superiorKey, type Candidate, type Measures, type Slot, type Task } from './task';

/** What of a task says who may answer it. */
export type Question = Pick<Task, 'slots' | 'signing' | 'fallback' | 'excluded' | 'amountFen' | 'measures'>;

/**
 * Which slot of a task somebody may sign, or why none: candidate, turn, four eyes, in this order (HT-10, V3). The same
 * answer for the inbox beforehand and for the decision when it comes.
 */
export function slotFor(task: Question, by: Actor): Slot | RefusalCode {
  if (by.kind !== 'user') return 'not_a_candidate';
  const mine = openSlots(task).filter((slot) => isCandidate(task, slot, by));
  if (mine.length === 0) return 'not_a_candidate';
  if (isKeptOut(task, by)) return 'four_eyes';
  return activeSlots(task).find((slot) => mine.includes(slot)) ?? 'not_your_turn';
}

/** Whether a person's limits cover what a task is about (HT-11, V4). A measure that is not known covers nothing. */
export function isWithinLimits(task: Question, by: Actor): boolean {
  const limits = by.kind === 'user' ? by.standing?.limits : undefined;
  // Work that is about no amount needs no limit: a pick, a receipt, the release of a hold.
  if (limits === undefined || (task.measures === undefined && task.amountFen === undefined)) return true;
  const { amountFen = task.amountFen, discountBp, grade }: Measures = task.measures ?? {};
  return (
    (limits.amountFen === undefined || (amountFen !== undefined && amountFen <= limits.amountFen)) &&
    (limits.discountBp === undefined || (discountBp !== undefined && discountBp <= limits.discountBp)) &&
    (limits.grades === undefined || (grade !== undefined && limits.grades.includes(grade)))
  );
}

/** Whether four eyes keep a person out of a task: excluded from the start, or he has signed another slot of it (V3). */
export function isKeptOut(task: Question, by: UserActor): boolean {
  const persons = personsBehind(by);
  const signers = task.slots.flatMap(({ signature }) => (signature === undefined ? [] : personsBehind(signature.by)));
  return [...task.excluded.map(({ userId }) => userId), ...signers].some((userId) => persons.includes(userId));
}

function isCandidate(task: Question, slot: Slot, by: UserActor): boolean {
  if (by.standing?.asFallback === true && by.roles.some((role) => task.fallback.includes(role))) return true;
  // A delegate only advises: whose slot it is has the word.
  const mayHold = slot.delegated !== undefined || hasAuthorityOf(slot.origin ?? [], by);
  return slot.candidates.some((candidate) => matches(candidate, by) && (mayHold || !('user' in candidate)));
}

/** Whom a slot was transferred to is one whom policy would have asked; where it asked only by name, there is none to have (V4). */
const hasAuthorityOf = (origin: readonly Candidate[], by: UserActor): boolean =>
  origin.every((candidate) => 'user' in candidate) || origin.some((candidate) => matches(candidate, by));

function matches(candidate: Candidate, by: UserActor): boolean {
  if ('role' in candidate) return by.roles.includes(candidate.role);
  if ('user' in candidate) return candidate.user === (by.onBehalfOf ?? by.userId);
  return by.standing?.superiorOf?.includes(superiorKey(candidate)) ?? false;
}
