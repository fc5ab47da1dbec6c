import type { Clock, RungAction } from '../ladder';
import { activeSlots, openSlots, superiorKey, type Candidate, type Task } from './task';
import type { Instant, Role } from '../vocabulary';

/** Who has it, or has passed it on, is not told that it was passed on to him (IN-9). */
export const wouldDoNothing = (
  task: Task | undefined,
  { do: action, to }: Pick<Clock['rungs'][number], 'do' | 'to'>,
): boolean =>
  task !== undefined &&
  action === 'take_over' &&
  isInLine(task, to) &&
  turnOf(task, to) <= Math.min(...activeSlots(task).map(({ turn }) => turn));

/** The next authority may act beside those who could (HT-9). */
export function widened(task: Task, to: readonly Role[]): Task['slots'] {
  const active = activeSlots(task);
  return task.slots.map((slot) => {
    if (!active.includes(slot)) return slot;
    const fresh = to.filter((role) => !slot.candidates.some((one) => 'role' in one && one.role === role));
    const added = fresh.map((role) => ({ role }));
    const { delegated } = slot;
    return {
      ...slot,
      candidates: [...slot.candidates, ...added],
      ...(delegated === undefined ? {} : { delegated: { ...delegated, former: [...delegated.former, ...added] } }),
    };
  });
}

/** The next authority acts instead of those who did not (HT-9). */
export function handedTo(task: Task, to: readonly Role[]): Task['slots'] {
  if (isInLine(task, to)) return passedTo(task, to);
  const active = activeSlots(task);
  return task.slots.map((slot) => {
    if (!active.includes(slot)) return slot;
    const { delegated: _lapsed, ...held } = slot;
    return { ...held, candidates: to.map((role) => ({ role })) };
  });
}

/** Who was silent is passed over, up to the turn of whom the rung names; whose turn has come already is not asked anew (IN-9). */
function passedTo(task: Task, to: readonly Role[]): Task['slots'] {
  const turn = turnOf(task, to);
  return task.slots.map((slot) => (slot.state === 'open' && slot.turn < turn ? { ...slot, state: 'removed' } : slot));
}

/** Whether a task that is passed on from one to the next has a turn of theirs (IN-9). */
const isInLine = (task: Task, to: readonly Role[]): boolean =>
  task.signing.onRejection === 'passes_on' && task.slots.some((slot) => asks(slot, to));

/** Zero: their turn is over. */
const turnOf = (task: Task, to: readonly Role[]): number => openSlots(task).find((slot) => asks(slot, to))?.turn ?? 0;

const asks = ({ candidates }: Task['slots'][number], to: readonly Role[]): boolean =>
  candidates.some((one) => 'role' in one && to.includes(one.role));

/**
 * Where a fact gave a task into other hands, since when they have it; and of one that is passed on from one to the next, by
 * when they answer: when the ladder goes on from them (IN-9).
 */
export function sinceHandedOn(before: Task, after: Task, at: Instant): Task {
  if (before === after || after.state !== 'open' || asksTheSame(before, after)) return after;
  if (!isInOtherHands(before, after)) return after;
  const handed: Task = { ...after, heldSince: at };
  const goesOn = handed.clock.rungs
    .slice(handed.clock.rung)
    .find((rung) => goingOn.includes(rung.do) && !wouldDoNothing(handed, rung));
  if (handed.signing.onRejection !== 'passes_on' || goesOn === undefined) return handed;
  const { dueInWorkingTime: _before, ...due } = handed;
  return { ...due, dueAt: goesOn.at, ...(goesOn.working === true ? { dueInWorkingTime: true } : {}) };
}

const goingOn: readonly RungAction[] = ['take_over', 'escalate', 'send_back', 'lapse'];

/** A question, or a pause, leaves the slots as they were. */
const asksTheSame = (before: Task, after: Task): boolean =>
  before.slots === after.slots && before.signing === after.signing;

/** Nobody who was asked before is asked still. */
function isInOtherHands(before: Task, after: Task): boolean {
  const asked = (task: Task): readonly string[] =>
    activeSlots(task).flatMap(({ candidates }) => candidates.map((candidate) => nameOf(candidate)));
  const former = asked(before);
  return !asked(after).some((name) => former.includes(name));
}

function nameOf(candidate: Candidate): string {
  if ('role' in candidate) return `role ${candidate.role}`;
  return 'user' in candidate ? `user ${candidate.user}` : `above ${superiorKey(candidate)}`;
}
