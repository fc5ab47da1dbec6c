import type { Actor } from './actor';
import type { Calendar } from './calendar';
import type { Clock, RungAction } from './ladder';
import type { CreditRefusal } from './credit';
import type { CustomerSeen, Hold } from './gate';
import type { Move } from './moves';
import type { Task } from './task';
import type { Materials, Outcome, TaskKind, Terms } from './terms';
import type { CivilDate, Fen, Instant, OrderStatus, Role } from './vocabulary';

/** What every fact carries. */
export interface FactHead {
  /** A message's id, or `<workflow id>#<sequence>` for what the process itself noted. Applies at most once (X2). */
  readonly id: string;
  /** When it was entered. */
  readonly at: Instant;
  /** When it happened in the world, where that differs (HG-4). */
  readonly happenedAt?: Instant;
  readonly by: Actor;
}

/** Facts that come from outside: each is the payload of the signal, and the route, of the same name. */
export type Message =
  /** The answer to a task. Free words stay in the inbox row; here only codes. */
  | (FactHead & {
      readonly kind: 'decisionMade';
      readonly taskId: string;
      readonly outcome: Outcome;
      readonly reasonCode?: string;
      readonly conditions?: readonly string[];
      readonly amountFen?: Fen;
      /** Where a return goes: to the taker, or to an earlier level (HT-4). */
      readonly returnTo?: 'taker' | number;
      /** The date of completion that technical or production offers with its signature (RV-2). */
      readonly offeredOn?: CivilDate;
      /** Whether the materials are there, as technical or production sign (RV-2). */
      readonly materials?: Materials;
    })
  /** 撤回决定: who signed takes it back, until the next effect (HT-5). */
  | (FactHead & { readonly kind: 'decisionWithdrawn'; readonly taskId: string; readonly reasonCode: string })
  /** 转办 · 委派 · 加签 · 减签 (HT-6). */
  | (FactHead & {
      readonly kind: 'taskMoved';
      readonly taskId: string;
      readonly move: Move;
      /** Which slot, where it is not the mover's own. */
      readonly slot?: number;
      readonly to?: string;
      readonly reasonCode?: string;
    })
  /** 暂停计时: the customer is waited for, or has answered (HT-8, T2). */
  | (FactHead & { readonly kind: 'taskPaused'; readonly taskId: string })
  | (FactHead & { readonly kind: 'taskResumed'; readonly taskId: string })
  /** 冻结: somebody stops the order, for a reason of the policy (HG-2); a task asks for its release. */
  | (FactHead & { readonly kind: 'holdPlaced'; readonly reason: string })
  /** The books tell that the customer's suspension, holds, limit or debts changed (HG-2). */
  | (FactHead & {
      readonly kind: 'customerStandingChanged';
      readonly suspended: boolean;
      readonly holds: readonly Hold[];
      /** Whom it is about: an order may have another customer by now. */
      readonly customerId?: string;
      /** Of his standing, in the order of the books: what is older than what is known is overtaken. */
      readonly standingVersion?: number;
    })
  /** 工作日历: a newer one was published (Z3). */
  | (FactHead & { readonly kind: 'calendarPublished'; readonly calendar: Calendar })
  /** 撤回申请: the taker takes the order out of review, before anybody decided (HT-5). */
  | (FactHead & { readonly kind: 'reviewWithdrawn'; readonly reasonCode: string })
  /** The order was completed or changed; terms are computed anew at the door. */
  | (FactHead & {
      readonly kind: 'orderRevised';
      readonly terms: Terms;
      readonly fromRevision: number;
      /** Fields of the intake that differ, as the door compared them (HT-12). */
      readonly changed?: readonly string[];
    })
  | (FactHead & { readonly kind: 'contactLogged'; readonly answered: boolean })
  | (FactHead & { readonly kind: 'confirmationReturned'; readonly revision: number; readonly attachmentId?: string })
  | (FactHead & {
      readonly kind: 'paymentReceived';
      readonly paymentId: string;
      readonly amountFen: Fen;
      readonly method: PaymentMethod;
    })
  /** A payment that was entered wrongly (HG-4): takes back exactly that one. */
  | (FactHead & { readonly kind: 'paymentReversed'; readonly paymentId: string; readonly reasonCode: string })
  | (FactHead & {
      readonly kind: 'goodsReceived';
      readonly line: number;
      readonly quantity: number;
      readonly batchId: string;
    })
  | (FactHead & { readonly kind: 'progressReported'; readonly line: number; readonly quantity: number })
  | (FactHead & {
      readonly kind: 'troubleReported';
      readonly cause: 'technical' | 'equipment' | 'staff' | 'material' | 'force_majeure' | 'customer';
      readonly newOfferedOn: CivilDate;
    })
  | (FactHead & {
      readonly kind: 'inspectionRecorded';
      readonly line: number;
      readonly passed: number;
      readonly rework: number;
      readonly scrapped: number;
      readonly causeCode?: string;
    })
  | (FactHead & { readonly kind: 'releaseRequested'; readonly reasonCode: string })
  | (FactHead & { readonly kind: 'cancellationRequested'; readonly reasonCode: string; readonly costFen: Fen })
  /** 撤回申请: who asked for it takes it back, before it was decided (HT-5). */
  | (FactHead & { readonly kind: 'releaseWithdrawn'; readonly reasonCode: string })
  | (FactHead & { readonly kind: 'cancellationWithdrawn'; readonly reasonCode: string })
  | (FactHead & { readonly kind: 'deliveryConfirmed'; readonly attachmentId?: string })
  | (FactHead & { readonly kind: 'attachmentFiled'; readonly attachmentId: string; readonly purpose: string })
  /** To a shipment. */
  | (FactHead & { readonly kind: 'waybillEntered'; readonly carrier: string; readonly waybillNo: string })
  | (FactHead & { readonly kind: 'carrierEventReceived'; readonly event: CarrierEvent });

