import { close } from './closing';
import { closeTasks, taskOf } from './desk';
import { type Dossier, without } from './dossier';
import type { Message } from './fact';
import { after } from './ladder';
import { readyIfLeave } from './payments';

/** What a decision means for the order, by the kind of task that it answers. */
export function applyDecision(dossier: Dossier, fact: Extract<Message, { kind: 'decisionMade' }>): Dossier {
  const task = taskOf(dossier, fact.taskId);
  if (task === undefined || fact.outcome === 'ask') return dossier;
  const reasonCode = fact.reasonCode ?? 'unspecified';
  switch (task.kind) {
    case 'review.sales':
    case 'review.technical':
    case 'review.management':
      return review(dossier, fact, task.level ?? 0);
    case 'intake.contact':
      return fact.outcome === 'reject' ? close(dossier, 'rejected', reasonCode) : dossier;
    case 'deposit.ask':
      return fact.outcome === 'reject' ? close(dossier, 'cancelled', reasonCode) : dossier;
    case 'production.sign':
      if (fact.outcome !== 'done') return dossier;
      return {
        ...dossier,
        status: 'in_production',
        goods: dossier.goods.map((line) => (line.toMake > 0 ? { ...line, begun: true } : line)),
      };
    case 'release.balance':
      return decideRelease(dossier, fact);
    case 'small.guarantee': {
      const guarantee = fact.outcome === 'approve' ? ('given' as const) : ('refused' as const);
      return readyIfLeave({ ...dossier, guarantee }, fact.at);
    }
    case 'cancellation.approve':
      return decideCancellation(dossier, fact);
    default:
      return dossier;
  }
}

function review(dossier: Dossier, fact: Extract<Message, { kind: 'decisionMade' }>, level: number): Dossier {
  const reasonCode = fact.reasonCode ?? 'unspecified';
  if (fact.outcome === 'return') return { ...closeTasks(dossier, () => true), status: 'returned' };
  if (fact.outcome === 'reject') return close(dossier, 'rejected', reasonCode);
  const approvedLevels = [...dossier.approvedLevels, level];
  const passed = dossier.terms.reviews.every((row) => approvedLevels.includes(row.level));
  return { ...dossier, approvedLevels, ...(passed ? { reviewPassed: true, status: 'approved' as const } : {}) };
}

function decideRelease(dossier: Dossier, fact: Extract<Message, { kind: 'decisionMade' }>): Dossier {
  if (dossier.release === undefined) return dossier;
  if (fact.outcome !== 'approve') return without(dossier, 'release');
  const expiresAt = after(fact.at, dossier.terms.releaseExpiresAfter, dossier.terms.calendar);
  return readyIfLeave({ ...dossier, release: { ...dossier.release, state: 'granted', expiresAt } }, fact.at);
}

function decideCancellation(dossier: Dossier, fact: Extract<Message, { kind: 'decisionMade' }>): Dossier {
  const { cancellation } = dossier;
  if (cancellation === undefined) return dossier;
  if (fact.outcome !== 'approve') return without(dossier, 'cancellation');
  if (dossier.shipment !== undefined && dossier.shipment.state === 'released')
    return {
      ...dossier,
      cancellation: { ...cancellation, state: 'approved' },
      shipment: { ...dossier.shipment, state: 'stopping' },
    };
  return close(dossier, 'cancelled', cancellation.reasonCode, cancellation.costFen);
}
