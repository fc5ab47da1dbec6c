import { randomUUID } from 'node:crypto';
import { anOrder, answerOf, freshKey } from './api-under-test';
import { apiAtWork, yuan } from './api-at-work';
import { eventually } from './worker-under-test';

const place = apiAtWork();
const { take } = place;
const pay = (no: string, reference: string, key = freshKey()) =>
  place.api.as('u-finance-1').post(`/orders/${no}/payments`, { amount: yuan('9'), method: 'bank', reference }, key);

/** An order under review is locked: whoever changes it takes it out first (HT-12). */
const withdrawReview = async (no: string): Promise<void> => {
  await eventually(async () => (await place.api.as('u-sales-1').get(`/orders/${no}`)).body.tasks?.length || undefined);
  const { status } = await place.api
    .as('u-sales-1')
    .post(`/orders/${no}/review-withdrawals`, { reasonCode: 'to_be_changed' }, freshKey());
  expect(status).toBe(200);
};

test('X1 payments, their reversals and receipts need an Idempotency-Key', async () => {
  const no = await take();
  const bodies = {
    payments: { amount: yuan('9'), method: 'cash' },
    'payment-reversals': { paymentId: randomUUID(), reasonCode: 'wrong_order' },
    receipts: { line: 1, quantity: 1 },
  };
  for (const [url, body] of Object.entries(bodies)) {
    const user = url === 'receipts' ? 'u-warehouse-1' : 'u-finance-1';
    const { status, body: problem } = await place.api.as(user).post(`/orders/${no}/${url}`, body);
    expect([url, status, problem.code, problem.errors?.[0].field]).toEqual([
      url,
      400,
      'invalid_input',
      'idempotency-key',
    ]);
  }
});

test('ST-2 a number of the bank is booked once, and again only after its payment was taken back', async () => {
  const [no, other] = [await take(), await take()];
  const key = freshKey();
  const paid = await pay(no, 'HZ-0001', key);
  expect(paid.status).toBe(200);
  expect((await pay(no, 'HZ-0001', key)).status).toBe(200);
  const twice = await pay(other, 'HZ-0001');
  expect([twice.status, twice.body.code, twice.body.orderNo]).toEqual([409, 'duplicate_reference', no]);
  expect((await pay(other, 'HZ-0002')).status).toBe(200);
  const reversal = { paymentId: paid.body.id, reasonCode: 'wrong_order' };
  expect((await place.api.as('u-finance-1').post(`/orders/${no}/payment-reversals`, reversal, freshKey())).status).toBe(
    200,
  );
  expect((await pay(other, 'HZ-0001')).status).toBe(200);
});

test('ST-2 of ten who book one number of the bank at once one does', async () => {
  const no = await take();
  const answers = await Promise.all(Array.from({ length: 10 }, () => pay(no, 'HZ-0003')));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.code === 'duplicate_reference')).toHaveLength(9);
  const key = freshKey();
  const same = await Promise.all(Array.from({ length: 10 }, () => pay(no, 'HZ-0004', key)));
  expect(new Set(same.map(({ status }) => status))).toEqual(new Set([200]));
});

test('ST-2 a number of the bank is free again when its message changed nothing', async () => {
  const no = await take();
  const early = { amount: yuan('9'), method: 'bank', reference: 'HZ-0005', happenedAt: '1999-01-01T00:00:00Z' };
  expect((await place.api.as('u-finance-1').post(`/orders/${no}/payments`, early, freshKey())).body.code).toBe(
    'too_far_back',
  );
  expect((await pay(no, 'HZ-0005')).status).toBe(200);
});

test('PU-1 a batch number that another item has is taken at the door: a batch is of its item', async () => {
  const no = await take();
  const batch = { batchId: 'b-other', itemId: 'lift-stay', warehouseId: 'wh-hangzhou', quantity: 7 };
  await place.api.as('u-warehouse-1').post('/stock', batch, freshKey());
  const receive = (batchId: string) =>
    place.api.as('u-warehouse-1').post(`/orders/${no}/receipts`, { line: 1, quantity: 1, batchId }, freshKey());
  // Nothing is to be received yet: it is the order that says so.
  for (const batchId of ['b-other', 'b-fresh']) expect((await receive(batchId)).body.code).toBe('wrong_state');
  expect((await receive('no/such form')).status).toBe(400);
});

