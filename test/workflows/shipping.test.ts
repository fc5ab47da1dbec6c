import type { ShipmentDossier } from '../../domain/inside/shipment';
import { dossierQuery } from '../../workflows/messages';
import { gradeA, hours, rung, taskTerms } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import {
  carrier,
  openTasks,
  reaches,
  rungs,
  saidOf,
  shipmentOf,
  shipped,
  signed,
  small,
  standingOf,
  taskKindsOpen,
} from './steps';
import { workplace } from './workplace';

const place = workplace('shipping');

async function ready(changes: Parameters<typeof gradeA>[0] = {}): Promise<OrderUnderTest> {
  const order = await place.start(gradeA(changes));
  await order.decide('review.sales');
  await order.until((dossier) => shipmentOf(dossier) !== undefined);
  return order;
}
const parcelOf = (id: string) =>
  place.environment.client.workflow.getHandle(id).query(dossierQuery) as Promise<ShipmentDossier>;

/** Asks the shipment until it is so; a test's own time limit ends it. */
async function arrives(child: string, met: (parcel: ShipmentDossier) => boolean): Promise<void> {
  while (!met(await parcelOf(child))) await new Promise((resolve) => setTimeout(resolve, 20));
}

it('SH-1 a second person checks the pick, and a wrong pick goes back', async () => {
  const order = await ready();
  const child = `shipment-${order.no}-S1`;
  await order.decide('shipment.pick', 'done', { by: 'wang' });
  await arrives(child, (parcel) => openTasks(parcel).some(({ kind }) => kind === 'shipment.check'));
  const [task] = openTasks(await parcelOf(child));
  const by = { kind: 'user', userId: 'wang', roles: ['checker'] } as const;
  await order.say({ kind: 'decisionMade', id: `${order.no}-self`, taskId: task?.id ?? '', outcome: 'done', by }, child);
  expect(await standingOf(place.firm, order, `${order.no}-self`)).toBe('four_eyes');
  await order.decide('shipment.check', 'wrong', { reasonCode: 'other_item' });
  await order.decide('shipment.pick', 'done');
  await order.decide('shipment.check', 'done', { by: 'chen' });
  await order.decide('shipment.scan_out', 'done');
  await reaches(order, 'shipped_out');
  expect(place.firm.held.has(order.no)).toBe(false);
});

it('SH-2 a waybill that is not entered within the hour is escalated, and its task closes when it is', async () => {
  const { tasks } = gradeA();
  const waybill = {
    ...taskTerms('shipment.waybill'),
    due: hours(1),
    ladder: [rung(hours(0.5), 'remind'), rung(hours(1), 'escalate', ['customer_service_supervisor'])],
  };
  const order = await ready({ tasks: { ...tasks, 'shipment.waybill': waybill } });
  await order.decide('shipment.pick', 'done');
  await order.decide('shipment.check', 'done');
  await order.decide('shipment.scan_out', 'done');
  await reaches(order, 'shipped_out');
  const child = `shipment-${order.no}-S1`;
  await order.skip('61 minutes');
  await order.until(() => rungs(place.firm, child).includes('task 4:escalate'));
  expect(rungs(place.firm, child)).toEqual(['task 4:remind', 'task 4:escalate']);
  await order.say({ kind: 'waybillEntered', carrier: 'sf', waybillNo: 'SF1' }, child);
  await order.say({ kind: 'waybillEntered', id: `${order.no}-w2`, carrier: 'sf', waybillNo: 'SF1' }, child);
  await standingOf(place.firm, order, `${order.no}-w2`);
  expect(taskKindsOpen(await parcelOf(child))).toEqual([]);
});

it('SH-4 carrier events in any order, repeated and late, end where the goods are', async () => {
  const order = await ready();
  const child = await shipped(order);
  await carrier(order, child, 'out_for_delivery');
  await reaches(order, 'in_transit');
  await carrier(order, child, 'collected');
  await carrier(order, child, 'out_for_delivery');
  await carrier(order, child, 'arrived');
  await carrier(order, child, 'in_transit');
  await carrier(order, child, 'delivered');
  await reaches(order, 'delivered');
  const reports = () => saidOf(place.firm, `order-${order.no}`, 'shipmentMoved').map(({ to }) => to);
  await order.until(() => reports().length === 3);
  expect(reports()).toEqual(['shipped_out', 'in_transit', 'delivered']);
});

it('SH-5 a failed delivery opens a task, which the delivery closes', async () => {
  const order = await ready();
  const child = await shipped(order);
  await carrier(order, child, 'failed');
  await order.decide('shipment.trouble', 'done');
  await carrier(order, child, 'failed');
  await carrier(order, child, 'delivered');
  await reaches(order, 'delivered');
  await place.outcomeOf(child);
  expect(taskKindsOpen(await parcelOf(child))).toEqual([]);
});

it('SH-7 goods that are picked up on the last day are delivered', async () => {
  const order = await ready();
  const child = await shipped(order);
  await carrier(order, child, 'arrived');
  await arrives(child, ({ handling }) => handling.arrivedAt !== null);
  await reaches(order, 'in_transit');
  await place.atRest(`order-${order.no}`, child);
  await order.skip('14 days');
  await carrier(order, child, 'delivered');
  expect((await reaches(order, 'delivered')).closing.closure).toBeUndefined();
});

// The last: what skips time after it finds the clock of the test server held now and then.
it('SH-7 unclaimed goods make the order dead, and are recalled; the guarantor bears the freight once', async () => {
  const order = await place.start(small('guarantor'));
  await signed(order);
  await order.decide('small.guarantee');
  const child = await shipped(order);
  await carrier(order, child, 'arrived');
  await arrives(child, ({ handling }) => handling.arrivedAt !== null);
  await reaches(order, 'in_transit');
  await place.atRest(`order-${order.no}`, child);
  await order.skip('16 days');
  await reaches(order, 'dead');
  await order.decide('shipment.recall', 'done', { amountFen: 3_600 });
  await order.decide('customer.grade_review', 'done');
  expect(await order.ended()).toBe('dead');
  const postings = place.firm.filings
    .filter(({ orderNo }) => orderNo === order.no)
    .flatMap((filing) => filing.postings);
  expect(postings.map(({ purpose, legs }) => [purpose, legs[0]])).toEqual([
    ['freight', { account: '1221', amountFen: 3_600 }],
  ]);
  expect(place.firm.calls.filter((call) => call === 'putBackStock')).toHaveLength(1);
});
