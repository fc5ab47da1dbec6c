import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  ParentClosePolicy,
  proxyActivities,
  proxyLocalActivities,
  proxySinks,
  setCurrentDetails,
  sleep,
  startChild,
  TemporalFailure,
  upsertSearchAttributes,
  workflowInfo,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import type { Attributes } from '../domain/inside/order-attributes';
import type { Answered, Whom } from '../domain/inside/kernel/effect';
import type { Fact } from '../domain/inside/kernel/fact';
import { fits, instant, own, whole } from '../domain/inside/kernel/shape';
import type { Instant } from '../domain/inside/kernel/vocabulary';
import { attributesIn, changedAttributes, isWorthShowing } from './search-attributes';
import type { FilingSinks } from './activity-types';
import type { Post } from './post';
import type { Child, Incident, Outcome, Patience, Timer, World } from './world';

/** Every activity answers with the instant at which it ended; `activities/answered.ts` sees to that. */
type Activities = Record<string, (request: unknown) => Promise<unknown>>;

/** The world as Temporal gives it: the only file that waits, and that asks for activities, timers, children and signals. */
export function temporalWorld(post: Post, input: unknown): World {
  const { workflowId } = workflowInfo();
  const epochBefore = fits(handedOn, input) ? input.epoch : 0;
  let shownAttributes = attributesIn(workflowInfo().typedSearchAttributes.getAll());
  return {
    workflowId,
    now: () => new Date().toISOString(),
    wait: (met) => condition(met),
    timer,
    perform: ({ call, request, summary }, patience) => perform(call, request, { summary, patience }),
    start: (child) => reached(() => start(child, post)),
    tell: (whom, fact) => reached(() => tell(whom, fact, post)),
    file,
    run: () => ({ run: workflowInfo().runId, epoch: epochBefore + workflowInfo().historyLength }),
    openIncident: (incident) => openIncident(incident, workflowId),
    show: ({ details, attributes }) => {
      setCurrentDetails(details);
      shownAttributes = showAttributes(shownAttributes, attributes);
    },
    historyIsLong,
    continueAsNew: (soFar) =>
      continueAsNew<(input: unknown) => Promise<unknown>>({
        no: numberIn(soFar),
        soFar,
        epoch: epochBefore + workflowInfo().historyLength,
      }),
  };
}

/** What a run that is continued as new is told beside its dossier. */
const handedOn = { epoch: whole(0, Number.MAX_SAFE_INTEGER) } as const;

const numberIn = (dossier: unknown): unknown =>
  typeof dossier === 'object' && dossier !== null && 'no' in dossier ? dossier.no : undefined;

/** Well below what the server allows; a history of this length is still read within a moment (W2). */
const longHistory = 1_500;
const historyIsLong = (): boolean =>
  workflowInfo().historyLength > longHistory || workflowInfo().continueAsNewSuggested;

/**
 * PostgreSQL calls: an attempt that takes ten seconds hangs (statement_timeout is shorter). Retries go on for ever, at most
 * ten seconds apart, so that orders move again soon after the database is back; for the first ten seconds of an effect they
 * end with them.
 */
const database = {
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' },
} as const;

async function perform(
  call: string,
  request: unknown,
  { summary, patience }: { readonly summary: string; readonly patience: Patience },
): Promise<Outcome> {
  const limit = patience === 'ten_seconds' ? { scheduleToCloseTimeout: '10s' as const } : {};
  const activity = proxyActivities<Activities>({ ...database, ...limit, summary })[call];
  if (activity === undefined) return { is: 'broken', fault: 'no_such_activity' };
  try {
    const answered = await activity(request);
    return isAnswered(answered) ? { is: 'done', answered } : { is: 'broken', fault: 'answer_not_ours' };
  } catch (error) {
    const fault = lastingFault(error);
    if (fault !== undefined) return { is: 'broken', fault };
    if (patience === 'ten_seconds' && error instanceof ActivityFailure && !isCancellation(error)) return { is: 'away' };
    throw error;
  }
}

const { filings } = proxySinks<FilingSinks>();

