import type { Calendar } from './calendar';
import type { CustomerSeen, HoldTerms } from './gate';
import type { Duration, Rung } from './ladder';
import type { Team } from './team';
import type { CivilDate, Fen, Grade, Role, SmallOrderPath, Supply } from './vocabulary';
import type { Words } from './words';

/**
 * What one order must go through: computed once at the door from policy data (`domain/terms-for.ts`), handed in with
 * the order, recorded with it, and never looked up again (GV-3). Holds ids, amounts and rules; no personal data.
 */
export interface Terms {
  /** Which policy said so, and a hash over everything below (V7). */
  readonly policy: { readonly name: string; readonly version: number; readonly hash: string };
  readonly grade: Grade;
  readonly customerId: string | null;
  /** What the books said of him when the terms were made; absent: they were not asked. What is told later counts (HG-2). */
  readonly customer?: CustomerSeen;
  readonly salespersonId: string;
  readonly lines: readonly TermsLine[];
  readonly totals: Totals;
  /** Levels in sequence, each with the rule that asked for it and the facts that rule saw (HT-16). */
  readonly reviews: readonly ReviewLevel[];
  readonly review: ReviewTerms;
  /** The highest discount of any line, in basis points; absent: not known (HT-11). */
  readonly discountBp?: number;
  /** What is still missing or wrong (IN-5); empty means complete. Field paths, never values. */
  readonly missing: readonly string[];
  readonly depositFen: Fen;
  /** Grade A: production starts at once and the paper follows (CF-2). Others: nothing before paper and deposit. */
  readonly startsAtOnce: boolean;
  /** Whether the balance must be in, or released, before goods go (BL-1, BL-2). */
  readonly balanceBeforeShipment: boolean;
  readonly smallOrderPath: SmallOrderPath | null;
  /** A contract is drafted, signed by both sides and filed for it (RV-10). */
  readonly contract?: true;
  /** The order carries special wishes, which are confirmed by phone (CF-1); the words stay in PostgreSQL. */
  readonly specialWishes: boolean;
  /** First row whose `upToFen` covers the unpaid balance names who may release it; null is "no limit" (BL-3). */
  readonly releaseBy: readonly { readonly upToFen: Fen | null; readonly role: Role }[];
  /** What would be owed once the goods have gone: what the order takes up of the customer's credit (HG-3). */
  readonly exposureFen: Fen;
  /** First row whose `upToFen` covers what exceeds the limit names who may approve it all the same (RV-4). */
  readonly specialCredit: readonly { readonly upToFen: Fen | null; readonly role: Role }[];
  readonly holds: Readonly<Record<string, HoldTerms>>;
  readonly releaseExpiresAfter: Duration;
  /** The date of completion offered for these goods, before any slide (CF-3). */
  readonly offeredOn: CivilDate;
  readonly wishedOn: CivilDate | null;
  readonly slide: 'working' | 'calendar' | 'none';
  /** How long after its approval the confirmation goes out (CF-1); the acknowledgement says so (IN-8). */
  readonly confirmationWithin: Duration;
  readonly paymentTerm: Duration;
  readonly waits: Readonly<Record<WaitName, readonly Rung[]>>;
  readonly tasks: Readonly<Record<TaskKind, TaskTerms>>;
  readonly dunning: readonly Rung[];
  readonly confirmedAfter: Duration;
  readonly archivedAfter: Duration;
  readonly unclaimedAfter: Duration;
  /** How far before its entry a fact may have happened (HG-4), in seconds. */
  readonly backdatingSeconds: number;
  /** Who approves a cancellation once production has begun (CF-6). */
  readonly lateCancellationBy: Role;
  readonly calendar: Calendar;
  /** Teams with hours and cut-offs of their own (HT-8). */
  readonly teams?: Readonly<Record<string, Team>>;
}

/** What opening tasks and waits needs of the terms. A child workflow gets the rows of its own tasks: terms are large. */
export interface DeskTerms extends Pick<Terms, 'salespersonId' | 'calendar' | 'teams'> {
  readonly tasks: Readonly<Partial<Record<TaskKind, TaskTerms>>>;
}

/** What a desk of its own is handed of an order's terms, with the rows of its own tasks alone. */
export function deskTerms(terms: DeskTerms, kinds: readonly TaskKind[]): DeskTerms {
  const { salespersonId, calendar, teams } = terms;
  return {
    salespersonId,
    calendar,
    ...(teams === undefined ? {} : { teams }),
    tasks: tasksOf(terms, kinds),
  };
}

function tasksOf(terms: DeskTerms, kinds: readonly TaskKind[]): DeskTerms['tasks'] {
  return Object.fromEntries(kinds.map((kind) => [kind, terms.tasks[kind]]));
}

export interface TermsLine {
  readonly line: number;
  readonly itemId: string;
  readonly quantity: number;
  readonly netFen: Fen;
  readonly taxFen: Fen;
  readonly supply: Supply;
}

