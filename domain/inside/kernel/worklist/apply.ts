import type { Instant } from '../vocabulary';
import { slotFor } from './authority';
import { decisionOf, signedSlot } from './decision';
import { handedTo, sinceHandedOn, widened } from './escalation';
import type { WorklistFact, WorklistFactOf } from './facts';
import { inNewCalendar } from './new-calendar';
import { pause, resume } from './pause';
import { asked, withoutQuestionsOf } from './questions';
import { reassigned } from './reassignment';
import { sign, takeBack } from './signing';
import type { Task } from './task';
import { calendarOf, type Timetable } from './team';
import type { Worklist } from './worklist';

/** The worklist after a fact that counts; working time is that of the task's team, or the company's. */
export function applyAtWorklist(worklist: Worklist, fact: WorklistFact, timetable: Timetable): Worklist {
  switch (fact.kind) {
    case 'taskOpened':
      return { ...worklist, tasks: [...worklist.tasks, fact.task] };
    case 'clockStarted':
      return { ...worklist, clocks: { ...worklist.clocks, [fact.name]: clockFrom(fact) } };
    case 'rungReached':
      return ring(worklist, fact);
    case 'decisionMade':
      return withTask(worklist, fact, (task) =>
        fact.outcome === 'ask' ? asked(task, decisionOf(fact)) : signedBy(task, fact),
      );
    case 'decisionWithdrawn':
      return withTask(worklist, fact, (task) =>
        askedAnew(takeBack(task, signedSlot(task, fact.by)?.no ?? 0), { before: task, at: fact.at, timetable }),
      );
    case 'taskReassigned':
      return withTask(worklist, fact, (task) => reassigned(task, fact));
    case 'taskPaused':
      return withTask(worklist, fact, (task) => pause(task, fact.at));
    case 'taskResumed':
      return withTask(worklist, fact, (task) => resume(task, fact.at, calendarOf(timetable, task.team)));
    case 'calendarPublished':
      return inNewCalendar(worklist, fact, timetable);
  }
}

const clockFrom = ({ name, boundTo, roles, clock }: WorklistFactOf<'clockStarted'>): Worklist['clocks'][string] => ({
  name,
  ...(boundTo === undefined ? {} : { boundTo }),
  roles,
  clock,
});

/** A task after what a fact did to it; whoever has the next turn has it since then. */
function withTask(
  worklist: Worklist,
  { taskId, at }: { readonly taskId: string; readonly at: Instant },
  change: (task: Task) => Task,
): Worklist {
  const place = worklist.tasks.findIndex(({ id }) => id === taskId);
  const task = worklist.tasks[place];
  if (task === undefined) return worklist;
  return { ...worklist, tasks: worklist.tasks.with(place, sinceHandedOn(task, change(task), at)) };
}

function signedBy(task: Task, fact: WorklistFactOf<'decisionMade'>): Task {
  const slot = slotFor(task, fact.by);
  if (typeof slot === 'string') return task;
  const decision = decisionOf(fact);
  return sign(withoutQuestionsOf(task, decision), slot.no, decision);
}

/** Asked anew, a task has as much time as it had when it was decided (HT-5, HT-8). */
function askedAnew(task: Task, { before, at, timetable }: { before: Task; at: Instant; timetable: Timetable }): Task {
  const { decision } = before;
  if (decision === undefined || before.pausedAt !== undefined) return task;
  return resume({ ...task, pausedAt: decision.at }, at, calendarOf(timetable, task.team));
}

function ring(worklist: Worklist, fact: WorklistFactOf<'rungReached'>): Worklist {
  const running = worklist.clocks[fact.of];
  if (running !== undefined) {
    const { clock } = running;
    return {
      ...worklist,
      clocks: { ...worklist.clocks, [fact.of]: { ...running, clock: { ...clock, rung: clock.rung + 1 } } },
    };
  }
  return withTask(worklist, { taskId: fact.of, at: fact.at }, (task) => ({
    ...task,
    clock: { ...task.clock, rung: task.clock.rung + 1 },
    ...(fact.do === 'escalate' ? { slots: widened(task, fact.to) } : {}),
    ...(fact.do === 'take_over' ? { slots: handedTo(task, fact.to) } : {}),
  }));
}
