import { freshKey } from './api-under-test';
import { apiAtWork, yuan } from './api-at-work';
import { eventually } from './worker-under-test';

// The automatic checks before review (IN-9, IN-10, RV-3), each through the API, on facts that stand in the database.

const place = apiAtWork();

interface OpenTask {
  readonly id: string;
  readonly kind: string;
  readonly saw: Record<string, unknown>;
}

/** The order's open task of a kind, once it is there. */
const openTask = (no: string, kind: string) =>
  eventually(async () => {
    const row = await place.api.prisma.task.findFirst({ where: { orderNo: no, kind, state: 'open' } });
    return row === null ? undefined : (row as unknown as OpenTask);
  });

const decide = async (user: string, no: string, kind: string, answer: object = { outcome: 'approve' }) => {
  const decision = { taskId: (await openTask(no, kind)).id, ...answer };
  return place.api.as(user).post(`/orders/${no}/decisions`, decision, freshKey());
};

const hinges = (price: string, more: object = {}) => ({
  lines: [{ itemId: 'hinge-110', quantity: 10, unitPrice: yuan(price), ...more }],
});
const passOn = { outcome: 'reject', reasonCode: 'below_cost' };

test('IN-9 a price below list goes to the salesperson, who took the order himself; settled, sales reviews', async () => {
  const no = await place.take(hinges('10.00'));
  const { id } = await openTask(no, 'review.price');
  const inbox = await place.api.as('u-sales-1').get('/tasks?limit=100');
  expect(inbox.body.items.find((task: OpenTask) => task.id === id)).toMatchObject({ mayDecide: true });
  expect((await decide('u-customer-service-supervisor-1', no, 'review.price')).body.code).toBe('not_your_turn');
  expect((await decide('u-sales-1', no, 'review.price')).status).toBe(200);
  await openTask(no, 'review.sales');
});

test('IN-9 what the salesperson passes on is the supervisor’s, then the director’s, and each is told', async () => {
  const no = await place.take(hinges('10.00'));
  for (const user of ['u-sales-1', 'u-customer-service-supervisor-1'])
    expect((await decide(user, no, 'review.price', passOn)).body).toMatchObject({
      order: { status: 'pending_review' },
    });
  expect(await place.api.prisma.notice.count({ where: { orderNo: no, template: 'turnCame' } })).toBe(2);
  const last = await decide('u-sales-director-1', no, 'review.price', { outcome: 'return', reasonCode: 'price' });
  expect(last.body).toMatchObject({ standing: 'applied', order: { status: 'returned' } });
});

test('IN-9 a price unlike that of the customer’s newest approved order is a doubt, whatever the price list says', async () => {
  const first = await place.take(hinges('14.00'));
  await decide('u-sales-supervisor-1', first, 'review.sales');
  // Newer, but nobody has approved it.
  await place.take(hinges('30.00'));
  const no = await place.take(hinges('12.00'));
  const { saw } = await openTask(no, 'review.price');
  expect(saw).toMatchObject({
    flags: 'price_unlike_last_deals',
    'price_unlike_last_deals.unitFen': 12_00,
    'price_unlike_last_deals.lastFen': 14_00,
    'price_unlike_last_deals.lastOrder': first,
  });
  const other = await place.take({ ...hinges('12.00'), customerId: 'c-donghai' });
  await openTask(other, 'review.sales');
});
