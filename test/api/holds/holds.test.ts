import pino from 'pino';
import { organisationReader } from '../../../prisma/organisation';
import { sweepOnce } from '../../../worker/sweep';
import { anOrder, freshKey } from '../api-under-test';
import { apiAtWork, yuan } from '../api-at-work';
import { eventually } from '../worker-under-test';

const place = apiAtWork();
const log = pino({ level: 'silent' });

const sweep = () =>
  sweepOnce({
    prisma: place.api.prisma,
    client: place.api.temporal,
    log,
    taskQueue: place.api.taskQueue,
    organisation: organisationReader(place.api.prisma),
  });

/** A customer of grade A who has so much credit. */
async function customerWith(credit: string): Promise<string> {
  const { body } = await place.api
    .as('u-director-1')
    .post('/customers', { legalName: '苏州远山家具有限公司', grade: 'A', creditLimit: yuan(credit) }, freshKey());
  return body.id as string;
}

const explain = async (no: string) => (await place.api.as('u-admin-1').get(`/orders/${no}/explain`)).body;

/** The order's open task of a kind, once it is there. */
const openTask = (no: string, kind: string) =>
  eventually(async () => (await place.api.prisma.task.findMany({ where: { orderNo: no, kind, state: 'open' } }))[0]);

/** An order of the customer that sales and, where it is flagged, management have approved. */
async function approved(customerId: string, flagged = true): Promise<string> {
  const no = await place.take({ customerId });
  const decide = async (kind: string, user: string): Promise<void> => {
    const decision = { taskId: (await openTask(no, kind)).id, outcome: 'approve' };
    expect((await place.api.as(user).post(`/orders/${no}/decisions`, decision, freshKey())).status).toBe(200);
  };
  await decide('review.sales', 'u-sales-supervisor-1');
  if (flagged) await decide('review.management', 'u-director-1');
  return no;
}

test('AR-4 EX-1 an order over its customer’s credit says why it waits, and a higher limit lets it go by itself', async () => {
  const customerId = await customerWith('100.00');
  const no = await approved(customerId);
  const why = await eventually(async () => {
    const answer = await explain(no);
    return answer.credit === null ? undefined : answer;
  });
  expect(why).toMatchObject({
    status: 'pending_review',
    credit: { because: 'over_limit', limit: yuan('100.00'), used: yuan('0.00') },
    waiting: expect.arrayContaining([expect.objectContaining({ what: 'credit.special' })]) as unknown,
  });
  const held = await place.api.as('u-finance-lead-1').get('/orders?held=credit');
  expect(held.body.items.map((row: { no: string }) => row.no)).toEqual([no]);
  await place.api.as('u-director-1').patch(`/customers/${customerId}`, { creditLimit: yuan('100000.00') });
  await sweep();
  await eventually(async () => ((await explain(no)).status === 'pending_review' ? undefined : true));
});

test('HG-1 HG-2 an order held by hand waits for its release, and an unknown reason is refused', async () => {
  const no = await place.take();
  const hold = (reason: string, user = 'u-finance-lead-1') =>
    place.api.as(user).post(`/orders/${no}/holds`, { reason, comment: '客户要求暂缓' }, freshKey());
  await eventually(async () => (await place.api.prisma.task.findMany({ where: { orderNo: no } }))[0]);
  expect((await hold('forced', 'u-sales-1')).status).toBe(403);
  expect((await hold('bad_mood')).body).toMatchObject({ code: 'unknown_reason' });
  expect((await hold('forced')).status).toBe(200);
  expect((await explain(no)).holds).toMatchObject([
    {
      of: 'order',
      reason: 'forced',
      gates: ['confirm', 'purchase', 'produce', 'ship'],
      placedBy: 'u-finance-lead-1',
      releasedBy: ['sales_director', 'finance_lead'],
    },
  ]);
});