export type MessageKind = Message['kind'];
export type PaymentMethod = 'bank' | 'alipay' | 'wechat' | 'cash' | 'cash_on_delivery';
export const carrierEvents = [
  'collected',
  'in_transit',
  'out_for_delivery',
  'arrived',
  'delivered',
  'failed',
  'delayed',
] as const;
export type CarrierEvent = (typeof carrierEvents)[number];

/** What a child workflow reports to its order, by signal. */
export type Report = FactHead & {
  readonly kind: 'shipmentMoved';
  readonly shipmentNo: string;
  readonly to: ShipmentNews;
  /** Freight both ways of recalled goods (SH-7). */
  readonly freightFen?: Fen;
};
export type ShipmentNews = 'shipped_out' | 'in_transit' | 'delivered' | 'unclaimed' | 'recalled' | 'stopped';

/** Facts that the order's own process notes. */
export type Step =
  | (FactHead & {
      readonly kind: 'orderAccepted';
      readonly orderNo: string;
      readonly takenBy: string;
      readonly terms: Terms;
    })
  | (FactHead & { readonly kind: 'taskOpened'; readonly task: Task })
  | (FactHead & {
      readonly kind: 'waitStarted';
      readonly wait: string;
      readonly clock: Clock;
      readonly roles: readonly Role[];
    })
  | (FactHead & { readonly kind: 'waitEnded'; readonly wait: string })
  | (FactHead & {
      readonly kind: 'rungRang';
      /** A task's id or a wait's name. */
      readonly of: string;
      readonly rung: number;
      readonly do: RungAction;
      readonly to: readonly Role[];
      readonly notice?: string;
      /** A higher rung of the same ladder was due too: this one told nobody (DN-1). */
      readonly passedOver?: true;
    })
  /** The gate `accept`: what the order takes up of its customer's credit is reserved, or why not (V8, Q8). */
  | (FactHead & {
      readonly kind: 'creditReserved';
      readonly revision: number;
      readonly exposureFen: Fen;
      readonly specialBy?: string;
      /** What the gate saw of the customer: holds that are older than the order, too. */
      readonly customer: CustomerSeen;
    })
  | (FactHead & {
      readonly kind: 'creditRefused';
      readonly revision: number;
      readonly customer: CustomerSeen;
    } & CreditRefusal)
  /** A level that an earlier approver may pass by policy (HT-11). */
  | (FactHead & {
      readonly kind: 'levelSkipped';
      readonly level: number;
      readonly task: TaskKind;
      readonly sameAs: readonly string[];
    })
  | (FactHead & { readonly kind: 'confirmationSent'; readonly revision: number; readonly offeredOn: CivilDate })
  | (FactHead & { readonly kind: 'goodsAllocated'; readonly lines: readonly Allocation[] })
  | (FactHead & {
      readonly kind: 'purchaseOrdered';
      readonly purchaseNo: string;
      readonly line: number;
      readonly itemId: string;
      readonly quantity: number;
    })
  | (FactHead & {
      readonly kind: 'productionOrdered';
      readonly productionNo: string;
      readonly line: number;
      readonly itemId: string;
      readonly quantity: number;
    })
  /** Received or passed goods went into stock for this order. */
  | (FactHead & {
      readonly kind: 'goodsStockedIn';
      readonly line: number;
      readonly quantity: number;
      readonly batchId: string;
      /** The fact that brought the goods: the receipt, or the inspection. */
      readonly receiptId: string;
    })
  /** What the order held in stock is free again; its purchase and production orders are void. */
  | (FactHead & { readonly kind: 'stockFreed' })
  | (FactHead & { readonly kind: 'goodsReady' })
  /** Credit was found withdrawn at the gate (customer suspended, Q8): the balance must come in or be released. */
  | (FactHead & { readonly kind: 'creditWithdrawn' })
  | (FactHead & { readonly kind: 'balanceRequested'; readonly amountFen: Fen })
  | (FactHead & { readonly kind: 'shipmentReleased'; readonly shipmentNo: string; readonly because: ShipLeave })
  | (FactHead & {
      readonly kind: 'billIssued';
      readonly billNo: string;
      readonly netFen: Fen;
      readonly taxFen: Fen;
      readonly dueAt: Instant;
    })
  | (FactHead & { readonly kind: 'collectionStarted'; readonly billNo: string; readonly outstandingFen: Fen })
  /** The collection was told what is still owed. */
  | (FactHead & { readonly kind: 'collectionTold'; readonly outstandingFen: Fen })
  | (FactHead & { readonly kind: 'orderSettled' })
  /** The workflow's last fact: everything is settled and nothing more will happen by itself. */
  | (FactHead & { readonly kind: 'orderEnded'; readonly as: EndStatus; readonly reasonCode: string })
  /** A shipment's own steps. */
  | (FactHead & { readonly kind: 'shipmentOpened'; readonly shipmentNo: string; readonly leave: ShipLeave })
  | (FactHead & { readonly kind: 'stopAsked' })
  | (FactHead & { readonly kind: 'goodsTaken' })
  /** A collection's own steps. */
  | (FactHead & {
      readonly kind: 'collectionOpened';
      readonly billNo: string;
      readonly outstandingFen: Fen;
      readonly dueAt: Instant;
    })
  | (FactHead & { readonly kind: 'outstandingChanged'; readonly outstandingFen: Fen })
  | (FactHead & { readonly kind: 'collectionEnded' });

