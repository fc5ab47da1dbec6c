import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from './activity-types';

/**
 * PostgreSQL calls: an attempt that takes ten seconds hangs (statement_timeout is shorter); retries go on for ever, at
 * most 10 s apart, so that orders move again soon after the database is back.
 */
const database = {
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' },
} as const;

/** Activities with the profile of what they touch and the line an operator reads beside them. */
function activitiesWith(summary: string): Activities {
  return proxyActivities<Activities>({ ...database, summary });
}

/** Runs an effect; a lasting fault becomes an incident, and the effect is tried again when an operator has mended it. */
export async function effect<Result>(
  run: Waiting,
  what: string,
  work: (activities: Activities) => Promise<Result>,
  { summary = what, fileMeanwhile, faultOf = lastingFault }: EffectOptions = {},
): Promise<Result> {
  const { seq } = run.desk;
  for (;;) {
    const { mended } = run;
    try {
      return await work(activitiesWith(summary));
    } catch (error) {
      const detail = faultOf(error);
      if (detail === undefined) throw error;
      await fileMeanwhile?.();
      // One incident until it is called mended; if the fault is there still, or again, that is another one.
      const key = `${workflowInfo().workflowId}:${what}:${seq}:${mended}`;
      await openIncident(run.orderNo, { key, kind: what, detail });
      await untilMended(run, { what, mended, ...(fileMeanwhile === undefined ? {} : { fileMeanwhile }) });
    }
  }
}

interface EffectOptions {
  readonly summary?: string;
  readonly fileMeanwhile?: () => Promise<void>;
  /** The name of a fault that retrying alone will not cure; undefined for any other error. */
  readonly faultOf?: (error: unknown) => string | undefined;
}

/** What an effect has to know of the run that it is for. */
interface Waiting {
  readonly orderNo: string;
  readonly desk: { readonly seq: number };
  readonly unfiled: readonly unknown[];
  readonly mended: number;
  /** True when `met`, false after an hour: the one wait that is not for a fact. */
  readonly forAnHour: (met: () => boolean, summary: string) => Promise<boolean>;
}

/** The incident itself may meet a lasting fault: then it is opened at the next try, and the order waits all the same. */
export async function openIncident(
  orderNo: string,
  incident: { readonly key: string; readonly kind: string; readonly detail: string },
): Promise<void> {
  const { workflowId } = workflowInfo();
  try {
    await activitiesWith('open an incident').openIncident({ ...incident, workflowId, orderNo });
  } catch (error) {
    if (lastingFault(error) === undefined) throw error;
  }
}

/** Until an operator says so, or an hour has been quiet; messages are filed as they come. */
async function untilMended(
  run: Waiting,
  { what, mended, fileMeanwhile }: { what: string; mended: number; fileMeanwhile?: () => Promise<void> },
): Promise<void> {
  const isSaid = (): boolean => fileMeanwhile !== undefined && run.unfiled.length > 0;
  const wait = () => run.forAnHour(() => run.mended > mended || isSaid(), `${what} waits for an operator`);
  while ((await wait()) && run.mended === mended) await fileMeanwhile?.();
}

/** A fault from the closed list of `domain/refusal.ts`. */
function lastingFault(error: unknown): string | undefined {
  if (!(error instanceof ActivityFailure) || !(error.cause instanceof ApplicationFailure)) return undefined;
  return error.cause.nonRetryable === true ? (error.cause.type ?? 'unknown') : undefined;
}

/** Another workflow that should be there and is not, or cannot be started: somebody ended it by hand. */
export function unreachable(error: unknown): string | undefined {
  if (isCancellation(error)) return undefined;
  return error instanceof Error ? `unreachable: ${error.name}` : 'unreachable';
}
