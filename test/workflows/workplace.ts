import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import type { Terms } from '../../domain/inside/terms';
import { company, type Company } from '../fakes/company';
import { startTimeSkipping } from '../harness/temporal';
import { startOrder, workerFor, type OrderUnderTest } from './order-under-test';

/** A time-skipping server, a worker and a company for the tests of one file. */
export interface Workplace {
  readonly environment: TestWorkflowEnvironment;
  readonly firm: Company;
  start(terms: Terms): Promise<OrderUnderTest>;
}

/** Opens the workplace before the tests of a file and closes it after them. */
export function workplace(taskQueue: string): Workplace {
  const firm = company();
  let environment: TestWorkflowEnvironment;
  let worker: Worker;
  let running: Promise<void>;
  beforeAll(async () => {
    environment = await startTimeSkipping();
    worker = await workerFor(environment, firm, taskQueue);
    running = worker.run();
  });
  afterAll(async () => {
    worker.shutdown();
    await running;
    await environment.teardown();
  });
  return {
    firm,
    get environment() {
      return environment;
    },
    start: (terms) => startOrder(environment, taskQueue, terms),
  };
}
