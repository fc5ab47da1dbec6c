import { limits } from '../limits';
import type { RefusalCode } from '../refusal';
import type { WorklistFact } from './facts';
import type { Outcome } from './terms';
import type { Worklist } from './worklist';

/**
 * Why there is no room for what somebody says of a task (W2): questions and added signatures have a bound of their own, and a process
 * that is full takes only the answers that bring it on.
 */
export function judgeRoom(
  worklist: Worklist,
  fact: WorklistFact,
  { isFull }: { readonly isFull: boolean },
): RefusalCode | undefined {
  return hasRoom(worklist, fact, isFull) ? undefined : 'limit_reached';
}

function hasRoom(worklist: Worklist, fact: WorklistFact, isFull: boolean): boolean {
  switch (fact.kind) {
    case 'decisionMade':
      if (isFull && leadsBack.includes(fact.outcome)) return false;
      return fact.outcome !== 'ask' || questionsOn(worklist) < limits.questions;
    case 'taskReassigned':
      if (fact.how.startsWith('add_')) return !isFull && addedSlots(worklist) < limits.addedSlots;
      return !isFull || goesBack.includes(fact.how);
    case 'decisionWithdrawn':
    case 'taskPaused':
      return !isFull;
    case 'taskResumed':
    case 'calendarPublished':
    case 'taskOpened':
    case 'clockStarted':
    case 'rungReached':
      return true;
  }
}

/** Answers that something else is asked after, instead of going on or ending. */
const leadsBack: readonly Outcome[] = ['ask', 'return'];

/** Whoever gave a task away gets it back, and the process is where it was. */
const goesBack: readonly string[] = ['give_back', 'recall', 'remove'];

const questionsOn = ({ tasks }: Worklist): number =>
  tasks.reduce((sum, { questions = [] }) => sum + questions.length, 0);

const addedSlots = ({ tasks }: Worklist): number =>
  tasks.reduce((sum, { slots }) => sum + slots.filter(({ addedBy }) => addedBy !== undefined).length, 0);
