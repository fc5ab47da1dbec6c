import { requestCancellation } from './closing';
import { applyDecision } from './decisions';
import { applyAtDesk, closeTasks, taskOf, withoutWait } from './desk';
import { fileContract } from './contract';
import { creditRefused, creditReserved, customerChanged } from './credit';
import { type Dossier, without } from './dossier';
import type { Message, OrderFact } from './fact';
import { balanceFen } from './leave';
import { withoutPapersFor } from './lifting';
import { inNewCalendar } from './new-calendar';
import { confirmationReturned, confirmationSent } from './paper';
import { afterPayment, afterReversal, collectionStarted, collectionTold } from './payments';
import { levelSkipped, sendBack } from './review';
import { revise } from './revision';
import { applyRung } from './rungs';
import { creditWithdrawn, moveShipment, releaseShipment, trustedAgain } from './shipment-news';
import type { TaskKind } from './terms';
import { afterGoods, goodsAllocated, goodsReady, productionIsDelayed } from './supply';
import { undo } from './undoing';

/** The dossier after a fact that counts. Each line names what the fact does; the doing stands in a file of its theme. */
export function apply(dossier: Dossier, fact: OrderFact): Dossier {
  switch (fact.kind) {
    case 'taskMoved':
      return applyDecision(applyAtDesk(dossier, fact, dossier.terms), fact.taskId);
    case 'taskPaused':
    case 'taskResumed':
    case 'taskOpened':
    case 'waitStarted':
    case 'waitEnded':
      return applyAtDesk(dossier, fact, dossier.terms);
    case 'decisionMade':
      return applyDecision(applyAtDesk(dossier, fact, dossier.terms), fact.taskId);
    case 'rungRang':
      return applyRung(applyAtDesk(dossier, fact, dossier.terms), fact);
    case 'decisionWithdrawn':
      return undoDecision(dossier, fact);
    case 'reviewWithdrawn':
      return sendBack(dossier, {
        how: 'withdrawal',
        at: fact.at,
        by: fact.by,
        reasonCode: fact.reasonCode,
        factId: fact.id,
      });
    case 'levelSkipped':
      return levelSkipped(dossier, fact);
    case 'orderRevised':
      return revise(dossier, fact);
    case 'creditReserved':
      return creditReserved(dossier, fact);
    case 'creditRefused':
      return creditRefused(dossier, fact);
    case 'customerStandingChanged':
      return trustedAgain(customerChanged(dossier, fact), fact.at);
    case 'calendarPublished':
      return inNewCalendar(dossier, fact);
    case 'holdPlaced':
      return placeHold(dossier, fact);
    case 'attachmentFiled':
      return filePaper(fileContract(dossier, fact), fact);
    case 'confirmationSent':
      return confirmationSent(dossier, fact);
    case 'confirmationReturned':
      return confirmationReturned(dossier, fact);
    default:
      return applyFulfilment(dossier, fact);
  }
}

/** What follows once the paper is out: money, goods, shipment, bill. */
function applyFulfilment(dossier: Dossier, fact: OrderFact): Dossier {
  switch (fact.kind) {
    case 'paymentReceived':
      return afterPayment(dossier, fact);
    case 'paymentReversed':
      return afterReversal(dossier);
    case 'goodsAllocated':
      return goodsAllocated(dossier, fact);
    case 'purchaseOrdered':
    case 'productionOrdered':
    case 'goodsReceived':
    case 'goodsStockedIn':
    case 'progressReported':
    case 'inspectionRecorded':
      return afterGoods(dossier, fact);
    case 'stockFreed':
      return { ...dossier, mayHoldStock: false, goods: dossier.allocated ? dossier.goods : [] };
    case 'troubleReported':
      return productionIsDelayed(dossier, fact.newOfferedOn);
    case 'goodsReady':
      return goodsReady(dossier, fact);
    case 'releaseRequested':
      return { ...dossier, release: { requestedBy: fact.by, state: 'asked', upToFen: balanceFen(dossier) } };
    case 'releaseWithdrawn':
      return without(voided(dossier, 'release.balance'), 'release');
    case 'cancellationRequested':
      return requestCancellation(dossier, fact);
    case 'cancellationWithdrawn':
      return without(voided(dossier, 'cancellation.approve'), 'cancellation');
    case 'creditWithdrawn':
      return creditWithdrawn(dossier, fact);
    case 'shipmentReleased':
      return releaseShipment(dossier, fact);
    case 'shipmentMoved':
      return moveShipment(dossier, fact);
    case 'deliveryConfirmed':
      return { ...withoutWait(dossier, 'delivery'), receiptConfirmed: true, status: 'in_settlement' };
    case 'billIssued':
      return { ...dossier, bill: { no: fact.billNo, dueAt: fact.dueAt } };
    case 'collectionStarted':
      return collectionStarted(dossier, fact);
    case 'collectionTold':
      return collectionTold(dossier, fact.outstandingFen);
    case 'orderSettled':
      return { ...dossier, status: 'completed' };
    case 'orderEnded':
      return { ...dossier, status: fact.as, endedAt: fact.at, waits: {} };
    default:
      return dossier;
  }
}

/** What was asked for is withdrawn: nobody has to answer it. */
const voided = (dossier: Dossier, kind: TaskKind): Dossier => closeTasks(dossier, (task) => task.kind === kind);

/** The task is asked anew, and what its decision had done is as it was before (HT-5). */
function undoDecision(dossier: Dossier, fact: Extract<Message, { kind: 'decisionWithdrawn' }>): Dossier {
  const open = applyAtDesk(dossier, fact, dossier.terms);
  const task = taskOf(dossier, fact.taskId);
  return task === undefined ? open : undo(open, task, fact.at);
}

/** What somebody stops waits for another paper than the one that lay there when he did. */
function placeHold(dossier: Dossier, { id, reason, at, by }: Extract<OrderFact, { kind: 'holdPlaced' }>): Dossier {
  const row = dossier.terms.holds[reason];
  if (row === undefined) return dossier;
  return {
    ...withoutPapersFor(dossier, [reason]),
    holds: [
      ...dossier.holds,
      { id, reason, gates: row.gates, placedAt: at, ...(by.kind === 'user' ? { placedBy: by.userId } : {}) },
    ],
  };
}

/** Only papers that something waits for are remembered: their number is the policy's. */
function filePaper(
  dossier: Dossier,
  { purpose, attachmentId }: Extract<OrderFact, { kind: 'attachmentFiled' }>,
): Dossier {
  const isWanted = dossier.holds.some(({ reason }) => reason === purpose);
  return isWanted ? { ...dossier, papers: { ...dossier.papers, [purpose]: attachmentId } } : dossier;
}