async function file(filing: unknown, summary: string, patience: Patience | 'at_once'): Promise<Outcome> {
  const outcome =
    patience === 'at_once'
      ? await fileAtOnce(filing, summary)
      : await perform('fileFacts', filing, { summary, patience });
  if (outcome.is === 'done' && workflowInfo().unsafe.isReplaying) filings.filed(filing);
  return outcome;
}

/** In the workflow task itself: that costs next to nothing, and whoever waits hears at once. Two tries, for no longer than the task lasts. */
const twice = { startToCloseTimeout: '2s', retry: { initialInterval: '100ms', maximumAttempts: 2 } } as const;

/** What it could not do, the ordinary activity does: it also says what is wrong. */
async function fileAtOnce(filing: unknown, summary: string): Promise<Outcome> {
  try {
    await proxyLocalActivities<Activities>({ ...twice, summary })['fileFacts']?.(filing);
    return { is: 'done' };
  } catch (error) {
    // A local activity may throw its own failure, not an `ActivityFailure` around it.
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    return { is: 'away' };
  }
}

const answerShape = { at: instant, answer: { ...own<unknown>(), mayLack: true } } as const;
const isAnswered = (value: unknown): value is Answered<unknown> => fits(answerShape, value);

/** A fault from the closed list of `domain/outside/filing/lasting-faults.ts`: retrying changes nothing. */
function lastingFault(error: unknown): string | undefined {
  if (!(error instanceof ActivityFailure) || !(error.cause instanceof ApplicationFailure)) return undefined;
  return error.cause.nonRetryable === true ? (error.cause.type ?? 'unknown') : undefined;
}

/** The incident itself may meet a lasting fault: the log has it then, and the run goes on. */
async function openIncident({ key, orderNo, kind, detail }: Incident, workflowId: string): Promise<void> {
  const request = { key, workflowId, orderNo, kind, detail };
  const outcome = await perform('openIncident', request, {
    summary: `open an incident: ${kind}`.slice(0, 180),
    patience: 'as_long_as_it_takes',
  });
  if (outcome.is === 'broken') log.warn('An incident could not be opened', { key, kind, fault: outcome.fault });
}

async function start({ process, no, first, summary }: Child, post: Post): Promise<void> {
  await startChild(process, {
    workflowId: post.workflowIdOf({ of: process, no }),
    args: [{ no, first }],
    // It goes on by itself: its parent may end, or continue as new, and hears by signal.
    parentClosePolicy: ParentClosePolicy.ABANDON,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
    staticSummary: summary,
  });
}

async function tell(whom: Whom, fact: Fact, post: Post): Promise<void> {
  const workflowId = post.workflowIdOf(whom);
  await getExternalWorkflowHandle(workflowId).signal(fact.kind, post.letterTo(workflowId, fact));
}

/** A child that is started already counts as started. One that should be there and is not was ended by hand: a lasting fault. */
async function reached(work: () => Promise<void>): Promise<Outcome> {
  try {
    await work();
    return { is: 'done' };
  } catch (error) {
    if (isCancellation(error) || !(error instanceof Error)) throw error;
    // By its name: the class itself is not among what workflows may import.
    if (error.name === 'WorkflowExecutionAlreadyStartedError') return { is: 'done' };
    return { is: 'broken', fault: `unreachable: ${error.name}` };
  }
}

function timer(at: Instant, summary: string): Timer {
  let rang = false;
  const scope = new CancellationScope();
  const lasts = Math.max(1, Date.parse(at) - Date.now());
  const ring = async (): Promise<void> => {
    try {
      await scope.run(() => sleep(lasts, { summary: summary.slice(0, 180) }));
      rang = true;
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
  };
  void ring();
  return {
    at,
    rang: () => rang,
    stop: () => {
      if (!rang) scope.cancel();
    },
  };
}

function showAttributes(before: Attributes, attributes: Attributes | undefined): Attributes {
  if (attributes === undefined) return before;
  const changed = changedAttributes(before, attributes);
  if (!isWorthShowing(changed)) return before;
  upsertSearchAttributes(changed);
  return attributes;
}
