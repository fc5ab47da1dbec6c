import { personsBehind, type Actor } from './actor';
import { isWithinLimits, slotFor } from './authority';
import type { FactHead, FiledFact, Message, OrderFact, RefusalCode, Step } from './fact';
import type { Clock } from './ladder';
import { nextRung } from './ladder';
import { judgeMove, move } from './moves';
import { handedTo, sinceHandedOn, widened, wouldDoNothing } from './passing-on';
import { judgePause, pause, resume } from './pause';
import { asked, withoutQuestionsOf } from './questions';
import { sign, takeBack } from './signing';
import { calendarOf, type Timetable } from './team';
import { isYes, type Decision, type Task } from './task';
import { outcomesWithReason } from './terms';
import type { Instant, Role } from './vocabulary';

/**
 * What the dossiers of orders, shipments and collections have in common: open tasks, waits with their clocks, and the
 * ids of the messages that were heard. Everything here is a pure function over it.
 */
export interface Desk {
  /** Facts filed so far, applied or ignored. */
  readonly seq: number;
  /** Facts applied so far (S3). */
  readonly version: number;
  readonly tasks: readonly Task[];
  readonly waits: Readonly<Record<string, Wait>>;
  /** Ids of messages heard, so that each applies at most once (X2). */
  readonly heard: Readonly<Record<string, true>>;
}

/** A wait that is nobody's task but has a ladder: the deposit, the customer's signature, the seven days of silence. */
interface Wait {
  readonly name: string;
  /** Who holds the ball; empty: only time passes. */
  readonly roles: readonly Role[];
  readonly clock: Clock;
}

/** What came after a decision and cannot be undone, by the fact that tells of it (HT-5). */
export type Effect = OrderFact['kind'];

/** What the desk files itself, whichever workflow it belongs to. */
export const deskFacts = [
  'decisionMade',
  'decisionWithdrawn',
  'taskMoved',
  'taskPaused',
  'taskResumed',
  'taskOpened',
  'waitStarted',
  'waitEnded',
  'rungRang',
] as const;
type DeskFact = Extract<OrderFact, { kind: (typeof deskFacts)[number] }>;

export const isDeskFact = (fact: OrderFact): fact is DeskFact =>
  (deskFacts as readonly OrderFact['kind'][]).includes(fact.kind);

/** Whether a fact of the desk counts; undefined when it does. `effectAfter`: what keeps a decided task from being asked anew. */
export function judgeAtDesk<D extends Desk>(
  desk: D,
  fact: DeskFact,
  effectAfter: (desk: D, task: Task, signature: Decision) => Effect | undefined,
): RefusalCode | undefined {
  switch (fact.kind) {
    case 'decisionMade':
      return judgeDecision(taskOf(desk, fact.taskId), fact);
    case 'decisionWithdrawn':
      return judgeTakeBack(taskOf(desk, fact.taskId), fact, (task, signature) => effectAfter(desk, task, signature));
    case 'taskMoved':
      return judgeMove(taskOf(desk, fact.taskId), fact);
    case 'taskPaused':
    case 'taskResumed':
      return judgePause(taskOf(desk, fact.taskId), fact);
    case 'rungRang':
      return clockOf(desk, fact.of)?.rung === fact.rung ? undefined : 'not_yet';
    case 'waitEnded':
      return desk.waits[fact.wait] === undefined ? 'wrong_state' : undefined;
    case 'taskOpened':
    case 'waitStarted':
      return undefined;
  }
}

/** The desk after a fact that counts; working time is that of the task's team, or the company's. */
export function applyAtDesk<D extends Desk>(desk: D, fact: DeskFact, timetable: Timetable): D {
  switch (fact.kind) {
    case 'taskOpened':
      return { ...desk, tasks: [...desk.tasks, fact.task] };
    case 'waitStarted':
      return {
        ...desk,
        waits: { ...desk.waits, [fact.wait]: { name: fact.wait, roles: fact.roles, clock: fact.clock } },
      };
    case 'waitEnded':
      return withoutWait(desk, fact.wait);
    case 'rungRang':
      return ring(desk, fact);
    case 'decisionMade':
      return withTask(desk, { id: fact.taskId, at: fact.at }, (task) =>
        fact.outcome === 'ask' ? asked(task, decisionOf(fact)) : signedBy(task, fact),
      );
    case 'decisionWithdrawn':
      return withTask(desk, { id: fact.taskId, at: fact.at }, (task) =>
        askedAnew(takeBack(task, signedSlot(task, fact.by)?.no ?? 0), { before: task, at: fact.at, timetable }),
      );
    case 'taskMoved':
      return withTask(desk, { id: fact.taskId, at: fact.at }, (task) => move(task, fact));
    case 'taskPaused':
      return withTask(desk, { id: fact.taskId, at: fact.at }, (task) => pause(task, fact.at));
    case 'taskResumed':
      return withTask(desk, { id: fact.taskId, at: fact.at }, (task) =>
        resume(task, fact.at, calendarOf(timetable, task.team)),
      );
  }
}

