import { noted, remembered, valuesOf } from '../remembered';
import { activeSlots, type Candidate, type Slot, type Task } from './task';
import type { WorklistTerms } from './terms';
import type { Worklist } from './worklist';
import type { Role } from '../vocabulary';

/**
 * The roles that answer for a task now (RV-8): those that are asked, and for whom is asked by name the roles that he stands for,
 * so that lists by role find a task that one person holds. In a fixed order.
 */
export const responsibleRoles = (
  task: Pick<Task, 'kind' | 'slots' | 'signing'>,
  { tasks }: Pick<WorklistTerms, 'tasks'>,
): readonly Role[] => rolesBy(tasks)(task);

/** The roles that have to act on a worklist, which came out of a former one, without repeats and in a fixed order (S5). */
export function rolesWith(
  worklist: Worklist,
  { former, terms: { tasks: rows } }: { readonly former: Worklist; readonly terms: Pick<WorklistTerms, 'tasks'> },
): readonly Role[] {
  const known = rolesOnceWith.of(former);
  const isKnown = known?.rows === rows && asksTheSame(former, worklist);
  const roles = isKnown ? known.roles : rolesAmongAll(worklist, rows);
  if (worklist !== former || !isKnown) rolesOnceWith.take(worklist, { rows, roles });
  return roles;
}

/** While the same is asked of the same people, the next worklist has the same roles. */
const rolesOnceWith = noted<Worklist, { readonly rows: WorklistTerms['tasks']; readonly roles: readonly Role[] }>();

/** Most facts leave open what is open, with whoever has it: a question, a payment, a note. */
const asksTheSame = (former: Worklist, worklist: Worklist): boolean =>
  former.clocks === worklist.clocks &&
  former.tasks.length === worklist.tasks.length &&
  worklist.tasks.every((task, place) => task === former.tasks[place] || isAskedAlike(task, former.tasks[place]));

const isAskedAlike = (task: Task, former: Task | undefined): boolean =>
  task.state === former?.state &&
  task.kind === former.kind &&
  task.slots === former.slots &&
  task.signing === former.signing;

function rolesAmongAll({ tasks, clocks }: Worklist, rows: WorklistTerms['tasks']): readonly Role[] {
  const roles = new Set<Role>();
  const rolesOf = rolesBy(rows);
  for (const task of tasks) if (task.state === 'open') for (const role of rolesOf(task)) roles.add(role);
  for (const clock of valuesOf(clocks)) for (const role of clock.roles) roles.add(role);
  return [...roles].sort();
}

/** Every fact asks it of every open task, and it changes with the task alone. */
const rolesBy = remembered((rows: WorklistTerms['tasks']) =>
  remembered((task: Pick<Task, 'kind' | 'slots' | 'signing'>) => rolesFor(rows, task)),
);

function rolesFor(tasks: WorklistTerms['tasks'], task: Pick<Task, 'kind' | 'slots' | 'signing'>): readonly Role[] {
  const ofPolicy = task.slots.filter(({ addedBy }) => addedBy === undefined).flatMap((slot) => rolesAmong(asked(slot)));
  const ofTask = ofPolicy.length > 0 ? ofPolicy : (tasks[task.kind]?.roles ?? []);
  const standsFor = (slot: Slot, candidate: Candidate): readonly Role[] => {
    if ('role' in candidate) return [candidate.role];
    if ('user' in candidate) return isSalesperson(slot, candidate.user) ? ['sales'] : ofTask;
    return candidate.until === undefined ? ofTask : [candidate.until];
  };
  const roles = activeSlots(task).flatMap((slot) => answering(slot).flatMap((one) => standsFor(slot, one)));
  return [...new Set(roles)].sort();
}

/** Whom policy asked, where a slot went to somebody by name: what he has is theirs. */
function answering({ candidates, origin, delegated }: Slot): readonly Candidate[] {
  const holders = delegated?.former ?? candidates;
  return origin !== undefined && holders.every((candidate) => 'user' in candidate) ? origin : holders;
}

/** Whom policy asked before anybody moved the slot. */
const asked = ({ candidates, origin, delegated }: Slot): readonly Candidate[] =>
  origin ?? delegated?.former ?? candidates;

/** Policy itself asks nobody by name but the salesperson of the order (HT-1). */
const isSalesperson = (slot: Slot, userId: string): boolean =>
  slot.addedBy === undefined && asked(slot).some((candidate) => 'user' in candidate && candidate.user === userId);

const rolesAmong = (candidates: readonly Candidate[]): readonly Role[] =>
  candidates.flatMap((candidate) => ('role' in candidate ? [candidate.role] : []));
