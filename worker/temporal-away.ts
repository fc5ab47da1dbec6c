import { type Client, isGrpcServiceError, ServiceError } from '@temporalio/client';

/** Whether Temporal as a whole is away or lets nobody in, as opposed to having refused this one call. */
export async function concernsAll(client: Client, error: unknown): Promise<boolean> {
  const status = statusOf(error);
  // A busy workflow lets calls time out as a Temporal that is away does: one question tells them apart.
  return (status !== undefined && closedToAll.has(status)) || !(await answers(client));
}

/** Whether the same call would be refused again: Temporal has judged it, or it could not even be sent. */
export function isLasting(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || !passing.has(status);
}

/** gRPC's numbers: 7 permission denied, 16 unauthenticated. */
const closedToAll = new Set([7, 16]);
/** 1 cancelled, 2 unknown, 4 deadline exceeded, 8 resource exhausted (a busy workflow), 10 aborted, 13 internal, 14 unavailable. */
const passing = new Set([1, 2, 4, 8, 10, 13, 14]);

function statusOf(error: unknown): number | undefined {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) ? cause.code : undefined;
}

async function answers(client: Client): Promise<boolean> {
  return client.connection
    .withDeadline(Date.now() + 1_000, () => client.workflowService.getSystemInfo({}))
    .then(
      () => true,
      () => false,
    );
}