/** A task after what a fact did to it; whoever has the next turn has it since then. */
function withTask<D extends Desk>(
  desk: D,
  { id, at }: { readonly id: string; readonly at: Instant },
  change: (task: Task) => Task,
): D {
  return {
    ...desk,
    tasks: desk.tasks.map((task) => (task.id === id ? sinceHandedOn(task, change(task), at) : task)),
  };
}

function signedBy(task: Task, fact: Extract<Message, { kind: 'decisionMade' }>): Task {
  const slot = slotFor(task, fact.by);
  if (typeof slot === 'string') return task;
  const decision = decisionOf(fact);
  return sign(withoutQuestionsOf(task, decision), slot.no, decision);
}

/** Ends every open task that `which` names: decided when there is a decision, else void. */
export function closeTasks<D extends Desk>(desk: D, which: (task: Task) => boolean, decision?: Decision): D {
  return {
    ...desk,
    tasks: desk.tasks.map((task) =>
      task.state === 'open' && which(task)
        ? decision === undefined
          ? { ...task, state: 'void' as const }
          : { ...task, state: 'decided' as const, decision }
        : task,
    ),
  };
}

/** A decision that another fact amounts to: the goods came, so the task to receive them is done. */
export const doneBy = (fact: FactHead): Decision => ({ outcome: 'done', by: fact.by, at: fact.at, factId: fact.id });

export function withoutWait<D extends Desk>(desk: D, name: string): D {
  const { [name]: _ended, ...waits } = desk.waits;
  return { ...desk, waits };
}

export const taskOf = (desk: Desk, id: string): Task | undefined => desk.tasks.find((task) => task.id === id);

export const openTasks = (desk: Desk): readonly Task[] => desk.tasks.filter((task) => task.state === 'open');

/** The next rung of anything on the desk: at what instant, of what. The earliest first; ties by name. */
export function nextAlarm(desk: Desk): { readonly at: Instant; readonly of: string } | undefined {
  let next: { at: Instant; of: string } | undefined;
  for (const [of, clock] of clocks(desk)) {
    const rung = nextRung(clock);
    if (rung !== undefined && (next === undefined || rung.at < next.at || (rung.at === next.at && of < next.of)))
      next = { at: rung.at, of };
  }
  return next;
}

/** The rung that is due at `now`, as the fact to note; undefined when none is. One at a time: the first may change the rest. */
export function dueRung(
  desk: Desk,
  now: Instant,
): Omit<Extract<Step, { kind: 'rungRang' }>, keyof FactHead> | undefined {
  const alarm = nextAlarm(desk);
  if (alarm === undefined || alarm.at > now) return undefined;
  const clock = clockOf(desk, alarm.of);
  const rung = clock && nextRung(clock);
  if (clock === undefined || rung === undefined) return undefined;
  return {
    kind: 'rungRang',
    of: alarm.of,
    rung: clock.rung,
    do: rung.do,
    to: rung.to,
    ...(rung.notice === undefined ? {} : { notice: rung.notice }),
    ...(isPassedOver(alarm.of, clock, now) || wouldDoNothing(taskOf(desk, alarm.of), rung)
      ? { passedOver: true as const }
      : {}),
  };
}

/** Who is dunned hears of the highest level that is due and of none below, however late it is looked at (DN-1). */
function isPassedOver(of: string, { rungs, rung }: Clock, now: Instant): boolean {
  const at = rungs[rung]?.at ?? now;
  return of === 'dunning' && rungs.some((higher) => at < higher.at && higher.at <= now);
}

/** The roles that hold the ball, without repeats, in a fixed order (S5); `of` says whose a task is. */
export function holders(desk: Desk, of: (task: Task) => readonly Role[]): readonly Role[] {
  const roles = new Set<Role>();
  for (const task of openTasks(desk)) for (const role of of(task)) roles.add(role);
  for (const wait of Object.values(desk.waits)) for (const role of wait.roles) roles.add(role);
  return [...roles].sort();
}

