import {
  CancellationScope,
  condition,
  isCancellation,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Attributes } from '../domain/inside/attributes';
import { nextAlarm, dueRung, taskOf, wasHeard, type Desk } from '../domain/inside/desk';
import { toOpen, type Duty, type Opening, type StepBody } from '../domain/inside/duty';
import type { FiledFact, OrderFact } from '../domain/inside/fact';
import type { Filing } from '../domain/inside/filing';
import type { Posting } from '../domain/inside/posting';
import type { Instant } from '../domain/inside/vocabulary';
import type { Activities } from './activity-types';
import { effect, unreachable } from './effects';
import { dossierQuery, faultMended } from './messages';
import { heard } from './post';
import { attributesIn, changedAttributes, isWorthShowing } from './search-attributes';
import { firstBatch, type Unfiled } from './unfiled';

/**
 * One kind of workflow: how its dossier takes facts, what its dossier calls for, and how it is shown. The rest of this
 * file is the one way to wait and the one way to ask, for every kind.
 */
export interface Kind<D extends Desk> {
  readonly file: (desk: D, fact: OrderFact) => { desk: D; filed: FiledFact; postings?: readonly Posting[] };
  readonly duties: (desk: D) => readonly Duty[];
  readonly opening: (desk: D) => Omit<Opening, 'now'>;
  readonly standing: (desk: D) => Filing['standing'];
  /** Whose postings these are; an order may learn it only when it is completed (IN-5). */
  readonly customerOf: (desk: D) => string | null;
  readonly details: (desk: D) => string;
  /** What operators filter by; only the order has any. */
  readonly attributes?: (desk: D) => Attributes;
  /** Continues as new with this dossier, for what may grow long; only when everything is filed. */
  readonly goOn?: (desk: D) => Promise<never>;
  /** Why the story can no longer go on as it does; a wait then throws that turn instead of returning. */
  readonly turn?: (desk: D) => string | undefined;
}

/** A workflow under way: its dossier, and the facts that no activity has filed yet. */
export interface Run<D extends Desk> {
  readonly kind: Kind<D>;
  readonly orderNo: string;
  desk: D;
  unfiled: Unfiled[];
  attributes: Attributes;
  alarm: { at: Instant; rang: boolean; scope: CancellationScope } | undefined;
  mended: number;
  /** Signals that were not heard (X7). */
  dropped: number;
  /** The wait for an operator who mends a lasting fault; tried again every hour all the same. */
  readonly forAnHour: (met: () => boolean, summary: string) => Promise<boolean>;
}

/** The story has turned (revised, cancelled …) while a stage was waiting; caught only by the page. */
export class Turn extends Error {
  constructor(readonly to: string) {
    super(to);
    this.name = 'Turn';
  }
}

/** Sets a workflow up: its first fact opens the dossier and waits to be filed; without one it goes on where another run left off. */
export function begin<D extends Desk>(kind: Kind<D>, orderNo: string, desk: D, first?: OrderFact): Run<D> {
  const run: Run<D> = {
    kind,
    orderNo,
    desk,
    unfiled:
      first === undefined ? [] : [{ fact: { seq: 1, fact: first, standing: 'applied' }, postings: [], tasks: [] }],
    attributes: attributesIn(workflowInfo().typedSearchAttributes.getAll()),
    alarm: undefined,
    mended: 0,
    dropped: 0,
    forAnHour: (met, summary) => condition(met, '1h', { summary }),
  };
  setHandler(dossierQuery, () => run.desk);
  setHandler(
    faultMended,
    heard(run, isMended, () => void run.mended++),
  );
  return run;
}

const isMended = (told: unknown): told is 'mended' => told === 'mended';

