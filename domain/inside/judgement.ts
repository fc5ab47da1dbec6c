import { contractIsSigned, judgePaper } from './contract';
import { approvalIsUndone } from './credit';
import { isDeskFact, judgeAtDesk, judgeTime, laterTurnHasSigned } from './desk';
import { type Dossier, productionHasBegun, settled } from './dossier';
import type { Message, OrderFact, RefusalCode, Report } from './fact';
import { isOlder, isOpen } from './gate';
import { allIn, judgeGoods } from './goods';
import { judgeLifting } from './lifting';
import { judgeCalendar } from './new-calendar';
import { balanceFen, mayBegin, netReceivedFen, shipLeave } from './leave';
import { isLocked, judgeConditions, judgeOffer, judgeReturn, nextLevel, passesAgain } from './review';
import { isClosed, stages } from './stage';
import { effectAfter } from './undoing';
import { judgeWithdrawn } from './withdrawal';

/** Why a fact does not count, or undefined when it does. */
export function judge(dossier: Dossier, fact: OrderFact): RefusalCode | undefined {
  if (dossier.endedAt !== undefined) return 'order_ended';
  // A shipment has judged the times that it reports; refusing them here would leave the order behind its goods.
  const late = fact.kind === 'shipmentMoved' ? undefined : judgeTime(fact, dossier.terms.backdatingSeconds);
  if (late !== undefined) return late;
  if (!stages[dossier.status].accepts.includes(fact.kind))
    return isClosed(dossier.status) ? 'order_ended' : 'wrong_state';
  if (isDeskFact(fact))
    return (
      judgeAtDesk(dossier, fact, effectAfter) ??
      (fact.kind === 'decisionWithdrawn' ? judgeTurn(dossier, fact) : undefined) ??
      (fact.kind === 'decisionMade'
        ? (judgeReturn(dossier, fact) ?? judgeConditions(dossier, fact) ?? judgeOffer(dossier, fact))
        : undefined)
    );
  return judgeRule(dossier, fact);
}

/** What a later signature of the same task rests on is not taken from under it (HT-5). */
const judgeTurn = (
  { tasks }: Dossier,
  { taskId, by }: Extract<Message, { kind: 'decisionWithdrawn' }>,
): RefusalCode | undefined => {
  const task = tasks.find(({ id }) => id === taskId);
  return task !== undefined && laterTurnHasSigned(task, by) ? 'too_late' : undefined;
};

function judgeRule(dossier: Dossier, fact: Exclude<OrderFact, { kind: 'decisionMade' }>): RefusalCode | undefined {
  switch (fact.kind) {
    case 'orderRevised':
      if (fact.fromRevision !== dossier.revision) return 'stale_revision';
      if (isLocked(dossier, fact)) return 'locked_under_review';
      return productionHasBegun(dossier) ? 'wrong_state' : undefined;
    case 'reviewWithdrawn':
    case 'releaseWithdrawn':
    case 'cancellationWithdrawn':
      return judgeWithdrawn(dossier, fact);
    case 'holdPlaced':
      return Object.hasOwn(dossier.terms.holds, fact.reason) ? undefined : 'unknown_reason';
    case 'customerStandingChanged':
      return judgeStanding(dossier, fact);
    case 'creditReserved':
    case 'creditRefused':
      if (fact.revision !== dossier.revision) return 'stale_revision';
      if (fact.kind === 'creditReserved' && approvalIsUndone(dossier, fact)) return 'not_yet';
      return nextLevel(dossier) === undefined ? undefined : 'not_yet';
    case 'levelSkipped':
      return passesAgain(dossier)?.level.level === fact.level ? undefined : 'not_yet';
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
      if (!isOpen(dossier, 'ship')) return 'held';
      return shipLeave(dossier, fact.at) === undefined ? 'not_yet' : undefined;
    case 'calendarPublished':
      return judgeCalendar(dossier.terms, fact);
    case 'attachmentFiled':
      return judgePaper(dossier, fact) ?? judgeLifting(dossier, fact);
    case 'confirmationSent':
      if (!contractIsSigned(dossier)) return 'not_yet';
      return isOpen(dossier, 'confirm') ? undefined : 'held';
    case 'purchaseOrdered':
      if (!mayBegin(dossier)) return 'not_yet';
      return isOpen(dossier, 'purchase') ? undefined : 'held';
    case 'productionOrdered':
      if (!mayBegin(dossier)) return 'not_yet';
      return isOpen(dossier, 'produce') ? undefined : 'held';
    case 'goodsReady':
      return allIn(dossier.goods, dossier.terms.lines) ? undefined : 'not_yet';
    case 'billIssued':
      if (!isOpen(dossier, 'bill')) return 'held';
      return dossier.bill === undefined ? undefined : 'already_requested';
    case 'orderSettled':
      return settled(dossier) ? undefined : 'not_yet';
    default:
      return undefined;
  }
}

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

/** Tellings may be heard out of order, or by an order that has another customer by now; the later word counts. */
function judgeStanding(
  { terms, customer }: Dossier,
  { customerId, standingVersion: version }: Extract<Message, { kind: 'customerStandingChanged' }>,
): RefusalCode | undefined {
  const isAnother = customerId !== undefined && customerId !== terms.customerId;
  return isAnother || (version !== undefined && isOlder({ version }, customer)) ? 'overtaken' : undefined;
}
