import type { Dossier } from './dossier';
import type { Instant, Role } from './vocabulary';

/** 关口: every effect that costs money, goods or a promise passes one (HG-1). */
export const gates = ['accept', 'confirm', 'purchase', 'produce', 'ship', 'bill', 'new_order'] as const;
export type Gate = (typeof gates)[number];

/** 冻结: why gates are shut, and which. */
export interface Hold {
  readonly id: string;
  readonly reason: string;
  readonly gates: readonly Gate[];
  /** The decision that set it as a condition (RV-5). */
  readonly setBy?: string;
  /** It lifts by itself then; only holds of a customer have it. */
  readonly until?: Instant;
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

/** A policy's row for a reason: what it shuts, who lifts it, and what lifts it by itself (HG-2, RV-5). */
export interface HoldTerms {
  readonly gates: readonly Gate[];
  readonly releasedBy: readonly Role[];
  /** `filed`: a paper is filed whose purpose is the hold's reason, such as the customer's written word on a recipe (RV-2). */
  readonly liftsWhen?: 'paid_in_full' | 'signed_paper' | 'filed';
  /** Whether a reviewer may set it as a condition. */
  readonly isCondition: boolean;
}

/** What shuts a gate now: holds of the order and of its customer, in one list (HG-1). */
const shutBy = ({ holds, customer }: Dossier, gate: Gate): readonly Hold[] =>
  [...holds, ...customer.holds].filter((hold) => hold.gates.includes(gate));

/** Whether an effect may go ahead. */
export const isOpen = (dossier: Dossier, gate: Gate): boolean => shutBy(dossier, gate).length === 0;
