import { anOrder, freshKey } from './api-under-test';
import { apiAtWork, yuan } from './api-at-work';
import { eventually } from './worker-under-test';

// The automatic checks before review (IN-9, IN-10, RV-3), each through the API, on facts that stand in the database.

const place = apiAtWork();

interface OpenTask {
  readonly id: string;
  readonly kind: string;
  readonly rule: string;
  readonly evidence: Record<string, unknown>;
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
const passOn = { outcome: 'reject', reasonCode: 'below_cost', comment: '低于成本，请上级定' };

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
  const last = await decide('u-sales-director-1', no, 'review.price', {
    outcome: 'return',
    reasonCode: 'price',
    comment: '价格要改',
  });
  expect(last.body).toMatchObject({ state: 'applied', order: { status: 'returned' } });
});

test('IN-9 HT-16 a price unlike that of the customer’s newest approved order is a doubt, whatever the list says; the task keeps rule and facts', async () => {
  const first = await place.take(hinges('14.00'));
  await decide('u-sales-supervisor-1', first, 'review.sales');
  await place.untilItIs(first, 'awaiting_confirmation');
  // Newer, but nobody has approved it.
  await place.take(hinges('30.00'));
  const no = await place.take(hinges('12.00'));
  const { evidence, rule } = await openTask(no, 'review.price');
  expect(rule).toBe('price_doubt');
  expect(evidence).toMatchObject({
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
  const { evidence } = await openTask(no, 'review.credit');
  expect(evidence).toMatchObject({ flags: 'credit_unassessed', 'credit_unassessed.exposureFen': 135_600 });
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

test('RV-3 HG-3 the check before people counts what other orders under review would take up of the customer’s credit', async () => {
  const customerId = 'c-narrow';
  const data = { id: customerId, legalName: '小额贸易有限公司', grade: 'A', creditLimitFen: 10n ** 9n } as const;
  await place.api.prisma.customer.create({ data });
  const first = await place.take({ customerId });
  await openTask(first, 'review.sales');
  const { totalFen } = await place.api.prisma.order.findUniqueOrThrow({ where: { no: first } });
  // Enough for one of them, and not for two.
  const creditLimitFen = (totalFen * 3n) / 2n;
  await place.api.prisma.customer.update({ where: { id: customerId }, data: { creditLimitFen } });
  const second = await place.take({ customerId });
  const { terms } = await place.api.prisma.order.findUniqueOrThrow({ where: { no: second } });
  const evidence = { 'credit_exceeded.takenFen': 0, 'credit_exceeded.inReviewFen': Number(totalFen) };
  expect(terms).toMatchObject({
    reviews: expect.arrayContaining([expect.objectContaining({ evidence: expect.objectContaining(evidence) })]),
  });
});

test('RV-3 what legal restricts is reviewed by legal, with the restriction and its reason, until it ends', async () => {
  const [legal, sales] = [place.api.as('u-legal-1'), place.api.as('u-sales-1')];
  const restriction = { id: 'r-export', itemId: 'screw-box', reasonCode: 'dual_use', from: '2026-01-01' };
  expect((await sales.post('/restrictions', restriction, freshKey())).status).toBe(403);
  expect((await legal.post('/restrictions', restriction, freshKey())).body).toMatchObject({ until: null });
  for (const wrong of [{ country: 'AU' }, { itemId: undefined, province: '新疆' }, { itemId: 'no-such' }])
    expect((await legal.post('/restrictions', { ...restriction, ...wrong, id: 'r-2' }, freshKey())).status).toBe(400);
  const screws = { lines: [{ itemId: 'screw-box', quantity: 1, unitPrice: yuan('25.00') }] };
  const no = await place.take(screws);
  expect((await decide('u-sales-supervisor-1', no, 'review.sales')).status).toBe(200);
  const { evidence } = await openTask(no, 'review.compliance');
  expect(evidence).toMatchObject({ 'compliance.restriction': 'r-export', 'compliance.reason': 'dual_use' });
  expect((await decide('u-legal-1', no, 'review.compliance')).status).toBe(200);
  await openTask(no, 'review.management');
  expect((await legal.patch('/restrictions/r-export', { until: '2026-01-02' })).body.until).toBe('2026-01-02');
  const { terms } = await place.api.prisma.order.findUniqueOrThrow({ where: { no: await place.take(screws) } });
  expect(terms).toMatchObject({ reviews: [{ task: 'review.sales' }] });
});

test('RV-3 an order names a promotion that allows its discount, or its price is a doubt', async () => {
  const director = place.api.as('u-sales-director-1');
  const promotion = {
    id: 'HANDLES',
    name: '拉手节',
    itemIds: ['handle-128'],
    discountBp: 600,
    from: '2026-01-01',
    until: '2099-12-31',
  };
  expect((await place.api.as('u-sales-1').post('/promotions', promotion, freshKey())).status).toBe(403);
  expect((await director.post('/promotions', promotion, freshKey())).body).toMatchObject({ minimum: yuan('0.00') });
  const handles = (discountBp: number, promotionId: string) => ({
    promotion: promotionId,
    lines: [{ itemId: 'handle-128', quantity: 10, unitPrice: yuan('18.00'), discountBp }],
  });
  await openTask(await place.take(handles(600, 'HANDLES')), 'review.sales');
  const above = await openTask(await place.take(handles(601, 'HANDLES')), 'review.price');
  expect(above.evidence).toMatchObject({
    'promotion_invalid.because': 'discount_above',
    'promotion_invalid.discountBp': 601,
    'promotion_invalid.allowedBp': 600,
  });
  const unknown = await openTask(await place.take(handles(0, '陈女士的优惠')), 'review.price');
  expect(JSON.stringify(unknown.evidence)).not.toContain('陈女士');
  expect((await director.patch('/promotions/HANDLES', { until: '2026-01-31' })).status).toBe(200);
  const over = await openTask(await place.take(handles(0, 'HANDLES')), 'review.price');
  expect(over.evidence).toMatchObject({ 'promotion_invalid.because': 'expired' });
});

test('RV-3 V6 an order keeps the promotion that ran when it was taken, but not for what is added later', async () => {
  const { prisma } = place.api;
  const day = (days: number) => new Date(Date.now() + days * 86_400_000);
  const promotion = { id: 'SPRING', name: '春季', itemIds: ['handle-128'], discountBp: 600 };
  const days = { from: '2026-01-01', until: day(-5).toISOString().slice(0, 10) };
  await place.api.as('u-sales-director-1').post('/promotions', { ...promotion, ...days }, freshKey());
  const handles = (quantity: number) => ({
    promotion: 'SPRING',
    lines: [{ itemId: 'handle-128', quantity, unitPrice: yuan('18.00'), discountBp: 600 }],
  });
  const no = await place.take(handles(10));
  await openTask(no, 'review.price');
  // As if it had been taken while the promotion ran.
  await prisma.orderIntake.updateMany({ where: { orderNo: no }, data: { enteredAt: day(-10) } });
  const revise = async (fromRevision: number, changes: object) => {
    const body = { fromRevision, intake: anOrder(changes) };
    return (await place.api.as('u-sales-1').post(`/orders/${no}/revisions`, body, freshKey())).status;
  };
  expect(await revise(1, { ...handles(10), contact: '钱女士' })).toBe(200);
  const kept = await openTask(no, 'review.sales');
  expect(JSON.stringify(kept.evidence)).not.toContain('expired');
  expect(await prisma.task.count({ where: { orderNo: no, kind: 'review.price', state: 'open' } })).toBe(0);
  const withdrawn = await place.api
    .as('u-sales-1')
    .post(`/orders/${no}/review-withdrawals`, { reasonCode: 'more' }, freshKey());
  expect(withdrawn.status).toBe(200);
  expect(await revise(2, { ...handles(11), contact: '钱女士' })).toBe(200);
  expect((await openTask(no, 'review.price')).evidence).toMatchObject({ 'promotion_invalid.because': 'expired' });
});

test('IN-6 what the company does not sell is talked over and rejected with the reason, and the customer is told', async () => {
  const no = await place.take({
    lines: [{ name: '木船', specification: '六米，红松', quantity: 1, unitPrice: yuan('9000') }],
  });
  const sales = place.api.as('u-sales-1');
  expect((await sales.get(`/orders/${no}`)).body.status).toBe('on_hold');
  await openTask(no, 'intake.contact');
  const contact = { answered: true, comment: '客户知道我们不造船' };
  expect((await sales.post(`/orders/${no}/contacts`, contact, freshKey())).status).toBe(200);
  const reject = (reasonCode: string) =>
    decide('u-sales-1', no, 'intake.contact', { outcome: 'reject', reasonCode, comment: '不在经营范围' });
  expect((await reject('mood')).body.code).toBe('unknown_reason');
  expect((await reject('out_of_scope')).body).toMatchObject({ order: { status: 'rejected' } });
  await eventually(async () => (await told(no))[0]);
  expect(await told(no)).toMatchObject([{ to: ['customer', 'u-sales-1'], detail: { reasonCode: 'out_of_scope' } }]);
});

test('IN-6 sales rejects what is out of scope at its review too', async () => {
  const no = await place.take({ customerId: 'c-donghai', address: { country: 'AQ', city: '南极', street: '冰原' } });
  const reject = { outcome: 'reject', reasonCode: 'out_of_scope', comment: '不在经营范围' };
  expect((await decide('u-sales-supervisor-1', no, 'review.sales', reject)).body.order.status).toBe('rejected');
  await eventually(async () => (await told(no))[0]);
  expect(await told(no)).toMatchObject([{ detail: { reasonCode: 'out_of_scope' } }]);
});

/** What the order's end said to whom. */
const told = (no: string) =>
  place.api.prisma.notice.findMany({ where: { orderNo: no, template: 'orderEnded.rejected' } });
