import { remembered } from '../remembered';
import { answersTo, type Requirement, type TaskRequirement } from './requirement';
import type { Task } from './task';
import type { RunningClock } from './worklist';

/**
 * What the organs call for: a list of each that calls for anything, in their order. An organ that may call for many things gives the
 * same list until one of them is another, so that the list is looked through once and not for each fact.
 */
export type Required = readonly (readonly Requirement[])[];

/** The first requirement that an open task answers; undefined: nobody calls for it any more. */
export function calledForBy(task: Task, required: Required): TaskRequirement | undefined {
  for (const list of required) {
    const about = list.length > few ? (tasksByAbout(list).get(task.about) ?? []) : list;
    for (const one of about) if (one.what === 'task' && answersTo(task, one)) return one;
  }
  return undefined;
}

/** Whether a clock is still called for, on the state of things that it was started on. */
export const isCalledFor = (clock: RunningClock, required: Required): boolean =>
  required.some((list) =>
    (list.length > few ? (clocksByName(list).get(clock.name) ?? []) : list).some(
      (one) => one.what === 'clock' && one.name === clock.name && one.boundTo === clock.boundTo,
    ),
  );

/** Whether the same tasks and clocks are called for, on the same state of things. */
export const callForTheSame = (one: Required, other: Required): boolean =>
  one.length === other.length && one.every((list, place) => isSameList(list, other[place] ?? []));

const isSameList = (one: readonly Requirement[], other: readonly Requirement[]): boolean =>
  one === other || (one.length === other.length && one.every((each, place) => isSame(each, other[place])));

/** In all that a task or a clock that is open already is held against. */
function isSame(one: Requirement, other: Requirement | undefined): boolean {
  if (one.boundTo !== other?.boundTo) return false;
  if (one.what === 'clock') return other?.what === 'clock' && one.name === other.name;
  return other?.what === 'task' && one.kind === other.kind && one.about === other.about && one.level === other.level;
}

/** So many are sooner compared than found by name. */
const few = 4;

/** Of holds, for one, an order may have many, each about another thing. */
const tasksByAbout = remembered((list: readonly Requirement[]) =>
  groupedBy(list, (one) => (one.what === 'task' ? one.about : undefined)),
);
const clocksByName = remembered((list: readonly Requirement[]) =>
  groupedBy(list, (one) => (one.what === 'clock' ? one.name : undefined)),
);

function groupedBy<T>(
  list: readonly T[],
  nameOf: (one: T) => string | undefined,
): ReadonlyMap<string | undefined, T[]> {
  const groups = new Map<string | undefined, T[]>();
  for (const one of list) {
    const name = nameOf(one);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  return groups;
}
