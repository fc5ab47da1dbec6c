import type { Body } from '../fact';
import { after, startClock, type Rung } from '../ladder';
import { remembered } from '../remembered';
import type { Evidence, Fen, Instant, Role, Words } from '../vocabulary';
import type { worklistFacts } from './facts';
import { eachOnce, oneSlot, type Candidate, type Decision, type Measures, type Task } from './task';
import { calendarOf, countsFrom } from './team';
import type { SigningTerms, TaskTerms, WorklistTerms } from './terms';
import { decidersOf, type Worklist } from './worklist';

/**
 * Something that must be open now: a task for people, or a clock. An organ says what is called for; the kernel opens what is
 * missing, and closes what nobody calls for any more (S5).
 */
export type Requirement<Kind extends string = string> = TaskRequirement<Kind> | ClockRequirement;

export interface TaskRequirement<Kind extends string = string> {
  readonly what: 'task';
  readonly kind: Kind;
  /** The review level, for reviews. */
  readonly level?: number;
  /** What it is about, where several of the kind may be open. */
  readonly about?: string;
  /** The state of things that is asked about: where it changes the question is another, and is asked anew. */
  readonly boundTo?: string;
  /** The rule that calls for it and the facts it saw (HT-16). */
  readonly rule: string;
  readonly evidence: Evidence;
  readonly notes?: readonly Words[];
  /** Where policy names the role by amount; else the task's own roles. */
  readonly roles?: readonly Role[];
  readonly amountFen?: Fen;
  readonly measures?: Measures;
  /** Where it needs no statement beside a yes, whatever its row says. */
  readonly statesNothing?: true;
  readonly excluded?: readonly { readonly userId: string; readonly because: string }[];
  /** Kinds of facts that answer it by themselves. */
  readonly doneBy?: readonly string[];
}

interface ClockRequirement {
  readonly what: 'clock';
  readonly name: string;
  readonly boundTo?: string;
  readonly roles: readonly Role[];
  readonly ladder: readonly Rung[];
  /** Where the clock starts, when not now. */
  readonly from?: Instant;
  /** Why it runs, and on which facts (HT-16). */
  readonly rule: string;
  readonly evidence: Evidence;
}

/** Whose revision, whose takers, which terms: what opening a requirement needs to know besides the worklist. */
export interface Opening {
  readonly revision: number;
  readonly takers: readonly string[];
  /** Who decided what in approvals that a change left standing: four eyes count them too. */
  readonly deciders?: readonly { readonly userId: string; readonly because: string }[];
  readonly terms: WorklistTerms;
  /** Whether what was decided of this revision still counts: a level that was asked anew is answered by whoever answers it now. */
  readonly stillCounts?: (task: Task, decision: Decision) => boolean;
}

type Opens = Extract<Body<typeof worklistFacts>, { kind: 'taskOpened' | 'clockStarted' }>;

/** Requirements that are not open yet, as the facts that open them at `now`. */
export function missing(
  worklist: Worklist,
  required: readonly (readonly Requirement[])[],
  { of, opening, now }: { readonly of: string; readonly opening: Opening; readonly now: Instant },
): readonly Opens[] {
  let serial = worklist.tasks.length;
  const openAbout = openTasksByAbout(worklist.tasks);
  return required.flatMap((list) =>
    list
      .filter((one) => !isOpen(worklist, openAbout, one))
      .map((one) =>
        one.what === 'clock'
          ? startOf(one, opening, now)
          : openingTask(worklist, one, { opening, now, id: `${of}/${++serial}` }),
      ),
  );
}

/** Whether an open task is the one that is called for. */
export const answersTo = (task: Task, one: Requirement): boolean =>
  one.what === 'task' &&
  task.state === 'open' &&
  task.kind === one.kind &&
  task.about === one.about &&
  task.boundTo === one.boundTo &&
  (one.boundTo !== undefined || task.level === one.level);

/** Open tasks by what they are about. */
const openTasksByAbout = remembered((tasks: readonly Task[]): ReadonlyMap<string | undefined, readonly Task[]> => {
  const byAbout = new Map<string | undefined, Task[]>();
  for (const task of tasks) {
    if (task.state !== 'open') continue;
    const others = byAbout.get(task.about);
    if (others === undefined) byAbout.set(task.about, [task]);
    else others.push(task);
  }
  return byAbout;
});

function isOpen(
  { clocks }: Worklist,
  openAbout: ReadonlyMap<string | undefined, readonly Task[]>,
  one: Requirement,
): boolean {
  if (one.what === 'task') return openAbout.get(one.about)?.some((task) => answersTo(task, one)) === true;
  return Object.hasOwn(clocks, one.name) && clocks[one.name]?.boundTo === one.boundTo;
}

const startOf = (
  { name, boundTo, roles, ladder, from }: ClockRequirement,
  { terms }: Opening,
  now: Instant,
): Opens => ({
  kind: 'clockStarted',
  name,
  ...(boundTo === undefined ? {} : { boundTo }),
  roles,
  clock: startClock(ladder, from ?? now, terms.calendar),
});