/** The earliest due time among open tasks. */
export function earliestDue(desk: Desk): Instant | null {
  const due = openTasks(desk)
    .map((task) => task.dueAt)
    .sort();
  return due[0] ?? null;
}

/** Who decided tasks of these kinds in this revision, or prepared the answer as a delegate: the persons behind, for four eyes (V3). */
export function decidersOf(
  desk: Desk,
  kinds: readonly string[],
  revision: number,
): readonly { userId: string; because: string }[] {
  return desk.tasks.flatMap((task) => {
    if (task.revision !== revision || !kinds.includes(task.kind) || task.state === 'void') return [];
    const said = task.slots.flatMap(({ signature, advice }) => [signature, advice]);
    const signatures = [task.decision, ...said];
    const persons = new Set(
      signatures.flatMap((signature) => (signature === undefined ? [] : personsBehind(signature.by))),
    );
    return [...persons].map((userId) => ({ userId, because: task.kind }));
  });
}

function judgeDecision(
  task: Task | undefined,
  fact: Extract<Message, { kind: 'decisionMade' }>,
): RefusalCode | undefined {
  if (task === undefined) return 'unknown_task';
  if (task.state !== 'open') return 'task_closed';
  if (!task.outcomes.includes(fact.outcome)) return 'outcome_not_offered';
  if (outcomesWithReason.includes(fact.outcome) && !fact.reasonCode) return 'reason_required';
  if (!isListed(task, fact)) return 'unknown_reason';
  const slot = slotFor(task, fact.by);
  if (typeof slot === 'string') return slot;
  if (!isYes(decisionOf(fact))) return undefined;
  return isWithinLimits(task, fact.by) ? judgeStatements(task, fact) : 'over_limit';
}

/** A yes says what it is asked to say; whether a date lies ahead is the order's to judge (RV-2). */
function judgeStatements(
  { signing: { asks = [] } }: Task,
  { materials, offeredOn }: Extract<Message, { kind: 'decisionMade' }>,
): RefusalCode | undefined {
  if (asks.includes('materials') && materials === undefined) return 'materials_required';
  return asks.includes('offeredOn') && offeredOn === undefined ? 'date_required' : undefined;
}

/** Where policy lists the reasons of a task, a return or a rejection names one of them (HT-4). */
const isListed = (
  { reasons }: Task,
  { outcome, reasonCode = '' }: Extract<Message, { kind: 'decisionMade' }>,
): boolean => reasons === undefined || !outcomesWithReason.includes(outcome) || reasons.includes(reasonCode);

/** Who signed may take it back while his task is open; a desk may allow more for what it has not acted upon (HT-5). */
function judgeTakeBack(
  task: Task | undefined,
  fact: Extract<Message, { kind: 'decisionWithdrawn' }>,
  effectAfter: (task: Task, signature: Decision) => Effect | undefined,
): RefusalCode | undefined {
  if (task === undefined) return 'unknown_task';
  const signature = signatureOf(task, fact.by);
  if (signature === undefined) return 'not_a_candidate';
  if (task.state === 'open') return undefined;
  return task.state === 'decided' && effectAfter(task, signature) === undefined ? undefined : 'too_late';
}

/** What somebody, or whom he acts for, has signed of a task. */
export const signatureOf = (task: Task, by: Actor): Decision | undefined => signedSlot(task, by)?.signature;

/** Whoever comes after him in turn has signed on what he signed (HT-5). */
export function laterTurnHasSigned(task: Task, by: Actor): boolean {
  const own = signedSlot(task, by);
  return own !== undefined && task.slots.some(({ turn, signature }) => turn > own.turn && signature !== undefined);
}

/** Asked anew, a task has as much time as it had when it was decided (HT-5, HT-8). */
function askedAnew(task: Task, { before, at, timetable }: { before: Task; at: Instant; timetable: Timetable }): Task {
  const { decision } = before;
  if (decision === undefined || before.pausedAt !== undefined) return task;
  return resume({ ...task, pausedAt: decision.at }, at, calendarOf(timetable, task.team));
}

/** The slot that the author of a fact, or whom he acts for, has signed. */
const signedSlot = (task: Task, by: Actor): Task['slots'][number] | undefined =>
  task.slots.find(
    ({ signature }) =>
      signature !== undefined && personsBehind(signature.by).some((userId) => personsBehind(by).includes(userId)),
  );