test('X1 a repeated key rings what was written down, not what is said now', async () => {
  const no = await take();
  const key = freshKey();
  const at = new Date(Date.now() - 60_000).toISOString();
  const rung: { told: { at: string } }[] = [];
  const handle = place.api.temporal.workflow.getHandle('none');
  const listening = jest.spyOn(Object.getPrototypeOf(place.api.temporal.workflow), 'getHandle');
  listening.mockReturnValue({
    ...handle,
    signal: async (_kind: string, said: { told: { at: string } }) => void rung.push(said),
  });
  try {
    expect((await pay(no, 'HZ-0006', key)).status).toBe(202);
    await place.api.prisma.$executeRaw`
      update inbox set payload = payload || jsonb_build_object('at', ${at}::text) where id = ${key['idempotency-key']}`;
    expect((await pay(no, 'HZ-0006', key)).status).toBe(202);
  } finally {
    listening.mockRestore();
  }
  expect(rung).toHaveLength(2);
  expect(rung[1]?.told.at).toBe(at);
});

test('DL-1 a file whose message is refused is not kept', async () => {
  const no = await take();
  await eventually(async () => (await place.api.as('u-sales-1').get(`/orders/${no}`)).body.tasks?.length || undefined);
  const file = async (key: string) => {
    const form = new FormData();
    form.set('purpose', 'contract');
    form.set('file', new Blob(['%PDF-1.7 x'], { type: 'application/pdf' }), 'a.pdf');
    const headers = { authorization: `Bearer ${place.api.tokens['u-sales-1']}`, 'idempotency-key': key };
    return answerOf(
      await fetch(`${place.api.url}/api/v1/orders/${no}/attachments`, { method: 'POST', body: form, headers }),
    );
  };
  const key = freshKey();
  await pay(no, 'HZ-0007', key);
  expect((await file(key['idempotency-key'] ?? '')).body.code).toBe('idempotency_key_reused');
  await place.api.temporal.workflow.getHandle(`order-${no}`).terminate();
  await place.api.prisma.order.update({ where: { no }, data: { endedAt: new Date() } });
  const late = randomUUID();
  expect([(await file(late)).body.code, (await file(late)).body.code]).toEqual(['order_ended', 'order_ended']);
  expect(await place.api.prisma.attachment.count({ where: { orderNo: no } })).toBe(0);
});

test('AR-2 Q8 a suspended customer gets no new order, and no other order becomes his', async () => {
  const no = await take();
  await eventually(async () => (await place.api.as('u-sales-1').get(`/orders/${no}`)).body.tasks?.length || undefined);
  await place.api.as('u-admin-1').post('/customers', { id: 'c-stopped', legalName: '停牌客户' });
  await place.api.prisma.customer.update({ where: { id: 'c-stopped' }, data: { suspendedAt: new Date() } });
  const intake = anOrder({ customerId: 'c-stopped' });
  const refused = await place.api.as('u-sales-1').post('/orders', intake, freshKey());
  expect([refused.status, refused.body.code]).toEqual([409, 'customer_suspended']);
  const revise = (changed: object) =>
    place.api.as('u-sales-1').post(`/orders/${no}/revisions`, { fromRevision: 1, intake: changed }, freshKey());
  expect((await revise(intake)).body.code).toBe('customer_suspended');
  const nobody = await revise(anOrder({ salespersonId: 'u-nobody' }));
  expect([nobody.status, nobody.body.errors?.[0].field]).toEqual([400, 'salespersonId']);
});

test('HG-1 a copy is of today: neither its day nor a wish that is past is taken over', async () => {
  const days = (wish: string) => ({ orderedOn: '2026-01-05', deliveryWish: { method: 'freight_line', date: wish } });
  const copyOf = async (wish: string) => {
    const no = await take(days(wish));
    const copy = await place.api.as('u-sales-1').post(`/orders/${no}/copies`, {}, freshKey());
    const { body } = await place.api.prisma.orderIntake.findFirstOrThrow({ where: { orderNo: copy.body.no } });
    return body;
  };
  const past = await copyOf('2026-01-20');
  expect(past).not.toHaveProperty('orderedOn');
  expect(past).toMatchObject({ deliveryWish: { method: 'freight_line', date: null } });
  expect(await copyOf('2100-01-20')).toMatchObject({ deliveryWish: { date: '2100-01-20' } });
});

test('X1 a repeat is answered like the first, even where the door would refuse it by now', async () => {
  const no = await take();
  const intake = anOrder({ salespersonId: 'u-sales-2' });
  const key = freshKey();
  await withdrawReview(no);
  const revise = () => place.api.as('u-sales-1').post(`/orders/${no}/revisions`, { fromRevision: 1, intake }, key);
  expect((await revise()).status).toBe(200);
  const leave = (active: boolean) => place.api.prisma.user.update({ where: { id: 'u-sales-2' }, data: { active } });
  await leave(false);
  try {
    expect((await revise()).status).toBe(200);
    const fresh = await place.api
      .as('u-sales-1')
      .post(`/orders/${no}/revisions`, { fromRevision: 2, intake }, freshKey());
    expect(fresh.status).toBe(400);
  } finally {
    await leave(true);
  }
});
