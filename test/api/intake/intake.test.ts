import { anOrder, type ApiUnderTest, freshKey, startApi } from '../api-under-test';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const take = (order: object, headers = freshKey(), user = 'u-sales-1') => api.as(user).post('/orders', order, headers);

test('IN-1 an order is taken, numbered, and its workflow started', async () => {
  const { status, body, headers } = await take(anOrder());
  expect(status).toBe(201);
  expect(body).toMatchObject({ status: 'pending_review', missing: [], revision: 1, grade: 'B' });
  expect(body.no).toMatch(/^\d{8}-\d{4,}$/);
  expect(headers['location']).toBe(`/api/v1/orders/${body.no}`);
  const row = await api.prisma.order.findUniqueOrThrow({ where: { no: body.no }, include: { lines: true } });
  expect(row).toMatchObject({ channel: 'phone', takenBy: 'u-sales-1', goodsFen: 120_000n, taxFen: 15_600n });
  expect(row.lines).toMatchObject([{ name: '缓冲铰链 110°', quantity: 100, netFen: 120_000n }]);
  expect(row.startedAt).not.toBeNull();
  const { type, taskQueue } = await api.temporal.workflow.getHandle(`order-${body.no}`).describe();
  expect([type, taskQueue]).toEqual(['order', api.taskQueue]);
});

test('IN-2 fifty orders taken at once get fifty numbers, one after the other', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => take(anOrder())));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 201));
  const numbers = new Set(answers.map(({ body }) => body.no as string));
  expect(numbers.size).toBe(50);
  expect(await api.prisma.order.count({ where: { no: { in: [...numbers] } } })).toBe(50);
});

test('IN-2 the number carries the date of the company, eight hours ahead of UTC', async () => {
  const late = await startApi({ temporalAddress: '127.0.0.1:1', now: () => new Date('2026-11-21T16:00:00.000Z') });
  const { body } = await late.as('u-sales-1').post('/orders', anOrder(), freshKey());
  expect(body.no).toMatch(/^20261122-/);
  await late.asOwner('delete from order_serials');
  const first = await late.as('u-sales-1').post('/orders', anOrder(), freshKey());
  expect(first.body.no).toBe('20261122-0001');
  await late.stop();
});

test('IN-5 an order with something missing is accepted on hold and says what is missing', async () => {
  const { status, body } = await take(anOrder({ phone: undefined, lines: [], customerId: undefined }));
  expect(status).toBe(201);
  expect(body.status).toBe('on_hold');
  expect(body.missing).toEqual(expect.arrayContaining(['customerId', 'phone', 'lines']));
});

test('IN-3 a wrong type or an unknown id is refused and names its field', async () => {
  const wrong = await take(anOrder({ lines: [{ itemId: 'hinge-110', quantity: 'many' }] }));
  expect([wrong.status, wrong.body.code]).toEqual([400, 'invalid_input']);
  expect(wrong.body.errors[0].field).toBe('lines.0.quantity');
  const unknown = await take(anOrder({ lines: [{ itemId: 'no-such', quantity: 1 }] }));
  expect([unknown.status, unknown.body.errors[0].field]).toEqual([400, 'lines.0.itemId']);
  const nobody = await take(anOrder({ customerId: 'c-nobody' }));
  expect([nobody.status, nobody.body.errors[0].field]).toEqual([400, 'customerId']);
  const extra = await take(anOrder({ discount: 1 }));
  expect(extra.status).toBe(400);
});

test('IN-7 a customer made on the fly is in the library afterwards, with the most careful grade', async () => {
  const { status, body } = await take(anOrder({ customerId: undefined, customer: { legalName: '青山客栈' } }));
  expect([status, body.status, body.grade]).toEqual([201, 'pending_review', 'C']);
  const customer = await api.prisma.customer.findUniqueOrThrow({ where: { id: body.customerId } });
  expect(customer).toMatchObject({ legalName: '青山客栈', grade: 'C', phone: '025-8660 2002' });
});

test('X1 an order that is sent twice with one key is one order, also at the same moment', async () => {
  const key = freshKey();
  const order = anOrder();
  const answers = await Promise.all(Array.from({ length: 10 }, () => take(order, key)));
  answers.push(await take(order, key));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(await api.prisma.idempotencyKey.count({ where: { key: key['idempotency-key'] ?? '' } })).toBe(1);
});

test('X1 the same key for another order is refused; without a key nothing is taken', async () => {
  const key = freshKey();
  expect((await take(anOrder(), key)).status).toBe(201);
  const other = await take(anOrder({ channel: 'fax' }), key);
  expect([other.status, other.body.code]).toEqual([409, 'idempotency_key_reused']);
  expect((await take(anOrder(), {})).status).toBe(400);
});

test('IN-1 the number that another system gave is taken once per channel', async () => {
  const shop = anOrder({ channel: 'web_shop', externalNo: 'W-77' });
  expect((await take(shop)).status).toBe(201);
  const again = await take(shop);
  expect([again.status, again.body.code]).toEqual([409, 'external_no_taken']);
  expect((await take(anOrder({ channel: 'dealer', externalNo: 'W-77' }))).status).toBe(201);
});

test('S6 an order taken while Temporal is away is accepted at once and waits for the sweep', async () => {
  // On a loaded machine seconds pass; waiting for Temporal would take a minute.
  const alone = await startApi({ temporalAddress: '127.0.0.1:1', settings: { answerWithinMs: 60_000 } });
  const began = Date.now();
  const { status, body } = await alone.as('u-sales-1').post('/orders', anOrder(), freshKey());
  expect(status).toBe(201);
  expect(Date.now() - began).toBeLessThan(20_000);
  expect(await alone.prisma.order.findUniqueOrThrow({ where: { no: body.no } })).toMatchObject({ startedAt: null });
  await alone.stop();
});

test('GV-1 only an admin picks the policy, and it must exist', async () => {
  expect((await take(anOrder({ policy: 'demo' }))).status).toBe(403);
  expect((await take(anOrder({ policy: 'none' }), freshKey(), 'u-admin-1')).status).toBe(400);
  expect((await take(anOrder({ policy: 'demo' }), freshKey(), 'u-admin-1')).status).toBe(201);
  expect((await take(anOrder(), freshKey(), 'u-warehouse-1')).status).toBe(403);
});

test('HG-1 a copy is an order of its own and says what it was copied from', async () => {
  const { body } = await take(anOrder());
  const copy = await api.as('u-sales-1').post(`/orders/${body.no}/copies`, {}, freshKey());
  expect(copy.status).toBe(201);
  expect(copy.body.no).not.toBe(body.no);
  const { body: details } = await api.as('u-sales-1').get(`/orders/${copy.body.no}`);
  expect(details).toMatchObject({ copyOf: body.no, lines: [{ itemId: 'hinge-110', quantity: 100 }] });
});
