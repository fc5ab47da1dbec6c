import type { Base } from './dossier';
import type { Clock, RungAction } from './ladder';
import type { Evidence, Instant, Role, Words } from './vocabulary';
import { wouldDoNothing } from './worklist/escalation';
import { questionsOf, type ShownQuestion } from './worklist/questions';
import type { Requirement } from './worklist/requirement';
import { responsibleRoles } from './worklist/responsible';
import { neededOf, type ShownSignature, signedOf } from './worklist/shown-signatures';
import { rolesOf, superiorKey, superiorsAsked, type Task, usersOf } from './worklist/task';
import type { WorklistTerms } from './worklist/terms';
import { openTasks, type RunningClock } from './worklist/worklist';

/** One thing that is open on a worklist, as people read it (EX-1): a task, or a clock that runs. */
export interface Waiting {
  readonly what: string;
  readonly taskId: string | null;
  /** What it is about, where there may be several of the kind. */
  readonly about: string | null;
  /** The roles that answer for it, also where one person holds it (RV-8). */
  readonly responsible: readonly Role[];
  /** The roles that may act. */
  readonly roles: readonly Role[];
  /** Who may act by name. */
  readonly users: readonly string[];
  /** Whose superiors may act: `li`, or `li>sales_director` (HT-1). */
  readonly superiors: readonly string[];
  /** Roles that may act while nobody is there whom it asks (HT-2). */
  readonly fallback: readonly Role[];
  /** Who has signed, and how many have to approve; null of a clock (HT-3). */
  readonly signed: readonly ShownSignature[];
  readonly needed: number | null;
  /** What was asked of it, by whom and when; the words are in the inbox, by the message's id (RV-6). */
  readonly questions: readonly ShownQuestion[];
  readonly notAllowed: readonly { readonly userId: string; readonly because: string }[];
  /** Since when whose turn it is has it. */
  readonly since: Instant;
  readonly dueAt: Instant | null;
  /** Since when its clock stands, because the customer is waited for: then nothing is due and nothing rings (HT-8). */
  readonly pausedAt: Instant | null;
  readonly rule: string | null;
  /** What policy notes to the rule, in both languages. */
  readonly ruleNotes: readonly Words[];
  readonly evidence: Evidence;
  /** What the clock does next, soonest first. */
  readonly next: readonly { readonly at: Instant; readonly do: RungAction; readonly to: readonly Role[] }[];
}

/** What is open of a process, each with its rule and what that saw: what the clock does next comes first. */
export function waitingOf(
  { worklist }: Base,
  { required, terms }: { readonly required: readonly Requirement[]; readonly terms: WorklistTerms },
): readonly Waiting[] {
  const waiting = [
    ...openTasks(worklist).map((task) => waitingTask(task, terms)),
    ...Object.values(worklist.clocks).map((clock) => waitingClock(clock, required)),
  ];
  const soonest = ({ next }: Waiting): Instant => next[0]?.at ?? '9999';
  return waiting.toSorted((one, other) => (soonest(one) < soonest(other) ? -1 : soonest(one) > soonest(other) ? 1 : 0));
}

const waitingTask = (task: Task, terms: WorklistTerms): Waiting => ({
  what: task.kind,
  taskId: task.id,
  about: task.about ?? null,
  responsible: responsibleRoles(task, terms),
  roles: rolesOf(task),
  users: usersOf(task),
  superiors: superiorsAsked(task).map(superiorKey),
  fallback: task.fallback,
  signed: signedOf(task),
  needed: neededOf(task),
  questions: questionsOf(task),
  notAllowed: task.excluded,
  since: task.heldSince ?? task.openedAt,
  dueAt: task.pausedAt === undefined ? task.dueAt : null,
  pausedAt: task.pausedAt ?? null,
  rule: task.because.rule,
  ruleNotes: task.because.notes ?? [],
  evidence: task.because.evidence,
  next: task.pausedAt === undefined ? ahead(task.clock, task) : [],
});

function waitingClock({ name, roles, clock }: RunningClock, required: readonly Requirement[]): Waiting {
  const why = required.find((one) => one.what === 'clock' && one.name === name);
  return {
    what: name,
    taskId: null,
    about: null,
    responsible: roles,
    roles,
    users: [],
    superiors: [],
    fallback: [],
    signed: [],
    needed: null,
    questions: [],
    notAllowed: [],
    since: clock.startedAt,
    dueAt: null,
    pausedAt: null,
    rule: why?.rule ?? null,
    ruleNotes: [],
    evidence: why?.evidence ?? {},
    next: ahead(clock),
  };
}

/** Without the rungs that would do nothing any more: what was passed on by hand is not passed on by time (IN-9). */
const ahead = (clock: Clock, task?: Task): Waiting['next'] =>
  clock.rungs
    .slice(clock.rung)
    .filter((rung) => !wouldDoNothing(task, rung))
    .map(({ at, do: action, to }) => ({ at, do: action, to }));
