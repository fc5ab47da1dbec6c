import { unconfirmed } from '../../domain/inside/billing/billing';
import { appliedFen, bills } from '../../domain/inside/money/money';
import { WorkflowNotFoundError } from '@temporalio/client';
import { gradeA, terms } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import { billed, collectionOf, days, delivered, factsOf, pay, reaches, rungs, standingOf } from './steps';
import { workplace } from './workplace';

const place = workplace('settlement');

async function onAccount(changes: Parameters<typeof gradeA>[0] = {}): Promise<OrderUnderTest> {
  const order = await place.start(gradeA(changes));
  await order.decide('review.sales');
  await order.until(({ confirmation }) => confirmation.sentAt !== undefined);
  await order.say({ kind: 'confirmationReturned', revision: 1 });
  return order;
}
const dunned = (order: OrderUnderTest) => rungs(place.firm, `collection-${order.no}-B1`);

it('DL-1 silence confirms the receipt after seven days', async () => {
  const order = await onAccount();
  await delivered(order);
  await order.skip('8 days');
  const dossier = await reaches(order, 'in_settlement');
  expect([unconfirmed(dossier), Object.keys(dossier.billing.confirmed)]).toEqual([[], [`${order.no}-S1`]]);
});

it('DL-1 a confirmation after the silence, and a second one, are ignored', async () => {
  const order = await onAccount();
  await delivered(order);
  await order.say({ kind: 'deliveryConfirmed' });
  await order.say({ kind: 'deliveryConfirmed', id: `${order.no}-2` });
  expect(await standingOf(place.firm, order, `${order.no}-2`)).toBe('wrong_state');
});

it('ST-1 the bill goes out when finance has reviewed it, and a paid order is archived after seven days', async () => {
  const order = await onAccount();
  await billed(order);
  await order.until((dossier) => collectionOf(dossier) !== undefined);
  await pay(order, 113_000);
  await reaches(order, 'completed');
  expect(await order.result()).toBe('archived');
  expect(dunned(order)).toEqual([]);
});

it('AR-2 an unpaid bill climbs the ladder to legal; payment lifts the suspension and stops it at once', async () => {
  const order = await onAccount({ customerId: 'C-late' });
  await billed(order);
  await order.until((dossier) => collectionOf(dossier) !== undefined);
  await order.skip('91 days');
  await order.until(() => dunned(order).includes('collection:legal') && place.firm.suspended.has('C-late'));
  expect(dunned(order).filter((rung) => rung.startsWith('collection'))).toEqual([
    'collection:remind',
    'collection:notify',
    'collection:notify',
    'collection:call',
    'collection:suspend',
    'collection:legal',
  ]);
  await pay(order, 113_000);
  expect(await order.result()).toBe('archived');
  await place.outcomeOf(`collection-${order.no}-B1`);
  expect(place.firm.suspended.has('C-late')).toBe(false);
});

it('AR-2 a part payment changes what is owed and stops nothing; the rest stops it', async () => {
  const order = await onAccount();
  await billed(order);
  await order.until((dossier) => collectionOf(dossier) !== undefined);
  await pay(order, 13_000);
  await order.until((dossier) => collectionOf(dossier)?.toldFen === 100_000);
  await order.skip('32 days');
  await order.until(() => dunned(order).includes('collection:notify'));
  await pay(order, 100_000);
  await reaches(order, 'completed');
  const before = dunned(order).length;
  await order.result();
  expect(dunned(order)).toHaveLength(before);
});

it('HG-4 a payment taken back after completion opens the order and its collection again', async () => {
  const order = await onAccount();
  await billed(order);
  await pay(order, 113_000);
  await order.until((dossier) => dossier.status === 'completed' && collectionOf(dossier) === undefined);
  await order.say({ kind: 'paymentReversed', paymentId: 'p113000', reasonCode: 'bounced' });
  const again = await order.until((dossier) => collectionOf(dossier) !== undefined);
  expect(again.status).toBe('in_settlement');
  await pay(order, 113_000, 'second');
  expect(await order.result()).toBe('archived');
});

it('HG-4 a payment taken back while the signed paper is awaited is collected again', async () => {
  const order = await place.start(gradeA({ paymentTerm: days(30) }));
  await order.decide('review.sales');
  await billed(order);
  await pay(order, 113_000);
  await order.until(({ money }) => bills(money).length > 0 && appliedFen(money) === 113_000);
  await order.say({ kind: 'paymentReversed', paymentId: 'p113000', reasonCode: 'bounced' });
  await order.until((dossier) => collectionOf(dossier) !== undefined);
  await pay(order, 113_000, 'second');
  await order.say({ kind: 'confirmationReturned', revision: 1 });
  expect(await order.result()).toBe('archived');
});

it('S2 an archived order hears nothing any more: its end is its last fact', async () => {
  const order = await place.start(terms({ depositFen: 0, reviews: [] }));
  await reaches(order, 'awaiting_confirmation');
  await order.say({ kind: 'confirmationReturned', revision: 1 });
  await pay(order, 113_000);
  await billed(order);
  expect(await order.result()).toBe('archived');
  await expect(order.say({ kind: 'contactLogged', answered: true })).rejects.toThrow(WorkflowNotFoundError);
  const last = factsOf(place.firm, `order-${order.no}`).at(-1);
  expect(last?.fact).toMatchObject({ kind: 'orderEnded', as: 'archived' });
});
