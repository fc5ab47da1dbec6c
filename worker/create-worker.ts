import { ApplicationFailure, type PayloadCodec } from '@temporalio/common';
import {
  type ActivityInterceptorsFactory,
  type InjectedSinks,
  type NativeConnection,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import { isUnsealed, unsealed } from '../domain/inside/kernel/unsealed';
import type { AnsweredActivities, FilingSinks } from '../workflows/activity-types';
import { taskQueue } from '../workflows/ids';
import { withHarmlessActivations } from './harmless-activations';
import { bundled, unversionedWorkflows, versionedWorkflows } from './workflow-bundle';

export interface WorkerSettings {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly activities: AnsweredActivities;
  /** The queue to serve; tests take one of their own. */
  readonly taskQueue?: string;
  /** A bundle made before (tests, production images); without it the workflows are bundled now. */
  readonly workflowBundle?: WorkerOptions['workflowBundle'];
  /**
   * Orders sleep for days: a small cache holds those that are awake. Waking one costs some 40 ms, holding one some
   * hundreds of KiB. 0 replays every order at every step (tests of determinism).
   */
  readonly maxCachedWorkflows?: number;
  /** Seals payloads and looks at their seals (X7); no product worker goes without. */
  readonly payloadCodecs: readonly PayloadCodec[];
  /** The build that this worker is. Without one it is not versioned, and serves whatever comes. */
  readonly buildId?: string | undefined;
  /** Slots for activities, and as many for local ones: together no more than the database pool has connections (invariants, rule 4). */
  readonly maxConcurrentActivities?: number;
}

/** A worker for orders, shipments and collections; also what the tests use. */
export async function createWorker(settings: WorkerSettings): Promise<Worker> {
  const workflows =
    settings.workflowBundle === undefined
      ? asWorkerOptions(bundled(settings.buildId === undefined ? unversionedWorkflows : versionedWorkflows))
      : { workflowBundle: settings.workflowBundle };
  const slots = settings.maxConcurrentActivities ?? 10;
  const worker = await Worker.create({
    connection: settings.connection,
    namespace: settings.namespace,
    taskQueue: settings.taskQueue ?? taskQueue,
    activities: settings.activities,
    dataConverter: { payloadCodecs: [...settings.payloadCodecs] },
    interceptors: { activity: [refuseUnsealed] },
    // Only who replays a history to read it asks what it filed.
    sinks: { filings: { filed: { fn: () => undefined } } } satisfies InjectedSinks<FilingSinks>,
    ...workflows,
    maxCachedWorkflows: settings.maxCachedWorkflows ?? 500,
    maxConcurrentActivityTaskExecutions: slots,
    maxConcurrentLocalActivityExecutions: slots,
    ...versioned(settings.buildId),
    reuseV8Context: true,
    shutdownGraceTime: '5s',
  });
  return withHarmlessActivations(worker);
}

/** What no workflow of ours asked for is not done: anybody who reaches Temporal can put an activity on our queue (X7). */
const refuseUnsealed: ActivityInterceptorsFactory = () => ({
  inbound: {
    execute: async (input, next) => {
      if (isUnsealed(input.args[0])) throw ApplicationFailure.nonRetryable('it was not sealed', unsealed);
      return next(input);
    },
  },
});

/** The name under which operators find the workers' versions. */
export const deploymentName = 'dingdan';

const asWorkerOptions = ({ workflowsPath, preloadModules = [] }: ReturnType<typeof bundled>) => ({
  workflowsPath,
  bundlerOptions: { preloadModules },
});

/** What each workflow does when another version is made current stands in `workflows/versioned.ts`. */
function versioned(buildId: string | undefined): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (buildId === undefined) return {};
  return {
    workerDeploymentOptions: {
      version: { deploymentName, buildId },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'PINNED',
    },
  };
}
