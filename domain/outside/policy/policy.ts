import type { DurationText } from './duration';
import type { ReviewInput } from '../review/fingerprint';
import type { ClockName, HoldTerms, ReviewTerms, SmallOrderPath, Supply } from '../../inside/intake/terms';
import type { RungAction } from '../../inside/kernel/ladder';
import type { Fen, Grade, Role } from '../../inside/kernel/vocabulary';
import type { Team } from '../../inside/kernel/worklist/team';
import type { TaskTerms } from '../../inside/kernel/worklist/terms';
import type { TaskKind } from '../../inside/processes';

/**
 * The company's rules as data: versioned, readable without knowing code, changed without changing code. Each table's
 * rows name their condition and their effect; `config/load-policy.ts` refuses what it does not know.
 */
export interface Policy {
  readonly name: string;
  /** Rises by one with every publication; an order keeps the one it was taken under (GV-3). */
  readonly version: number;
  readonly title: Words;
  /** The name of a calendar. */
  readonly calendar: string;
  readonly grades: Readonly<Record<Grade, GradeRow>>;
  readonly reviews: ReviewRules;
  readonly flags: FlagRules;
  readonly promise: PromiseRules;
  readonly confirmation: {
    /** After the last approval (CF-1); the acknowledgement of the order says so (IN-8). */
    readonly sentWithin: DurationText;
  };
  readonly smallOrders: SmallOrderRules;
  readonly release: ReleaseRules;
  readonly credit: {
    /** Who may approve what exceeds a customer's limit: the first row that covers the excess (RV-4). */
    readonly specialBy: ReleaseRules['rows'];
  };
  /** Of orders of the kind `contract`: the contract is drafted, signed by both sides and filed before anything is confirmed; absent: it is not asked for (RV-10). */
  readonly contracts?: { readonly signedByBothSides: boolean };
  /** Why an order may be held, or a condition set: what it shuts, who lifts it (HG-1, RV-5). */
  readonly holds: Readonly<Record<string, HoldTerms>>;
  /** Mails and messages to groups; absent, of versions that do not say so: as the worker is set up. */
  readonly notices?: {
    /** How long notices of an order that press less wait for others to the same person, to go as one (GV-4). */
    readonly digestAfter: DurationText;
  };
  /** Who approves a cancellation once production has begun (CF-6). */
  readonly lateCancellationBy: Role;
  /** Steps around the due date of a bill (AR-2); before it they are negative. */
  readonly collection: { readonly ladder: readonly LadderRow[] };
  readonly clocks: Readonly<Record<ClockName, readonly LadderRow[]>>;
  readonly tasks: Readonly<Record<TaskKind, TaskRow>>;
  /** Teams with hours and cut-offs of their own (HT-8). */
  readonly teams?: Readonly<Record<string, Team>>;
  /** Silence after the delivery is taken as confirmation of receipt (DL-1). */
  readonly confirmedAfter: DurationText;
  /** A completed order is archived this much later. */
  readonly archivedAfter: DurationText;
  /** Goods not picked up this long after arrival make a dead order (SH-7). */
  readonly unclaimedAfter: DurationText;
  /** How far before its entry a fact may have happened (HG-4). */
  readonly backdating: DurationText;
}

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What a customer's grade decides (CF-2, CF-4, BL-1). */
export interface GradeRow {
  /** Share of the total with tax, in basis points: 3000 is 30 %. */
  readonly depositBp: number;
  /** Production starts after review and the signed paper follows. */
  readonly startsAtOnce: boolean;
  /** The balance must be in, or released, before the goods go. */
  readonly balanceBeforeShipment: boolean;
  /** How the promised date slides while the confirmation is not back (CF-3). */
  readonly slide: 'working' | 'calendar' | 'none';
  /** From the bill to its due date, unless the customer has terms of his own. */
  readonly paymentTerm: DurationText;
}

/** Review levels come in the order of `reviewTasks`; a level is needed when any of its rows holds, and a waiver lifts them all (RV-1). */
export interface ReviewRules {
  readonly rows: readonly ReviewRow[];
  readonly waivers: readonly RuleRow[];
  /** What each level's approval is bound to: a change that touches none of it leaves the approval standing (HT-12). */
  readonly inputs: Readonly<Record<ReviewTask, readonly ReviewInput[]>>;
  /** How a round behaves; open orders keep theirs (HT-16). */
  readonly round: ReviewTerms;
}

