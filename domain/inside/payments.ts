import { outstandingFen } from './account';
import { closeTasks, doneBy, withoutWait } from './desk';
import { type Dossier, productionHasBegun, without } from './dossier';
import type { Message, Step } from './fact';
import { depositIsCovered, shipLeave } from './leave';
import { isClosed } from './stage';
import type { Fen, Instant } from './vocabulary';

/** Money came in: the deposit may be covered, the balance cleared, or a refund has grown (CF-4, BL-2). */
export function afterPayment(dossier: Dossier, fact: Extract<Message, { kind: 'paymentReceived' }>): Dossier {
  if (dossier.status === 'awaiting_deposit' && depositIsCovered(dossier))
    return {
      ...closeTasks(withoutWait(dossier, 'deposit'), (task) => task.kind === 'deposit.ask', doneBy(fact)),
      status: dossier.allocated ? 'allocated' : 'approved',
    };
  return readyIfLeave(refundAnew(dossier), fact.at);
}

/** A payment was taken back: what it let happen is looked at again (HG-4). */
export function afterReversal(dossier: Dossier): Dossier {
  const { status, terms } = dossier;
  if (status === 'completed')
    return outstandingFen(dossier.account) > 0
      ? { ...withoutWait(dossier, 'archive'), restedAfterCompletion: false, status: 'in_settlement' }
      : dossier;
  const depositCounts = !terms.startsAtOnce && (status === 'approved' || status === 'allocated');
  if (depositCounts && dossier.confirmation !== undefined && !depositIsCovered(dossier) && !productionHasBegun(dossier))
    return { ...closeTasks(dossier, (task) => task.kind === 'production.sign'), status: 'awaiting_deposit' };
  return refundAnew(dossier);
}

/** What a closed order holds has changed: finance is asked again, with the amount as it is now (M6). */
const refundAnew = (dossier: Dossier): Dossier =>
  isClosed(dossier.status) ? closeTasks(dossier, (task) => task.kind === 'refund.pay') : dossier;

export function readyIfLeave(dossier: Dossier, at: Instant): Dossier {
  if (dossier.status !== 'awaiting_balance' || shipLeave(dossier, at) === undefined) return dossier;
  return {
    ...closeTasks(
      withoutWait(dossier, 'balance'),
      (task) => task.kind === 'release.balance' || task.kind === 'small.guarantee',
    ),
    status: 'ready_to_ship',
  };
}

export function collectionStarted(dossier: Dossier, fact: Extract<Step, { kind: 'collectionStarted' }>): Dossier {
  const collection = { no: fact.billNo, toldFen: fact.outstandingFen };
  return { ...dossier, collections: dossier.collections + 1, collection };
}

/** A collection that was told of nothing owed has ended. */
export function collectionTold(dossier: Dossier, toldFen: Fen): Dossier {
  const { collection } = dossier;
  if (collection === undefined || toldFen === 0) return without(dossier, 'collection');
  return { ...dossier, collection: { ...collection, toldFen } };
}
