import { addElapsed, addWorkingSeconds, workingSecondsBetween, type Calendar } from './calendar';
import { slotFor } from './authority';
import type { Message, RefusalCode } from './fact';
import { inOrder, type Clock } from './ladder';
import type { Task } from './task';
import type { Instant } from './vocabulary';

type Pause = Extract<Message, { kind: 'taskPaused' | 'taskResumed' }>;

/** Whose turn it is may stop the clock while the customer is waited for, and must start it again (HT-8, T2). */
export function judgePause(task: Task | undefined, fact: Pause): RefusalCode | undefined {
  if (task === undefined) return 'unknown_task';
  if (task.state !== 'open') return 'task_closed';
  if (fact.kind === 'taskPaused' && !task.pausable) return 'wrong_state';
  if ((task.pausedAt !== undefined) === (fact.kind === 'taskPaused')) return 'wrong_state';
  const slot = slotFor(task, fact.by);
  return typeof slot === 'string' ? slot : undefined;
}

export const pause = (task: Task, at: Instant): Task => ({ ...task, pausedAt: at });

/** Due time and rungs not yet reached lie as far ahead as when the clock stopped, in working time where they count that. */
export function resume(task: Task, at: Instant, calendar: Calendar): Task {
  const { pausedAt, ...running } = task;
  if (pausedAt === undefined) return task;
  const later = (instant: Instant, working: boolean): Instant => {
    if (instant <= pausedAt) return instant;
    return working
      ? addWorkingSeconds(calendar, at, workingSecondsBetween(calendar, pausedAt, instant))
      : addElapsed(at, Math.round((Date.parse(instant) - Date.parse(pausedAt)) / 1000));
  };
  const rungs: Clock['rungs'] = task.clock.rungs.map((rung, index) =>
    index < task.clock.rung ? rung : { ...rung, at: later(rung.at, rung.working === true) },
  );
  const clock = { ...task.clock, rungs };
  const dueAt = later(task.dueAt, task.dueInWorkingTime === true);
  // Some are reached in working time and some are not: a night lies between those alone.
  return { ...running, dueAt, clock: inOrder(clock) };
}
