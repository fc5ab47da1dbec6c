import { sign } from '../../../api/shipping/signature';
import { anOrder, answerOf, type ApiUnderTest, freshKey, startApi } from '../api-under-test';

const secret = 'k3yT8-the-carrier-and-we-know-41';
let api: ApiUnderTest;
let orderNo: string;
beforeAll(async () => {
  const settings = {
    answerWithinMs: 300,
    webhookSecret: (variable: string) => (variable === 'WEBHOOK_SECRET_SF' ? secret : undefined),
  };
  api = await startApi({ settings });
  orderNo = (await api.as('u-sales-1').post('/orders', anOrder(), freshKey())).body.no;
  const no = `${orderNo}-S1`;
  await api.prisma.shipment.create({
    data: { no, orderNo, status: 'shipped_out', carrier: 'sf', waybillNo: 'SF100', clearance: 'paid' },
  });
});
afterAll(() => api.stop());

const anEvent = (changes: object = {}) =>
  JSON.stringify({
    id: 'event-0001',
    waybillNo: 'SF100',
    event: 'in_transit',
    happenedAt: '2026-11-21T08:00:00+08:00',
    ...changes,
  });

async function report(body: string, changes: { provider?: string; at?: number; with?: string; signed?: string } = {}) {
  const timestamp = String(Math.floor((changes.at ?? Date.now()) / 1000));
  const signature = sign({ body: Buffer.from(changes.signed ?? body), timestamp }, changes.with ?? secret).toString(
    'hex',
  );
  const headers = { 'content-type': 'application/json', 'x-timestamp': timestamp, 'x-signature': signature };
  const url = `${api.url}/api/v1/webhooks/${changes.provider ?? 'sf'}`;
  return answerOf(await fetch(url, { method: 'POST', body, headers }));
}

test('SH-4 a signed event is written down once, however often it comes, with the carrier’s id', async () => {
  const answers = [await report(anEvent()), await report(anEvent())];
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  const rows = await api.prisma.inboxMessage.findMany({ where: { kind: 'carrierEventReceived' } });
  expect(rows).toMatchObject([
    { id: 'webhook/sf/event-0001', workflowId: `shipment-${orderNo}-S1`, sender: 'webhook:sf' },
  ]);
  expect(rows[0]?.payload).toMatchObject({
    event: 'in_transit',
    happenedAt: '2026-11-21T00:00:00.000Z',
    by: { kind: 'carrier' },
  });
});

test.each([
  ['another secret', { with: 'x'.repeat(32) }],
  ['another body than the signed one', { signed: '{}' }],
  ['a time long past', { at: Date.now() - 400_000 }],
  ['a time to come', { at: Date.now() + 400_000 }],
  ['a carrier without a secret', { provider: 'own-truck' }],
  ['an unknown carrier', { provider: 'nobody' }],
])('SH-4 %s is refused', async (_, changes) => {
  const before = await api.prisma.inboxMessage.count();
  const answer = await report(anEvent({ id: 'event-0002' }), changes);
  expect([answer.status, answer.body.code]).toEqual([401, 'bad_signature']);
  expect(await api.prisma.inboxMessage.count()).toBe(before);
});

test('SH-4 what is signed and makes no sense is refused with its field', async () => {
  const unknown = await report(anEvent({ id: 'event-0003', waybillNo: 'SF999' }));
  expect([unknown.status, unknown.headers['retry-after']]).toEqual([404, '600']);
  const wrong = await report(anEvent({ id: 'event-0003', event: 'eaten' }));
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([400, 'event']);
  const broken = await report('{"id":');
  expect([broken.status, broken.body.code]).toEqual([400, 'malformed_json']);
});

test('SH-4 no key that a person can send is the id of a carrier’s event', async () => {
  const byHand = (key: string) =>
    api.as('u-logistics-1').post(`/shipments/${orderNo}-S1/events`, { event: 'arrived' }, { 'idempotency-key': key });
  expect((await byHand('sf-event-0009')).status).toBe(202);
  expect((await report(anEvent({ id: 'event-0009' }))).status).toBe(202);
  const written = await api.prisma.inboxMessage.findFirst({
    where: { sender: 'webhook:sf', id: { endsWith: '0009' } },
  });
  expect((await byHand(written?.id ?? '')).body.errors).toMatchObject([{ field: 'idempotency-key' }]);
});

test('SH-4 an event by hand goes the same way', async () => {
  const { status, body } = await api.as('u-logistics-1').post(`/shipments/${orderNo}-S1/events`, { event: 'arrived' });
  expect([status, body.state]).toEqual([202, 'pending']);
  expect((await api.as('u-sales-1').post(`/shipments/${orderNo}-S1/events`, { event: 'arrived' })).status).toBe(403);
});

test('SH-2 a waybill names a carrier that is known: the events of another would never be taken', async () => {
  const enter = (carrier: string) =>
    api.as('u-logistics-1').post(`/shipments/${orderNo}-S1/waybill`, { carrier, waybillNo: 'SF101' });
  const { status, body } = await enter('nobody');
  expect([status, body.errors[0]]).toMatchObject([400, { field: 'carrier', code: 'unknown' }]);
  expect((await enter('sf')).status).not.toBe(400);
});

test('X1 SH-4 a signed event that names a field twice is refused, with the field', async () => {
  const twice = anEvent({ id: 'event-twice' }).replace('"event":', '"event":"delivered","event":');
  const { status, body } = await report(twice);
  expect([status, body.code, body.errors[0].field]).toEqual([400, 'duplicate_key', 'event']);
  expect(await api.prisma.inboxMessage.count({ where: { id: 'webhook/sf/event-twice' } })).toBe(0);
});
