import { file } from '../../domain/inside/GONE-file-fact';
import type { EveryFact } from '../../domain/inside/every-fact';
import type { Dossier } from '../../domain/inside/order';
import type { Terms } from '../../domain/inside/intake/terms';
import { openTasks } from '../../domain/inside/kernel/worklist/worklist';
import { terms } from '../builders';
import { head, kinds, opened, taken, tell, user } from './order-told';

const fay = user('fay', 'finance');

/** A cancelled order that holds 100 yuan, and the task to pay them back. */
function cancelled(but: Partial<Terms> = {}): Dossier {
  const paid: EveryFact = { ...head(fay), kind: 'paymentReceived', paymentId: 'p', amountFen: 10_000, method: 'bank' };
  const cancel: EveryFact = { ...head(fay), kind: 'cancellationRequested', reasonCode: 'not_wanted', costFen: 0 };
  return opened([paid, cancel].reduce((desk, fact) => tell(desk, fact).desk, taken(terms({ reviews: [], ...but }))));
}

const refund = (dossier: Dossier): string => openTasks(dossier).find(({ kind }) => kind === 'refund.pay')?.id ?? '';
const done = (dossier: Dossier, by = fay): EveryFact => ({
  ...head(by),
  kind: 'decisionMade',
  taskId: refund(dossier),
  outcome: 'done',
});
const moved = (dossier: Dossier, but: object): EveryFact =>
  ({ ...head(fay), kind: 'taskMoved', taskId: refund(dossier), to: 'dan', ...but }) as EveryFact;
const purposes = (dossier: Dossier, fact: EveryFact) => file(dossier, fact).postings.map(({ purpose }) => purpose);

it("HT-6 M6 no money goes back on a delegate's advice, but once who has the task says so", () => {
  const delegated = tell(cancelled(), moved(cancelled(), { move: 'delegate' })).desk;
  const advice = done(delegated, user('dan', 'sales'));
  expect(purposes(delegated, advice)).toEqual([]);
  const advised = tell(delegated, advice).desk;
  expect([advised.account.refundedFen, kinds(advised)]).toEqual([0, ['refund.pay']]);
  expect(purposes(advised, done(advised))).toEqual(['refund']);
});

it('HT-6 V3 with a signer added, money goes back once both have signed, or the second is not asked any more', () => {
  const before = cancelled();
  const two = tell(before, moved(before, { move: 'add_beside' })).desk;
  expect(purposes(two, done(two))).toEqual([]);
  const half = tell(two, done(two)).desk;
  expect(purposes(half, done(half, user('dan', 'sales')))).toEqual(['refund']);
  const removal = moved(half, { move: 'remove', slot: 2, to: undefined });
  expect(purposes(half, removal)).toEqual(['refund']);
  expect(kinds(opened(tell(half, removal).desk))).toEqual([]);
});
