import type { Terms } from '../../../domain/inside/intake/terms';
import type { Dossier } from '../../../domain/inside/order';
import { order } from '../../../domain/inside/order';
import { terms } from '../../builders';
import { head, kinds, taken, tasksOf, tell, told, type Told, user } from '../order-told';

const fay = user('fay', 'finance');

/** A cancelled order that holds 100 yuan, and the task to pay them back. */
function cancelled(but: Partial<Terms> = {}): Dossier {
  const paid: Told = { ...head(fay), kind: 'paymentReceived', paymentId: 'p', amountFen: 10_000, method: 'bank' };
  const cancel: Told = { ...head(fay), kind: 'cancellationRequested', reasonCode: 'not_wanted', costFen: 0 };
  return told(taken(terms({ reviews: [], ...but })), paid, cancel);
}

const refund = (dossier: Dossier): string => tasksOf(dossier).find(({ kind }) => kind === 'refund.pay')?.id ?? '';
const done = (dossier: Dossier, by = fay): Told => ({
  ...head(by),
  kind: 'decisionMade',
  taskId: refund(dossier),
  outcome: 'done',
});
const moved = (dossier: Dossier, but: object): Told => ({
  ...head(fay),
  kind: 'taskReassigned',
  taskId: refund(dossier),
  to: 'dan',
  ...but,
});

/** What the order notes of itself once the fact counts, and what that enters into the ledger. */
function paidOut(dossier: Dossier, fact: Told): readonly string[] {
  const { after } = tell(dossier, fact);
  return order
    .due(after)
    .flatMap((effect) => (effect.do === 'note' ? tell(after, { ...effect.fact, ...head() }).postings : []))
    .map(({ purpose }) => purpose);
}

it("HT-6 M6 no money goes back on a delegate's advice, but once who has the task says so", () => {
  const delegated = tell(cancelled(), moved(cancelled(), { how: 'delegate' })).after;
  const advice = done(delegated, user('dan', 'sales'));
  expect(paidOut(delegated, advice)).toEqual([]);
  const advised = tell(delegated, advice).after;
  expect([advised.money.refundedFen, kinds(advised)]).toEqual([0, ['refund.pay']]);
  expect(paidOut(advised, done(advised))).toEqual(['refund']);
});

it('HT-6 V3 with a signer added, money goes back once both have signed, or the second is not asked any more', () => {
  const before = cancelled();
  const two = tell(before, moved(before, { how: 'add_beside' })).after;
  expect(paidOut(two, done(two))).toEqual([]);
  const half = tell(two, done(two)).after;
  expect(paidOut(half, done(half, user('dan', 'sales')))).toEqual(['refund']);
  const removal = moved(half, { how: 'remove', slot: 2, to: undefined });
  expect(paidOut(half, removal)).toEqual(['refund']);
  expect(kinds(told(half, removal))).toEqual([]);
});

it('M6 what is agreed to be paid back is paid back once, and the task is not asked anew', () => {
  const before = cancelled();
  const agreed = tell(before, done(before)).after;
  const [effect] = order.due(agreed);
  if (effect?.do !== 'note') throw new Error('nothing is noted');
  const after = told(agreed, { ...effect.fact, ...head() });
  expect([after.money.refundedFen, kinds(after)]).toEqual([10_000, []]);
  expect(order.due(after).map(({ key }) => key)).toEqual(['1:closing:end:1']);
});