/** Money of one revision. `totalFen` = goods + tax + freight and is what limits compare with. */
export interface Totals {
  readonly goodsFen: Fen;
  readonly taxFen: Fen;
  readonly freightFen: Fen;
  readonly totalFen: Fen;
}

export interface ReviewLevel {
  /** 1, 2, 3 … in sequence. */
  readonly level: number;
  readonly task: TaskKind;
  readonly rule: string;
  readonly saw: Readonly<Record<string, string | number | boolean>>;
  /** What policy notes to the rules that asked for it, in both languages. */
  readonly notes?: readonly Words[];
  /** A hash over the inputs that policy binds this level to (HT-12). */
  readonly fingerprint?: string;
}

/** How the review as a whole behaves. */
export interface ReviewTerms {
  /** Fields of the order that may change while levels decide (HT-12). */
  readonly openFields: readonly string[] | 'all';
  /** After a return: approvals whose inputs did not change stand, or everybody is asked again (HT-4). */
  readonly afterReturn: 'resume' | 'walk_again';
  /** Whether an earlier approver passes a later level that he may decide too (HT-11). */
  readonly sameApprover: 'asks' | 'passes';
}

/** Waits that are nobody's task but have a ladder of their own. */
export type WaitName =
  'credit' | 'customer_hold' | 'returned' | 'confirmation' | 'deposit' | 'balance' | 'dispatch' | 'transit';

export const taskKinds = [
  'intake.contact',
  'review.price',
  'review.sales',
  'review.technical',
  'review.production',
  'review.contract',
  'review.credit',
  'review.compliance',
  'review.management',
  'credit.special',
  'hold.release',
  'contract.draft',
  'contract.sign',
  'contract.file',
  'confirmation.call',
  'confirmation.paper',
  'deposit.ask',
  'purchase.receive',
  'production.sign',
  'production.report',
  'quality.inspect',
  'release.balance',
  'small.guarantee',
  'shipment.pick',
  'shipment.check',
  'shipment.scan_out',
  'shipment.waybill',
  'shipment.trouble',
  'shipment.recall',
  'bill.review',
  'collection.call',
  'collection.legal',
  'cancellation.approve',
  'refund.pay',
  'customer.grade_review',
] as const;
export type TaskKind = (typeof taskKinds)[number];

export interface TaskTerms {
  /** Roles that may act. */
  readonly roles: readonly Role[];
  /** Users named by a field of the order (HT-1). */
  readonly alsoSalesperson: boolean;
  /** When it is due; the ladder's first escalation usually stands there. */
  readonly due: Duration;
  readonly ladder: readonly Rung[];
  readonly outcomes: readonly Outcome[];
  /** Tasks of this revision whose decider may not decide this one; `taker` excludes who took or last edited the order (V3). */
  readonly notAlso: readonly (TaskKind | 'taker')[];
  /** Also the superior of who looks after the order, or took it; the nearest one who holds `until` (HT-1). */
  readonly superior?: { readonly of: 'salesperson' | 'taker'; readonly until?: Role };
  /** Several signatures; absent: one, by any candidate (HT-3). */
  readonly signing?: SigningTerms;
  /** Who may act while nobody is there (HT-2). */
  readonly fallback: readonly Role[];
  /** Closed list of reasons for a return or rejection; absent: any code (HT-4). */
  readonly reasons?: readonly string[];
  /** What a yes states beside itself, where something is made for the order (RV-2). */
  readonly asks?: readonly Asked[];
  /** Whose hours its working time is counted in; absent: the company's (HT-8). */
  readonly team?: string;
  /** Its clock may stand still while the customer is waited for (HT-8). */
  readonly pausable?: true;
}

/** 物料 and 完工日期: what technical and production sign for. */
export const asked = ['materials', 'offeredOn'] as const;
export type Asked = (typeof asked)[number];

/** Whether what the goods are made of is there. */
export const materials = ['in_hand', 'to_be_bought'] as const;
export type Materials = (typeof materials)[number];

/** Signatures by these roles, or by the order's salesperson (HT-1): so many needed, side by side or one after the other. */
export interface SigningTerms {
  readonly slots: readonly (readonly (Role | 'salesperson')[])[];
  readonly needed: number;
  readonly inSequence: boolean;
  readonly onRejection: Rejection;
}

/**
 * What one no does (HT-3). `ends`: it is the answer; `counts`: no is the answer once enough approvals are out of reach;
 * `passes_on`: the next in turn is asked, until somebody settles it by a yes or sends it back (IN-9).
 */
export type Rejection = 'ends' | 'counts' | 'passes_on';

/** What a person may answer to a task. `done` closes a task that asks for work, not for a judgement. */
export const outcomes = ['approve', 'approve_with_conditions', 'return', 'reject', 'ask', 'done', 'wrong'] as const;
export type Outcome = (typeof outcomes)[number];
/** Outcomes that need a reason code (V5). */
export const outcomesWithReason: readonly Outcome[] = ['return', 'reject', 'wrong'];
