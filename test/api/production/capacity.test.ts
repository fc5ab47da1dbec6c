import { type ApiUnderTest, anOrder, freshKey, startApi } from '../api-under-test';
import { yuan } from '../api-at-work';

// Monday the 23rd, 10:00 in China: today is no day to make anything on, the 24th is the first.
let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi({ now: () => new Date('2026-11-23T02:00:00.000Z') });
});
afterAll(() => api.stop());

const wallUnits = (quantity: number, date: string | null): object =>
  anOrder({
    lines: [{ itemId: 'cabinet-wall-800', quantity, unitPrice: yuan('960.00') }],
    deliveryWish: { method: 'freight_line', ...(date === null ? {} : { date }) },
  });

/** Takes an order of so many wall units, and answers what its terms say. */
async function wallUnitsTaken(quantity: number, date: string | null) {
  const { body } = await api.as('u-sales-1').post('/orders', wallUnits(quantity, date), freshKey());
  const { terms } = await api.prisma.order.findUniqueOrThrow({ where: { no: body.no } });
  const { reviews } = terms as unknown as { readonly reviews: readonly { readonly task: string; evidence: object }[] };
  return {
    no: body.no as string,
    offeredOn: body.offeredOn as string,
    tasks: reviews.map(({ task }) => task),
    evidence: reviews.find(({ task }) => task === 'review.management')?.evidence ?? {},
  };
}

test('RV-3 production says what its lines make; others do not, and not twice for one day', async () => {
  const [lead, sales] = [api.as('u-team-lead-1'), api.as('u-sales-1')];
  const row = { id: 'wall-2026', line: '吊柜', piecesPerDay: 4, from: '2026-01-01' };
  expect((await sales.post('/capacity', row, freshKey())).status).toBe(403);
  for (const wrong of [{ piecesPerDay: -1 }, { piecesPerDay: 1.5 }, { from: '2026-13-01' }, { line: '' }])
    expect((await lead.post('/capacity', { ...row, ...wrong }, freshKey())).status).toBe(400);
  expect((await lead.post('/capacity', row, freshKey())).body).toMatchObject({ ...row, setBy: 'u-team-lead-1' });
  const again = await lead.post('/capacity', { ...row, id: 'wall-again' }, freshKey());
  expect([again.status, again.body.code]).toEqual([409, 'already_exists']);
  expect((await lead.patch('/capacity/wall-2026', { piecesPerDay: 5 })).body).toMatchObject({ piecesPerDay: 5 });
  expect((await sales.get('/capacity')).body.items).toMatchObject([{ id: 'wall-2026', piecesPerDay: 5 }]);
});

test('RV-3 an order is fitted in behind what open orders still need, and a wish before that goes to management', async () => {
  // Ten working days of 5: by lead time and by capacity the 7th of December.
  const first = await wallUnitsTaken(50, '2026-12-07');
  expect(first).toMatchObject({ offeredOn: '2026-12-07', evidence: {} });
  const second = await wallUnitsTaken(20, '2026-12-10');
  expect(second).toMatchObject({ offeredOn: '2026-12-11' });
  expect(second.evidence).toMatchObject({
    'over_capacity.wishedOn': '2026-12-10',
    'over_capacity.neededPieces': 20,
    'over_capacity.freePieces': 15,
    'over_capacity.firstPossibleOn': '2026-12-11',
  });
  expect(second.tasks).toContain('review.management');
  // What has passed inspection, and what is held in stock, is not made any more.
  const made = {
    no: 'P-1',
    orderNo: first.no,
    line: 1,
    itemId: 'cabinet-wall-800',
    quantity: 40,
    orderedAt: new Date(),
  };
  await api.prisma.productionOrder.create({ data: { ...made, reported: 30, passed: 30, state: 'in_production' } });
  expect(await wallUnitsTaken(50, null)).toMatchObject({ offeredOn: '2026-12-15', evidence: {} });
  await api.prisma.order.updateMany({ data: { status: 'cancelled' } });
  expect(await wallUnitsTaken(50, '2026-12-07')).toMatchObject({ offeredOn: '2026-12-07', evidence: {} });
});

test('RV-3 an order that is changed does not stand in its own way', async () => {
  await api.prisma.order.updateMany({ data: { status: 'cancelled' } });
  const { no } = await wallUnitsTaken(50, null);
  const intake = wallUnits(55, null);
  const { status } = await api.as('u-sales-1').post(`/orders/${no}/revisions`, { fromRevision: 1, intake }, freshKey());
  expect(status).toBe(202);
  const { payload } = await api.prisma.inboxMessage.findFirstOrThrow({ where: { orderNo: no, kind: 'orderRevised' } });
  expect(payload).toMatchObject({ terms: { offeredOn: '2026-12-08' } });
});

test('RV-3 where nobody says what production makes, the lead time alone counts', async () => {
  await api.asOwner('delete from production_capacity');
  expect(await wallUnitsTaken(10_000, '2026-12-07')).toMatchObject({ offeredOn: '2026-12-07' });
});
