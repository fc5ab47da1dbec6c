import { customerOf } from '../../domain/inside/credit/credit';
import { holdsOf } from '../../domain/inside/holds/holds';
import { bills } from '../../domain/inside/money/money';
import { shipmentsOf } from '../../domain/inside/shipping/shipping';
import type { Hold, Terms } from '../../domain/inside/intake/terms';
import { rolesOf } from '../../domain/inside/kernel/worklist/task';
import type { Dossier } from '../../domain/inside/order';
import { gradeA, taskTerms, terms } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import {
  carrier,
  line,
  openTasks,
  pay,
  picked,
  reaches,
  shipmentOf,
  shipped,
  signed,
  standingOf,
  started,
  taskKindsOpen,
} from './steps';
import { workplace } from './workplace';

const place = workplace('gates');
const onAccount = (customerId: string): Terms => gradeA({ customerId, exposureFen: 113_000, lines: [line('stock')] });

/** The books tell the order what changed about its customer. */
const tell = (order: OrderUnderTest, suspended: boolean, holds: readonly Hold[] = []): Promise<void> =>
  order.say({ kind: 'customerStatusChanged', suspended, holds, by: { kind: 'process' } });

const roles = (dossier: Dossier, kind: string): readonly string[] =>
  openTasks(dossier)
    .filter((task) => task.kind === kind)
    .flatMap(rolesOf);

it('AR-4 V8 an order over the limit is approved by its reviewer and waits at the gate, for the authority of the excess', async () => {
  place.firm.limits.set('C-limit', 100_000);
  const order = await place.start(onAccount('C-limit'));
  await order.decide('review.sales');
  const held = await order.until(({ credit }) => credit.answer?.state === 'refused');
  expect(held.status).toBe('pending_review');
  expect(held.credit.answer).toMatchObject({ because: 'over_limit', limitFen: 100_000, usedFen: 0 });
  expect(roles(held, 'credit.special')).toEqual(['finance_lead']);
  await order.decide('credit.special', 'approve');
  const accepted = await order.until(({ confirmation }) => confirmation.sentAt !== undefined);
  expect(accepted.credit.answer).toMatchObject({ state: 'reserved' });
});

it('RV-4 a special approval refused ends the order with its reason', async () => {
  place.firm.limits.set('C-refused', 0);
  const order = await place.start(onAccount('C-refused'));
  await order.decide('review.sales');
  await order.decide('credit.special', 'reject', { reasonCode: 'too_much_owed' });
  expect(await order.ended()).toBe('rejected');
  expect((await order.dossier()).closing.closure?.reasonCode).toBe('too_much_owed');
});

it('HG-2 a higher limit opens the gate by itself, and nobody is asked any more', async () => {
  place.firm.limits.set('C-grows', 0);
  const order = await place.start(onAccount('C-grows'));
  await order.decide('review.sales');
  await order.until((dossier) => taskKindsOpen(dossier).includes('credit.special'));
  place.firm.limits.set('C-grows', 200_000);
  await tell(order, false);
  const {
    worklist: { tasks },
  } = await order.until(({ confirmation }) => confirmation.sentAt !== undefined);
  expect(tasks.find(({ kind }) => kind === 'credit.special')?.state).toBe('void');
});

it('Q8 nothing of a suspended customer is approved until the suspension lifts', async () => {
  place.firm.suspended.add('C-stopped');
  const order = await place.start(onAccount('C-stopped'));
  await order.decide('review.sales');
  const held = await order.until(({ credit }) => credit.answer?.state === 'refused');
  expect({
    because: held.credit.answer,
    open: taskKindsOpen(held),
    waits: Object.keys(held.worklist.clocks).sort(),
  }).toMatchObject({
    because: { because: 'suspended' },
    open: [],
    waits: ['credit', 'dispatch'],
  });
  await tell(order, true);
  expect((await order.dossier()).status).toBe('pending_review');
  place.firm.suspended.delete('C-stopped');
  await tell(order, false);
  await order.until(({ confirmation }) => confirmation.sentAt !== undefined);
});

