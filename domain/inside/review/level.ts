import { civilDate } from '../kernel/calendar';
import type { DecidedTask } from '../kernel/organ';
import type { RefusalCode } from '../kernel/refusal';
import type { WorklistFactOf } from '../kernel/worklist/facts';
import { isYes, type Task } from '../kernel/worklist/task';
import { approvalBy } from './approval';
import { type Review, returnedBy, type ReviewView, withoutReturn } from './review';

/** Why the answer to a level does not count: conditions nobody enforces, a date that is past, a level that there is not. */
export function judgeLevel(
  { intake: { terms } }: ReviewView,
  fact: WorklistFactOf<'decisionMade'>,
  task: Task,
): RefusalCode | undefined {
  return judgeReturn() ?? judgeConditions() ?? judgeOffer();

  /** A level can only go back to one that comes before it. */
  function judgeReturn(): RefusalCode | undefined {
    const { returnTo, outcome } = fact;
    if (typeof returnTo !== 'number') return undefined;
    const isKnown = terms.reviews.some((row) => row.level === returnTo);
    return outcome === 'return' && isKnown && returnTo < (task.level ?? 0) ? undefined : 'unknown_level';
  }

  /** A condition that no policy row enforces would bind nobody. */
  function judgeConditions(): RefusalCode | undefined {
    const isEnforced = (reason: string): boolean =>
      Object.hasOwn(terms.holds, reason) && terms.holds[reason]?.isCondition === true;
    return (fact.conditions ?? []).every(isEnforced) ? undefined : 'unknown_condition';
  }

  /** A date of completion that is signed for lies ahead (RV-2). */
  function judgeOffer(): RefusalCode | undefined {
    const isAsked = task.signing.mustState?.includes('offeredOn') === true;
    const isPast = fact.offeredOn !== undefined && fact.offeredOn < civilDate(terms.calendar, fact.at);
    return isAsked && isPast ? 'date_passed' : undefined;
  }
}

/** What a decided level means for the order: the next one, back to somebody; a no ends it, which `closing` sees (RV-6, HT-4). */
export function levelDecided(view: ReviewView, task: DecidedTask): Review {
  const { review } = view;
  const { decision } = task;
  if (decision.outcome === 'reject') return review;
  if (decision.outcome !== 'return')
    return { ...review, approvals: [...review.approvals, approvalBy(view, task, decision)] };
  return typeof decision.returnTo === 'number'
    ? upTo(review, decision.returnTo)
    : { ...review, returned: returnedBy(task) };
}

/** Back to a level: it and those after it are asked anew. */
const upTo = (review: Review, level: number): Review => ({
  ...review,
  approvals: review.approvals.filter((approval) => approval.level < level),
});

/** A decided level is taken back until somebody acted upon it: a later signature, a resubmission, the confirmation (HT-5). */
export function whatCameAfterLevel(view: ReviewView, task: DecidedTask): string | undefined {
  const { status, review, worklist, contract } = view;
  const { level = 0, decision } = task;
  const ofRevision = worklist.tasks.filter((one) => one.level !== undefined && one.revision === task.revision);
  if (status === 'returned')
    return decision.outcome === 'return' && review.returned?.task?.id === task.id ? undefined : 'decisionMade';
  const laterSigned = ofRevision.some(
    (one) => (one.level ?? 0) > level && one.slots.some(({ signature }) => signature !== undefined),
  );
  const isLatest = ofRevision.findLast((one) => one.level === level)?.id === task.id;
  if (!isYes(decision) || laterSigned || !isLatest) return 'decisionMade';
  if (contract.ours !== undefined) return 'decisionMade';
  // Approved, while a contract is still to be signed or a hold keeps the confirmation back, it may be taken back too.
  return status === 'pending_review' || status === 'approved' ? undefined : 'confirmationSent';
}

/** The level is open again, and those after it are asked when their turn comes. */
export const levelRestored = ({ review }: ReviewView, { level = 0 }: DecidedTask): Review =>
  withoutReturn(upTo(review, level));
