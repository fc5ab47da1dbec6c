import type { Actor } from '../kernel/actor';
import type { Base } from '../kernel/dossier';
import type { DecidedTask } from '../kernel/organ';
import { remembered } from '../kernel/remembered';
import { listOf, text, whole } from '../kernel/shape';
import { type CivilDate, type Instant, statusWaits } from '../kernel/vocabulary';
import type { Contract } from '../contract/contract';
import type { Intake } from '../intake/intake';
import type { ReviewLevel } from '../intake/terms';
import { type Approval, stands } from './approval';

/** 审核: who has approved what, and how the order came back to its taker, while it is with him. */
export interface Review {
  readonly approvals: readonly Approval[];
  readonly returned?: Return;
  /** Since which revision something that was approved or asked stands: who changed the order since then is a taker of it (V3). */
  readonly standsSince: number;
  /** How often open levels were asked anew though their inputs had not changed. */
  readonly rounds: number;
}

/** How an order came back to its taker, as the fact that did it says. */
export interface Return {
  readonly how: 'decision' | 'withdrawal' | 'time';
  readonly at: Instant;
  readonly by: Actor;
  readonly reasonCode?: string;
  /** The message that did it: its words are in the inbox. */
  readonly factId?: string;
  /** The task that was answered, or that nobody answered in time. */
  readonly task?: { readonly id: string; readonly kind: string; readonly level?: number };
}

export const reviewFacts = {
  /** 撤回申请: the taker takes the order out of review, before anybody decided (HT-5). */
  reviewWithdrawn: { reasonCode: text() },
  /** A level that an earlier approver may pass by policy (HT-11). */
  levelSkipped: { level: whole(1, 99), task: text(), sameAs: listOf(text(), 40), taskId: text() },
} as const;

/** What all levels have alike. */
const level = {
  outcomes: ['approve', 'approve_with_conditions', 'return', 'reject'],
  standsStill: { in: ['pending_review'], waitsFor: statusWaits.pending_review },
} as const;

export const reviewAsks = {
  'review.price': { words: { zh: '价格核定', en: 'settle price and specification' }, ...level },
  'review.sales': { words: { zh: '初审', en: 'sales review' }, ...level },
  'review.technical': { words: { zh: '复审', en: 'technical review' }, ...level },
  'review.production': { words: { zh: '生产确认', en: 'production confirmation' }, ...level },
  'review.contract': { words: { zh: '合同会签', en: 'co-sign the contract' }, ...level },
  'review.credit': { words: { zh: '信用评估', en: 'assess the credit' }, ...level },
  'review.compliance': { words: { zh: '合规审核', en: 'review compliance' }, ...level },
  'review.management': { words: { zh: '终审', en: 'management review' }, ...level },
} as const;
export type ReviewTask = keyof typeof reviewAsks;

export interface ReviewSees {
  readonly intake: Intake;
  readonly contract: Contract;
}
export type ReviewView = Base & ReviewSees & { readonly review: Review };

/** The approvals that stand. */
export const approvalsOf = ({ review, intake, contract }: Approved): readonly Approval[] =>
  standing(intake, review.approvals, contract);

export type Approved = Pick<ReviewView, 'review' | 'intake' | 'contract'>;

const standing = remembered((intake: Intake, approvals: Review['approvals'], contract: Contract) =>
  approvals.filter((approval) => stands({ intake, contract }, approval)),
);

/** The next level that has not approved; one at a time, in sequence (V1). */
export function nextLevel(view: Approved): ReviewLevel | undefined {
  const approvals = approvalsOf(view);
  return view.intake.terms.reviews.find((row) => !approvals.some((approval) => approval.level === row.level));
}

/** All levels have approved, and the order is not with its taker. */
export const levelsHaveApproved = (view: ReviewView): boolean =>
  view.review.returned === undefined && nextLevel(view) === undefined;

/** What stands approved, as one word: what was answered on other approvals is asked anew (V8). */
export const approvalsKey = (view: ReviewView): string => keyOf(view.intake, approvalsOf(view));

const keyOf = remembered(({ revision }: Intake, approvals: readonly Approval[]): string =>
  [revision, ...approvals.map(({ taskId, level: of }) => `${of}=${taskId}`)].join(' '),
);

/** The date of completion that stands: what the last approval signed for, else what was computed at the door (RV-2, CF-3). */
export const offeredBy = (view: Approved): CivilDate =>
  approvalsOf(view).findLast(({ offeredOn }) => offeredOn !== undefined)?.offeredOn ?? view.intake.terms.offeredOn;

/** Whose earlier approval stands for the next level too, where policy lets it pass and four eyes do not forbid it (HT-11). */
export function passesAgain(view: Approved): { readonly level: ReviewLevel; readonly by: Approval } | undefined {
  const { terms } = view.intake;
  const next = nextLevel(view);
  // A level that looks at a paper which no other level has before it is asked.
  const looksAtContract = next?.task === 'review.contract' && terms.contract === true;
  if (next === undefined || terms.review.sameApprover === 'asks' || looksAtContract) return undefined;
  const apart = terms.tasks[next.task]?.separateFrom ?? [];
  const kept = apart.includes('taker') ? takersOf(view) : [];
  const by = approvalsOf(view).find(
    (approval) =>
      approval.alsoCovers.includes(next.task) &&
      !apart.includes(approval.task) &&
      !approval.by.some((userId) => kept.includes(userId)),
  );
  return by === undefined ? undefined : { level: next, by };
}

/** Who took the order, and who changed it while something of it stands approved (V3). */
export const takersOf = ({
  intake: { takenBy, edits },
  review: { standsSince },
}: Pick<ReviewView, 'intake' | 'review'>): readonly string[] => {
  const since = edits.filter(({ revision }) => revision >= standsSince);
  const counted = since.length > 0 ? since : edits.slice(-1);
  return [...new Set([takenBy, ...counted.flatMap(({ by }) => by)])];
};

/** By the answer to a task. */
export const returnedBy = ({ id, kind, level: of, decision }: DecidedTask): Return => ({
  how: 'decision',
  at: decision.at,
  by: decision.by,
  ...(decision.reasonCode === undefined ? {} : { reasonCode: decision.reasonCode }),
  factId: decision.factId,
  task: { id, kind, ...(of === undefined ? {} : { level: of }) },
});

export const withoutReturn = ({ returned: _over, ...before }: Review): Review => before;
