import type { Duration, Rung } from '../kernel/ladder';
import type { CivilDate, Evidence, Fen, Gate, Grade, Instant, Role, Words } from '../kernel/vocabulary';
import type { WorklistTerms } from '../kernel/worklist/terms';

/**
 * What one order must go through: computed once at the door from policy data, handed in with the order, recorded with it, and never
 * looked up again (GV-3). Holds ids, amounts and rules; no personal data.
 */
export interface Terms extends WorklistTerms {
  /** Which policy said so, and a hash over everything below (V7). */
  readonly policy: { readonly name: string; readonly version: number; readonly hash: string };
  readonly grade: Grade;
  readonly customerId: string | null;
  /** What the books said of him when the terms were made; absent: they were not asked. What is told later counts (HG-2). */
  readonly customer?: CustomerSeen;
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
  /** Whether the goods go all at once, or each part as it lies ready (SH-3). */
  readonly ships: Ships;
  /** A contract is drafted, signed by both sides and filed for it (RV-10). */
  readonly contract?: true;
  /** The order carries special wishes, which are confirmed by phone (CF-1); the words stay in PostgreSQL. */
  readonly specialWishes: boolean;
  /** First row whose `upToFen` covers the unpaid balance names who may release it; null is "no limit" (BL-3). */
  readonly releaseBy: readonly AuthorityRow[];
  /** What would be owed once the goods have gone: what the order takes up of the customer's credit (HG-3). */
  readonly exposureFen: Fen;
  /** First row whose `upToFen` covers what exceeds the limit names who may approve it all the same (RV-4). */
  readonly specialCredit: readonly AuthorityRow[];
  readonly holds: Readonly<Record<string, HoldTerms>>;
  readonly releaseExpiresAfter: Duration;
  /** The date of completion offered for these goods, before any slide (CF-3). */
  readonly offeredOn: CivilDate;
  readonly wishedOn: CivilDate | null;
  readonly slide: 'working' | 'calendar' | 'none';
  /** How long after its approval the confirmation goes out (CF-1); the acknowledgement says so (IN-8). */
  readonly confirmationWithin: Duration;
  readonly paymentTerm: Duration;
  readonly clocks: Readonly<Record<ClockName, readonly Rung[]>>;
  readonly collectionLadder: readonly Rung[];
  readonly confirmedAfter: Duration;
  readonly archivedAfter: Duration;
  readonly unclaimedAfter: Duration;
  /** How far before its entry a fact may have happened (HG-4), in seconds. */
  readonly backdatingSeconds: number;
  /** Who approves a cancellation once production has begun (CF-6). */
  readonly lateCancellationBy: Role;
}

/** Clocks that are nobody's task but have a ladder of policy's. */
export const clockNames = [
  'credit',
  'customer_hold',
  'returned',
  'confirmation',
  'deposit',
  'balance',
  'dispatch',
  'transit',
] as const;
export type ClockName = (typeof clockNames)[number];

/** Where the goods of a line come from: from stock, bought in, made, or (a service) from nobody's shelf. */
export type Supply = 'stock' | 'buy' | 'make';
/** A small order's path (CF-5). */
export type SmallOrderPath = 'prepaid' | 'guarantor' | 'cash_on_delivery';
export type Ships = 'together' | 'as_ready';

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
  readonly task: string;
  readonly rule: string;
  readonly evidence: Evidence;
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

export interface AuthorityRow {
  readonly upToFen: Fen | null;
  readonly role: Role;
}

/** The first row that covers an amount names who has the authority; where none does, the general manager has it. */
export const authorityFor = (rows: readonly AuthorityRow[], amountFen: Fen): Role =>
  rows.find(({ upToFen }) => upToFen === null || amountFen <= upToFen)?.role ?? 'general_manager';

/** A policy's row for a reason of a hold: what it shuts, who lifts it, and what lifts it by itself (HG-2, RV-5). */
export interface HoldTerms {
  readonly gates: readonly Gate[];
  readonly releasedBy: readonly Role[];
  /** `filed`: a paper is filed whose purpose is the hold's reason, such as the customer's written word on a recipe (RV-2). */
  readonly liftsWhen?: 'paid_in_full' | 'signed_paper' | 'filed';
  /** Whose paper lifts it; absent: of whoever may lift it (HT-10). */
  readonly filedBy?: readonly Role[];
  /** Who took or last changed the order may file it himself, though a reviewer demanded it (HT-10). */
  readonly takerFiles?: boolean;
  /** Whether a reviewer may set it as a condition. */
  readonly isCondition: boolean;
}

/** 冻结: why gates are shut, and which. */
export interface Hold {
  readonly id: string;
  readonly reason: string;
  readonly gates: readonly Gate[];
  /** The task whose decision set it as a condition (RV-5). */
  readonly setBy?: string;
  /** It lifts by itself then; only holds of a customer have it. */
  readonly until?: Instant;
  readonly placedAt?: Instant;
  readonly placedBy?: string;
}

/** What an order knows of its customer. */
export interface CustomerSeen {
  readonly suspended: boolean;
  readonly holds: readonly Hold[];
  /** Rises with every change; absent: nobody counted yet. */
  readonly version?: number;
}

/** Both are counted, and the books said `seen` before `known`: tellings may be heard out of order. */
export const isOlder = (seen: Pick<CustomerSeen, 'version'>, known: Pick<CustomerSeen, 'version'>): boolean =>
  seen.version !== undefined && known.version !== undefined && seen.version < known.version;

/** Whether any of its goods are made for it. */
export const makesGoods = ({ lines }: Pick<Terms, 'lines'>): boolean => lines.some(({ supply }) => supply === 'make');
