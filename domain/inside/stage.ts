import { deskFacts } from './desk';
import type { OrderFact } from './fact';
import type { OrderStatus } from './vocabulary';

type FactKind = OrderFact['kind'];

/** What an order in a status waits for, who holds the ball, which facts count, and which statuses may follow. */
export interface Stage {
  readonly waitsFor: string;
  readonly accepts: readonly FactKind[];
  readonly next: readonly OrderStatus[];
}

/** The desk's own facts and those that count wherever an order is alive. */
const always: readonly FactKind[] = [
  ...deskFacts,
  'contactLogged',
  'attachmentFiled',
  'paymentReceived',
  'paymentReversed',
  'customerStandingChanged',
  'calendarPublished',
];

/** Until the goods leave an order may be cancelled, and the signed paper may come in (Q2). */
const beforeShipment: readonly FactKind[] = [
  ...always,
  'cancellationRequested',
  'cancellationWithdrawn',
  'confirmationReturned',
  'holdPlaced',
];

/** What a former revision, or a closed order, still holds goes back. */
const clearing: readonly FactKind[] = ['goodsStockedIn', 'stockFreed'];

/** What follows once an order is cancelled, rejected or dead: only its winding up (S2). */
const windingUp: readonly FactKind[] = [...always, ...clearing, 'shipmentMoved', 'orderEnded'];

/** The published state table (S1): any fact that is not in its row is filed as ignored. */
export const stages: Readonly<Record<OrderStatus, Stage>> = {
  on_hold: {
    waitsFor: 'what is missing, from the customer',
    accepts: [...beforeShipment, ...clearing, 'orderRevised'],
    next: ['pending_review', 'on_hold', 'rejected', 'cancelled'],
  },
  pending_review: {
    waitsFor: 'the reviewers',
    accepts: [
      ...beforeShipment,
      ...clearing,
      'orderRevised',
      'creditReserved',
      'creditRefused',
      'levelSkipped',
      'reviewWithdrawn',
    ],
    next: ['approved', 'returned', 'rejected', 'on_hold', 'pending_review', 'cancelled'],
  },
  returned: {
    waitsFor: 'the taker, to revise and resubmit',
    accepts: [...beforeShipment, ...clearing, 'orderRevised'],
    next: ['pending_review', 'on_hold', 'cancelled'],
  },
  approved: {
    waitsFor: 'the order confirmation to go out and the goods to be allocated',
    accepts: [...beforeShipment, ...clearing, 'orderRevised', 'confirmationSent', 'goodsAllocated'],
    next: [
      'awaiting_confirmation',
      'awaiting_deposit',
      'allocated',
      'pending_review',
      'on_hold',
      'rejected',
      'cancelled',
    ],
  },
  awaiting_confirmation: {
    waitsFor: "the customer's signature",
    accepts: [...beforeShipment, 'orderRevised'],
    next: ['awaiting_deposit', 'approved', 'pending_review', 'on_hold', 'cancelled'],
  },
  awaiting_deposit: {
    waitsFor: "the customer's deposit",
    // A deposit taken back after stock was reserved is waited for again, while bought goods go on coming in (HG-4).
    accepts: [
      ...beforeShipment,
      'orderRevised',
      'goodsAllocated',
      'purchaseOrdered',
      'productionOrdered',
      'goodsReceived',
      'goodsStockedIn',
      'troubleReported',
    ],
    next: ['approved', 'allocated', 'pending_review', 'on_hold', 'cancelled'],
  },
  allocated: {
    waitsFor: 'bought goods to come in and production to be signed for',
    accepts: [
      ...beforeShipment,
      'orderRevised',
      'purchaseOrdered',
      'productionOrdered',
      'goodsReceived',
      'goodsStockedIn',
      'troubleReported',
      'goodsReady',
    ],
    next: [
      'in_production',
      'awaiting_deposit',
      'awaiting_balance',
      'ready_to_ship',
      'pending_review',
      'on_hold',
      'cancelled',
    ],
  },
  in_production: {
    waitsFor: 'production to report the quantity done',
    accepts: [
      ...beforeShipment,
      'progressReported',
      'inspectionRecorded',
      'goodsReceived',
      'goodsStockedIn',
      'troubleReported',
    ],
    // The lead may take his signature back while nothing is made (HT-5).
    next: ['in_inspection', 'allocated', 'awaiting_deposit', 'cancelled'],
  },
  in_inspection: {
    waitsFor: 'quality to inspect what was made',
    accepts: [
      ...beforeShipment,
      'inspectionRecorded',
      'goodsReceived',
      'goodsStockedIn',
      'troubleReported',
      'goodsReady',
    ],
    next: ['in_production', 'awaiting_balance', 'ready_to_ship', 'cancelled'],
  },
  awaiting_balance: {
    waitsFor: 'the balance, or a release by its authority',
    accepts: [...beforeShipment, 'balanceRequested', 'releaseRequested', 'releaseWithdrawn'],
    next: ['ready_to_ship', 'cancelled'],
  },
  ready_to_ship: {
    waitsFor: 'the warehouse to pick, check and send',
    accepts: [...beforeShipment, 'shipmentReleased', 'shipmentMoved', 'creditWithdrawn'],
    next: ['shipped_out', 'in_transit', 'delivered', 'awaiting_balance', 'cancelled'],
  },
  shipped_out: {
    waitsFor: 'the carrier',
    accepts: [...always, 'shipmentMoved', 'confirmationReturned'],
    next: ['in_transit', 'delivered', 'dead'],
  },
  in_transit: {
    waitsFor: 'the carrier to deliver',
    accepts: [...always, 'shipmentMoved', 'confirmationReturned'],
    next: ['delivered', 'dead'],
  },
  delivered: {
    waitsFor: 'the customer to confirm the receipt, or silence to confirm it',
    accepts: [...always, 'deliveryConfirmed', 'confirmationReturned'],
    next: ['in_settlement'],
  },
  in_settlement: {
    waitsFor: 'the bill to be reviewed and paid',
    accepts: [...always, 'billIssued', 'collectionStarted', 'collectionTold', 'confirmationReturned', 'orderSettled'],
    next: ['completed'],
  },
  completed: {
    waitsFor: 'the time to archive',
    accepts: [...always, 'orderEnded'],
    next: ['archived', 'in_settlement'],
  },
  cancelled: { waitsFor: 'the winding up: stock freed, money returned', accepts: windingUp, next: [] },
  rejected: { waitsFor: 'the winding up', accepts: windingUp, next: [] },
  dead: { waitsFor: 'the goods to be recalled and the freight to be booked', accepts: windingUp, next: [] },
  in_after_sales: { waitsFor: 'the after-sales case', accepts: always, next: ['completed'] },
  archived: { waitsFor: 'nothing', accepts: [], next: [] },
};

/** Statuses whose order is over; what is still open there only winds it up (S2). */
export const isClosed = (status: OrderStatus): boolean =>
  status === 'cancelled' || status === 'rejected' || status === 'dead' || status === 'archived';
