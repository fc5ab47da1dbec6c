import { close } from './closing';
import { draftAnew, signedForUs } from './contract';
import { creditDecided } from './credit';
import { taskOf } from './desk';
import { type Dossier, without } from './dossier';
import type { Decision, Task } from './task';
import { after } from './ladder';
import { readyIfLeave } from './payments';
import { reviewDecided } from './review';
import { keepBefore } from './undoing';

/** What a decision means for the order, by the kind of task that it answers. */
export function applyDecision(dossier: Dossier, taskId: string): Dossier {
  const task = taskOf(dossier, taskId);
  // A question, or one signature of several, decides nothing yet.
  if (task?.state !== 'decided' || task.decision === undefined) return dossier;
  return keepBefore(dossier, decided(dossier, task, task.decision), task);
}

function decided(dossier: Dossier, task: Task, decision: Decision): Dossier {
  const { outcome, reasonCode = 'unspecified' } = decision;
  switch (task.kind) {
    case 'review.price':
    case 'review.sales':
    case 'review.technical':
    case 'review.production':
    case 'review.contract':
    case 'review.credit':
    case 'review.compliance':
    case 'review.management':
      return reviewDecided(dossier, task, decision);
    case 'intake.contact':
      return outcome === 'reject' ? close(dossier, 'rejected', reasonCode) : dossier;
    case 'deposit.ask':
      return outcome === 'reject' ? close(dossier, 'cancelled', reasonCode) : dossier;
    case 'production.sign':
      if (outcome !== 'done') return dossier;
      return {
        ...dossier,
        status: 'in_production',
        goods: dossier.goods.map((line) => (line.toMake > 0 ? { ...line, begun: true } : line)),
      };
    case 'release.balance':
      return decideRelease(dossier, decision);
    case 'small.guarantee': {
      const guarantee = outcome === 'approve' ? ('given' as const) : ('refused' as const);
      return readyIfLeave({ ...dossier, guarantee }, decision.at);
    }
    case 'credit.special':
      return creditDecided(dossier, task, decision);
    case 'contract.sign':
      if (outcome === 'reject') return close(dossier, 'rejected', reasonCode);
      return outcome === 'return' ? draftAnew(dossier) : signedForUs(dossier, decision);
    case 'hold.release':
      if (outcome !== 'approve') return dossier;
      return { ...dossier, holds: dossier.holds.filter(({ id }) => id !== task.about) };
    case 'cancellation.approve':
      return decideCancellation(dossier, decision);
    default:
      return dossier;
  }
}

function decideRelease(dossier: Dossier, { outcome, at }: Decision): Dossier {
  if (dossier.release === undefined) return dossier;
  if (outcome !== 'approve') return without(dossier, 'release');
  const expiresAt = after(at, dossier.terms.releaseExpiresAfter, dossier.terms.calendar);
  return readyIfLeave({ ...dossier, release: { ...dossier.release, state: 'granted', expiresAt } }, at);
}

function decideCancellation(dossier: Dossier, { outcome }: Decision): Dossier {
  const { cancellation } = dossier;
  if (cancellation === undefined) return dossier;
  if (outcome !== 'approve') return without(dossier, 'cancellation');
  if (dossier.shipment !== undefined && dossier.shipment.state === 'released')
    return {
      ...dossier,
      cancellation: { ...cancellation, state: 'approved' },
      shipment: { ...dossier.shipment, state: 'stopping' },
    };
  return close(dossier, 'cancelled', cancellation.reasonCode, cancellation.costFen);
}
