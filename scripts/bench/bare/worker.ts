import { Context } from '@temporalio/activity';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createWorker } from '../../../worker/create-worker';
import type { AnsweredActivities } from '../../../workflows/activity-types';
import { type Nothing, type Told, bareQueue } from './plan';

const nothing: Nothing = async ({ step, isLast }) => {
  const { workflowId = '' } = Context.current().info.workflowExecution ?? {};
  if (isLast) process.send?.({ workflowId, step } satisfies Told);
};

/** The bare workflow's worker: a process of its own, with the settings of the product's and other things to do. */
async function main(): Promise<void> {
  const logger = new DefaultLogger('WARN');
  Runtime.install({ logger });
  const connection = await NativeConnection.connect({ address: process.argv[2] ?? '' });
  const worker = await createWorker({
    connection,
    namespace: 'default',
    taskQueue: bareQueue,
    activities: { nothing } as unknown as AnsweredActivities,
    // Bare: nothing of it is sealed.
    payloadCodecs: [],
    workflowBundle: await bundleWorkflowCode({ workflowsPath: require.resolve('./workflow'), logger }),
  });
  // Whoever ends the driver by a signal ends this process, too, and then the driver goes.
  process.on('disconnect', () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
  });
  process.send?.('ready');
  await worker.run();
  await connection.close();
}

void main();