it('Q8 goods that the warehouse has in hand on credit come back when the customer is suspended, and go when it lifts', async () => {
  const order = await place.start(onAccount('C-late'));
  await order.decide('review.sales');
  await order.until((dossier) => shipmentOf(dossier) !== undefined);
  place.firm.suspended.add('C-late');
  await tell(order, true);
  const back = await reaches(order, 'awaiting_balance');
  expect(shipmentOf(back)).toBeUndefined();
  place.firm.suspended.delete('C-late');
  await tell(order, false);
  const again = await order.until((dossier) => shipmentOf(dossier) !== undefined);
  expect(shipmentOf(again)?.clearance).toBe('on_account');
  await picked(order);
});

it('HG-2 a suspension that lifts while the books are asked about it withdraws nothing', async () => {
  const order = await place.start(onAccount('C-lifted'));
  let asked = 0;
  place.before.set('customerStatus', async () => {
    if (++asked > 1) return void place.firm.suspended.delete('C-lifted');
    // The books answer what they held before the lift, which the order has heard by then.
    place.firm.suspended.add('C-lifted');
    const by = { kind: 'process' } as const;
    await order.say({ kind: 'customerStatusChanged', suspended: false, holds: [], version: 1, by });
    await order.until((dossier) => customerOf(dossier).version === 1);
  });
  await order.decide('review.sales');
  const shipment = shipmentOf(
    await order.until((dossier) => shipmentOf(dossier) !== undefined || dossier.clearance.creditStopped),
  );
  place.before.delete('customerStatus');
  expect([shipment?.clearance, asked]).toEqual(['on_account', 2]);
});

it('HG-1 HG-2 a hold placed by a person stops the order until who may lift it does', async () => {
  const order = await place.start(terms());
  await started(order);
  await reaches(order, 'awaiting_balance');
  await order.say({ kind: 'holdPlaced', reason: 'forced' });
  const held = await order.until((dossier) => holdsOf(dossier).length > 0);
  expect(roles(held, 'hold.lift')).toEqual(['sales_director']);
  await pay(order, 79_100);
  const waiting = await reaches(order, 'ready_to_ship');
  expect(shipmentOf(waiting)).toBeUndefined();
  await order.decide('hold.lift', 'approve');
  await order.until((dossier) => shipmentOf(dossier) !== undefined);
});

it('HG-1 a hold for a reason that policy does not know is refused', async () => {
  const order = await place.start(terms());
  await order.say({ kind: 'holdPlaced', id: `${order.no}-hold`, reason: 'bad_mood' });
  expect(await standingOf(place.firm, order, `${order.no}-hold`)).toBe('unknown_reason');
});

it('HG-1 a hold of the customer stops his orders, and its end date lifts it by itself', async () => {
  const order = await place.start(terms());
  await started(order);
  const until = new Date((await place.environment.currentTimeMs()) + 3_600_000).toISOString();
  await tell(order, false, [{ id: 'h1', reason: 'compliance', gates: ['ship'], until }]);
  await pay(order, 79_100);
  expect(shipmentOf(await reaches(order, 'ready_to_ship'))).toBeUndefined();
  await order.skip('2 hours');
  await order.until((dossier) => shipmentOf(dossier) !== undefined);
});

it('RV-5 a prepayment that a reviewer demands keeps production and goods back until it is in', async () => {
  const order = await place.start(
    terms({
      depositFen: 0,
      tasks: {
        ...terms().tasks,
        'review.sales': { ...taskTerms('review.sales'), outcomes: ['approve_with_conditions'] },
      },
    }),
  );
  const {
    worklist: { tasks },
  } = await order.until((dossier) => dossier.worklist.tasks.length > 0);
  const by = { kind: 'user', userId: 'sue', roles: ['sales'] } as const;
  const answer = { kind: 'decisionMade', taskId: tasks[0]?.id ?? '', outcome: 'approve_with_conditions', by } as const;
  await order.say({ ...answer, id: `${order.no}-1`, conditions: ['a_smile'] });
  expect(await standingOf(place.firm, order, `${order.no}-1`)).toBe('unknown_condition');
  await order.say({ ...answer, conditions: ['prepayment'] });
  await signed(order, []);
  const held = await order.until(({ goods }) => goods.allocatedFor !== null);
  expect(taskKindsOpen(held)).toContain('hold.lift');
  expect(shipmentOf(held)).toBeUndefined();
  await pay(order, 113_000);
  const going = await order.until((dossier) => shipmentOf(dossier) !== undefined);
  expect(holdsOf(going)).toEqual([]);
});

