import { type Account, emptyAccount, outstandingFen } from './account';
import type { Contract } from './contract';
import type { Credit } from './credit';
import type { Desk } from './desk';
import type { ShipLeave, Step } from './fact';
import type { Actor } from './actor';
import type { CustomerSeen, Gate, Hold } from './gate';
import type { Goods } from './goods';
import type { Approval } from './review';
import type { SentBack } from './sent-back';
import type { Terms } from './terms';
import type { CivilDate, Fen, Instant, OrderStatus, Role } from './vocabulary';

/** Everything an order's facts say about it. The one pure reducer of the product: workflow, read model, tests and checker use it. */
export interface Dossier extends Desk {
  readonly orderNo: string;
  readonly terms: Terms;
  readonly revision: number;
  readonly takenBy: string;
  /** Who last changed the order, and for whom: four eyes look at them too (V3). */
  readonly lastEditors: readonly string[];
  readonly status: OrderStatus;
  readonly statusSince: Instant;
  readonly waitingFor: readonly Role[];
  readonly waitingSince: Instant;
  /** Review levels approved for this revision (V1). */
  readonly approvals: readonly Approval[];
  readonly reviewPassed: boolean;
  readonly credit?: Credit;
  /** How it came back to its taker, while it is returned. */
  readonly sentBack?: SentBack;
  /** What shuts gates of this order. */
  readonly holds: readonly Hold[];
  /** What the order was last told of its customer (Q8). */
  readonly customer: CustomerSeen;
  readonly offeredOn: CivilDate;
  readonly confirmation?: { readonly sentAt: Instant; readonly returnedAt?: Instant };
  readonly promisedOn?: CivilDate;
  /** The newest paper of each purpose that was filed for this revision, by attachment id. */
  readonly papers?: Readonly<Record<string, string>>;
  readonly contract?: Contract;
  readonly account: Account;
  readonly allocated: boolean;
  /** A reservation was made, or may have been on its way when the order turned: stock is to be freed. */
  readonly mayHoldStock: boolean;
  readonly goods: readonly Goods[];
  readonly goodsReady: boolean;
  readonly creditWithdrawn: boolean;
  readonly guarantee?: 'given' | 'refused';
  readonly release?: Release;
  readonly shipment?: ShipmentOfOrder;
  readonly shipmentCount: number;
  readonly shippedAt?: Instant;
  readonly deliveredAt?: Instant;
  readonly receiptConfirmed: boolean;
  /** The days between completion and the archive are over. */
  readonly restedAfterCompletion: boolean;
  /** Collections started; a payment taken back after completion starts another. */
  readonly collections: number;
  /** The collection under way, and what it was last told is owed; none once that is nothing. */
  readonly collection?: { readonly no: string; readonly toldFen: Fen };
  readonly bill?: { readonly no: string; readonly dueAt: Instant };
  readonly cancellation?: Cancellation;
  /** By the id of a decided task: what stood before, while its decision may be undone (HT-5). */
  readonly undoable?: Readonly<Record<string, Before>>;
  /** Why it closed, when it closed otherwise than by completion. */
  readonly closure?: { readonly reasonCode: string; readonly costFen: Fen };
  readonly endedAt?: Instant;
}

/** A cancellation that needs approval, and its answer (CF-6). */
interface Cancellation {
  readonly by: Actor;
  readonly reasonCode: string;
  readonly costFen: Fen;
  readonly state: 'asked' | 'approved';
}

/** What a decision changed, as it stood before (HT-5). */
export interface Before {
  readonly release?: Release;
  readonly cancellation?: Cancellation;
  readonly credit?: Credit;
  /** A contract that was sent back to its draft, and the levels that had approved it. */
  readonly contract?: Contract;
  readonly approvals?: readonly Approval[];
  readonly conditions?: readonly Hold[];
  readonly levels?: readonly string[];
  /** The hold that was lifted, and the gates behind which something had happened already. */
  readonly lifted?: Hold;
  readonly passed?: readonly Gate[];
}

/** A request to let goods go unpaid, and its answer: bound to revision and balance, used once (Q7). */
interface Release {
  readonly requestedBy: Actor;
  readonly state: 'asked' | 'granted' | 'used';
  readonly upToFen: Fen;
  readonly expiresAt?: Instant;
}

/** The shipment under way, as its reports say. */
export interface ShipmentOfOrder {
  readonly no: string;
  readonly leave: ShipLeave;
  readonly state: 'released' | 'stopping' | 'stopped' | 'gone' | 'delivered' | 'unclaimed' | 'recalled';
}

/** The dossier that an accepted order starts with. */
export function openDossier(fact: Extract<Step, { kind: 'orderAccepted' }>): Dossier {
  const { terms } = fact;
  return {
    orderNo: fact.orderNo,
    terms,
    revision: 1,
    takenBy: fact.takenBy,
    lastEditors: [fact.takenBy],
    status: terms.missing.length > 0 ? 'on_hold' : 'pending_review',
    statusSince: fact.at,
    waitingFor: [],
    waitingSince: fact.at,
    approvals: [],
    reviewPassed: false,
    holds: [],
    customer: terms.customer ?? { suspended: false, holds: [] },
    offeredOn: terms.offeredOn,
    account: emptyAccount,
    allocated: false,
    mayHoldStock: false,
    goods: [],
    goodsReady: false,
    creditWithdrawn: false,
    shipmentCount: 0,
    collections: 0,
    restedAfterCompletion: false,
    receiptConfirmed: false,
    seq: 1,
    version: 1,
    tasks: [],
    waits: {},
    heard: { [fact.id]: true },
  };
}

/** The dossier without some of the things that it has for a while. */
export function without(dossier: Dossier, ...keys: readonly Passing[]): Dossier {
  return keys.reduce<Dossier>((before, key) => {
    const { [key]: _gone, ...rest } = before;
    return rest;
  }, dossier);
}

/** What an order has for a while. */
type Passing =
  | 'papers'
  | 'contract'
  | 'credit'
  | 'sentBack'
  | 'confirmation'
  | 'promisedOn'
  | 'release'
  | 'guarantee'
  | 'cancellation'
  | 'shipment'
  | 'collection'
  | 'undoable';

/** The lead has signed for something: from here on a change or a cancellation needs approval (CF-6). */
export const productionHasBegun = (dossier: Dossier): boolean => dossier.goods.some((line) => line.begun);

/** Confirmed, billed, nothing owed, and the signed paper is in (Q2): what "completed" means. */
export const settled = (dossier: Dossier): boolean =>
  dossier.bill !== undefined &&
  outstandingFen(dossier.account) === 0 &&
  dossier.receiptConfirmed &&
  dossier.confirmation?.returnedAt !== undefined;
