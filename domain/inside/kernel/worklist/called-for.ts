import type { FactHead } from '../fact';
import { answersTo, type Opening, type Requirement, rowOf, type TaskRequirement } from './requirement';
import type { Decision, Task } from './task';
import type { Worklist } from './worklist';

/**
 * The worklist after a fact: tasks and clocks that nobody calls for any more are gone, decided where the fact is one that answers
 * them, else void. What stays called for goes on with its clock, for the revision, the level and the amounts of now (HT-12). What
 * was decided of this revision is void while it does not count, so that each level has one decision that does (V2).
 */
export function calledFor(
  worklist: Worklist,
  required: readonly Requirement[],
  { fact, opening }: { readonly fact: FactHead & { readonly kind: string }; readonly opening: Opening },
): Worklist {
  const asked = requiredTasks(required);
  const tasks = worklist.tasks.map((task) => {
    if (task.state !== 'open') return asItCounts(task, opening);
    const one = asked(task).find((requirement) => answersTo(task, requirement));
    if (one !== undefined) return broughtUpToDate(task, one, opening);
    return task.doneBy?.includes(fact.kind) === true ? doneBy(task, fact) : { ...task, state: 'void' as const };
  });
  const clocks = Object.entries(worklist.clocks).filter(([name, { boundTo }]) =>
    required.some((one) => one.what === 'clock' && one.name === name && one.boundTo === boundTo),
  );
  const isSame =
    clocks.length === Object.keys(worklist.clocks).length &&
    tasks.every((task, index) => task === worklist.tasks[index]);
  return isSame ? worklist : { tasks, clocks: Object.fromEntries(clocks) };
}

/** Of the tasks that are called for, those about the same thing as a task: of holds, for one, an order may have many. */
function requiredTasks(required: readonly Requirement[]): (task: Task) => readonly TaskRequirement[] {
  const byAbout = new Map<string | undefined, TaskRequirement[]>();
  for (const one of required) {
    if (one.what !== 'task') continue;
    const others = byAbout.get(one.about);
    if (others === undefined) byAbout.set(one.about, [one]);
    else others.push(one);
  }
  return ({ about }) => byAbout.get(about) ?? [];
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
