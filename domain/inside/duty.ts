import { decidersOf, openTasks, type Desk } from './desk';
import type { FactHead, Step } from './fact';
import { after, startClock, type Rung } from './ladder';
import { oneSlot, type Candidate, type Measures, type Task } from './task';
import type { DeskTerms, SigningTerms, TaskKind, TaskTerms } from './terms';
import { calendarOf, countsFrom } from './team';
import type { Fen, Instant, Role } from './vocabulary';
import type { Words } from './words';

/** Something that must be open on a desk: a task for people or a wait with a clock. */
export type Duty = TaskDuty | WaitDuty;

export interface TaskDuty {
  readonly what: 'task';
  readonly kind: TaskKind;
  readonly level?: number;
  /** What it is about, where several of the kind may be open. */
  readonly about?: string;
  /** The rule that calls for it and the facts it saw (HT-16). */
  readonly rule: string;
  readonly saw: Readonly<Record<string, string | number | boolean>>;
  readonly notes?: readonly Words[];
  /** Where policy names the role by amount; else the task's own roles. */
  readonly roles?: readonly Role[];
  readonly amountFen?: Fen;
  readonly measures?: Measures;
  /** Where it needs no statement beside a yes, whatever its row says. */
  readonly asksNothing?: true;
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
  /** Who decided what in approvals that a change left standing: four eyes count them too. */
  readonly deciders?: readonly { readonly userId: string; readonly because: TaskKind }[];
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
  return openTasks(desk).some(
    (task) => task.kind === duty.kind && task.level === duty.level && task.about === duty.about,
  );
}

function startWait(duty: WaitDuty, { terms, now }: Opening): StepBody {
  return {
    kind: 'waitStarted',
    wait: duty.name,
    roles: duty.roles,
    clock: startClock(duty.ladder, duty.from ?? now, terms.calendar),
  };
}

function openTask(desk: Desk, duty: TaskDuty, opening: Opening, serial: number): StepBody {
  const { of, revision, takers, deciders = [], terms, now } = opening;
  const row = terms.tasks[duty.kind];
  if (row === undefined) throw new Error(`The terms of ${of} have no row for ${duty.kind}`);
  const calendar = calendarOf(terms, row.team);
  const from = countsFrom(terms, row.team, now);
  const takersOut = row.notAlso.includes('taker')
    ? takers.map((userId) => ({ userId, because: 'took or last changed the order' }))
    : [];
  const kindsOut = [
    ...decidersOf(desk, row.notAlso, revision),
    ...deciders.filter(({ because }) => isAmong(row.notAlso, because)),
  ].map(({ userId, because }) => ({ userId, because: `decided ${because}` }));
  return {
    kind: 'taskOpened',
    task: {
      id: `${of}/${serial}`,
      kind: duty.kind,
      revision,
      ...(duty.level === undefined ? {} : { level: duty.level }),
      ...(duty.about === undefined ? {} : { about: duty.about }),
      ...slotsOf(row, duty, { terms, takers }),
      fallback: row.fallback,
      excluded: [...takersOut, ...kindsOut, ...(duty.excluded ?? [])],
      outcomes: row.outcomes,
      ...(row.reasons === undefined ? {} : { reasons: row.reasons }),
      openedAt: now,
      dueAt: after(from, row.due, calendar),
      ...(row.due.kind === 'elapsed' ? {} : { dueInWorkingTime: true as const }),
      ...(row.pausable === true ? { pausable: true as const } : {}),
      clock: startClock(row.ladder, from, calendar),
      ...(row.team === undefined ? {} : { team: row.team }),
      because: { rule: duty.rule, saw: duty.saw, ...(duty.notes === undefined ? {} : { notes: duty.notes }) },
      ...(duty.amountFen === undefined ? {} : { amountFen: duty.amountFen }),
      ...(duty.measures === undefined ? {} : { measures: duty.measures }),
      state: 'open',
    },
  };
}

/** Policy's slots: one for any candidate, or one per signer (HT-3). Roles chosen by amount are the duty's own. */
function slotsOf(
  row: TaskTerms,
  duty: TaskDuty,
  { terms, takers }: Pick<Opening, 'terms' | 'takers'>,
): Pick<Task, 'slots' | 'signing'> {
  const { signing } = row;
  const statements = row.asks === undefined || duty.asksNothing ? {} : { asks: row.asks };
  if (signing === undefined) {
    const one = oneSlot(candidatesOf(row, duty, { terms, takers }));
    return { ...one, signing: { ...one.signing, ...statements } };
  }
  // Kept out by policy as the taker, the salesperson's turn passes on at once (IN-9, V3).
  const isPassed = (names: SigningTerms['slots'][number]): boolean =>
    signing.onRejection === 'passes_on' &&
    row.notAlso.includes('taker') &&
    takers.includes(terms.salespersonId) &&
    names.every((name) => name === 'salesperson');
  return {
    slots: signing.slots.map((names, index) => ({
      no: index + 1,
      turn: signing.inSequence ? index + 1 : 1,
      candidates: names.map((name) => (name === 'salesperson' ? { user: terms.salespersonId } : { role: name })),
      state: isPassed(names) ? 'removed' : 'open',
    })),
    signing: { needed: signing.needed, onRejection: signing.onRejection, ...statements },
  };
}

function candidatesOf(
  { roles, alsoSalesperson, superior }: TaskTerms,
  duty: TaskDuty,
  { terms, takers }: Pick<Opening, 'terms' | 'takers'>,
): readonly Candidate[] {
  const below = superior?.of === 'taker' ? takers[0] : terms.salespersonId;
  return [
    ...(duty.roles ?? roles).map((role) => ({ role })),
    ...(alsoSalesperson ? [{ user: terms.salespersonId }] : []),
    ...(superior === undefined || below === undefined
      ? []
      : [{ superiorOf: below, ...(superior.until === undefined ? {} : { until: superior.until }) }]),
  ];
}

const isAmong = (notAlso: TaskTerms['notAlso'], kind: TaskKind): boolean => notAlso.includes(kind);
