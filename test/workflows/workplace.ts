import { WorkflowClient } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import type { Activities } from '../../workflows/activity-types';
import type { Terms } from '../../domain/inside/intake/terms';
import { isAtRest } from '../../scripts/record/at-rest';
import { company, type Company } from '../fakes/company';
import { startTimeSkipping } from '../harness/temporal';
import { startOrder, workerFor, type OrderUnderTest } from './order-under-test';

/** A time-skipping server, a worker and a company for the tests of one file. */
export interface Workplace {
  readonly environment: TestWorkflowEnvironment;
  readonly firm: Company;
  /** What happens before an activity does its work: a fault to throw, a moment to wait. */
  readonly before: Map<keyof Activities, () => Promise<void> | void>;
  start(terms: Terms): Promise<OrderUnderTest>;
  /** Waits until nothing is under way in these workflows: time that is skipped earlier may find the server's clock held. */
  atRest(...workflowIds: readonly string[]): Promise<void>;
  /** How a child workflow ended, without letting the clock run. */
  outcomeOf(workflowId: string): Promise<unknown>;
}

/** Opens the workplace before the tests of a file and closes it after them. */
export function workplace(taskQueue: string): Workplace {
  const firm = company();
  const before: Workplace['before'] = new Map();
  let environment: TestWorkflowEnvironment;
  let worker: Worker;
  let running: Promise<void>;
  beforeAll(async () => {
    environment = await startTimeSkipping();
    worker = await workerFor(environment, { ...firm, activities: withBefore(firm.activities, before) }, taskQueue);
    running = worker.run();
  });
  afterAll(async () => {
    worker.shutdown();
    await running;
    await environment.teardown();
  });
  return {
    firm,
    before,
    get environment() {
      return environment;
    },
    async atRest(...workflowIds) {
      const handles = workflowIds.map((workflowId) => environment.client.workflow.getHandle(workflowId));
      const isBusy = async () =>
        !(await Promise.all(handles.map(async (handle) => isAtRest(await handle.fetchHistory())))).every(Boolean);
      while (await isBusy()) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    outcomeOf: (workflowId) =>
      new WorkflowClient({ connection: environment.connection }).getHandle(workflowId).result(),
    start: (terms) => startOrder(environment, taskQueue, terms),
  };
}

function withBefore(activities: Activities, before: Workplace['before']): Activities {
  const names = Object.keys(activities) as (keyof Activities)[];
  return Object.fromEntries(
    names.map((name) => [
      name,
      async (request: never) => {
        await before.get(name)?.();
        return activities[name](request);
      },
    ]),
  ) as unknown as Activities;
}
