import { type Actor, personsBehind } from '../kernel/actor';
import type { Slot, Task } from '../kernel/worklist/task';
import { openTasks } from '../kernel/worklist/worklist';
import { type Approval, stands } from './approval';
import { questionOf } from './requirements';
import { type Review, type ReviewView, withoutReturn } from './review';

/** While levels decide, only the fields that policy lists may change; anything else is returned or withdrawn first (HT-12). */
export function isLocked({ status, intake: { terms } }: ReviewView, changed: readonly string[] | undefined): boolean {
  const { openFields } = terms.review;
  if (status !== 'pending_review' || openFields === 'all') return false;
  return changed === undefined || !changed.every((field) => openFields.includes(field));
}

/** A change makes a new revision: approvals on what it touched fall, the others stand (V6, HT-12). The view has the new terms. */
export function revised(view: ReviewView, { by }: { readonly by: Actor }): Review {
  const approvals = keptApprovals(view, by);
  const kept: Review = { ...withoutReturn(view.review), approvals };
  const goesOn = openLevelsGoOn({ ...view, review: kept }, by);
  return {
    ...kept,
    // While anything that an earlier editor wrote stands approved, or is asked, he counts as one (V3).
    standsSince: approvals.length > 0 || goesOn ? view.review.standsSince : view.intake.revision,
    rounds: goesOn ? view.review.rounds : view.review.rounds + 1,
  };
}

/**
 * The approvals that a change leaves standing: same task, same fingerprint (HT-12, V6); none after a return that walks again
 * (HT-4), and none of who made the change himself, where the taker may not approve (V3).
 */
function keptApprovals(view: ReviewView, by: Actor): readonly Approval[] {
  const { intake, review } = view;
  if (review.returned !== undefined && intake.terms.review.afterReturn === 'walk_again') return [];
  const editors = personsBehind(by);
  return intake.terms.reviews.flatMap((row) => {
    const before = review.approvals.find(
      ({ task, fingerprint }) => task === row.task && fingerprint !== undefined && fingerprint === row.fingerprint,
    );
    if (before === undefined || !stands(view, before)) return [];
    const isApart = intake.terms.tasks[row.task]?.separateFrom.includes('taker') === true;
    const isOwn = isApart && before.by.some((userId) => editors.includes(userId));
    // What else its author may pass was judged by the amounts of that time (HT-11).
    return isOwn ? [] : [{ ...before, level: row.level, alsoCovers: [] }];
  });
}

/**
 * Whether the open level goes on being asked, with its clock, for the new revision: its inputs are the same, no level before it is to
 * be asked again (V1), and nobody has signed it or moved it, since the change may be his own (V3).
 */
function openLevelsGoOn(view: ReviewView, by: Actor): boolean {
  const { terms } = view.intake;
  const next = terms.reviews.find(({ level }) => !view.review.approvals.some((approval) => approval.level === level));
  if (next === undefined) return false;
  const open = openTasks(view.worklist).find(
    ({ kind, boundTo }) => kind === next.task && boundTo === questionOf(view, next),
  );
  const isApart = terms.tasks[next.task]?.separateFrom.includes('taker') === true;
  return open !== undefined && open.slots.every(isAsPolicyMadeIt) && !(isApart && isHis(open, by));
}

/** Whoever changed the order is kept out. Where it is his turn to sign, he is passed over, so the level is asked anew (IN-9, V3). */
const isHis = ({ slots }: Task, by: Actor): boolean =>
  slots.some(
    ({ state, candidates }) =>
      state === 'open' && candidates.every((one) => 'user' in one && personsBehind(by).includes(one.user)),
  );

/** Neither signed nor moved nor added to. */
const isAsPolicyMadeIt = ({ signature, addedBy, advice, origin, delegated }: Slot): boolean =>
  [signature, addedBy, advice, origin, delegated].every((mark) => mark === undefined);
