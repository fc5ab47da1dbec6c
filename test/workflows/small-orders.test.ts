import { holdsOf } from '../../domain/inside/holds/holds';
import { pay, picked, reaches, shipmentOf, shipped, signed, small, standingOf, taskKindsOpen } from './steps';
import { workplace } from './workplace';

const place = workplace('small-orders');

it('CF-5 a prepaid small order ships when all of it is paid', async () => {
  const order = await place.start(small('prepaid'));
  await signed(order);
  await reaches(order, 'awaiting_deposit');
  await pay(order, 40_000);
  await reaches(order, 'ready_to_ship');
  await shipped(order);
  expect(shipmentOf(await order.dossier())?.clearance).toBe('paid');
});

it('CF-5 a small order on a guarantee ships when the director has been told and agrees', async () => {
  const order = await place.start(small('guarantor'));
  await signed(order);
  await reaches(order, 'awaiting_balance');
  await order.decide('small.guarantee', 'approve');
  const shipment = shipmentOf(await order.until((dossier) => shipmentOf(dossier) !== undefined));
  expect(shipment?.clearance).toBe('small_order');
});

it('CF-5 a refused guarantee leaves the balance to be paid', async () => {
  const order = await place.start(small('guarantor'));
  await signed(order);
  await reaches(order, 'awaiting_balance');
  await order.decide('small.guarantee', 'reject', { reasonCode: 'too_risky' });
  const refused = await order.until(({ clearance }) => clearance.guarantee === 'refused');
  expect({ status: refused.status, open: taskKindsOpen(refused) }).toEqual({ status: 'awaiting_balance', open: [] });
  await pay(order, 40_000);
  await reaches(order, 'ready_to_ship');
});

it('CF-5 a small order with a part deposit ships, and the rest is taken on delivery', async () => {
  const order = await place.start(small('cash_on_delivery'));
  await signed(order);
  await reaches(order, 'awaiting_deposit');
  await pay(order, 12_000);
  const shipment = shipmentOf(await order.until((dossier) => shipmentOf(dossier) !== undefined));
  expect(shipment?.clearance).toBe('small_order');
});

it('Q8 a suspended customer gets nothing on credit, on a small order’s path neither', async () => {
  const order = await place.start({ ...small('cash_on_delivery'), customerId: 'C-suspended' });
  await signed(order);
  place.firm.suspended.add('C-suspended');
  await reaches(order, 'awaiting_deposit');
  await pay(order, 12_000);
  await reaches(order, 'awaiting_balance');
  await pay(order, 28_000);
  await order.until((dossier) => shipmentOf(dossier)?.clearance === 'paid');
  await picked(order);
  expect((await order.dossier()).clearance.creditStopped).toBe(true);
});

it('CF-5 a deposit that was taken back and is paid again lets the goods go on their path', async () => {
  const order = await place.start(small('cash_on_delivery'));
  await signed(order);
  await reaches(order, 'awaiting_deposit');
  await pay(order, 12_000);
  const shipment = shipmentOf(await order.until((dossier) => shipmentOf(dossier) !== undefined));
  await order.say({ kind: 'holdPlaced', reason: 'forced' });
  await order.until((dossier) => shipmentOf(dossier) === undefined && holdsOf(dossier).length > 0);
  await order.say({ kind: 'paymentReversed', paymentId: 'p12000', reasonCode: 'bounced' });
  await order.decide('hold.lift');
  expect((await reaches(order, 'awaiting_balance')).clearance.creditStopped).toBe(false);
  await pay(order, 12_000, 'second');
  const again = await order.until((dossier) => shipmentOf(dossier) !== undefined);
  expect([shipment?.clearance, shipmentOf(again)?.clearance]).toEqual(['small_order', 'small_order']);
});

it('CF-5 a guarantee cannot be answered twice', async () => {
  const order = await place.start(small('guarantor'));
  await signed(order);
  const {
    worklist: { tasks },
  } = await order.until((dossier) => taskKindsOpen(dossier).includes('small.guarantee'));
  const task = tasks.find(({ kind }) => kind === 'small.guarantee');
  await order.decide('small.guarantee', 'approve');
  const by = { kind: 'user', userId: 'dora', roles: ['sales_director'] } as const;
  await order.say({
    kind: 'decisionMade',
    id: `${order.no}-2`,
    taskId: task?.id ?? '',
    outcome: 'reject',
    reasonCode: 'late',
    by,
  });
  expect(await standingOf(place.firm, order, `${order.no}-2`)).toBe('task_closed');
});
