import { personsBehind } from '../kernel/actor';
import { seen } from '../kernel/evidence';
import type { Evidence } from '../kernel/vocabulary';
import { remembered } from '../kernel/remembered';
import type { Requirement, TaskRequirement } from '../kernel/worklist/requirement';
import type { Measures } from '../kernel/worklist/task';
import { awaitsDraft, type Contract, draftersOf } from '../contract/contract';
import type { Intake } from '../intake/intake';
import { makesGoods, type ReviewLevel, type Terms } from '../intake/terms';
import { draftFor } from './approval';
import { type Approved, nextLevel, passesAgain, type Review, type ReviewTask, type ReviewView } from './review';
import { returnedOf } from './returned';

/** The next level that has not approved, one at a time (V1); or the taker, who revises and resubmits. */
export function requiredOfReview(view: ReviewView): readonly Requirement<ReviewTask>[] {
  if (view.status === 'returned')
    return [
      {
        what: 'clock',
        name: 'returned',
        roles: ['sales'],
        ladder: view.intake.terms.clocks.returned,
        ...whyReturned(view),
      },
    ];
  return view.status === 'pending_review' ? askedNext(view.intake, view.review, view.contract) : [];
}

/** Every fact asks for it, and few change what it is made of. */
const askedNext = remembered(
  (intake: Intake, review: Review, contract: Contract): readonly TaskRequirement<ReviewTask>[] => {
    const view = { review, intake, contract };
    const next = nextLevel(view);
    if (next === undefined || passesAgain(view) !== undefined) return [];
    if (next.task === 'review.contract' && awaitsDraft(view)) return [];
    return [
      {
        what: 'task',
        // Policy names a level's task, and its check knows all of them.
        kind: next.task as ReviewTask,
        level: next.level,
        boundTo: questionOf(view, next),
        rule: next.rule,
        evidence: next.evidence,
        ...(next.notes === undefined ? {} : { notes: next.notes }),
        measures: measuresOf(intake.terms),
        // What lies in stock needs no date and no materials.
        ...(makesGoods(intake.terms) ? {} : { statesNothing: true as const }),
        ...(next.task === 'review.contract' ? { excluded: draftersOf(view) } : {}),
      },
    ];
  },
);

/** What a level is asked about: its fingerprint, so that a change elsewhere leaves it open (HT-12); without one, the revision. */
export function questionOf(view: Approved, { level, fingerprint }: ReviewLevel): string {
  const draft = draftFor(view, level);
  const inputs = fingerprint ?? `revision ${view.intake.revision}`;
  return [inputs, `round ${view.review.rounds}`, ...(draft === undefined ? [] : [`draft ${draft}`])].join(', ');
}

/** What a reviewer's limits are compared with (HT-11). */
const measuresOf = ({ totals, grade, discountBp }: Terms): Measures => ({
  amountFen: totals.totalFen,
  grade,
  ...(discountBp === undefined ? {} : { discountBp }),
});

function whyReturned(view: ReviewView): { readonly rule: string; readonly evidence: Evidence } {
  const { returned } = view.review;
  const shown = returnedOf(view);
  if (returned === undefined || shown === null)
    return { rule: 'the order was sent back', evidence: { revision: view.intake.revision } };
  const rule = { decision: 'a reviewer sent it back', withdrawal: 'it was withdrawn', time: 'nobody answered in time' };
  const [by, onBehalfOf] = personsBehind(returned.by);
  const { reasonCode: reason, task, taskId, level, afterwards: afterReturn } = shown;
  const known = { by, onBehalfOf, at: returned.at, reason, task, taskId, level, afterReturn };
  return { rule: rule[returned.how], evidence: seen(known) };
}
