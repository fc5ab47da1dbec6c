import { type Clock, nextRung } from '../ladder';
import type { Instant, Role } from '../vocabulary';
import { personsBehind } from '../actor';
import type { Task } from './task';

/** What is open of one process: the tasks of its people, and its clocks. The one human-task mechanism of the product. */
export interface Worklist {
  /** Every task that was ever opened, in the order in which they were. */
  readonly tasks: readonly Task[];
  readonly clocks: Readonly<Record<string, RunningClock>>;
}

/** A clock that is nobody's task but has a ladder: the deposit, the customer's signature, the seven days of silence. */
export interface RunningClock {
  readonly name: string;
  /** The state of things that it was started on: where that is another by now, it starts anew. */
  readonly boundTo?: string;
  /** Who has to act meanwhile; empty: only time passes. */
  readonly roles: readonly Role[];
  readonly clock: Clock;
}

export const emptyWorklist: Worklist = { tasks: [], clocks: {} };

/** The tasks that one worklist has and a former one had otherwise, or not at all: tasks are only ever added at the end. */
export const changedTasks = (before: Worklist, after: Worklist): readonly Task[] =>
  before.tasks === after.tasks ? [] : after.tasks.filter((task, place) => task !== before.tasks[place]);

export const taskOf = ({ tasks }: Worklist, id: string): Task | undefined => tasks.find((task) => task.id === id);

export const openTasks = ({ tasks }: Worklist): readonly Task[] => tasks.filter((task) => task.state === 'open');

/** The clock of an open task whose time does not stand still, or the clock of that name. */
export function clockOf(worklist: Worklist, of: string): Clock | undefined {
  const task = taskOf(worklist, of);
  if (task !== undefined) return task.state === 'open' && task.pausedAt === undefined ? task.clock : undefined;
  return Object.hasOwn(worklist.clocks, of) ? worklist.clocks[of]?.clock : undefined;
}

/** The next rung of anything on the worklist: at what instant, of what. The earliest first; ties by name. */
export function nextAlarm(worklist: Worklist): { readonly at: Instant; readonly of: string } | undefined {
  let next: { at: Instant; of: string } | undefined;
  for (const [of, clock] of runningClocks(worklist)) {
    const rung = nextRung(clock);
    if (rung !== undefined && (next === undefined || rung.at < next.at || (rung.at === next.at && of < next.of)))
      next = { at: rung.at, of };
  }
  return next;
}

/** The earliest due time among open tasks. */
export function earliestDue(worklist: Worklist): Instant | null {
  const due = openTasks(worklist)
    .map((task) => task.dueAt)
    .sort();
  return due[0] ?? null;
}

/** Who decided, signed or prepared tasks of these kinds in this revision: the persons behind, for four eyes (V3). */
export function decidersOf(
  worklist: Worklist,
  kinds: readonly string[],
  revision: number,
): readonly { readonly userId: string; readonly because: string }[] {
  return worklist.tasks.flatMap((task) => {
    if (task.revision !== revision || !kinds.includes(task.kind) || task.state === 'void') return [];
    const said = [task.decision, ...task.slots.flatMap(({ signature, advice }) => [signature, advice])];
    const persons = new Set(said.flatMap((decision) => (decision === undefined ? [] : personsBehind(decision.by))));
    return [...persons].map((userId) => ({ userId, because: task.kind }));
  });
}

function runningClocks({ tasks, clocks }: Worklist): readonly (readonly [string, Clock])[] {
  return [
    ...tasks.flatMap((task) =>
      task.state === 'open' && task.pausedAt === undefined ? [[task.id, task.clock] as const] : [],
    ),
    ...Object.values(clocks).map(({ name, clock }) => [name, clock] as const),
  ];
}