export type EndStatus = Extract<OrderStatus, 'cancelled' | 'rejected' | 'dead' | 'archived'>;

/** Which of the four reasons of invariant Q6 let the goods go. */
export type ShipLeave = 'paid' | 'grade_a_terms' | 'released' | 'small_order_path';

export interface Allocation {
  readonly line: number;
  readonly reserved: number;
  readonly toBuy: number;
  readonly toMake: number;
}

export type OrderFact = Message | Report | Step;

/** A fact as it stands in the dossier: applied, or filed as ignored with the reason. */
export interface FiledFact {
  readonly seq: number;
  readonly fact: OrderFact;
  readonly standing: 'applied' | 'ignored';
  readonly because?: RefusalCode;
}

/** Why a fact did not count (invariant S1); stable codes that the API hands out as problem `code`. */
export type RefusalCode =
  | 'duplicate'
  | 'wrong_state'
  | 'order_ended'
  | 'stale_revision'
  | 'unknown_task'
  | 'task_closed'
  | 'outcome_not_offered'
  | 'reason_required'
  | 'not_a_candidate'
  | 'not_your_turn'
  | 'four_eyes'
  | 'over_limit'
  | 'unknown_slot'
  | 'held'
  | 'unknown_condition'
  | 'unknown_reason'
  | 'materials_required'
  | 'date_required'
  | 'date_passed'
  | 'unknown_level'
  | 'target_required'
  | 'too_late'
  | 'locked_under_review'
  | 'unknown_line'
  | 'too_many'
  | 'unknown_payment'
  | 'already_reversed'
  | 'too_far_back'
  | 'in_the_future'
  | 'shipment_left'
  | 'nothing_to_release'
  | 'nothing_asked'
  | 'already_requested'
  | 'carrier_event_overtaken'
  | 'amount_not_positive'
  | 'amount_required'
  | 'cancellation_pending'
  | 'overtaken'
  | 'not_yet';
