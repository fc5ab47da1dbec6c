import { type Actor, personsBehind } from '../kernel/actor';
import { effectKey } from '../kernel/effect';
import { type DecidedTask, organ, type Told } from '../kernel/organ';
import type { RefusalCode } from '../kernel/refusal';
import type { worklistFacts, WorklistFactOf } from '../kernel/worklist/facts';
import type { Task } from '../kernel/worklist/task';
import { taskOf } from '../kernel/worklist/worklist';
import type { intakeFacts } from '../intake/intake';
import type { Approval } from './approval';
import { judgeLevel, levelDecided, levelRestored, whatCameAfterLevel } from './level';
import { requiredOfReview } from './requirements';
import {
  nextLevel,
  passesAgain,
  returnedBy,
  type Review,
  reviewAsks,
  reviewFacts,
  type ReviewSees,
  type ReviewView,
  takersOf,
  withoutReturn,
} from './review';
import { isLocked, revised } from './revised';

const level = {
  judge: (view: ReviewView, fact: WorklistFactOf<'decisionMade'>, task: Task) => judgeLevel(view, fact, task),
  decided: (view: ReviewView, task: DecidedTask) => levelDecided(view, task),
  undo: {
    cameAfter: (view: ReviewView, task: DecidedTask) => whatCameAfterLevel(view, task),
    restored: (view: ReviewView, task: DecidedTask) => levelRestored(view, task),
  },
} as const;

export const review = organ('review', reviewFacts, reviewAsks).of<
  Review,
  ReviewSees,
  typeof intakeFacts & typeof worklistFacts
>({
  begins: { approvals: [], standsSince: 1, rounds: 0 },
  facts: {
    reviewWithdrawn: {
      source: 'door',
      from: ['pending_review'],
      atWill: true,
      judge: (view, { by }) => judgeWithdrawal(view, by),
      apply: ({ review: before }, { at, by, reasonCode, id }) => ({
        ...before,
        returned: { how: 'withdrawal', at, by, reasonCode, factId: id },
      }),
    },
    levelSkipped: {
      source: 'own',
      from: ['pending_review'],
      judge: (view, fact) => (passesAgain(view)?.level.level === fact.level ? undefined : 'not_yet'),
      apply: (view, fact) => skipped(view, fact),
    },
  },
  hears: {
    orderRevised: {
      judge: (view, { changed }) => (isLocked(view, changed) ? 'locked_under_review' : undefined),
      apply: (view, fact) => revised(view, fact),
    },
    rungReached: { apply: (view, fact) => sentBackByTime(view, fact) },
  },
  answers: {
    'review.price': level,
    'review.sales': level,
    'review.technical': level,
    'review.production': level,
    'review.contract': level,
    'review.credit': level,
    'review.compliance': level,
    'review.management': level,
  },
  // A special approval above the credit limit may send the order back like a level.
  followsDecision: ({ review: before }, task) =>
    task.kind === 'credit.special' && task.decision.outcome === 'return'
      ? { ...before, returned: returnedBy(task) }
      : before,
  followsWithdrawal: ({ review: before }, task) =>
    task.kind === 'credit.special' && task.decision.outcome === 'return' ? withoutReturn(before) : before,
  requires: requiredOfReview,
  effects: (view) => {
    const again = passesAgain(view);
    if (again === undefined || view.status !== 'pending_review') return [];
    const { level: next, by } = again;
    const key = effectKey(view.no, 'review', `skip-${next.level}`, view.seq);
    return [
      {
        key,
        do: 'note',
        fact: { kind: 'levelSkipped', level: next.level, task: next.task, sameAs: by.by, taskId: by.taskId },
      },
    ];
  },
  status: (view) => {
    if (view.review.returned !== undefined) return 'returned';
    return nextLevel(view) === undefined ? undefined : 'pending_review';
  },
});

function skipped(view: ReviewView, fact: Told<(typeof reviewFacts)['levelSkipped']>): Review {
  const fingerprint = view.intake.terms.reviews.find((row) => row.level === fact.level)?.fingerprint;
  const approval: Approval = {
    level: fact.level,
    task: fact.task,
    taskId: fact.taskId,
    at: fact.at,
    seq: view.seq,
    by: fact.sameAs,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    alsoCovers: [],
    how: 'skipped',
    conditions: [],
  };
  return { ...view.review, approvals: [...view.review.approvals, approval] };
}

/** 撤回申请: by who took, last changed or looks after the order, before anybody signed this revision (HT-5). */
function judgeWithdrawal(view: ReviewView, by: Actor): RefusalCode | undefined {
  const requesters = [...takersOf(view), view.intake.terms.salespersonId];
  if (!personsBehind(by).some((userId) => requesters.includes(userId))) return 'not_a_candidate';
  const signed = view.worklist.tasks.some(
    ({ level: of, revision, slots }) =>
      of !== undefined && revision === view.intake.revision && slots.some(({ signature }) => signature !== undefined),
  );
  return signed ? 'too_late' : undefined;
}

/** A ladder of policy's may send an order back that nobody answered; none approves anything (HT-9). */
function sentBackByTime(view: ReviewView, { do: action, of, at, by }: WorklistFactOf<'rungReached'>): Review {
  if (action !== 'send_back' || view.status !== 'pending_review') return view.review;
  const task = taskOf(view.worklist, of);
  const answeredBy =
    task === undefined
      ? {}
      : { task: { id: task.id, kind: task.kind, ...(task.level === undefined ? {} : { level: task.level }) } };
  return { ...view.review, returned: { how: 'time', at, by, ...answeredBy } };
}
