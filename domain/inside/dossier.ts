import { advancesFen, book, emptyAccount, freightPosting, outstandingFen, type Account } from './account';
import { civilDate, slide } from './calendar';
import {
  applyAtDesk,
  closeTasks,
  doneBy,
  fileAtDesk,
  holders,
  isDeskFact,
  judgeAtDesk,
  judgeTime,
  personsBehind,
  taskOf,
  withoutWait,
  type Desk,
} from './desk';
import type { Actor, FactHead, FiledFact, Message, OrderFact, RefusalCode, Report, ShipLeave, Step } from './fact';
import {
  allIn,
  applyToGoods,
  emptyGoods,
  judgeGoods,
  productionIsPending,
  waitingForInspection,
  type Goods,
} from './goods';
import type { Posting } from './posting';
import { after } from './ladder';
import { isClosed, stages } from './stage';
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
  readonly approvedLevels: readonly number[];
  readonly reviewPassed: boolean;
  readonly offeredOn: CivilDate;
  readonly confirmation?: { readonly sentAt: Instant; readonly returnedAt?: Instant };
  readonly promisedOn?: CivilDate;
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
  readonly cancellation?: {
    readonly by: Actor;
    readonly reasonCode: string;
    readonly costFen: Fen;
    readonly state: 'asked' | 'approved';
  };
  /** Why it closed, when it closed otherwise than by completion. */
  readonly closure?: { readonly reasonCode: string; readonly costFen: Fen };
  readonly endedAt?: Instant;
}