function openingTask(
  worklist: Worklist,
  one: TaskRequirement,
  { opening, now, id }: { readonly opening: Opening; readonly now: Instant; readonly id: string },
): Opens {
  const { revision, terms } = opening;
  const row = rowOf(terms, one.kind);
  const calendar = calendarOf(terms, row.team);
  const from = countsFrom(terms, row.team, now);
  const { level, about, boundTo, notes, amountFen, measures, doneBy } = one;
  return {
    kind: 'taskOpened',
    task: {
      id,
      kind: one.kind,
      revision,
      ...(level === undefined ? {} : { level }),
      ...(about === undefined ? {} : { about }),
      ...(boundTo === undefined ? {} : { boundTo }),
      ...(doneBy === undefined ? {} : { doneBy }),
      ...slotsOf(row, one, opening),
      fallback: row.fallback,
      excluded: excludedFrom(worklist, row, one, opening),
      outcomes: row.outcomes,
      ...(row.reasons === undefined ? {} : { reasons: row.reasons }),
      openedAt: now,
      dueAt: after(from, row.due, calendar),
      ...(row.due.kind === 'elapsed' ? {} : { dueInWorkingTime: true as const }),
      ...(row.pausable === true ? { pausable: true as const } : {}),
      clock: startClock(row.ladder, from, calendar),
      ...(row.team === undefined ? {} : { team: row.team }),
      because: { rule: one.rule, evidence: one.evidence, ...(notes === undefined ? {} : { notes }) },
      ...(amountFen === undefined ? {} : { amountFen }),
      ...(measures === undefined ? {} : { measures }),
      state: 'open',
    },
  };
}

/** Policy's row for a kind of task; the process was not handed what it needs where there is none. */
export function rowOf({ tasks }: WorklistTerms, kind: string): TaskTerms {
  const row = Object.hasOwn(tasks, kind) ? tasks[kind] : undefined;
  if (row === undefined) throw new Error(`The terms have no row for ${kind}`);
  return row;
}

/**
 * Whom four eyes keep out from the start: takers, who decided what policy names beside it, and whom the requirement names (V3).
 * The worklist knows everybody who signed or advised in this revision; approvals also know whom a change kept from an earlier one,
 * and who passes for a level that was skipped. Most approvals are known to both, so each is named once.
 */
function excludedFrom(
  worklist: Worklist,
  row: TaskTerms,
  one: TaskRequirement,
  { revision, takers, deciders = [] }: Opening,
): Task['excluded'] {
  const takersOut = row.separateFrom.includes('taker')
    ? takers.map((userId) => ({ userId, because: 'took or last changed the order' }))
    : [];
  const kindsOut = [
    ...decidersOf(worklist, row.separateFrom, revision),
    ...deciders.filter(({ because }) => row.separateFrom.includes(because)),
  ].map(({ userId, because }) => ({ userId, because: `decided ${because}` }));
  return eachOnce([...takersOut, ...kindsOut, ...(one.excluded ?? [])]);
}

/** Policy's slots: one for any candidate, or one per signer (HT-3). Roles chosen by amount are the requirement's own. */
function slotsOf(row: TaskTerms, one: TaskRequirement, opening: Opening): Pick<Task, 'slots' | 'signing'> {
  const { signing, mustState } = row;
  const stated = mustState === undefined || one.statesNothing ? {} : { mustState };
  if (signing === undefined) {
    const single = oneSlot(candidatesOf(row, one, opening));
    return { ...single, signing: { ...single.signing, ...stated } };
  }
  return {
    slots: signing.slots.map((names, index) => ({
      no: index + 1,
      turn: signing.inSequence ? index + 1 : 1,
      candidates: names.map((name) =>
        name === 'salesperson' ? { user: opening.terms.salespersonId } : { role: name },
      ),
      state: isPassed(names, row, opening) ? ('removed' as const) : ('open' as const),
    })),
    signing: { needed: signing.needed, onRejection: signing.onRejection, ...stated },
  };
}

/** Kept out by policy as the taker, the salesperson's turn passes on at once (IN-9, V3). */
const isPassed = (
  names: SigningTerms['slots'][number],
  { signing, separateFrom }: TaskTerms,
  { takers, terms }: Opening,
): boolean =>
  signing?.onRejection === 'passes_on' &&
  separateFrom.includes('taker') &&
  takers.includes(terms.salespersonId) &&
  names.every((name) => name === 'salesperson');

function candidatesOf(
  { roles, alsoSalesperson, superior }: TaskTerms,
  one: TaskRequirement,
  { terms, takers }: Opening,
): readonly Candidate[] {
  const below = superior?.of === 'taker' ? takers[0] : terms.salespersonId;
  return [
    ...(one.roles ?? roles).map((role) => ({ role })),
    ...(alsoSalesperson ? [{ user: terms.salespersonId }] : []),
    ...(superior === undefined || below === undefined
      ? []
      : [{ superiorOf: below, ...(superior.until === undefined ? {} : { until: superior.until }) }]),
  ];
}
