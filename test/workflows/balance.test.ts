import { shipmentsOf } from '../../domain/inside/shipping/shipping';
import { receivedFen } from '../../domain/inside/money/money';
import { rolesOf } from '../../domain/inside/kernel/worklist/task';
import { terms } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import { openTasks, pay, reaches, rungs, shipmentOf, standingOf, started, taskKindsOpen } from './steps';
import { workplace } from './workplace';

const place = workplace('balance');

async function awaiting(): Promise<OrderUnderTest> {
  const order = await place.start(terms());
  await started(order);
  await reaches(order, 'awaiting_balance');
  return order;
}
const ask = (order: OrderUnderTest) =>
  order.say({
    kind: 'releaseRequested',
    reasonCode: 'old_customer',
    by: { kind: 'user', userId: 'sam', roles: ['sales'] },
  });

it('BL-1 grade B is asked for the balance, and its payment lets the goods go', async () => {
  const order = await awaiting();
  await pay(order, 79_100);
  const dossier = await order.until((one) => shipmentOf(one) !== undefined);
  expect(shipmentOf(dossier)?.clearance).toBe('paid');
});

it('BL-2 a part of the balance does not let the goods go, and silence never does', async () => {
  const order = await awaiting();
  await pay(order, 79_000);
  await order.skip('20 days');
  await order.until(() => rungs(place.firm, `order-${order.no}`).includes('dispatch:escalate'));
  const dossier = await order.dossier();
  expect([dossier.status, shipmentsOf(dossier)]).toEqual(['awaiting_balance', []]);
});

it('BL-3 a balance over the limit needs the director’s leave to ship', async () => {
  const order = await awaiting();
  await ask(order);
  const [task] = openTasks(await order.until((dossier) => taskKindsOpen(dossier).includes('release.balance')));
  expect(task).toMatchObject({ slots: [{ candidates: [{ role: 'director' }] }], amountFen: 79_100 });
  await order.decide('release.balance', 'approve');
  const dossier = await order.until((one) => shipmentOf(one)?.clearance === 'released');
  expect(shipmentOf(dossier)?.releaseId).toBe(dossier.clearance.release?.id);
});

it('HT-5 Q6 a release that is undone while the goods are picked stops them, and is given anew', async () => {
  const order = await awaiting();
  await ask(order);
  await order.decide('release.balance', 'approve', { by: 'dora' });
  const {
    worklist: { tasks },
  } = await order.until((dossier) => shipmentOf(dossier)?.clearance === 'released');
  const taskId = tasks.find(({ kind }) => kind === 'release.balance')?.id ?? '';
  const by = { kind: 'user', userId: 'dora', roles: ['director'] } as const;
  await order.say({ kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty', by });
  const stopped = await order.until((one) => one.status === 'awaiting_balance' && shipmentOf(one) === undefined);
  expect(stopped.clearance.release?.state).toBe('asked');
  expect(taskKindsOpen(stopped)).toEqual(['release.balance']);
  await order.decide('release.balance', 'approve', { by: 'dora' });
  const again = await order.until((dossier) => shipmentOf(dossier) !== undefined);
  expect(shipmentOf(again)).toMatchObject({ no: `${order.no}-S2`, clearance: 'released' });
});

it('BL-3 up to the limit the finance lead releases', async () => {
  const order = await awaiting();
  await pay(order, 39_100);
  await order.until(({ money }) => receivedFen(money) > 33_900);
  await ask(order);
  const [task] = openTasks(await order.until((dossier) => taskKindsOpen(dossier).includes('release.balance')));
  expect(task && rolesOf(task)).toEqual(['finance_lead']);
});

it('BL-3 who asked for the release does not give it, and a refusal leaves the balance due', async () => {
  const order = await awaiting();
  await ask(order);
  const [task] = openTasks(await order.until((dossier) => taskKindsOpen(dossier).includes('release.balance')));
  const by = { kind: 'user', userId: 'sam', roles: ['director'] } as const;
  await order.say({ kind: 'decisionMade', id: `${order.no}-own`, taskId: task?.id ?? '', outcome: 'approve', by });
  expect(await standingOf(place.firm, order, `${order.no}-own`)).toBe('four_eyes');
  await order.decide('release.balance', 'reject', { reasonCode: 'risk' });
  await order.until((dossier) => taskKindsOpen(dossier).length === 0 && dossier.clearance.release === undefined);
  expect((await order.dossier()).status).toBe('awaiting_balance');
});

it('BL-3 a second request while one is open, and a request when nothing is owed, are ignored', async () => {
  const order = await awaiting();
  await ask(order);
  await order.say({ kind: 'releaseRequested', id: `${order.no}-2`, reasonCode: 'again' });
  expect(await standingOf(place.firm, order, `${order.no}-2`)).toBe('already_requested');
});

it('Q7 a payment that is taken back while the warehouse picks stops the shipment, and the balance is due again', async () => {
  const order = await awaiting();
  await pay(order, 79_100);
  await order.decide('shipment.pick', 'done');
  await order.say({ kind: 'paymentReversed', paymentId: 'p79100', reasonCode: 'bounced' });
  const back = await reaches(order, 'awaiting_balance');
  expect(shipmentOf(back)).toBeUndefined();
  await pay(order, 79_100, 'second');
  const dossier = await order.until((one) => shipmentOf(one) !== undefined);
  expect(shipmentOf(dossier)?.no).toBe(`${order.no}-S2`);
});
