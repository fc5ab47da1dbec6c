import { rolesOf } from '../../domain/inside/kernel/worklist/task';
import { openTasks } from '../../domain/inside/kernel/worklist/worklist';
import { terms } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import { pay, reaches, rungs, standingOf, started, taskKindsOpen } from './steps';
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
  const { shipment } = await order.until((dossier) => dossier.shipment !== undefined);
  expect(shipment?.leave).toBe('paid');
});

it('BL-2 a part of the balance does not let the goods go, and silence never does', async () => {
  const order = await awaiting();
  await pay(order, 79_000);
  await order.skip('20 days');
  await order.until(() => rungs(place.firm, `order-${order.no}`).includes('dispatch:escalate'));
  expect(await order.dossier()).toMatchObject({ status: 'awaiting_balance', shipmentCount: 0 });
});

it('BL-3 a balance over the limit needs the director’s leave to ship', async () => {
  const order = await awaiting();
  await ask(order);
  const [task] = openTasks(await order.until((dossier) => taskKindsOpen(dossier).includes('release.balance')));
  expect(task).toMatchObject({ slots: [{ candidates: [{ role: 'director' }] }], amountFen: 79_100 });
  await order.decide('release.balance', 'approve');
  const { release } = await order.until((dossier) => dossier.shipment?.leave === 'released');
  expect(release?.state).toBe('used');
});

it('HT-5 Q6 a release that is undone while the goods are picked stops them, and is given anew', async () => {
  const order = await awaiting();
  await ask(order);
  await order.decide('release.balance', 'approve', { by: 'dora' });
  const { tasks } = await order.until((dossier) => dossier.shipment?.leave === 'released');
  const taskId = tasks.find(({ kind }) => kind === 'release.balance')?.id ?? '';
  const by = { kind: 'user', userId: 'dora', roles: ['director'] } as const;
  await order.say({ kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty', by });
  const stopped = await order.until(({ status, shipment }) => status === 'awaiting_balance' && shipment === undefined);
  expect(stopped.release?.state).toBe('asked');
  expect(taskKindsOpen(stopped)).toEqual(['release.balance']);
  await order.decide('release.balance', 'approve', { by: 'dora' });
  const again = await order.until((dossier) => dossier.shipment !== undefined);
  expect(again.shipment).toMatchObject({ no: `${order.no}-S2`, leave: 'released' });
});

it('BL-3 up to the limit the finance lead releases', async () => {
  const order = await awaiting();
  await pay(order, 39_100);
  await order.until(({ account }) => account.receivedFen > 33_900);
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
  await order.until((dossier) => taskKindsOpen(dossier).length === 0 && dossier.release === undefined);
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
  expect(back.shipment).toBeUndefined();
  await pay(order, 79_100, 'second');
  const { shipment } = await order.until((dossier) => dossier.shipment !== undefined);
  expect(shipment?.no).toBe(`${order.no}-S2`);
});
