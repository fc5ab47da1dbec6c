import { gradeA } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import { factsOf, line, reaches, rungs, standingOf, taskKindsOpen } from './steps';
import { workplace } from './workplace';

const place = workplace('supply');

const start = async (...lines: ReturnType<typeof line>[]): Promise<OrderUnderTest> => {
  const order = await place.start(gradeA({ lines }));
  await order.decide('review.sales');
  return order;
};
const receive = (order: OrderUnderTest, quantity: number, batchId = 'B1', number = 1) =>
  order.say({ kind: 'goodsReceived', line: number, quantity, batchId });
const report = (order: OrderUnderTest, quantity: number) => order.say({ kind: 'progressReported', line: 1, quantity });
const inspect = (order: OrderUnderTest, passed: number, rework = 0, scrapped = 0) =>
  order.say({ kind: 'inspectionRecorded', line: 1, passed, rework, scrapped, causeCode: 'scratch' });
const stockedIn = (order: OrderUnderTest) => place.firm.held.get(order.no);

it('AL-1 what is in stock is reserved, and only what is short is bought', async () => {
  place.firm.stock.set('half', 4);
  const order = await start(line('buy', 'half'));
  const { goods } = await order.until((dossier) => taskKindsOpen(dossier).includes('purchase.receive'));
  expect(goods.lines[0]).toMatchObject({ reserved: 4, toBuy: 6, ordered: true });
  await receive(order, 6);
  await reaches(order, 'ready_to_ship');
  expect(stockedIn(order)).toBe(10);
});

it('PU-1 one batch that comes in two deliveries is stocked in twice', async () => {
  const order = await start(line('buy'));
  await order.until((dossier) => taskKindsOpen(dossier).includes('purchase.receive'));
  await Promise.all([receive(order, 4), receive(order, 6)]);
  await reaches(order, 'ready_to_ship');
  expect(stockedIn(order)).toBe(10);
});

it('PU-1 one batch that is for two lines is stocked in for both', async () => {
  const order = await start(line('buy', 'b1', 1), line('buy', 'b2', 2));
  await order.until((dossier) => taskKindsOpen(dossier).includes('purchase.receive'));
  await Promise.all([receive(order, 10, 'B1', 1), receive(order, 10, 'B1', 2)]);
  await reaches(order, 'ready_to_ship');
  expect(stockedIn(order)).toBe(20);
});

it('PU-1 more than was ordered is not taken in; a late supplier’s task is escalated', async () => {
  const order = await start(line('buy'));
  await order.until((dossier) => taskKindsOpen(dossier).includes('purchase.receive'));
  await order.say({ kind: 'goodsReceived', id: `${order.no}-much`, line: 1, quantity: 11, batchId: 'B1' });
  expect(await standingOf(place.firm, order, `${order.no}-much`)).toBe('too_many');
  const {
    worklist: { tasks },
  } = await order.dossier();
  const receipt = tasks.find(({ kind }) => kind === 'purchase.receive')?.id.split('/')[1];
  await order.skip('25 hours');
  await order.until(() => rungs(place.firm, `order-${order.no}`).includes(`task ${receipt}:escalate`));
});

it('PR-1 production is signed for, reports progress, and its trouble moves the date', async () => {
  const order = await start(line('make'));
  await order.decide('production.sign', 'done');
  await reaches(order, 'in_production');
  await order.say({ kind: 'troubleReported', cause: 'equipment', newOfferedOn: '2026-12-20' });
  await report(order, 6);
  await report(order, 4);
  const { confirmation } = await reaches(order, 'in_inspection');
  expect(confirmation.promisedOn).toBe('2026-12-20');
  await inspect(order, 10);
  await reaches(order, 'ready_to_ship');
});

it('PR-1 progress before the signature does not count', async () => {
  const order = await start(line('make'));
  await order.until((dossier) => taskKindsOpen(dossier).includes('production.sign'));
  await order.say({ kind: 'progressReported', id: `${order.no}-early`, line: 1, quantity: 1 });
  expect(await standingOf(place.firm, order, `${order.no}-early`)).toBe('wrong_state');
});

it('QC-1 rework is reported and inspected again, and scrap is made again, until all has passed', async () => {
  const order = await start(line('make'));
  await order.decide('production.sign', 'done');
  await report(order, 10);
  await reaches(order, 'in_inspection');
  await inspect(order, 5, 3, 2);
  await reaches(order, 'in_production');
  await report(order, 5);
  await reaches(order, 'in_inspection');
  await inspect(order, 4, 1, 0);
  await reaches(order, 'in_production');
  await report(order, 1);
  await reaches(order, 'in_inspection');
  await inspect(order, 1);
  const { goods } = await reaches(order, 'ready_to_ship');
  expect(goods.lines[0]).toMatchObject({ passed: 10, scrapped: 2, inRework: 0, stockedIn: 10 });
});

it('QC-1 the same inspection twice counts once', async () => {
  const order = await start(line('make'));
  await order.decide('production.sign', 'done');
  await report(order, 10);
  await reaches(order, 'in_inspection');
  const inspection = {
    kind: 'inspectionRecorded',
    id: `${order.no}-i`,
    line: 1,
    passed: 5,
    rework: 0,
    scrapped: 0,
  } as const;
  await order.say(inspection);
  await order.say(inspection);
  await inspect(order, 5);
  await reaches(order, 'ready_to_ship');
  await order.until(() => stockings(order).length === 2);
  expect((await order.dossier()).goods.lines[0]?.stockedIn).toBe(10);
});

it('EX-3 a changed order stocks in what had come before it frees it, and is reviewed anew', async () => {
  const order = await start(line('buy'));
  await order.until((dossier) => taskKindsOpen(dossier).includes('purchase.receive'));
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  place.before.set('stockIn', () => held);
  await receive(order, 4);
  await receive(order, 6);
  await order.say({ kind: 'orderRevised', terms: gradeA({ lines: [line('stock', 'other')] }), fromRevision: 1 });
  await order.until(({ intake: { revision } }) => revision === 2);
  place.before.delete('stockIn');
  letGo();
  await order.until((dossier) => taskKindsOpen(dossier).includes('review.sales') && !dossier.goods.holdsStock);
  expect(place.firm.calls.slice(-3)).toEqual(['stockIn', 'stockIn', 'freeStock']);
});

const stockings = (order: OrderUnderTest) =>
  factsOf(place.firm, `order-${order.no}`).filter(({ fact }) => fact.kind === 'goodsStockedIn');