/** Notes a fact: the reducer lets it count or files it as ignored. What was heard before is not filed again (X2). */
export function note<D extends Desk>(run: Run<D>, fact: OrderFact): void {
  if (wasHeard(run.desk, fact)) return;
  const before = run.desk;
  const { desk, filed, postings = [] } = run.kind.file(before, fact);
  run.desk = desk;
  const changed = desk.tasks.filter((task) => taskOf(before, task.id) !== task);
  run.unfiled.push({ fact: filed, postings, tasks: changed.map(({ id }) => id) });
}

/** Notes what the process itself did, at the workflow's own time. */
export function noteStep<D extends Desk>(run: Run<D>, step: StepBody): void {
  note(run, { ...step, ...head(run.desk.seq + 1) });
}

/** The head of a process's own fact: an id from the workflow's id and the sequence, the same at every replay. */
export function head(seq: number) {
  return { id: `${workflowInfo().workflowId}#${seq}`, at: now(), by: { kind: 'process' as const } };
}

/** The workflow's time, ISO. */
export const now = (): Instant => new Date().toISOString();

/**
 * Waits until the dossier says `met`: opens what is called for, rings what is due, files what is new. Everything that
 * can happen meanwhile (a message, a rung) is a fact; the predicate reads nothing else.
 * @throws Turn when the story turned meanwhile.
 */
export async function waitFor<D extends Desk>(run: Run<D>, met: (desk: D) => boolean): Promise<void> {
  for (;;) {
    ringWhatIsDue(run);
    openWhatIsCalledFor(run);
    const turn = run.kind.turn?.(run.desk);
    if (turn !== undefined) throw new Turn(turn);
    if (met(run.desk)) return;
    if (run.unfiled.length > 0) await fileNow(run);
    else if (run.kind.goOn !== undefined && historyIsLong()) await run.kind.goOn(run.desk);
    else await somethingToHappen(run);
  }
}

/**
 * Does something in the world; what is new is filed together with what it brings (design rule 13). A passing fault is
 * retried by Temporal; a lasting one opens an incident and waits for an operator, and whatever is new or heard meanwhile
 * is filed: an order never dies of it (design rule 12).
 */
export async function act<D extends Desk, Result>(
  run: Run<D>,
  what: keyof Activities,
  work: (activities: Activities) => Promise<Result>,
): Promise<Result> {
  return effect(run, what, work, { fileMeanwhile: () => fileNow(run) });
}

/**
 * Starts or signals another workflow. One that is there already is as good as started; one that somebody ended by hand
 * opens an incident, and the order waits for an operator: it never dies of it (design rule 12).
 */
export async function reach<D extends Desk>(run: Run<D>, what: string, work: () => Promise<unknown>): Promise<void> {
  const arrive = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!isAlreadyStarted(error)) throw error;
    }
  };
  await effect(run, what, arrive, { fileMeanwhile: () => fileNow(run), faultOf: unreachable });
}

/** By its name: the class itself is not among what workflows may import. */
const isAlreadyStarted = (error: unknown): boolean =>
  error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError';

/** Files what no activity has filed yet, and ends the alarm: the last thing a workflow does. */
export async function fileTheRest<D extends Desk>(run: Run<D>): Promise<void> {
  disarm(run);
  while (run.unfiled.length > 0) await fileNow(run);
}

/** Files what is new; in an order that heard hundreds of messages at once, as many facts as one payload may carry (W2). */
async function fileNow<D extends Desk>(run: Run<D>): Promise<void> {
  const { now: batch, later } = firstBatch(run.unfiled);
  const first = batch[0];
  if (first === undefined) return;
  const changed = new Set(batch.flatMap(({ tasks }) => tasks));
  const filing: Filing = {
    workflowId: workflowInfo().workflowId,
    orderNo: run.orderNo,
    customerId: run.kind.customerOf(run.desk),
    firstSeq: first.fact.seq,
    facts: batch.map(({ fact }) => fact),
    postings: batch.flatMap(({ postings }) => postings),
    tasks: run.desk.tasks.filter(({ id }) => changed.has(id)),
    standing: standingAfter(run, later),
  };
  run.unfiled = later;
  show(run);
  await effect(run, 'fileFacts', (activities) => activities.fileFacts(filing), { summary: summaryOf(filing.facts) });
}