it('HG-1 Q6 a hold placed while the warehouse has the goods brings them back, and its release lets them go again', async () => {
  const order = await place.start(onAccount('C-held'));
  await order.decide('review.sales');
  await order.until((dossier) => shipmentOf(dossier) !== undefined);
  await order.say({ kind: 'holdPlaced', reason: 'forced' });
  await order.until((dossier) => shipmentOf(dossier) === undefined && holdsOf(dossier).length > 0);
  await order.decide('hold.lift');
  const again = await order.until((dossier) => shipmentOf(dossier) !== undefined);
  expect(shipmentsOf(again)).toHaveLength(2);
});

it('HG-1 S5 a hold of the customer that comes after the goods have gone stops the bill, and who may lift it has the ball', async () => {
  const order = await place.start(onAccount('C-billed'));
  await order.decide('review.sales');
  await order.until(({ confirmation }) => confirmation.sentAt !== undefined);
  await order.say({ kind: 'confirmationReturned', revision: 1 });
  await shipped(order);
  await tell(order, false, [{ id: 'h2', reason: 'guarantee', gates: ['ship'] }]);
  // What shuts no gate to come is nobody's business here.
  expect(Object.keys((await order.until((dossier) => customerOf(dossier).holds.length > 0)).worklist.clocks)).toEqual(
    [],
  );
  await tell(order, false, [{ id: 'h3', reason: 'guarantee', gates: ['bill'] }]);
  const held = await order.until(({ worklist: { clocks } }) => clocks['customer_hold h3'] !== undefined);
  expect([held.status, held.worklist.clocks['customer_hold h3']?.roles, bills(held.money)[0]]).toEqual([
    'shipped_out',
    ['finance_lead'],
    undefined,
  ]);
  await carrier(order, `shipment-${shipmentOf(held)?.no}`, 'delivered');
  await reaches(order, 'delivered');
  await order.say({ kind: 'deliveryConfirmed', by: { kind: 'customer' } });
  await order.decide('bill.review');
  const waiting = await order.until((dossier) => openTasks(dossier).length === 0);
  expect([waiting.status, bills(waiting.money)[0], waiting.waitingFor]).toEqual([
    'in_settlement',
    undefined,
    ['finance_lead'],
  ]);
  await tell(order, false);
  const {
    worklist: { clocks },
  } = await order.until(({ money }) => bills(money).length > 0);
  expect(clocks['customer_hold h3']).toBeUndefined();
});

it('HG-1 a hold that is older than the order shuts its gates too', async () => {
  place.firm.customerHolds.set('C-old', [{ id: 'h', reason: 'compliance', gates: ['ship'] }]);
  const order = await place.start(onAccount('C-old'));
  await order.decide('review.sales');
  const held = await reaches(order, 'ready_to_ship');
  expect([customerOf(held).holds.length, shipmentOf(held)]).toEqual([1, undefined]);
  await tell(order, false);
  await order.until((dossier) => shipmentOf(dossier) !== undefined);
});

it('HG-1 EX-1 who may lift the hold that nothing is accepted for has the ball, and not finance as if it were credit', async () => {
  place.firm.customerHolds.set('C-accept', [{ id: 'h9', reason: 'compliance', gates: ['accept'] }]);
  const order = await place.start(onAccount('C-accept'));
  await order.decide('review.sales');
  const held = await order.until(({ credit }) => credit.answer?.state === 'refused');
  expect([Object.keys(held.worklist.clocks).toSorted(), held.waitingFor]).toEqual([
    ['customer_hold h9', 'dispatch'],
    ['finance_lead'],
  ]);
  place.firm.customerHolds.set('C-accept', []);
  await tell(order, false);
  const {
    worklist: { clocks },
  } = await order.until(({ confirmation }) => confirmation.sentAt !== undefined);
  expect(clocks['customer_hold h9']).toBeUndefined();
});

it('RV-4 another excess is another question, of the authority that covers it', async () => {
  place.firm.limits.set('C-more', 100_000);
  const order = await place.start(onAccount('C-more'));
  await order.decide('review.sales');
  const small = await order.until((dossier) => taskKindsOpen(dossier).includes('credit.special'));
  expect(roles(small, 'credit.special')).toEqual(['finance_lead']);
  place.firm.limits.set('C-more', 0);
  await tell(order, false);
  const large = await order.until((dossier) => roles(dossier, 'credit.special')[0] === 'general_manager');
  expect(openTasks(large).find(({ kind }) => kind === 'credit.special')?.amountFen).toBe(113_000);
});