/** A request to let goods go unpaid, and its answer: bound to revision and balance, used once (Q7). */
export interface Release {
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
    approvedLevels: [],
    reviewPassed: false,
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

/** Files a fact: applied if the state table and its rule let it count, else ignored with the reason; nothing is dropped (S1). */
export function file(
  dossier: Dossier,
  fact: OrderFact,
): { desk: Dossier; filed: FiledFact; postings: readonly Posting[] } {
  const booked = bookFact(dossier, fact);
  const { desk, filed } = fileAtDesk(dossier, fact, {
    judge,
    apply: (before) => stamp(before, apply({ ...before, account: booked.account }, fact), fact),
  });
  return { desk, filed, postings: filed.standing === 'applied' ? booked.postings : [] };
}

/** Why a fact does not count, or undefined when it does. */
export function judge(dossier: Dossier, fact: OrderFact): RefusalCode | undefined {
  if (dossier.endedAt !== undefined) return 'order_ended';
  // A shipment has judged the times that it reports; refusing them here would leave the order behind its goods.
  const late = fact.kind === 'shipmentMoved' ? undefined : judgeTime(fact, dossier.terms.backdatingSeconds);
  if (late !== undefined) return late;
  if (!stages[dossier.status].accepts.includes(fact.kind))
    return isClosed(dossier.status) ? 'order_ended' : 'wrong_state';
  if (isDeskFact(fact)) return judgeAtDesk(dossier, fact);
  return judgeRule(dossier, fact);
}

/** What is still to be paid before the goods go. */
export const balanceFen = (dossier: Dossier): Fen =>
  Math.max(0, dossier.terms.totals.totalFen - netReceivedFen(dossier));

/** Received and neither refunded nor kept. */
export const netReceivedFen = ({ account }: Dossier): Fen =>
  account.receivedFen - account.refundedFen - account.keptFen;

export const depositIsCovered = (dossier: Dossier): boolean => netReceivedFen(dossier) >= dossier.terms.depositFen;

/** Which of Q6's reasons lets the goods go at `now`; undefined: none does. */
export function shipLeave(dossier: Dossier, now: Instant): ShipLeave | undefined {
  const { terms, release } = dossier;
  const balance = balanceFen(dossier);
  if (balance === 0) return 'paid';
  if (!terms.balanceBeforeShipment && !dossier.creditWithdrawn && terms.smallOrderPath === null) return 'grade_a_terms';
  if (
    release?.state === 'granted' &&
    release.upToFen >= balance &&
    release.expiresAt !== undefined &&
    now < release.expiresAt
  )
    return 'released';
  // A suspended customer gets nothing on credit, on a small order's path neither (Q8).
  if (dossier.creditWithdrawn) return undefined;
  if (terms.smallOrderPath === 'cash_on_delivery' && depositIsCovered(dossier)) return 'small_order_path';
  if (terms.smallOrderPath === 'guarantor' && dossier.guarantee === 'given') return 'small_order_path';
  return undefined;
}

/** Who may release the balance: the first row that covers it (BL-3). */
export function releaseRole(terms: Terms, unpaidFen: Fen): Role {
  const row = terms.releaseBy.find(({ upToFen }) => upToFen === null || unpaidFen <= upToFen);
  return row?.role ?? 'general_manager';
}

export const hasShipped = (dossier: Dossier): boolean => dossier.shippedAt !== undefined;

function judgeRule(dossier: Dossier, fact: Exclude<OrderFact, { kind: 'decisionMade' }>): RefusalCode | undefined {
  switch (fact.kind) {
    case 'orderRevised':
      if (fact.fromRevision !== dossier.revision) return 'stale_revision';
      return productionHasBegun(dossier) ? 'wrong_state' : undefined;
    case 'confirmationReturned':
      if (fact.revision !== dossier.revision) return 'stale_revision';
      if (dossier.confirmation === undefined) return 'not_yet';
      return dossier.confirmation.returnedAt === undefined ? undefined : 'already_requested';
    case 'paymentReceived':
      if (fact.amountFen <= 0) return 'amount_not_positive';
      return Object.hasOwn(dossier.account.payments, fact.paymentId) ? 'duplicate' : undefined;
    case 'paymentReversed':
      return judgeReversal(dossier, fact);
    case 'goodsReceived':
    case 'progressReported':
    case 'inspectionRecorded':
      return judgeGoods(dossier.goods, fact);
    case 'releaseRequested':
      if (balanceFen(dossier) === 0) return 'nothing_to_release';
      return dossier.release?.state === 'asked' ? 'already_requested' : undefined;
    case 'cancellationRequested':
      if (dossier.cancellation !== undefined) return 'already_requested';
      return fact.costFen < 0 || fact.costFen > dossier.terms.totals.totalFen ? 'too_many' : undefined;
    case 'shipmentMoved':
      return judgeNews(dossier, fact);
    case 'shipmentReleased':
      if (dossier.cancellation !== undefined) return 'cancellation_pending';
      return shipLeave(dossier, fact.at) === undefined ? 'not_yet' : undefined;
    case 'goodsReady':
      return allIn(dossier.goods, dossier.terms.lines) ? undefined : 'not_yet';
    case 'billIssued':
      return dossier.bill === undefined ? undefined : 'already_requested';
    case 'orderSettled':
      return settled(dossier) ? undefined : 'not_yet';
    default:
      return undefined;
  }
}

/** Confirmed, billed, nothing owed, and the signed paper is in (Q2): what "completed" means. */
export const settled = (dossier: Dossier): boolean =>
  dossier.bill !== undefined &&
  outstandingFen(dossier.account) === 0 &&
  dossier.receiptConfirmed &&
  dossier.confirmation?.returnedAt !== undefined;

/** A shipment tells each thing once; an order that heard it is not told again, so freight is booked once (Q9). */
function judgeNews(dossier: Dossier, fact: Extract<Report, { kind: 'shipmentMoved' }>): RefusalCode | undefined {
  const { shipment } = dossier;
  if (shipment === undefined || shipment.no !== fact.shipmentNo) return 'unknown_line';
  const inTheWarehouse = shipment.state === 'released' || shipment.state === 'stopping';
  switch (fact.to) {
    case 'stopped':
    case 'shipped_out':
      return inTheWarehouse ? undefined : 'wrong_state';
    case 'in_transit':
    case 'delivered':
    case 'unclaimed':
      return shipment.state === 'gone' ? undefined : 'wrong_state';
    case 'recalled':
      return shipment.state === 'unclaimed' ? undefined : 'wrong_state';
  }
}

function judgeReversal(dossier: Dossier, fact: Extract<Message, { kind: 'paymentReversed' }>): RefusalCode | undefined {
  const { payments } = dossier.account;
  const payment = Object.hasOwn(payments, fact.paymentId) ? payments[fact.paymentId] : undefined;
  if (payment === undefined) return 'unknown_payment';
  if (payment.reversed) return 'already_reversed';
  return netReceivedFen(dossier) < payment.amountFen ? 'too_many' : undefined;
}

const productionHasBegun = (dossier: Dossier): boolean => dossier.goods.some((line) => line.begun);

function apply(dossier: Dossier, fact: OrderFact): Dossier {
  switch (fact.kind) {
    case 'decisionMade':
      return applyDecision(applyAtDesk(dossier, fact), fact);
    case 'rungRang':
      return applyRung(applyAtDesk(dossier, fact), fact);
    case 'taskOpened':
    case 'waitStarted':
    case 'waitEnded':
      return applyAtDesk(dossier, fact);
    case 'orderRevised':
      return revise(dossier, fact);
    case 'reviewPassed':
      return { ...dossier, reviewPassed: true, status: 'approved' };
    case 'confirmationSent':
      return {
        ...dossier,
        confirmation: { sentAt: fact.at },
        ...(dossier.terms.startsAtOnce
          ? { promisedOn: dossier.offeredOn }
          : { status: 'awaiting_confirmation' as const }),
      };
    case 'confirmationReturned':
      return confirmationReturned(dossier, fact);
    case 'paymentReceived':
      return afterPayment(dossier, fact);
    case 'paymentReversed':
      return afterReversal(dossier);
    case 'collectionStarted':
      return {
        ...dossier,
        collections: dossier.collections + 1,
        collection: { no: fact.billNo, toldFen: fact.outstandingFen },
      };
    case 'collectionTold':
      return collectionTold(dossier, fact.outstandingFen);
    case 'goodsAllocated':
      return {
        ...dossier,
        status: dossier.status === 'awaiting_deposit' ? 'awaiting_deposit' : 'allocated',
        allocated: true,
        mayHoldStock: true,
        goods: emptyGoods(fact.lines, dossier.terms.lines),
      };
    case 'purchaseOrdered':
    case 'productionOrdered':
    case 'goodsReceived':
    case 'goodsStockedIn':
    case 'progressReported':
    case 'inspectionRecorded':
      return afterGoods({ ...dossier, goods: applyToGoods(dossier.goods, fact) }, fact);
    case 'stockFreed':
      return { ...dossier, mayHoldStock: false, goods: dossier.allocated ? dossier.goods : [] };
    case 'troubleReported':
      return { ...dossier, offeredOn: fact.newOfferedOn, promisedOn: later(dossier.promisedOn, fact.newOfferedOn) };
    case 'goodsReady':
      return {
        ...dossier,
        goodsReady: true,
        status: shipLeave(dossier, fact.at) === undefined ? 'awaiting_balance' : 'ready_to_ship',
      };
    case 'creditWithdrawn': {
      const withdrawn = { ...dossier, creditWithdrawn: true };
      return shipLeave(withdrawn, fact.at) === undefined ? { ...withdrawn, status: 'awaiting_balance' } : withdrawn;
    }
    case 'releaseRequested':
      return { ...dossier, release: { requestedBy: fact.by, state: 'asked', upToFen: balanceFen(dossier) } };
    case 'cancellationRequested':
      return requestCancellation(dossier, fact);
    case 'shipmentReleased':
      return releaseShipment(dossier, fact);
    case 'shipmentMoved':
      return moveShipment(dossier, fact);
    case 'deliveryConfirmed':
      return { ...withoutWait(dossier, 'delivery'), receiptConfirmed: true, status: 'in_settlement' };
    case 'billIssued':
      return { ...dossier, bill: { no: fact.billNo, dueAt: fact.dueAt } };
    case 'orderSettled':
      return { ...dossier, status: 'completed' };
    case 'orderEnded':
      return { ...dossier, status: fact.as, endedAt: fact.at, waits: {} };
    default:
      return dossier;
  }
}

function collectionTold(dossier: Dossier, toldFen: Fen): Dossier {
  const { collection } = dossier;
  if (collection === undefined || toldFen === 0) return without(dossier, 'collection');
  return { ...dossier, collection: { ...collection, toldFen } };
}

function applyDecision(dossier: Dossier, fact: Extract<Message, { kind: 'decisionMade' }>): Dossier {
  const task = taskOf(dossier, fact.taskId);
  if (task === undefined || fact.outcome === 'ask') return dossier;
  const reasonCode = fact.reasonCode ?? 'unspecified';
  switch (task.kind) {
    case 'review.sales':
    case 'review.technical':
    case 'review.management':
      return review(dossier, fact, task.level ?? 0);
    case 'intake.contact':
      return fact.outcome === 'reject' ? close(dossier, 'rejected', reasonCode) : dossier;
    case 'deposit.ask':
      return fact.outcome === 'reject' ? close(dossier, 'cancelled', reasonCode) : dossier;
    case 'production.sign':
      if (fact.outcome !== 'done') return dossier;
      return {
        ...dossier,
        status: 'in_production',
        goods: dossier.goods.map((line) => (line.toMake > 0 ? { ...line, begun: true } : line)),
      };
    case 'release.balance':
      return decideRelease(dossier, fact);
    case 'small.guarantee': {
      const guarantee = fact.outcome === 'approve' ? ('given' as const) : ('refused' as const);
      return readyIfLeave({ ...dossier, guarantee }, fact.at);
    }
    case 'cancellation.approve':
      return decideCancellation(dossier, fact);
    default:
      return dossier;
  }
}

function review(dossier: Dossier, fact: Extract<Message, { kind: 'decisionMade' }>, level: number): Dossier {
  const reasonCode = fact.reasonCode ?? 'unspecified';
  if (fact.outcome === 'return') return { ...closeTasks(dossier, () => true), status: 'returned' };
  if (fact.outcome === 'reject') return close(dossier, 'rejected', reasonCode);
  const approvedLevels = [...dossier.approvedLevels, level];
  const passed = dossier.terms.reviews.every((row) => approvedLevels.includes(row.level));
  return { ...dossier, approvedLevels, ...(passed ? { reviewPassed: true, status: 'approved' as const } : {}) };
}

function decideRelease(dossier: Dossier, fact: Extract<Message, { kind: 'decisionMade' }>): Dossier {
  if (dossier.release === undefined) return dossier;
  if (fact.outcome !== 'approve') return without(dossier, 'release');
  const expiresAt = after(fact.at, dossier.terms.releaseExpiresAfter, dossier.terms.calendar);
  return readyIfLeave({ ...dossier, release: { ...dossier.release, state: 'granted', expiresAt } }, fact.at);
}

function decideCancellation(dossier: Dossier, fact: Extract<Message, { kind: 'decisionMade' }>): Dossier {
  const { cancellation } = dossier;
  if (cancellation === undefined) return dossier;
  if (fact.outcome !== 'approve') return without(dossier, 'cancellation');
  if (dossier.shipment !== undefined && dossier.shipment.state === 'released')
    return {
      ...dossier,
      cancellation: { ...cancellation, state: 'approved' },
      shipment: { ...dossier.shipment, state: 'stopping' },
    };
  return close(dossier, 'cancelled', cancellation.reasonCode, cancellation.costFen);
}

/** Before production begins a cancellation counts at once; later it is asked of the authority that policy names (CF-6, Q10). */
function requestCancellation(dossier: Dossier, fact: Extract<Message, { kind: 'cancellationRequested' }>): Dossier {
  if (!productionHasBegun(dossier) && dossier.shipment === undefined)
    return close(dossier, 'cancelled', fact.reasonCode, 0);
  return {
    ...dossier,
    cancellation: { by: fact.by, reasonCode: fact.reasonCode, costFen: fact.costFen, state: 'asked' },
  };
}

function applyRung(dossier: Dossier, fact: Extract<Step, { kind: 'rungRang' }>): Dossier {
  if (fact.do !== 'lapse') return dossier;
  switch (fact.of) {
    case 'delivery':
      return { ...withoutWait(dossier, 'delivery'), receiptConfirmed: true, status: 'in_settlement' };
    case 'archive':
      return { ...withoutWait(dossier, 'archive'), restedAfterCompletion: true };
    default:
      // Whatever a policy's ladder says, silence cancels nothing that the warehouse already has in hand (S1, CF-6).
      return !stages[dossier.status].next.includes('cancelled') || dossier.shipment !== undefined
        ? dossier
        : close(dossier, 'cancelled', `no_answer:${taskOf(dossier, fact.of)?.kind ?? fact.of}`);
  }
}

/** A change makes a new revision: open tasks are void and every approval is asked for again (V6). */
function revise(dossier: Dossier, fact: Extract<Message, { kind: 'orderRevised' }>): Dossier {
  const { dispatch } = dossier.waits;
  const cleared = without(
    without(
      without(
        closeTasks(dossier, () => true, undefined),
        'confirmation',
      ),
      'promisedOn',
    ),
    'release',
  );
  return {
    ...cleared,
    waits: dispatch === undefined ? {} : { dispatch },
    terms: fact.terms,
    revision: dossier.revision + 1,
    lastEditors: fact.by.kind === 'user' ? personsBehind(fact.by) : dossier.lastEditors,
    offeredOn: fact.terms.offeredOn,
    approvedLevels: [],
    reviewPassed: false,
    allocated: false,
    mayHoldStock: reachedAllocation(dossier),
    // What came in and is not in stock yet still has to be put there before it is freed.
    goods: dossier.goods.filter((line) => line.batches.length > 0),
    goodsReady: false,
    status: fact.terms.missing.length > 0 ? 'on_hold' : 'pending_review',
  };
}

/** The signed paper is back: the promised date slides by the days it took (CF-3, Z1); grade A's does not. */
function confirmationReturned(dossier: Dossier, fact: Extract<Message, { kind: 'confirmationReturned' }>): Dossier {
  if (dossier.confirmation === undefined) return dossier;
  const returnedAt = fact.happenedAt ?? fact.at;
  const { calendar, slide: mode } = dossier.terms;
  const sentOn = civilDate(calendar, dossier.confirmation.sentAt);
  const back = {
    ...closeTasks(withoutWait(dossier, 'confirmation'), (task) => task.kind === 'confirmation.paper', doneBy(fact)),
    confirmation: { ...dossier.confirmation, returnedAt },
    promisedOn:
      dossier.terms.startsAtOnce || mode === 'none'
        ? (dossier.promisedOn ?? dossier.offeredOn)
        : slide(dossier.offeredOn, sentOn, civilDate(calendar, returnedAt), mode, calendar),
  };
  if (dossier.status !== 'awaiting_confirmation') return back;
  return { ...back, status: depositIsCovered(back) ? 'approved' : 'awaiting_deposit' };
}

function afterPayment(dossier: Dossier, fact: Extract<Message, { kind: 'paymentReceived' }>): Dossier {
  if (dossier.status === 'awaiting_deposit' && depositIsCovered(dossier))
    return {
      ...closeTasks(withoutWait(dossier, 'deposit'), (task) => task.kind === 'deposit.ask', doneBy(fact)),
      status: dossier.allocated ? 'allocated' : 'approved',
    };
  return readyIfLeave(refundAnew(dossier), fact.at);
}

/** A payment was taken back: what it let happen is looked at again (HG-4). */
function afterReversal(dossier: Dossier): Dossier {
  const { status, terms } = dossier;
  if (status === 'completed')
    return outstandingFen(dossier.account) > 0
      ? { ...withoutWait(dossier, 'archive'), restedAfterCompletion: false, status: 'in_settlement' }
      : dossier;
  const depositCounts = !terms.startsAtOnce && (status === 'approved' || status === 'allocated');
  if (depositCounts && dossier.confirmation !== undefined && !depositIsCovered(dossier) && !productionHasBegun(dossier))
    return { ...closeTasks(dossier, (task) => task.kind === 'production.sign'), status: 'awaiting_deposit' };
  return refundAnew(dossier);
}

/** What a closed order holds has changed: finance is asked again, with the amount as it is now (M6). */
const refundAnew = (dossier: Dossier): Dossier =>
  isClosed(dossier.status) ? closeTasks(dossier, (task) => task.kind === 'refund.pay') : dossier;

function readyIfLeave(dossier: Dossier, at: Instant): Dossier {
  if (dossier.status !== 'awaiting_balance' || shipLeave(dossier, at) === undefined) return dossier;
  return {
    ...closeTasks(
      withoutWait(dossier, 'balance'),
      (task) => task.kind === 'release.balance' || task.kind === 'small.guarantee',
    ),
    status: 'ready_to_ship',
  };
}

function afterGoods(dossier: Dossier, fact: FactHead & { readonly kind: OrderFact['kind'] }): Dossier {
  const bought = dossier.goods.every((line) => line.received >= line.toBuy);
  const withoutPurchase = bought
    ? closeTasks(dossier, (task) => task.kind === 'purchase.receive', doneBy(fact))
    : dossier;
  if (dossier.status !== 'in_production' && dossier.status !== 'in_inspection') return withoutPurchase;
  const making = productionIsPending(dossier.goods);
  if (dossier.status === 'in_production' && !making)
    return {
      ...closeTasks(withoutPurchase, (task) => task.kind === 'production.report', doneBy(fact)),
      status: 'in_inspection',
    };
  const inspected = dossier.goods.every((line) => waitingForInspection(line) === 0);
  const looked = inspected
    ? closeTasks(withoutPurchase, (task) => task.kind === 'quality.inspect', doneBy(fact))
    : withoutPurchase;
  return making && dossier.status === 'in_inspection' ? { ...looked, status: 'in_production' } : looked;
}

/** A release is used once (Q7). */
function releaseShipment(dossier: Dossier, fact: Extract<Step, { kind: 'shipmentReleased' }>): Dossier {
  const { release } = dossier;
  return {
    ...dossier,
    shipmentCount: dossier.shipmentCount + 1,
    shipment: { no: fact.shipmentNo, leave: fact.because, state: 'released' },
    ...(fact.because === 'released' && release !== undefined
      ? { release: { ...release, state: 'used' as const } }
      : {}),
  };
}

/** A payment was taken back and the reason that let the goods go is no longer true: the shipment must stop (Q6, Q7). */
export function leaveIsLost(dossier: Dossier): boolean {
  const { shipment, release, terms } = dossier;
  if (shipment?.state !== 'released') return false;
  switch (shipment.leave) {
    case 'paid':
      return balanceFen(dossier) > 0;
    case 'released':
      return balanceFen(dossier) > (release?.upToFen ?? 0);
    case 'small_order_path':
      return terms.smallOrderPath === 'cash_on_delivery' && !depositIsCovered(dossier);
    case 'grade_a_terms':
      return false;
  }
}

function moveShipment(dossier: Dossier, fact: Extract<Report, { kind: 'shipmentMoved' }>): Dossier {
  const { shipment } = dossier;
  if (shipment === undefined) return dossier;
  const happenedAt = fact.happenedAt ?? fact.at;
  switch (fact.to) {
    case 'stopped': {
      const stopped = { ...dossier, shipment: { ...shipment, state: 'stopped' as const } };
      if (dossier.cancellation?.state === 'approved')
        return close(stopped, 'cancelled', dossier.cancellation.reasonCode, dossier.cancellation.costFen);
      const back = without(stopped, 'shipment');
      return shipLeave(back, fact.at) === undefined ? { ...back, status: 'awaiting_balance' } : back;
    }
    case 'shipped_out':
      return {
        ...without(
          closeTasks(withoutWait(dossier, 'dispatch'), (task) => task.kind === 'cancellation.approve'),
          'cancellation',
        ),
        shipment: { ...shipment, state: 'gone' },
        shippedAt: happenedAt,
        status: 'shipped_out',
        mayHoldStock: false,
      };
    case 'in_transit':
      return dossier.status === 'shipped_out' ? { ...dossier, status: 'in_transit' } : dossier;
    case 'delivered':
      return dossier.status === 'shipped_out' || dossier.status === 'in_transit'
        ? { ...dossier, shipment: { ...shipment, state: 'delivered' }, deliveredAt: happenedAt, status: 'delivered' }
        : dossier;
    case 'unclaimed':
      return dossier.status === 'shipped_out' || dossier.status === 'in_transit'
        ? close({ ...dossier, shipment: { ...shipment, state: 'unclaimed' } }, 'dead', 'unclaimed')
        : dossier;
    case 'recalled':
      return { ...dossier, shipment: { ...shipment, state: 'recalled' } };
  }
}

function close(dossier: Dossier, status: 'cancelled' | 'rejected' | 'dead', reasonCode: string, costFen = 0): Dossier {
  return {
    ...without(
      closeTasks(dossier, () => true),
      'cancellation',
    ),
    waits: {},
    mayHoldStock: reachedAllocation(dossier),
    status,
    closure: { reasonCode, costFen },
  };
}

/** Reserving begins once the confirmation is out; before that there is nothing to free. */
const reachedAllocation = (dossier: Dossier): boolean =>
  dossier.mayHoldStock || (dossier.confirmation !== undefined && dossier.shippedAt === undefined);

/** Refund of a closed order's money: all of it, less the costs settled with the customer (CF-6). */
export function settlementOf(dossier: Dossier): { readonly refundFen: Fen; readonly keepFen: Fen } {
  const heldFen = advancesFen(dossier.account);
  const keepFen = Math.min(heldFen, Math.max(0, (dossier.closure?.costFen ?? 0) - dossier.account.keptFen));
  return { refundFen: heldFen - keepFen, keepFen };
}

function bookFact(dossier: Dossier, fact: OrderFact) {
  if (fact.kind === 'shipmentMoved' && fact.to === 'recalled')
    return {
      account: dossier.account,
      postings: freightPosting(fact, fact.freightFen ?? 0, dossier.terms.smallOrderPath === 'guarantor'),
    };
  const isRefund =
    fact.kind === 'decisionMade' && fact.outcome === 'done' && taskOf(dossier, fact.taskId)?.kind === 'refund.pay';
  return book(dossier.account, fact, isRefund ? settlementOf(dossier) : undefined);
}

/** Since when: the status, and those who hold the ball. */
function stamp(before: Dossier, after: Dossier, fact: FactHead): Dossier {
  const waitingFor = holders(after);
  const sameHolders =
    waitingFor.length === before.waitingFor.length && waitingFor.every((role) => before.waitingFor.includes(role));
  return {
    ...after,
    statusSince: after.status === before.status ? before.statusSince : fact.at,
    waitingFor,
    waitingSince: sameHolders && after.status === before.status ? before.waitingSince : fact.at,
  };
}

function without<Key extends 'confirmation' | 'promisedOn' | 'release' | 'cancellation' | 'shipment' | 'collection'>(
  dossier: Dossier,
  key: Key,
): Dossier {
  const { [key]: _gone, ...rest } = dossier;
  return rest as Dossier;
}

const later = (one: CivilDate | undefined, other: CivilDate): CivilDate =>
  one !== undefined && one > other ? one : other;
