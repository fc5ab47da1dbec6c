import { type Desk, messagesOfOrder, playOrder } from '../../scripts/bench/play-order';
import { countHistory } from '../../scripts/bench/history';
import { orderWorkflowId } from '../../workflows/ids';
import { freshKey, startApi, type ApiUnderTest } from '../api/api-under-test';
import { eventually, startWorker } from '../api/worker-under-test';

let api: ApiUnderTest;
let worker: { stop(): Promise<void> };

beforeAll(async () => {
  api = await startApi();
  worker = await startWorker(api);
});
afterAll(async () => {
  await worker.stop();
  await api.stop();
});

/** The benchmark's people, asking again until what they wait for is there: nothing is timed here. */
const desk = (): Desk => ({
  take: async (order) => (await api.as('u-sales-1').post('/orders', order, freshKey())).body.no,
  send: async (user, path, body) => {
    const answer = await api.as(user).post(path, body, freshKey());
    if (answer.status === 202)
      await eventually(async () => {
        const { body: message } = await api.as(user).get(`/messages/${answer.body.id}`);
        return message.standing === 'applied' ? true : undefined;
      });
    else expect([path, answer.status, answer.body]).toMatchObject([path, 200, {}]);
  },
  untilTask: async (_, id) =>
    void (await eventually(
      async () => (await api.prisma.task.findFirst({ where: { id, state: 'open' } })) ?? undefined,
    )),
  untilStatus: async (no, status) =>
    void (await eventually(async () => (await api.prisma.order.findFirst({ where: { no, status } })) ?? undefined)),
});

/** Intake, what people say to the order itself, and what its shipment reports: gone, and delivered. */
const messages = 1 + messagesOfOrder + 2;

/** Its shipment is asked for, has started and has ended: three events, and the workflow tasks of the last two. */
const eventsForItsShipment = 9;

test('an order with three levels of review costs few events, workflow tasks and Actions (design rule 13)', async () => {
  const no = await playOrder(desk(), { customerId: 'c-xinyuan', itemId: 'hinge-110' });
  const { events, workflowTasks, actions } = await countHistory(api.temporal, orderWorkflowId(no));
  expect(events - eventsForItsShipment).toBeLessThanOrEqual(12 * messages + 20);
  expect(actions).toBeLessThanOrEqual(4 * messages);
  // One more when its shipment starts, one when that ends, one for the goods that are reserved.
  expect(workflowTasks).toBeLessThanOrEqual(2 * messages + 3);
});
