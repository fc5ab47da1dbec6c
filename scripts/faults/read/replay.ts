import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { Recorded } from './histories';

/** Says only what is wrong: that a replay begins and ends is no news. */
const logger = new DefaultLogger('ERROR');

let installed = false;
function quietly(): void {
  if (!installed) Runtime.install({ logger });
  installed = true;
}

type ReplayedHistory = Pick<Recorded, 'workflowId' | 'history'>;

/** Replays histories with the workflows of this source; answers what went wrong, by workflow id (W1). */
export async function replayFailures(recorded: readonly ReplayedHistory[]): Promise<ReadonlyMap<string, string>> {
  quietly();
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: require.resolve('../../../workflows/index'),
    logger,
  });
  const failures = new Map<string, string>();
  const histories = recorded.map(({ workflowId, history }) => ({ workflowId, history }));
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories))
    if (error !== undefined) failures.set(workflowId, error.message);
  return failures;
}
