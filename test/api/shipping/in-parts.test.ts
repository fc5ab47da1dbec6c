import { type Answer, freshKey } from '../api-under-test';
import { apiAtWork, yuan } from '../api-at-work';
import { eventually } from '../worker-under-test';

const place = apiAtWork();

/** Two lines lie in stock and go at once; the third is bought, and goes when it has come (SH-3). */
const inParts = {
  customerId: 'c-donghai',
  deliveryWish: { method: 'freight_line', date: '2030-12-20', inParts: true },
  lines: [
    { itemId: 'hinge-110', quantity: 100, unitPrice: yuan('12.00') },
    { itemId: 'rail-450', quantity: 3, unitPrice: yuan('46.00') },
    { itemId: 'lift-stay', quantity: 7, unitPrice: yuan('38.00') },
  ],
};

const order = async (no: string) => (await place.api.as('u-admin-1').get(`/orders/${no}`)).body;

/** Answers a task of a kind, of the order or of one of its shipments, once it is open. */
async function answer(user: string, task: { no: string; kind: string; of?: string }, outcome: string): Promise<void> {
  const { id } = await eventually(async () => {
    const { tasks } = await order(task.no);
    return (tasks as { id: string; kind: string }[]).find(
      (one) => one.kind === task.kind && one.id.startsWith(`${task.of ?? task.no}/`),
    );
  });
  const body = { taskId: id, outcome };
  const decided = await place.api.as(user).post(`/orders/${task.no}/decisions`, body, freshKey());
  expect([task.kind, decided.status, decided.body.code]).toEqual([task.kind, 200, undefined]);
}

const tell = async (user: string, url: string, body: object): Promise<Answer> =>
  place.api.as(user).post(url, body, freshKey());

/** Picked, sent, brought and confirmed by its number, and its bill reviewed. */
async function brought(no: string, of: string): Promise<void> {
  await answer('u-warehouse-1', { no, of, kind: 'shipment.pick' }, 'done');
  await answer('u-checker-1', { no, of, kind: 'shipment.check' }, 'done');
  await answer('u-warehouse-2', { no, of, kind: 'shipment.scan_out' }, 'done');
  const waybill = { carrier: 'sf', waybillNo: `SF-${of}` };
  expect((await tell('u-logistics-1', `/shipments/${of}/waybill`, waybill)).status).toBe(200);
  expect((await tell('u-logistics-1', `/shipments/${of}/events`, { event: 'delivered' })).status).toBe(200);
  await eventually(async () => {
    const confirmed = await tell('u-sales-1', `/orders/${no}/delivery-confirmations`, { shipmentNo: of });
    return confirmed.status === 200 ? confirmed : undefined;
  });
  await answer('u-finance-1', { no, kind: 'bill.review' }, 'approve');
  await eventually(async () => (await order(no)).charges.find(({ about }: { about: string | null }) => about === of));
}

