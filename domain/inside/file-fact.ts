import { book, freightPosting } from './account';
import { settlementOf } from './closing';
import { applyAtDesk, closeTasks, fileAtDesk, openTasks, taskOf, withoutWait } from './desk';
import { stoppedByCustomer, waitOfHold } from './gate';
import { withoutLifted } from './lifting';
import type { Dossier } from './dossier';
import type { FactHead, FiledFact, OrderFact } from './fact';
import { judge } from './judgement';
import type { Posting } from './posting';
import type { Task } from './task';
import { holdersOf } from './holders';
import { apply } from './transition';

/** Files a fact: applied if the state table and its rule let it count, else ignored with the reason; nothing is dropped (S1). */
export function file(
  dossier: Dossier,
  fact: OrderFact,
): { desk: Dossier; filed: FiledFact; postings: readonly Posting[] } {
  const booked = bookFact(dossier, fact);
  const { desk, filed } = fileAtDesk(dossier, fact, {
    judge,
    apply: (before) => stamp(before, settleHolds(apply({ ...before, account: booked.account }, fact)), fact),
  });
  return { desk, filed, postings: filed.standing === 'applied' ? booked.postings : [] };
}

function bookFact(dossier: Dossier, fact: OrderFact) {
  if (fact.kind === 'shipmentMoved' && fact.to === 'recalled')
    return {
      account: dossier.account,
      postings: freightPosting(fact, fact.freightFen ?? 0, dossier.terms.smallOrderPath === 'guarantor'),
    };
  return book(dossier.account, fact, isRefund(dossier, fact) ? settlementOf(dossier) : undefined);
}

/** With this fact all have signed that the money goes back, or the last who had not is no longer asked (HT-6). */
function isRefund(dossier: Dossier, fact: OrderFact): boolean {
  if (fact.kind !== 'decisionMade' && fact.kind !== 'taskMoved') return false;
  const task = taskOf(dossier, fact.taskId);
  if (task?.kind !== 'refund.pay') return false;
  const { state, decision } = taskOf(applyAtDesk(dossier, fact, dossier.terms), fact.taskId) ?? task;
  return task.state === 'open' && state === 'decided' && decision?.outcome === 'done';
}

/** Holds whose condition came true are gone, and so is the question whether to lift them. */
function settleHolds(dossier: Dossier): Dossier {
  const after = withoutLifted(dossier);
  const held = (id: string | undefined): boolean => after.holds.some((hold) => hold.id === id);
  const isOver = ({ kind, about }: Task): boolean => kind === 'hold.release' && !held(about);
  return withoutOldWaits(openTasks(after).some(isOver) ? closeTasks(after, isOver) : after);
}

/** Nobody waits any more for the release of a hold that is gone, or that stops nothing to come. */
function withoutOldWaits(dossier: Dossier): Dossier {
  const waited = Object.keys(dossier.waits).filter((name) => name.startsWith('customer_hold '));
  if (waited.length === 0) return dossier;
  const present = stoppedByCustomer(dossier).map(waitOfHold);
  return waited.filter((name) => !present.includes(name)).reduce<Dossier>(withoutWait, dossier);
}

/** Since when: the status, and those who hold the ball. */
function stamp(before: Dossier, after: Dossier, fact: FactHead): Dossier {
  const waitingFor = holdersOf(after);
  const sameHolders =
    waitingFor.length === before.waitingFor.length && waitingFor.every((role) => before.waitingFor.includes(role));
  return {
    ...after,
    statusSince: after.status === before.status ? before.statusSince : fact.at,
    waitingFor,
    waitingSince: sameHolders && after.status === before.status ? before.waitingSince : fact.at,
  };
}