test('HG-1 a hold of the customer refuses new orders and stops open ones until it is released', async () => {
  const customerId = await customerWith('1000000.00');
  const no = await place.take({ customerId });
  await eventually(async () => (await place.api.prisma.task.findMany({ where: { orderNo: no } }))[0]);
  const legal = place.api.as('u-legal-1');
  const placed = await legal.post(
    `/customers/${customerId}/holds`,
    { reason: 'compliance', gates: ['new_order', 'accept', 'ship'] },
    freshKey(),
  );
  expect(placed.status).toBe(201);
  await sweep();
  await eventually(async () => ((await explain(no)).holds.length === 0 ? undefined : true));
  const refused = await place.api.as('u-sales-1').post('/orders', anOrder({ customerId }), freshKey());
  expect([refused.status, refused.body.code]).toEqual([409, 'customer_held']);
  const release = { holdId: placed.body.id, reasonCode: 'papers_came' };
  expect((await place.api.as('u-sales-1').post(`/customers/${customerId}/hold-releases`, release)).status).toBe(403);
  const others = await place.api.as('u-finance-lead-1').post(`/customers/${customerId}/hold-releases`, release);
  expect([others.status, others.body.code]).toEqual([403, 'not_a_candidate']);
  const released = await legal.post(`/customers/${customerId}/hold-releases`, release);
  expect(released.body).toMatchObject({ releasedBy: 'u-legal-1', releaseReason: 'papers_came' });
  expect((await legal.post(`/customers/${customerId}/hold-releases`, release)).body).toEqual(released.body);
  const again = await legal.post(`/customers/${customerId}/hold-releases`, { ...release, reasonCode: 'other' });
  expect([again.status, again.body.code, again.body.releaseReason]).toEqual([409, 'already_released', 'papers_came']);
  await sweep();
  await eventually(async () => ((await explain(no)).holds.length === 0 ? true : undefined));
  expect((await place.api.as('u-sales-1').post('/orders', anOrder({ customerId }), freshKey())).status).toBe(201);
});

test('HG-1 EX-1 an order says from the start what its customer is held for, also at a gate that is far ahead', async () => {
  const customerId = await customerWith('1000000.00');
  const legal = place.api.as('u-legal-1');
  const body = { reason: 'dispute', gates: ['ship', 'bill'], until: new Date(Date.now() + 86_400_000).toISOString() };
  const placed = await legal.post(`/customers/${customerId}/holds`, body, freshKey());
  const no = await place.take({ customerId });
  await openTask(no, 'review.sales');
  const { id, placedAt, until } = placed.body;
  const said = { of: 'customer', id, reason: 'dispute', gates: ['ship', 'bill'], placedBy: 'u-legal-1', until };
  const answer = await explain(no);
  expect([answer.holds, answer.status]).toMatchObject([[{ ...said, since: placedAt }], 'pending_review']);
  const held = await legal.get('/orders?held=dispute');
  expect(held.body.items.map((row: { no: string }) => row.no)).toContain(no);
});

test('EX-8 orders are found by how many working hours they have waited', async () => {
  const no = await place.take();
  await eventually(async () => (await place.api.prisma.task.findMany({ where: { orderNo: no } }))[0]);
  const found = async (hours: number): Promise<boolean> => {
    const { body } = await place.api.as('u-admin-1').get(`/orders?waitingFor=sales&waitingOver=${hours}`);
    return body.items.some((row: { no: string }) => row.no === no);
  };
  expect(await found(1)).toBe(false);
  const twoWeeksAgo = new Date(Date.now() - 14 * 86_400_000);
  await place.api.prisma.order.update({ where: { no }, data: { waitingSince: twoWeeksAgo } });
  // In two weeks there are 336 hours, and less than a hundred of them are worked.
  expect([await found(20), await found(100)]).toEqual([true, false]);
});

test('AR-4 HG-3 a customer’s credit says what takes it up and what is left', async () => {
  const customerId = await customerWith('100000.00');
  const credit = async () => (await place.api.as('u-finance-lead-1').get(`/customers/${customerId}/credit`)).body;
  const no = await approved(customerId, false);
  const taken = await eventually(async () => {
    const answer = await credit();
    return answer.taken.amount === '0.00' ? undefined : answer;
  });
  const { body: order } = await place.api.as('u-admin-1').get(`/orders/${no}`);
  const left = 100_000 - Number(order.total.amount);
  expect(taken).toEqual({
    limit: yuan('100000.00'),
    receivables: yuan('0.00'),
    taken: order.total,
    inReview: yuan('0.00'),
    left: yuan(left.toFixed(2)),
  });
  await place.take({ customerId });
  expect(await credit()).toEqual({ ...taken, inReview: order.total });
  expect((await place.api.as('u-finance-lead-1').get('/customers/nobody/credit')).status).toBe(404);
});

