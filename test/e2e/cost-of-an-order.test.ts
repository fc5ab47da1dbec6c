import { eventsOfReview } from '../../scripts/bench/report';
import { type Desk, messagesOfOrder, playOrder } from '../../scripts/bench/play-order';
import { countHistory, countReview } from '../../scripts/bench/history';
import { orderWorkflowId } from '../../workflows/ids';
import { apiAtWork } from '../api/api-at-work';
import { freshKey } from '../api/api-under-test';
import { eventually } from '../api/worker-under-test';

const place = apiAtWork();

/** The benchmark's people, asking again until what they wait for is there: nothing is timed here. */
const desk = (): Desk => ({
  take: async (order) => (await place.api.as('u-sales-1').post('/orders', order, freshKey())).body.no,
  send: async (user, path, body) => {
    const answer = await place.api.as(user).post(path, body, freshKey());
    if (answer.status === 202)
      await eventually(async () => {
        const { body: message } = await place.api.as(user).get(`/messages/${answer.body.id}`);
        return message.state === 'applied' ? true : undefined;
      });
    else expect([path, answer.status, answer.body]).toMatchObject([path, 200, {}]);
  },
  untilTask: async (_, id) =>
    void (await eventually(
      async () => (await place.api.prisma.task.findFirst({ where: { id, state: 'open' } })) ?? undefined,
    )),
  untilStatus: async (no, status) =>
    void (await eventually(
      async () => (await place.api.prisma.order.findFirst({ where: { no, status } })) ?? undefined,
    )),
});

/** Intake, what people say to the order itself, and what its shipment reports: gone, and delivered. */
const messages = 1 + messagesOfOrder + 2;

/** Its shipment is asked for, has started and has ended: three events, and the workflow tasks of the last two. */
const eventsForItsShipment = 9;

test('an order with three levels of review costs few events, workflow tasks and Actions (design rule 13)', async () => {
  const no = await playOrder(desk(), { customerId: 'c-xinyuan', itemId: 'hinge-110' });
  const { events, workflowTasks, actions } = await countHistory(place.api.temporal, orderWorkflowId(no));
  expect(events - eventsForItsShipment).toBeLessThanOrEqual(10 * messages + 5);
  expect(actions).toBeLessThanOrEqual(4 * messages);
  // One per message, which is heard and filed in it. One more each for the gate, for the goods that are reserved, and when its
  // shipment starts and ends; and one for each filing that the history holds first: the order itself, its confirmation, its
  // balance, its bill, the two reports of its shipment and its completion. Fewer where what arrives meanwhile shares one.
  expect(workflowTasks).toBeLessThanOrEqual(messages + 4 + 7);

  const review = await countReview(place.api.temporal, no);
  expect(review.signals).toBe(3);
  expect(review.events).toBeLessThanOrEqual(eventsOfReview);
  expect(review.actions).toBeLessThanOrEqual(4 * review.signals);
  // One more for the gate after the last level.
  expect(review.workflowTasks).toBeLessThanOrEqual(review.signals + 1);
});
