import type { RefusalCode } from '../refusal';
import { judgeDecision, laterTurnHasSigned, signatureOf } from './decision';
import type { WorklistFact, WorklistFactOf } from './facts';
import { judgeCalendar } from './new-calendar';
import { judgePause } from './pause';
import { judgeReassignment } from './reassignment';
import type { Decision, Task } from './task';
import type { Timetable } from './team';
import { clockOf, taskOf, type Worklist } from './worklist';

/** What came after a decision and cannot be undone, by the kind of fact that tells of it (HT-5); undefined: it may be undone. */
export type CameAfter = (task: Task, signature: Decision) => string | undefined;

/** Why a fact of the worklist does not count; undefined when it does. */
export function judgeAtWorklist(
  worklist: Worklist,
  fact: WorklistFact,
  { timetable, cameAfter }: { readonly timetable: Timetable; readonly cameAfter: CameAfter },
): RefusalCode | undefined {
  switch (fact.kind) {
    case 'decisionMade':
      return judgeDecision(taskOf(worklist, fact.taskId), fact);
    case 'decisionWithdrawn':
      return judgeWithdrawal(taskOf(worklist, fact.taskId), fact, cameAfter);
    case 'taskReassigned':
      return judgeReassignment(taskOf(worklist, fact.taskId), fact);
    case 'taskPaused':
    case 'taskResumed':
      return judgePause(taskOf(worklist, fact.taskId), fact);
    case 'rungReached':
      return clockOf(worklist, fact.of)?.rung === fact.rung ? undefined : 'not_yet';
    case 'calendarPublished':
      return judgeCalendar(timetable, fact);
    case 'taskOpened':
    case 'clockStarted':
      return undefined;
  }
}

/** Who signed may take it back while his task is open, and after that until something was built upon it (HT-5). */
function judgeWithdrawal(
  task: Task | undefined,
  fact: WorklistFactOf<'decisionWithdrawn'>,
  cameAfter: CameAfter,
): RefusalCode | undefined {
  if (task === undefined) return 'unknown_task';
  const signature = signatureOf(task, fact.by);
  if (signature === undefined) return 'not_a_candidate';
  if (laterTurnHasSigned(task, fact.by)) return 'too_late';
  if (task.state === 'open') return undefined;
  return task.state === 'decided' && cameAfter(task, signature) === undefined ? undefined : 'too_late';
}
