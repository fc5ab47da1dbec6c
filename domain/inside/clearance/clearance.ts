import type { Actor } from '../kernel/actor';
import type { Base } from '../kernel/dossier';
import { flag, text } from '../kernel/shape';
import type { Fen, Instant } from '../kernel/vocabulary';
import { customerOf } from '../credit/credit';
import { depositIsCovered } from '../deposit/deposit';
import { balanceFen, type Holds, type HoldsSees } from '../holds/holds';
import type { Clearance } from './clearances';

export interface ClearanceState {
  /** The customer was found suspended at the gate: nothing goes on credit until he is trusted again (Q8). */
  readonly creditStopped: boolean;
  readonly guarantee?: 'given' | 'refused';
  readonly release?: Release;
  /** For which shipment the books were asked about the customer last, and how often they were. */
  readonly lookedFor?: string;
  readonly looks: number;
}

/** A request to let goods go unpaid, and its answer: bound to the balance, used once (Q7). */
export interface Release {
  /** The fact that asked for it. */
  readonly id: string;
  readonly requestedBy: Actor;
  readonly state: 'asked' | 'granted';
  readonly upToFen: Fen;
  readonly expiresAt?: Instant;
}

export const clearanceFacts = {
  releaseRequested: { reasonCode: text() },
  /** 撤回申请: who asked for it takes it back, before it was decided (HT-5). */
  releaseWithdrawn: { reasonCode: text() },
  /** What the books say of the customer right before goods go on his credit (Q8). */
  customerLooked: { shipmentNo: text(), suspended: flag },
  /** Goods left on a clearance that was being undone: it stands, since they went on it (HT-5). */
  clearanceKept: {},
} as const;

export const clearanceAsks = {
  'release.balance': {
    words: { zh: '余款未清放行', en: 'release with an unpaid balance' },
    outcomes: ['approve', 'reject'],
    isApplication: true,
  },
  'small.guarantee': {
    words: { zh: '小额订单担保', en: 'accept the guarantee of a small order' },
    outcomes: ['approve', 'reject'],
    isApplication: true,
  },
} as const;

export interface ClearanceSees extends HoldsSees {
  readonly holds: Holds;
}
export type ClearanceView = Base & ClearanceSees & { readonly clearance: ClearanceState };

/** Goods that go before all is paid, on the customer's word or a guarantor's. */
export const isOnCredit = (clearance: Clearance): boolean => clearance === 'on_account' || clearance === 'small_order';

/** Which of Q6's reasons lets goods go as the facts stand; undefined: none does. `isUsed`: a release lets goods go once (Q7). */
export function clearanceFor(view: ClearanceView, isUsed: (release: Release) => boolean): Clearance | undefined {
  const { clearance, intake, at } = view;
  const { balanceBeforeShipment, smallOrderPath } = intake.terms;
  const unpaidFen = balanceFen(view);
  // The gate found him suspended, or the books said so: a shipment on his credit would be stopped at once.
  const isStopped = clearance.creditStopped || customerOf(view).suspended;
  if (unpaidFen === 0) return 'paid';
  if (!balanceBeforeShipment && !isStopped && smallOrderPath === null) return 'on_account';
  const { release } = clearance;
  if (release !== undefined && covers(release, unpaidFen, at) && !isUsed(release)) return 'released';
  // A suspended customer gets nothing on credit, on a small order's path neither (Q8).
  if (isStopped) return undefined;
  if (smallOrderPath === 'cash_on_delivery' && depositIsCovered(view)) return 'small_order';
  return smallOrderPath === 'guarantor' && clearance.guarantee === 'given' ? 'small_order' : undefined;
}

const covers = ({ state, upToFen, expiresAt }: Release, unpaidFen: Fen, at: Instant): boolean =>
  state === 'granted' && upToFen >= unpaidFen && expiresAt !== undefined && at < expiresAt;

/**
 * Whether what let goods go that are still in the warehouse is no longer true (Q6, Q7): a payment was taken back, a release or a
 * guarantee undone, the deposit of cash on delivery is missing, or the customer is suspended.
 */
export function isLost(view: ClearanceView, clearance: Clearance): boolean {
  const { release, guarantee } = view.clearance;
  if (isOnCredit(clearance) && customerOf(view).suspended) return true;
  switch (clearance) {
    case 'paid':
      return balanceFen(view) > 0;
    case 'released':
      return release?.state !== 'granted' || balanceFen(view) > release.upToFen;
    case 'small_order':
      return view.intake.terms.smallOrderPath === 'cash_on_delivery' ? !depositIsCovered(view) : guarantee !== 'given';
    case 'on_account':
      return false;
  }
}
