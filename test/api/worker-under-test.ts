import type { PayloadCodec } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import { createActivities } from '../../activities';
import { createPrismaClient } from '../../prisma/client';
import { createWorker } from '../../worker/create-worker';
import { testCodec } from '../harness/seal';
import { temporalAddress } from '../harness/temporal';
import { workflowBundle } from '../harness/workflow-bundle';
import type { ApiUnderTest } from './api-under-test';

/** A real worker for the orders of an API under test. */
export async function startWorker(
  { databaseUrl, taskQueue }: ApiUnderTest,
  { buildId, codec = testCodec }: { readonly buildId?: string; readonly codec?: PayloadCodec } = {},
): Promise<{ stop(): Promise<void> }> {
  const connection = await NativeConnection.connect({ address: temporalAddress() });
  const prisma = createPrismaClient(databaseUrl, { poolSize: 20 });
  const activities = createActivities({ prisma, log: { warn: () => undefined } });
  const worker = await createWorker({
    connection,
    namespace: 'default',
    activities,
    taskQueue,
    // A worker of a named build has workflows of its own kind; it bundles them itself.
    ...(buildId === undefined ? { workflowBundle: await workflowBundle() } : { buildId }),
    payloadCodecs: [codec],
  });
  const running = worker.run();
  return {
    stop: async () => {
      worker.shutdown();
      await running;
      await prisma.$disconnect();
      await connection.close();
    },
  };
}

/** Asks again until the answer is there: what a workflow does next is not awaited by anybody. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const until = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > until) throw new Error('it did not happen within twenty seconds');
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