function decisionOf(fact: Extract<Message, { kind: 'decisionMade' }>): Decision {
  return {
    outcome: fact.outcome,
    by: fact.by,
    at: fact.at,
    factId: fact.id,
    ...(fact.reasonCode === undefined ? {} : { reasonCode: fact.reasonCode }),
    ...(fact.conditions === undefined ? {} : { conditions: fact.conditions }),
    ...(fact.amountFen === undefined ? {} : { amountFen: fact.amountFen }),
    ...(fact.happenedAt === undefined ? {} : { happenedAt: fact.happenedAt }),
    ...(fact.returnTo === undefined ? {} : { returnTo: fact.returnTo }),
    ...(fact.offeredOn === undefined ? {} : { offeredOn: fact.offeredOn }),
    ...(fact.materials === undefined ? {} : { materials: fact.materials }),
  };
}

function ring<D extends Desk>(desk: D, fact: Extract<Step, { kind: 'rungRang' }>): D {
  const wait = desk.waits[fact.of];
  if (wait !== undefined)
    return {
      ...desk,
      waits: { ...desk.waits, [fact.of]: { ...wait, clock: { ...wait.clock, rung: wait.clock.rung + 1 } } },
    };
  return withTask(desk, { id: fact.of, at: fact.at }, (task) => ({
    ...task,
    clock: { ...task.clock, rung: task.clock.rung + 1 },
    ...(fact.do === 'escalate' ? { slots: widened(task, fact.to) } : {}),
    ...(fact.do === 'take_over' ? { slots: handedTo(task, fact.to) } : {}),
  }));
}

function clockOf(desk: Desk, of: string): Clock | undefined {
  const task = taskOf(desk, of);
  if (task !== undefined) return task.state === 'open' && task.pausedAt === undefined ? task.clock : undefined;
  return desk.waits[of]?.clock;
}

function clocks(desk: Desk): readonly (readonly [string, Clock])[] {
  return [
    ...openTasks(desk).flatMap((task) => (task.pausedAt === undefined ? [[task.id, task.clock] as const] : [])),
    ...Object.values(desk.waits).map((wait) => [wait.name, wait.clock] as const),
  ];
}

/** Files a fact on a desk: applied when `judge` has nothing against it, else ignored with the reason (S1). */
export function fileAtDesk<D extends Desk>(
  desk: D,
  fact: OrderFact,
  rules: {
    readonly judge: (desk: D, fact: OrderFact) => RefusalCode | undefined;
    readonly apply: (desk: D, fact: OrderFact) => D;
  },
): { desk: D; filed: FiledFact } {
  const seq = desk.seq + 1;
  const because = wasHeard(desk, fact) ? 'duplicate' : rules.judge(desk, fact);
  const heard = isMessage(fact) ? { ...desk.heard, [fact.id]: true as const } : desk.heard;
  if (because !== undefined)
    return { desk: { ...desk, seq, heard }, filed: { seq, fact, standing: 'ignored', because } };
  const applied = rules.apply(desk, fact);
  return { desk: { ...applied, seq, version: desk.version + 1, heard }, filed: { seq, fact, standing: 'applied' } };
}

/** Senders choose ids: `constructor` is one like any other, so only own keys count. */
export const wasHeard = (desk: Desk, fact: FactHead): boolean => Object.hasOwn(desk.heard, fact.id);

/**
 * Remembers only the newest ids, so that what one run hands to the next stays small (W2). A message whose row has been
 * answered is never rung again (the inbox answers its repeats), so a repeat that comes is a recent one.
 */
export function forgetOldIds<D extends Desk>(desk: D): D {
  return { ...desk, heard: Object.fromEntries(Object.entries(desk.heard).slice(-idsRemembered)) };
}

/** About as many as one run hears; with the longest ids half of what a payload may carry. */
const idsRemembered = 200;

/** HG-4: a message may say that it happened earlier than it was entered, within what policy allows. */
export function judgeTime(fact: FactHead, backdatingSeconds: number): RefusalCode | undefined {
  if (fact.happenedAt === undefined) return undefined;
  const lead = Date.parse(fact.at) - Date.parse(fact.happenedAt);
  if (lead < -fiveMinutes) return 'in_the_future';
  return lead > backdatingSeconds * 1000 ? 'too_far_back' : undefined;
}

/** Clocks of senders differ a little; more than this is a mistake. */
const fiveMinutes = 5 * 60 * 1000;

/** Facts that came from outside the workflow carry an id that may come again; the process's own are `<workflow id>#<seq>`. */
export const isMessage = (fact: FactHead): boolean => !fact.id.includes('#');
