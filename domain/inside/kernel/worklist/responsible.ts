import { remembered } from '../remembered';
import { activeSlots, type Candidate, type Slot, type Task } from './task';
import type { WorklistTerms } from './terms';
import type { Role } from '../vocabulary';

/**
 * The roles that answer for a task now (RV-8): those that are asked, and for whom is asked by name the roles that he stands for,
 * so that lists by role find a task that one person holds. In a fixed order.
 */
export const responsibleRoles = (
  task: Pick<Task, 'kind' | 'slots' | 'signing'>,
  { tasks }: Pick<WorklistTerms, 'tasks'>,
): readonly Role[] => rolesBy(tasks, task);

/** Every fact asks it of every open task, and it changes with the task alone. */
const rolesBy = remembered(rolesFor);

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
