import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import { startTimeSkipping } from '../harness/temporal';
import { terms } from '../builders';
import { company, type Company } from '../fakes/company';
import { startOrder, workerFor } from './order-under-test';

let environment: TestWorkflowEnvironment;
let worker: Worker;
let running: Promise<void>;
let firm: Company;

beforeAll(async () => {
  environment = await startTimeSkipping();
  firm = company();
  worker = await workerFor(environment, firm, 'long-orders');
  running = worker.run();
});

afterAll(async () => {
  worker.shutdown();
  await running;
  await environment.teardown();
});

it('W2 an order with hundreds of messages continues as new, stays under 2,000 events a run and loses none of them', async () => {
  const order = await startOrder(environment, 'long-orders', terms());
  const handle = environment.client.workflow.getHandle(`order-${order.no}`);
  const { runId: first } = await handle.describe();
  const messages = 400;
  for (let n = 1; n <= messages; n++) {
    await order.say({ kind: 'contactLogged', id: `contact-${n}`, answered: false });
    if (n % 2 === 0) await order.until(({ heard }) => heard[`contact-${n}`] === true);
  }
  const dossier = await order.until(({ heard }) => heard[`contact-${messages}`] === true);
  await order.say({ kind: 'contactLogged', id: 'contact-1', answered: false });
  const { runId, historyLength } = await handle.describe();
  expect(runId).not.toBe(first);
  expect(historyLength).toBeLessThan(2_000);
  expect(Object.keys(dossier.heard).filter((id) => id.startsWith('contact-'))).toHaveLength(messages);

  await order.decide('review.sales');
  await order.until(({ status }) => status === 'awaiting_confirmation');
  const filed = firm.filings.filter(({ orderNo }) => orderNo === order.no).flatMap(({ facts }) => facts);
  expect(filed.map(({ seq }) => seq)).toEqual(filed.map((_, index) => index + 1));
  expect(filed.filter(({ fact }) => fact.kind === 'contactLogged')).toHaveLength(messages);
}, 240_000);
