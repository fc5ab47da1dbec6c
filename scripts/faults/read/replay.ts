import type { PayloadCodec } from '@temporalio/common';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type InjectedSinks,
  Runtime,
  Worker,
  type WorkflowBundle,
} from '@temporalio/worker';
import type { WorkflowInfo } from '@temporalio/workflow';
import type { Filing } from '../../../domain/inside/filing';
import { bundled, unversionedWorkflows } from '../../../worker/workflow-bundle';
import type { FilingSinks } from '../../../workflows/activity-types';
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

/** What replaying a workflow's histories showed: what they file, in their order, and what went wrong (W1, S3). */
export interface Replay {
  readonly filings: readonly Filing[];
  readonly failure: string | undefined;
}

/** Replays histories with the workflows of this source, by workflow id. */
export async function replays(
  recorded: readonly Replayed[],
  codec: PayloadCodec,
): Promise<ReadonlyMap<string, Replay>> {
  quietly();
  const workflowBundle = await (bundle ??= bundleWorkflowCode({
    ...bundled(unversionedWorkflows),
    logger,
  }));
  const failures = new Map<string, string>();
  const filings = new Map<string, Filing[]>(recorded.map(({ workflowId }) => [workflowId, []]));
  const filed = ({ workflowId }: WorkflowInfo, filing: unknown): void => {
    // What our own workflows file: the types of `workflows/`.
    filings.get(workflowId)?.push(filing as Filing);
  };
  const histories = recorded.flatMap((each) =>
    each.histories.map((history) => ({ workflowId: each.workflowId, history })),
  );
  const options = {
    workflowBundle,
    dataConverter: { payloadCodecs: [codec] },
    sinks: { filings: { filed: { fn: filed, callDuringReplay: true } } } satisfies InjectedSinks<FilingSinks>,
  };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories))
    if (error !== undefined) failures.set(workflowId, error.message);
  return new Map(
    recorded.map(({ workflowId }) => [
      workflowId,
      { filings: filings.get(workflowId) ?? [], failure: failures.get(workflowId) },
    ]),
  );
}