test('HG-2 HT-14 EX-8 many holds are lifted with one reason, each judged and reported by itself, and tried without effect first', async () => {
  const [first, second] = [await customerWith('1.00'), await customerWith('1.00')];
  const lead = place.api.as('u-finance-lead-1');
  const hold = async (customerId: string, reason = 'dispute'): Promise<string> => {
    const body = { reason, gates: ['ship'] };
    return (await lead.post(`/customers/${customerId}/holds`, body, freshKey())).body.id as string;
  };
  const [one, other, lifted] = [await hold(first), await hold(second), await hold(second)];
  const legals = await hold(first, 'compliance');
  const body = { holdId: lifted, reasonCode: 'mistake' };
  await place.api.as('u-director-1').post(`/customers/${second}/hold-releases`, body);
  const nobodys = '11111111-1111-4111-8111-111111111111';
  const release = async (more: object = {}) => {
    const asked = { holdIds: [one, other, lifted, nobodys, legals], reasonCode: 'cleared', ...more };
    return (await lead.post('/hold-releases', asked)).body.items;
  };
  const stillPlaced = () =>
    place.api.prisma.customerHold.count({ where: { id: { in: [one, other] }, releasedAt: null } });
  const expected = [
    { holdId: one, customerId: first, status: 200, code: null },
    { holdId: other, customerId: second, status: 200, code: null },
    { holdId: lifted, customerId: second, status: 409, code: 'already_released' },
    { holdId: nobodys, customerId: null, status: 404, code: 'not_found' },
    { holdId: legals, customerId: first, status: 403, code: 'not_a_candidate' },
  ];
  expect([await release({ dryRun: true }), await stillPlaced()]).toEqual([expected, 2]);
  expect([await release(), await stillPlaced()]).toEqual([expected, 0]);
  // Sent again it is answered as before.
  expect(await release()).toEqual(expected);
  const key = freshKey();
  const keyed = (holdIds: readonly string[]) => lead.post('/hold-releases', { holdIds, reasonCode: 'cleared' }, key);
  expect([(await keyed([one])).status, (await keyed([one])).status]).toEqual([207, 207]);
  const another = await keyed([one, other]);
  expect([another.status, another.body.code]).toEqual([409, 'idempotency_key_reused']);
  expect((await place.api.as('u-sales-1').post('/hold-releases', { holdIds: [one], reasonCode: 'x' })).status).toBe(
    403,
  );
});

test('HG-2 S5 a hold of a customer is lifted by whom its reason names, whoever else may place one', async () => {
  const customerId = await customerWith('1000.00');
  const held = { reason: 'quality', gates: ['ship'] };
  const placed = await place.api.as('u-director-1').post(`/customers/${customerId}/holds`, held, freshKey());
  const release = { holdId: placed.body.id, reasonCode: 'inspected' };
  const lift = (user: string) => place.api.as(user).post(`/customers/${customerId}/hold-releases`, release);
  const { holdId, reasonCode } = release;
  const many = (user: string) =>
    place.api.as(user).post('/hold-releases', { holdIds: [holdId], reasonCode, dryRun: true });
  expect([(await lift('u-director-1')).status, (await lift('u-sales-1')).status]).toEqual([403, 403]);
  expect((await many('u-sales-1')).status).toBe(403);
  expect((await many('u-quality-1')).body.items).toEqual([{ holdId, customerId, status: 200, code: null }]);
  expect((await lift('u-quality-1')).body).toMatchObject({ releasedBy: 'u-quality-1' });
});

test('HG-2 a hold whose reason no policy names is lifted by those who may place one, and by nobody else', async () => {
  const customerId = await customerWith('1000.00');
  const held = { reason: 'rumour', gates: ['ship'] };
  const placed = await place.api.as('u-director-1').post(`/customers/${customerId}/holds`, held, freshKey());
  const release = { holdId: placed.body.id, reasonCode: 'unfounded' };
  const lift = (user: string) => place.api.as(user).post(`/customers/${customerId}/hold-releases`, release);
  expect([(await lift('u-quality-1')).status, (await lift('u-legal-1')).status]).toEqual([403, 200]);
});
