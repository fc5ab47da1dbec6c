import { contractIsSigned } from './contract/contract';
import { answerOf } from './credit/credit';
import { toBill } from './billing/billing';
import { isAwaited } from './deposit/deposit';
import { allReady } from './goods/goods';
import { holdsOn } from './holds/holds';
import { isClosed } from './kernel/closed';
import type { Gate, OrderStatus } from './kernel/vocabulary';
import { openTasks } from './kernel/worklist/worklist';
import { outstandingFen } from './money/money';
import type { Dossier } from './order';
import { nextLevel } from './review/review';
import { shipmentsOf, unshipped, wentInMost } from './shipping/shipping';

/** What an order in a status waits for, in general. */
const statusWaitsFor: Readonly<Record<OrderStatus, string>> = {
  on_hold: 'what is missing, from the customer',
  pending_review: 'the reviewers',
  returned: 'the taker, to revise and resubmit',
  approved: 'the order confirmation to go out and the goods to be allocated',
  awaiting_confirmation: "the customer's signature",
  awaiting_deposit: "the customer's deposit",
  allocated: 'bought goods to come in and production to be signed for',
  in_production: 'production to report the quantity done',
  in_inspection: 'what was made to go into stock',
  awaiting_balance: 'the balance, or a release by its authority',
  ready_to_ship: 'the warehouse to pick, check and send',
  shipped_out: 'the carrier',
  in_transit: 'the carrier to deliver',
  delivered: 'the customer to confirm the receipt, or silence to confirm it',
  in_settlement: 'the bill to be reviewed and paid',
  completed: 'the time to archive',
  cancelled: 'the winding up: stock freed, money returned',
  rejected: 'the winding up',
  dead: 'the goods to be recalled and the freight to be booked',
  in_after_sales: 'the after-sales case',
  archived: 'nothing',
};

/** What an order waits for, in words that agree with what is open on its desk (EX-1). */
export function waitsForOf(dossier: Dossier): string {
  if (dossier.closing.ended !== undefined) return 'nothing: it has ended';
  const asks = [...besides(dossier), ...sayAll(dossier, askedIn(dossier)), ...shutting(dossier)];
  return asks.length > 0 ? listed(asks) : statusAlone(dossier);
}

type Asks = readonly (readonly [string, string])[];

/** The tasks that an order in its status stands still for, as people say it. */
function askedIn({ status }: Dossier): Asks {
  switch (status) {
    case 'pending_review':
      return [...reviewing, ...contracting];
    case 'approved':
      return contracting;
    case 'awaiting_deposit':
    case 'allocated':
    case 'in_production':
    case 'in_inspection':
      return supplying;
    case 'in_settlement':
      return [['bill.review', 'the bill to be reviewed']];
    case 'cancelled':
    case 'rejected':
    case 'dead':
      return windingUp;
    default:
      return [];
  }
}

const contracting: Asks = [
  ['contract.draft', 'the contract to be drafted'],
  ['contract.sign', 'the contract to be signed for the company'],
  ['contract.file', 'the contract that both sides signed'],
];

const theReviewers = 'the reviewers';
const reviewing: Asks = [
  ['review.price', theReviewers],
  ['review.sales', theReviewers],
  ['review.technical', theReviewers],
  ['review.production', theReviewers],
  ['review.contract', theReviewers],
  ['review.credit', theReviewers],
  ['review.compliance', theReviewers],
  ['review.management', theReviewers],
  ['credit.special', 'a special approval above the credit limit'],
];

const supplying: Asks = [
  ['purchase.receive', 'bought goods to come in'],
  ['production.sign', 'production to be signed for'],
  ['production.report', 'production to report the quantity done'],
  ['quality.inspect', 'quality to inspect what was made'],
];

const windingUp: Asks = [
  ['refund.pay', 'the winding up: money returned'],
  ['customer.grade_review', "the customer's grade to be looked at"],
];

