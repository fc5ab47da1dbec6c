import type { FactHead } from '../fact';
import { eachAs, noted, valuesOf } from '../remembered';
import { calledForBy, callForTheSame, isCalledFor, type Required } from './required';
import { type Opening, rowOf, type TaskRequirement } from './requirement';
import type { Decision, Task } from './task';
import type { Worklist } from './worklist';

/**
 * The worklist after a fact: tasks and clocks that nobody calls for any more are gone, decided where the fact is one that answers
 * them, else void. What stays called for goes on with its clock, for the revision, the level and the amounts of now (HT-12). What
 * was decided of this revision is void while it does not count, so that each level has one decision that does (V2).
 */
export function calledFor(
  worklist: Worklist,
  required: Required,
  { former, fact, opening }: { readonly former: Worklist; readonly fact: AnyFact; readonly opening: Opening },
): Worklist {
  const agreed = agreement.of(former);
  const isAsBefore = agreed?.opening === opening && callForTheSame(agreed.required, required);
  if (isAsBefore && worklist === former) return worklist;
  const tasks = eachAs(worklist.tasks, (task, place) =>
    isAsBefore && task === former.tasks[place] ? task : asCalledFor(task, required, { fact, opening }),
  );
  const running = valuesOf(worklist.clocks);
  const left = running.filter((clock) => isCalledFor(clock, required));
  if (tasks !== worklist.tasks || left.length < running.length)
    return { tasks, clocks: Object.fromEntries(left.map((clock) => [clock.name, clock])) };
  agreement.take(worklist, { required, opening });
  return worklist;
}

type AnyFact = FactHead & { readonly kind: string };

/**
 * What a worklist was found to agree with: every task and clock of it was called for, or is over and counts. While the same is called
 * for, the next fact looks only at the tasks that it changed; an order may have a hundred that are open. What is asked of a task that
 * agrees does not depend on the fact, so it would be found again to be as it is.
 */
const agreement = noted<Worklist, { readonly required: Required; readonly opening: Opening }>();

function asCalledFor(
  task: Task,
  required: Required,
  { fact, opening }: { readonly fact: AnyFact; readonly opening: Opening },
): Task {
  if (task.state !== 'open') return asItCounts(task, opening);
  const one = calledForBy(task, required);
  if (one !== undefined) return broughtUpToDate(task, one, opening);
  return task.doneBy?.includes(fact.kind) === true ? doneBy(task, fact) : { ...task, state: 'void' };
}

/** A void task keeps what had been decided: it counts again where what had ended it is taken back (HT-5). */
function asItCounts(task: Task, { revision, stillCounts = () => true }: Opening): Task {
  if (task.revision !== revision || task.decision === undefined) return task;
  const state = stillCounts(task, task.decision) ? 'decided' : 'void';
  return task.state === state ? task : { ...task, state };
}

/** A decision that another fact amounts to: the goods came, so the task to receive them is done. */
function doneBy(task: Task, { by, at, id }: FactHead): Task {
  const decision: Decision = { outcome: 'done', by, at, factId: id };
  return { ...task, state: 'decided', decision };
}

/** A change of the order that does not touch the question leaves it open; who made the change is kept out where policy says so. */
function broughtUpToDate(task: Task, one: TaskRequirement, { revision, takers, terms }: Opening): Task {
  if (task.revision === revision) return task;
  const known = task.excluded.map(({ userId }) => userId);
  const editors = rowOf(terms, task.kind).separateFrom.includes('taker')
    ? takers.filter((userId) => !known.includes(userId))
    : [];
  const { level, measures } = one;
  return {
    ...task,
    revision,
    ...(level === undefined ? {} : { level }),
    ...(measures === undefined ? {} : { measures }),
    excluded: [...task.excluded, ...editors.map((userId) => ({ userId, because: 'took or last changed the order' }))],
  };
}