test('SH-3 ST-1 AR-2 M14 three lines go out in two shipments, each is billed with a letter of its own, one transfer pays both bills in two parts, and a collection follows the rest', async () => {
  const no = await place.take(inParts);
  const [first, second] = [`${no}-S1`, `${no}-S2`];
  const [firstBill, secondBill] = [`${no}-B1`, `${no}-B2`];
  const letter = (query = '') => place.api.as('u-sales-1').get(`/orders/${no}/letters/bill${query}`);
  await answer('u-sales-supervisor-1', { no, kind: 'review.sales' }, 'approve');
  await brought(no, first);
  expect((await letter()).body).toContain(firstBill);
  const receipt = { line: 3, quantity: 7 };
  expect((await tell('u-warehouse-1', `/orders/${no}/receipts`, receipt)).status).toBe(200);
  await brought(no, second);

  const unpaid = await order(no);
  expect(unpaid.intake.deliveryWish).toMatchObject({ inParts: true });
  expect(unpaid.shipments).toMatchObject([
    {
      no: first,
      clearance: 'on_account',
      lines: [
        { line: 1, quantity: 100 },
        { line: 2, quantity: 3 },
      ],
    },
    { no: second, clearance: 'on_account', lines: [{ line: 3, quantity: 7 }] },
  ]);
  // 13 % of tax: 1,338.00 and 266.00 without it.
  expect(unpaid.charges).toMatchObject([
    {
      no: firstBill,
      purpose: 'bill',
      about: first,
      amount: yuan('1511.94'),
      open: yuan('1511.94'),
      isWithdrawn: false,
    },
    { no: secondBill, purpose: 'bill', about: second, amount: yuan('300.58'), open: yuan('300.58') },
  ]);
  const unnamed = await letter();
  expect([unnamed.status, unnamed.body.errors]).toMatchObject([400, [{ field: 'chargeNo', code: 'required' }]]);
  const page = (await letter(`?chargeNo=${secondBill}`)).body;
  expect(page).toMatch(/气动支撑杆[\s\S]*¥266\.00[\s\S]*¥300\.58/);
  expect(page).not.toMatch(/缓冲铰链|1,511/);
  expect((await letter(`?chargeNo=${no}-B9`)).status).toBe(404);

  const pay = (amount: string, more: object = {}) =>
    tell('u-finance-1', `/orders/${no}/payments`, { amount: yuan(amount), method: 'bank', ...more });
  expect((await pay('1', { chargeNo: `${no}-B9` })).body.code).toBe('unknown_charge');
  const transfer = await pay('1600.00');
  expect(transfer.status).toBe(200);
  const half = await order(no);
  expect(half.payments).toMatchObject([
    {
      id: transfer.body.id,
      allocations: [
        { chargeNo: firstBill, amount: yuan('1511.94') },
        { chargeNo: secondBill, amount: yuan('88.06') },
      ],
    },
  ]);
  expect(half.charges.map(({ open }: { open: object }) => open)).toEqual([yuan('0.00'), yuan('212.52')]);
  const collected = await eventually(async () => {
    const { collections } = await order(no);
    const owed = collections.map((one: { chargeNo: string; owed: object }) => [one.chargeNo, one.owed]);
    return JSON.stringify(owed).includes('212.52') && JSON.stringify(owed).includes('"0.00"') ? owed : undefined;
  });
  expect(collected).toEqual([
    [firstBill, yuan('0.00')],
    [secondBill, yuan('212.52')],
  ]);
  expect((await pay('212.52', { chargeNo: secondBill })).status).toBe(200);
  expect((await order(no)).outstanding).toEqual(yuan('0.00'));
});

test('X1 W2 what a workflow could not read is refused at the door with the field, and nothing is kept of it', async () => {
  const no = await place.take();
  const before = await place.api.prisma.inboxMessage.count({ where: { orderNo: no } });
  const refusals: readonly [string, string, object, string][] = [
    ['u-finance-1', 'payments', { amount: yuan('0'), method: 'bank' }, 'amount'],
    ['u-finance-1', 'payments', { amount: yuan('1'), method: 'bank', chargeNo: 'B1' }, 'chargeNo'],
    ['u-sales-1', 'delivery-confirmations', { shipmentNo: `${no}-B1` }, 'shipmentNo'],
    ['u-warehouse-1', 'receipts', { line: 1000, quantity: 1 }, 'line'],
    ['u-warehouse-1', 'receipts', { line: 1, quantity: 1_000_000_001 }, 'quantity'],
    ['u-quality-1', 'inspections', { line: 1, passed: -1, rework: 0, scrapped: 0 }, 'passed'],
    ['u-sales-1', 'contacts', { answered: 'yes' }, 'answered'],
    ['u-team-lead-1', 'troubles', { cause: 'staff', newOfferedOn: '2300-01-01' }, 'newOfferedOn'],
    ['u-legal-1', 'task-moves', { taskId: `${no}/1`, how: 'transfer', slot: 100 }, 'slot'],
  ];
  for (const [user, url, body, field] of refusals) {
    const refused = await place.api.as(user).post(`/orders/${no}/${url}`, body, freshKey());
    expect([url, refused.status, refused.body.errors?.[0]?.field]).toEqual([url, 400, field]);
  }
  expect(await place.api.prisma.inboxMessage.count({ where: { orderNo: no } })).toBe(before);
});