/** What it waits for whatever is asked on its own desk meanwhile. */
function besides(dossier: Dossier): readonly string[] {
  const { status } = dossier;
  if (isAwaited(dossier)) return [statusWaitsFor.awaiting_deposit];
  const isOut = shipmentsOf(dossier).some(({ state }) => state === 'unclaimed');
  if (status === 'dead' && isOut) return [statusWaitsFor.dead];
  return waitsForTheRest(dossier) ? ['the rest of the goods: it went in as many parts as an order can, and the last goes whole'] : [];
}

/** Goods lie ready and are kept until all that is left does, because there were as many shipments of a part as there can be (W2). */
const waitsForTheRest = (dossier: Dossier): boolean =>
  !isClosed(dossier.status) &&
  wentInMost(dossier) &&
  unshipped(dossier).length > 0 &&
  !allReady(dossier.goods, dossier.intake.terms.lines);

function sayAll(dossier: Dossier, asks: Asks): readonly string[] {
  const open = openTasks(dossier.worklist).map(({ kind }) => kind);
  return [...new Set(asks.flatMap(([kind, words]) => (open.includes(kind) ? [words] : [])))];
}

/** Holds that shut the gate of what would happen now. */
function shutting(dossier: Dossier): readonly string[] {
  const reasons = gatesNow(dossier).flatMap((gate) => holdsOn(dossier, gate).map(({ reason }) => reason));
  return reasons.length > 0 ? [`the release of what holds it: ${[...new Set(reasons)].join(', ')}`] : [];
}

function gatesNow(dossier: Dossier): readonly Gate[] {
  const { status, confirmation, goods } = dossier;
  const answer = answerOf(dossier);
  switch (status) {
    case 'pending_review':
      // A hold of the order keeps the books from being asked; one of its customer is what they answered.
      if (nextLevel(dossier) !== undefined) return [];
      return answer?.state !== 'refused' || answer.because === 'held' ? ['accept'] : [];
    case 'approved':
      return confirmation.sentAt === undefined && contractIsSigned(dossier) ? ['confirm'] : [];
    case 'allocated':
    case 'in_production':
    case 'in_inspection':
      return [
        ...(goods.lines.some(({ ordered, toBuy }) => !ordered && toBuy > 0) ? (['purchase'] as const) : []),
        ...(goods.lines.some(({ ordered, toMake }) => !ordered && toMake > 0) ? (['produce'] as const) : []),
      ];
    case 'ready_to_ship':
      return unshipped(dossier).length > 0 ? ['ship'] : [];
    case 'in_settlement':
      return toBill(dossier).length > 0 ? ['bill'] : [];
    default:
      return [];
  }
}

/** Nobody is asked on the order's own worklist: what the status as such waits for. */
function statusAlone(dossier: Dossier): string {
  const { status, confirmation, intake, closing } = dossier;
  switch (status) {
    case 'pending_review':
      return answerOf(dossier)?.state === 'refused'
        ? "the customer's credit"
        : 'the books, whether the customer has credit';
    case 'approved':
      return confirmation.sentAt === undefined ? 'the order confirmation to go out' : 'the goods to be allocated';
    case 'allocated':
      return intake.terms.lines.every(({ supply }) => supply === 'make')
        ? 'production to be ordered'
        : 'what is short to be ordered';
    case 'ready_to_ship':
      return closing.cancellation !== undefined && unshipped(dossier).length > 0
        ? 'the answer to the cancellation that was asked for'
        : statusWaitsFor[status];
    case 'in_settlement':
      if (toBill(dossier).length > 0) return 'the bill to go out';
      return outstandingFen(dossier.money) > 0 ? 'the bill to be paid' : 'the signed confirmation';
    case 'dead':
      return 'the winding up';
    default:
      return Object.hasOwn(statusWaitsFor, status) ? statusWaitsFor[status as OrderStatus] : status;
  }
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