/** How things stand, and how many facts counted so far: what a later batch files is not counted yet (S3). */
function standingAfter<D extends Desk>({ kind, desk }: Run<D>, later: readonly Unfiled[]): Filing['standing'] {
  const counted = later.filter(({ fact }) => fact.standing === 'applied').length;
  return { ...kind.standing(desk), version: desk.version - counted };
}

/** Well below what the server allows, and what wakes within a moment (W2). Messages that are queued are heard first. */
const longHistory = 1_500;
const historyIsLong = (): boolean =>
  workflowInfo().historyLength > longHistory || workflowInfo().continueAsNewSuggested;

const summaryOf = (facts: readonly FiledFact[]): string =>
  facts
    .map(({ fact, standing }) => (standing === 'applied' ? fact.kind : `${fact.kind} ignored`))
    .join(', ')
    .slice(0, 180);

/** What an operator sees in the Temporal UI: current details always, search attributes when they changed. */
function show<D extends Desk>(run: Run<D>): void {
  setCurrentDetails(run.kind.details(run.desk));
  const attributes = run.kind.attributes?.(run.desk);
  if (attributes === undefined) return;
  const changed = changedAttributes(run.attributes, attributes);
  if (!isWorthShowing(changed)) return;
  upsertSearchAttributes(changed);
  run.attributes = attributes;
}

/** In one workflow task messages count before timers: rungs ring only here, after every message was heard. */
function ringWhatIsDue<D extends Desk>(run: Run<D>): void {
  for (let rung = dueRung(run.desk, now()); rung !== undefined; rung = dueRung(run.desk, now())) noteStep(run, rung);
}

function openWhatIsCalledFor<D extends Desk>(run: Run<D>): void {
  for (const step of toOpen(run.desk, run.kind.duties(run.desk), { ...run.kind.opening(run.desk), now: now() }))
    noteStep(run, step);
}

/** One alarm for everything on the desk; a fact that leaves the next rung where it is, or not far behind, does not re-arm it. */
async function somethingToHappen<D extends Desk>(run: Run<D>): Promise<void> {
  const next = nextAlarm(run.desk);
  if (run.alarm !== undefined && (run.alarm.rang || !standsInFor(run.alarm, next))) disarm(run);
  if (next !== undefined && run.alarm === undefined) arm(run, next);
  // Dropped signals lengthen a history too, and wake nobody.
  const mustGoOn = (): boolean => run.kind.goOn !== undefined && historyIsLong();
  await condition(() => run.unfiled.length > 0 || run.alarm?.rang === true || mustGoOn());
}

/**
 * An alarm that rings before anything is due costs one look at the desk; arming anew costs events each time. It is kept
 * while it rings in the later half of the wait: people who answer in time have answered by then.
 */
function standsInFor(alarm: { readonly at: Instant }, next: { readonly at: Instant } | undefined): boolean {
  if (next === undefined || next.at < alarm.at) return false;
  const [rings, due] = [Date.parse(alarm.at), Date.parse(next.at)];
  return due - rings <= rings - Date.now();
}

function arm<D extends Desk>(run: Run<D>, next: { readonly at: Instant; readonly of: string }): void {
  const alarm = { at: next.at, rang: false, scope: new CancellationScope() };
  run.alarm = alarm;
  alarm.scope
    .run(() => sleep(Math.max(1, Date.parse(next.at) - Date.now()), { summary: `${next.of} at ${next.at}` }))
    .then(() => void (alarm.rang = true))
    .catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
}

function disarm<D extends Desk>(run: Run<D>): void {
  if (run.alarm !== undefined && !run.alarm.rang) run.alarm.scope.cancel();
  run.alarm = undefined;
}
