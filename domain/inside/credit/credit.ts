import type { Base } from '../kernel/dossier';
import { fen, oneOf, optional, text, whole, flag } from '../kernel/shape';
import type { Fen } from '../kernel/vocabulary';
import type { Contract } from '../contract/contract';
import type { Intake } from '../intake/intake';
import type { CustomerSeen } from '../intake/terms';
import { customerShape, holdsShape } from '../intake/terms-shape';
import { approvalsKey, levelsHaveApproved, type Review } from '../review/review';

/** 信用: what the order knows of its customer, and whether his credit is reserved for it (HG-3, V8). */
export interface Credit {
  /** What it was last told of him; null: only what its terms say. */
  readonly told: CustomerSeen | null;
  /** How often the books have answered: the next question is another one. */
  readonly answers: number;
  /** What they said last, while that stands; absent: they are to be asked, for the first time or again. */
  readonly answer?: CreditAnswer;
  /** A special approval of what exceeds the limit (RV-4). */
  readonly special?: Special;
}

/** What the books said, about an order that had these approvals. */
export type CreditAnswer = { readonly about: string } & (
  { readonly state: 'reserved'; readonly specialBy?: string } | ({ readonly state: 'refused' } & CreditRefusal)
);

/** Why a customer's credit was not given, as the books saw it at that moment (HT-16, AR-4). */
export interface CreditRefusal {
  readonly because: 'over_limit' | 'suspended' | 'held';
  readonly limitFen: Fen;
  readonly usedFen: Fen;
}

/** The task that approved it, the excess that it covers, and the refusal that it overrules. */
interface Special {
  readonly by: string;
  readonly excessFen: Fen;
  readonly refusal: CreditAnswer;
}

const answered = { revision: whole(1, 10_000), about: text(2_000), customer: customerShape };

export const creditFacts = {
  /** The gate `accept`: what the order takes up of its customer's credit is reserved, or why not (V8, Q8). */
  creditReserved: { ...answered, exposureFen: fen, specialBy: optional(text()) },
  creditRefused: { ...answered, because: oneOf('over_limit', 'suspended', 'held'), limitFen: fen, usedFen: fen },
  /** The books tell that the customer's suspension, holds, limit or debts changed (HG-2). */
  customerStatusChanged: {
    suspended: flag,
    holds: holdsShape,
    /** Whom it is about: an order may have another customer by now. */
    customerId: optional(text()),
    /** In the order of the books: what is older than what is known is overtaken. */
    version: optional(whole(0)),
  },
} as const;

export const creditAsks = {
  'credit.special': {
    words: { zh: '超信用额度特批', en: 'special approval above the credit limit' },
    outcomes: ['approve', 'return', 'reject'],
    standsStill: { in: ['pending_review'], waitsFor: 'a special approval above the credit limit' },
  },
} as const;

export interface CreditSees {
  readonly intake: Intake;
  readonly contract: Contract;
  readonly review: Review;
}
export type CreditView = Base & CreditSees & { readonly credit: Credit };

/** Activities of the books of customers. */
export interface CreditActivities {
  /**
   * The gate `accept` in one transaction on the customer's row: reserves `exposureFen` of his credit for the order, unless it
   * exceeds the limit (a special approval lets as much as it covers), or he is suspended or held (V8, Q8).
   */
  reserveCredit(request: {
    readonly key: string;
    readonly orderNo: string;
    readonly revision: number;
    readonly customerId: string;
    readonly exposureFen: Fen;
    readonly special?: { readonly by: string; readonly excessFen: Fen };
    /** Up to which fact the order had come when it asked: until its row knows of them, what is reserved counts all the same (V8). */
    readonly askedSeq: number;
  }): Promise<{
    readonly because?: CreditRefusal['because'];
    readonly limitFen: Fen;
    readonly usedFen: Fen;
    readonly customer: CustomerSeen;
  }>;
}

/** What is known of the customer: what was told last, else what the terms say. */
export const customerOf = ({ credit, intake }: Pick<CreditView, 'credit' | 'intake'>): CustomerSeen =>
  credit.told ?? intake.terms.customer ?? { suspended: false, holds: [] };

/** The answer of the books, while it is about the approvals that stand. */
export const answerOf = (view: CreditView): CreditAnswer | undefined =>
  view.credit.answer?.about === approvalsKey(view) ? view.credit.answer : undefined;

/** Approved by its levels, and accepted at the gate: only then does the order count as approved (Q8, V8). */
export const isAccepted = (view: CreditView): boolean =>
  levelsHaveApproved(view) && answerOf(view)?.state === 'reserved';

/** A hold of the customer is why nothing is accepted: those who may lift it are waited for, and no credit (HG-1). */
export function acceptIsHeld(view: CreditView): boolean {
  const answer = answerOf(view);
  return (
    answer?.state === 'refused' &&
    answer.because === 'held' &&
    customerOf(view).holds.some(({ gates }) => gates.includes('accept'))
  );
}
