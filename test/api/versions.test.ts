import { randomUUID } from 'node:crypto';
import { termsOfShipment } from '../../domain/inside/shipping/terms-of-shipment';
import { deploymentName } from '../../worker/create-worker';
import { terms } from '../builders';
import { anOrder, type ApiUnderTest, freshKey, startApi } from './api-under-test';
import { eventually, startWorker } from './worker-under-test';

let api: ApiUnderTest;
const workers: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await api.stop();
});

const run = randomUUID().slice(0, 8);
const [older, newer] = [`${run}-1`, `${run}-2`];

/** What a shipment of all ten pieces begins with. */
const opened = (shipmentNo: string, orderNo: string) => ({
  kind: 'shipmentOpened',
  id: `order-${orderNo}#1`,
  at: new Date().toISOString(),
  by: { kind: 'process' },
  shipmentNo,
  orderNo,
  clearance: 'paid',
  lines: [{ line: 1, quantity: 10 }],
  terms: termsOfShipment(terms()),
});

/** As the operator does it once the workers of a build are up. */
const makeCurrent = (buildId: string) =>
  eventually(() =>
    api.temporal.workflowService
      .setWorkerDeploymentCurrentVersion({
        namespace: 'default',
        deploymentName,
        buildId,
        ignoreMissingTaskQueues: true,
      })
      // The server hears of a version from its first poll.
      .catch((error: { code?: number }) => {
        if (error.code !== notFound && error.code !== failedPrecondition) throw error;
        return undefined;
      }),
  );
const notFound = 5;
const failedPrecondition = 9;

const take = async (): Promise<string> => (await api.as('u-sales-1').post('/orders', anOrder(), freshKey())).body.no;
const openTask = (no: string) =>
  eventually(async () => {
    const { body } = await api.as('u-admin-1').get(`/orders/${no}`);
    return (body.tasks as { id: string }[]).at(0);
  });
/** How an execution is versioned, and by which build it was served last. */
const versionOf = async (workflowId: string) => {
  const { workflowExecutionInfo } = await api.temporal.workflowService.describeWorkflowExecution({
    namespace: 'default',
    execution: { workflowId },
  });
  const { behavior, deploymentVersion } = workflowExecutionInfo?.versioningInfo ?? {};
  return { behavior, buildId: deploymentVersion?.buildId };
};
const pinned = 1;
const autoUpgrade = 2;

/** What was filed within a workflow task is in the books a moment before that task ends and the server knows who served it. */
const untilServedBy = (buildId: string, workflowId: string) =>
  eventually(async () => {
    const version = await versionOf(workflowId);
    return version.buildId === buildId ? version : undefined;
  });

test('W1 an order goes on under the version made current, a shipment stays with its own', async () => {
  workers.push(await startWorker(api, { buildId: older }));
  await makeCurrent(older);
  const begunBefore = await take();
  const task = await openTask(begunBefore);
  expect(await untilServedBy(older, `order-${begunBefore}`)).toEqual({ behavior: autoUpgrade, buildId: older });
  const shipmentNo = `${begunBefore}-S1`;
  const shipment = await api.temporal.workflow.start('shipment', {
    workflowId: `shipment-${shipmentNo}`,
    taskQueue: api.taskQueue,
    args: [{ no: shipmentNo, first: opened(shipmentNo, begunBefore) }],
  });
  await untilServedBy(older, shipment.workflowId);

  workers.push(await startWorker(api, { buildId: newer }));
  await makeCurrent(newer);
  await workers.shift()?.stop();
  const decision = { taskId: task.id, outcome: 'approve' };
  const decided = await api.as('u-sales-supervisor-1').post(`/orders/${begunBefore}/decisions`, decision, freshKey());
  const state = await eventually(async () => {
    const { body } = await api.as('u-sales-supervisor-1').get(`/messages/${decided.body.id}`);
    return body.state === 'pending' ? undefined : (body.state as string);
  });
  expect(state).toBe('applied');
  expect(await untilServedBy(newer, `order-${begunBefore}`)).toEqual({ behavior: autoUpgrade, buildId: newer });
  expect(await versionOf(shipment.workflowId)).toEqual({ behavior: pinned, buildId: older });
  await shipment.terminate();

  const begunSince = await take();
  await openTask(begunSince);
  expect(await untilServedBy(newer, `order-${begunSince}`)).toEqual({ behavior: autoUpgrade, buildId: newer });
});
