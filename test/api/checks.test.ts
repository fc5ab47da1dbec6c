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

test('RV-3 a first order on account waits for finance until somebody who may has said what the customer is worth', async () => {
  const customerId = 'c-unassessed';
  const { prisma } = place.api;
  // As another system may bring him in: with a grade that gives credit, which nobody here has looked at.
  await prisma.customer.create({
    data: { id: customerId, legalName: '初识贸易有限公司', grade: 'A', creditLimitFen: 10n ** 9n },
  });
  const no = await place.take({ customerId });
  expect((await decide('u-sales-supervisor-1', no, 'review.sales')).status).toBe(200);
  const { saw } = await openTask(no, 'review.credit');
  expect(saw).toMatchObject({ flags: 'credit_unassessed', 'credit_unassessed.exposureFen': 135_600 });
  const change = { creditLimit: yuan('50000') };
  expect((await place.api.as('u-sales-1').patch(`/customers/${customerId}`, change)).status).toBe(403);
  const assessed = await place.api.as('u-finance-lead-1').patch(`/customers/${customerId}`, change);
  expect(assessed.body).toMatchObject({ creditAssessedBy: 'u-finance-lead-1' });
  expect(Date.parse(assessed.body.creditAssessedAt)).not.toBeNaN();
  await openTask(no, 'review.credit');
  const next = await place.take({ customerId });
  await openTask(next, 'review.sales');
  expect((await place.api.as('u-admin-1').get(`/orders/${next}`)).body).toMatchObject({ status: 'pending_review' });
  const { terms } = await prisma.order.findUniqueOrThrow({ where: { no: next } });
  expect(terms).toMatchObject({ reviews: [{ task: 'review.sales' }] });
});
