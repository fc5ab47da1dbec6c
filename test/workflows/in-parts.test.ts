import { bills } from '../../domain/inside/money/money';
import { type Shipment, shipmentsOf } from '../../domain/inside/shipping/shipping';
import { collectionWorkflowId, shipmentWorkflowId } from '../../workflows/ids';
import { gradeA } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import { carrier, days, line, pay, rungs } from './steps';
import { workplace } from './workplace';

const place = workplace('in-parts');

/** Two lines lie in stock and go at once; the third is bought, and goes when it has come (SH-3). */
const inParts = gradeA({
  reviews: [],
  ships: 'as_ready',
  paymentTerm: days(10),
  lines: [line('stock', 'A', 1), line('stock', 'B', 2), line('buy', 'C', 3)],
  totals: { goodsFen: 300_000, taxFen: 39_000, freightFen: 0, totalFen: 339_000 },
});

const reachesState = (order: OrderUnderTest, shipmentNo: string, state: Shipment['state']) =>
  order.until((dossier) => shipmentsOf(dossier).some((one) => one.no === shipmentNo && one.state === state));

/** Picked, sent, brought and confirmed: one shipment by its number, whatever the others do. */
async function brought(order: OrderUnderTest, shipmentNo: string): Promise<void> {
  const child = shipmentWorkflowId(shipmentNo);
  await order.until((dossier) => shipmentsOf(dossier).some(({ no, isStarted }) => no === shipmentNo && isStarted));
  for (const step of ['shipment.pick', 'shipment.check', 'shipment.scan_out'] as const)
    await order.decide(step, 'done', {}, child);
  await reachesState(order, shipmentNo, 'shipped_out');
  await order.say({ kind: 'waybillEntered', carrier: 'sf', waybillNo: `SF-${shipmentNo}` }, child);
  await carrier(order, child, 'delivered');
  await reachesState(order, shipmentNo, 'delivered');
  await order.say({ kind: 'deliveryConfirmed', shipmentNo, by: { kind: 'customer' } });
}

const owed = (order: OrderUnderTest) =>
  order
    .dossier()
    .then(({ collections }) => Object.entries(collections).map(([chargeNo, { toldFen }]) => [chargeNo, toldFen]));

it('SH-3 ST-1 AR-2 M14 three lines go out in two shipments, each is billed, one transfer pays both bills in two parts, and what it leaves of the second is collected', async () => {
  const order = await place.start(inParts);
  const [first, second] = [`${order.no}-S1`, `${order.no}-S2`];
  const [firstBill, secondBill] = [`${order.no}-B1`, `${order.no}-B2`];
  await order.until(({ confirmation }) => confirmation.sentAt !== undefined);
  await order.say({ kind: 'confirmationReturned', revision: 1 });

  await brought(order, first);
  await order.decide('bill.review', 'approve', { about: first });
  const half = await order.until(({ money }) => bills(money).length === 1);
  // What is furthest behind is still to come in.
  expect([half.status, place.firm.held.get(order.no)]).toEqual(['allocated', undefined]);

  await order.say({ kind: 'goodsReceived', line: 3, quantity: 10, batchId: 'C1' });
  await brought(order, second);
  await order.decide('bill.review', 'approve', { about: second });
  const { money } = await order.until((dossier) => bills(dossier.money).length === 2);
  expect(bills(money).map(({ no, about, netFen, taxFen }) => [no, about, netFen + taxFen])).toEqual([
    [firstBill, first, 226_000],
    [secondBill, second, 113_000],
  ]);
  expect([place.firm.taken.get(first), place.firm.taken.get(second)]).toEqual([
    [
      { line: 1, quantity: 10 },
      { line: 2, quantity: 10 },
    ],
    [{ line: 3, quantity: 10 }],
  ]);

  await pay(order, 266_000, 'transfer');
  const paid = await order.until(({ collections }) => collections[secondBill]?.toldFen === 73_000);
  expect(paid.money.allocations).toEqual([
    { paymentId: 'transfer', chargeNo: firstBill, amountFen: 226_000 },
    { paymentId: 'transfer', chargeNo: secondBill, amountFen: 40_000 },
  ]);
  expect(await place.outcomeOf(collectionWorkflowId(firstBill))).toBe('paid');
  expect(await owed(order)).toEqual([
    [firstBill, 0],
    [secondBill, 73_000],
  ]);

  await order.skip('26 days');
  const climbed = () => rungs(place.firm, collectionWorkflowId(secondBill));
  await order.until(() => climbed().includes('collection:call'));
  expect(rungs(place.firm, collectionWorkflowId(firstBill))).toEqual([]);
  await pay(order, 73_000, 'rest');
  expect(await order.result()).toBe('archived');
  expect(await place.outcomeOf(collectionWorkflowId(secondBill))).toBe('paid');
  const purposes = place.firm.filings.flatMap(({ postings }) => postings.map(({ purpose }) => purpose));
  expect(purposes.filter((purpose) => purpose === 'bill' || purpose === 'receipt').toSorted()).toEqual([
    'bill',
    'bill',
    'receipt',
    'receipt',
  ]);
});
