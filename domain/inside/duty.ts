import { decidersOf, openTasks, type Desk } from './desk';
import type { FactHead, Step } from './fact';
import { after, startClock, type Rung } from './ladder';
import type { DeskTerms, TaskKind } from './terms';
import type { Fen, Instant, Role } from './vocabulary';

/** Something that must be open on a desk: a task for people or a wait with a clock. */
export type Duty = TaskDuty | WaitDuty;

export interface TaskDuty {
  readonly what: 'task';
  readonly kind: TaskKind;
  readonly level?: number;
  /** The rule that calls for it and the facts it saw (HT-16). */
  readonly rule: string;
  readonly saw: Readonly<Record<string, string | number | boolean>>;
  /** Where policy names the role by amount; else the task's own roles. */
  readonly roles?: readonly Role[];
  readonly amountFen?: Fen;
  readonly excluded?: readonly { readonly userId: string; readonly because: string }[];
}

export interface WaitDuty {
  readonly what: 'wait';
  readonly name: string;
  readonly roles: readonly Role[];
  readonly ladder: readonly Rung[];
  /** Where the clock starts, when not now. */
  readonly from?: Instant;
}

/** Whose revision, whose takers, which terms: what opening a duty needs to know besides the desk. */
export interface Opening {
  /** Prefix of task ids: the order's or the shipment's number. */
  readonly of: string;
  readonly revision: number;
  readonly takers: readonly string[];
  readonly terms: DeskTerms;
  readonly now: Instant;
}

type Headless<Kind> = Kind extends Step ? Omit<Kind, keyof FactHead> : never;
/** A step without its head; the workflow adds id, time and actor. */
export type StepBody = Headless<Step>;

/** Duties that are called for and not open yet, as the facts that open them. */
export function toOpen(desk: Desk, duties: readonly Duty[], opening: Opening): readonly StepBody[] {
  const missing = duties.filter((duty) => !isOpen(desk, duty));
  let serial = desk.tasks.length;
  return missing.map((duty) =>
    duty.what === 'wait' ? startWait(duty, opening) : openTask(desk, duty, opening, ++serial),
  );
}

function isOpen(desk: Desk, duty: Duty): boolean {
  if (duty.what === 'wait') return desk.waits[duty.name] !== undefined;
  return openTasks(desk).some((task) => task.kind === duty.kind && task.level === duty.level);
}

function startWait(duty: WaitDuty, { terms, now }: Opening): StepBody {
  return {
    kind: 'waitStarted',
    wait: duty.name,
    roles: duty.roles,
    clock: startClock(duty.ladder, duty.from ?? now, terms.calendar),
  };
}

function openTask(desk: Desk, duty: TaskDuty, { of, revision, takers, terms, now }: Opening, serial: number): StepBody {
  const row = terms.tasks[duty.kind];
  if (row === undefined) throw new Error(`The terms of ${of} have no row for ${duty.kind}`);
  const takersOut = row.notAlso.includes('taker')
    ? takers.map((userId) => ({ userId, because: 'took or last changed the order' }))
    : [];
  const kindsOut = decidersOf(desk, row.notAlso, revision).map(({ userId, because }) => ({
    userId,
    because: `decided ${because}`,
  }));
  return {
    kind: 'taskOpened',
    task: {
      id: `${of}/${serial}`,
      kind: duty.kind,
      revision,
      ...(duty.level === undefined ? {} : { level: duty.level }),
      roles: duty.roles ?? row.roles,
      users: row.alsoSalesperson ? [terms.salespersonId] : [],
      excluded: [...takersOut, ...kindsOut, ...(duty.excluded ?? [])],
      outcomes: row.outcomes,
      openedAt: now,
      dueAt: after(now, row.due, terms.calendar),
      clock: startClock(row.ladder, now, terms.calendar),
      because: { rule: duty.rule, saw: duty.saw },
      ...(duty.amountFen === undefined ? {} : { amountFen: duty.amountFen }),
      state: 'open',
    },
  };
}
