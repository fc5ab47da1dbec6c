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
  /** When and by whom; absent: it was placed before holds said so. */
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

/** A policy's row for a reason: what it shuts, who lifts it, and what lifts it by itself (HG-2, RV-5). */
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

/** What shuts a gate now: holds of the order and of its customer, in one list (HG-1). */
export const holdsOn = ({ holds, customer }: Dossier, gate: Gate): readonly Hold[] =>
  [...holds, ...customer.holds].filter((hold) => hold.gates.includes(gate));

/** Holds of the customer that nothing but a person lifts, and that shut what the order comes to next. */
export const stoppedByCustomer = (dossier: Dossier): readonly Hold[] => {
  const ahead = gatesAhead(dossier);
  return dossier.customer.holds.filter(
    ({ until, gates: shut }) => until === undefined && shut.some((gate) => ahead.includes(gate)),
  );
};

/** The gates that an order in its status comes to next; `accept` once its levels have approved and the books were asked. */
function gatesAhead(dossier: Dossier): readonly Gate[] {
  switch (dossier.status) {
    case 'pending_review':
      return dossier.credit === undefined ? [] : ['accept'];
    case 'approved':
      return dossier.confirmation === undefined ? ['confirm'] : toSupply(dossier);
    case 'awaiting_confirmation':
    case 'awaiting_deposit':
    case 'allocated':
    case 'in_production':
    case 'in_inspection':
      return toSupply(dossier);
    case 'awaiting_balance':
    case 'ready_to_ship':
      return ['ship'];
    case 'shipped_out':
    case 'in_transit':
    case 'delivered':
    case 'in_settlement':
      return dossier.bill === undefined ? ['bill'] : [];
    default:
      return [];
  }
}

/** What is not ordered yet is bought or made; nothing is left of that once the goods are to be shipped. */
function toSupply({ allocated, goods, terms }: Dossier): readonly Gate[] {
  if (!allocated) return terms.lines.some(({ supply }) => supply === 'make') ? ['purchase', 'produce'] : ['purchase'];
  const left = goods.filter(({ ordered }) => !ordered);
  return [
    ...(left.some(({ toBuy }) => toBuy > 0) ? (['purchase'] as const) : []),
    ...(left.some(({ toMake }) => toMake > 0) ? (['produce'] as const) : []),
    ...(left.some(({ toBuy, toMake }) => toBuy + toMake > 0) ? [] : (['ship'] as const)),
  ];
}

/** A hold of the customer is why nothing is accepted: those who may lift it are waited for, and no credit (HG-1). */
export const acceptIsHeld = ({ credit, customer }: Pick<Dossier, 'credit' | 'customer'>): boolean =>
  credit?.state === 'refused' &&
  credit.because === 'held' &&
  customer.holds.some(({ gates: shut }) => shut.includes('accept'));

/** The wait for a hold of the customer to be lifted. */
export const waitOfHold = ({ id }: Hold): string => `customer_hold ${id}`;

/** Whether an effect may go ahead. */
export const isOpen = (dossier: Dossier, gate: Gate): boolean => holdsOn(dossier, gate).length === 0;
