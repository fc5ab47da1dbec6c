import { ActivityFailure, ApplicationFailure, condition, proxyActivities, workflowInfo } from '@temporalio/workflow';
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
export function activitiesWith(summary: string): Activities {
  return proxyActivities<Activities>({ ...database, summary });
}

/** Runs an effect; a lasting fault becomes an incident, and the effect is tried again when an operator has mended it. */
export async function effect<Result>(
  run: { readonly orderNo: string; readonly mended: number },
  what: string,
  work: (activities: Activities) => Promise<Result>,
  { summary = what, beforeIncident }: { readonly summary?: string; readonly beforeIncident?: () => Promise<void> } = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(activitiesWith(summary));
    } catch (error) {
      if (!isLasting(error)) throw error;
      await beforeIncident?.();
      const { workflowId } = workflowInfo();
      await activitiesWith('open an incident').openIncident({
        key: `${workflowId}:${what}:${attempt}`,
        workflowId,
        orderNo: run.orderNo,
        kind: what,
        detail: typeOf(error),
      });
      const mended = run.mended;
      await condition(() => run.mended > mended, '1h', { summary: `${what} waits for an operator` });
    }
  }
}

/** A fault from the closed list of `domain/refusal.ts`: retrying alone will not cure it. */
const isLasting = (error: unknown): boolean =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.nonRetryable === true;

const typeOf = (error: unknown): string =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure
    ? (error.cause.type ?? 'unknown')
    : 'unknown';
