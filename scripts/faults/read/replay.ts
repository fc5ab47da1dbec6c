import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { PayloadCodec } from '@temporalio/common';
import type { Recorded } from './histories';

/** Says only what is wrong: that a replay begins and ends is no news. */
const logger = new DefaultLogger('ERROR');

/** Bundling takes seconds: once per process. */
let bundle: Promise<WorkflowBundle> | undefined;

let installed = false;
function quietly(): void {
  if (!installed) Runtime.install({ logger });
  installed = true;
}

type Replayed = Pick<Recorded, 'workflowId' | 'histories'>;

/** Replays histories with the workflows of this source; answers what went wrong, by workflow id (W1). */
export async function replayFailures(
  recorded: readonly Replayed[],
  codec: PayloadCodec,
): Promise<ReadonlyMap<string, string>> {
  quietly();
  const workflowBundle = await (bundle ??= bundleWorkflowCode({
    workflowsPath: require.resolve('../../../workflows/index'),
    logger,
  }));
  const failures = new Map<string, string>();
  const histories = recorded.flatMap((each) =>
    each.histories.map((history) => ({ workflowId: each.workflowId, history })),
  );
  const options = { workflowBundle, dataConverter: { payloadCodecs: [codec] } };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories))
    if (error !== undefined) failures.set(workflowId, error.message);
  return failures;
}