export const reviewTasks = [
  'review.price',
  'review.sales',
  'review.technical',
  'review.production',
  'review.contract',
  'review.credit',
  'review.compliance',
  'review.management',
] as const satisfies readonly TaskKind[];
export type ReviewTask = (typeof reviewTasks)[number];

/** Holds when all of its conditions do; none at all: always. */
export interface RuleRow {
  readonly rule: string;
  readonly note: Words;
  readonly when: readonly Condition[];
}

interface ReviewRow extends RuleRow {
  readonly task: ReviewTask;
}

/** A comparison over the facts of an order: a small closed language, no code. */
export type Condition =
  | {
      readonly field: 'totalFen' | 'discountBp';
      readonly operator: 'above' | 'at_least' | 'below' | 'at_most';
      readonly value: number;
    }
  | { readonly field: 'grade' | 'channel' | 'kind'; readonly operator: 'is' | 'is_not'; readonly value: string }
  | { readonly field: 'hasMade' | 'isRepeat'; readonly operator: 'is'; readonly value: boolean }
  | { readonly field: 'flags'; readonly operator: 'any_of' | 'none_of'; readonly value: readonly FlagName[] | 'all' };

/** What rules look at. An absent fact is unknown: a rule that needs it fails closed (HT-16). */
export interface OrderFacts {
  /** With tax and freight. */
  readonly totalFen?: Fen;
  /** The highest discount of any line. */
  readonly discountBp?: number;
  readonly grade?: Grade;
  readonly channel?: string;
  readonly kind?: string;
  /** Whether anything has to be made. */
  readonly hasMade?: boolean;
  /** Whether the customer has ordered every one of these items before, by our own books. */
  readonly isRepeat?: boolean;
  readonly flags?: readonly FlagName[];
}

/** What automatic checks can raise (RV-3, IN-9, IN-10). */
export const flagNames = [
  'credit_exceeded',
  'credit_unknown',
  'credit_unassessed',
  'arrears',
  'price_below_list',
  'price_unlike_last_deals',
  'promotion_invalid',
  'discount_unexplained',
  'remote_area',
  'quantity_above_usual',
  'short_stock',
  'wish_before_lead_time',
  'over_capacity',
  'customised',
  'compliance',
] as const;
export type FlagName = (typeof flagNames)[number];

export interface FlagRules {
  /** Flags that are raised at all. */
  readonly raised: readonly FlagName[];
  /** A net price this much below list is doubtful (IN-9), in basis points. */
  readonly priceBelowListBp: number;
  /** Nor should it differ more from what this customer paid last (IN-9), in basis points; absent: on that side it may. */
  readonly priceUnlikeLastBp?: { readonly below?: number; readonly above?: number };
  /** A higher discount of a line names a promotion (RV-3), in basis points; absent: none has to. */
  readonly discountWithoutPromotionBp?: number;
  /** A quantity over this many times the customer's usual is unusual. */
  readonly usualQuantityTimes: number;
  /** How provinces, or countries abroad, begin that carriers surcharge or serve slowly: `新疆` is also 新疆维吾尔自治区. */
  readonly remoteAreas: readonly string[];
}

export interface PromiseRules {
  /** Working days from order to goods, where the item does not say. */
  readonly leadDays: Readonly<Record<Supply, number>>;
}

/** Orders below a total may take a path of their own (CF-5); 0 turns them off. */
interface SmallOrderRules {
  readonly belowFen: Fen;
  readonly paths: Readonly<Record<SmallOrderPath, SmallOrderRow>>;
}

export interface SmallOrderRow {
  readonly offered: boolean;
  readonly depositBp: number;
  readonly balanceBeforeShipment: boolean;
  /** Its own ladder until the goods go (Z2: prepaid within 3 days); null: as for every order. */
  readonly dispatch: readonly LadderRow[] | null;
}

/** Who may let goods go unpaid: the first row that covers the balance; the last has no limit (BL-3). */
interface ReleaseRules {
  readonly rows: readonly { readonly upToFen: Fen | null; readonly role: Role }[];
  readonly expiresAfter: DurationText;
}

/** After this long, do that, towards those. */
export interface LadderRow {
  readonly after: DurationText;
  readonly do: RungAction;
  readonly to: readonly Role[];
  readonly notice?: string;
}

/** A task's terms as a policy writes them: durations are still text. */
type TaskRow = Omit<TaskTerms, 'due' | 'ladder'> & {
  readonly due: DurationText;
  readonly ladder: readonly LadderRow[];
};
