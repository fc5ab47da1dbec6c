import { outstandingFen } from './account';
import { contractIsSigned } from './contract';
import { openTasks } from './desk';
import type { Dossier } from './dossier';
import { holdsOn, type Gate } from './gate';
import { nextLevel } from './review';
import { stages } from './stage';
import type { TaskKind } from './terms';

/** What an order waits for, in words that agree with what is open on its desk (EX-1). */
export function waitsForOf(dossier: Dossier): string {
  if (dossier.endedAt !== undefined) return 'nothing: it has ended';
  const asks = [...besides(dossier), ...sayAll(dossier, askedIn(dossier)), ...shutting(dossier)];
  return asks.length > 0 ? listed(asks) : stageAlone(dossier);
}

type Asks = readonly (readonly [TaskKind, string])[];

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
function besides({ status, shipment }: Dossier): readonly string[] {
  if (status === 'awaiting_deposit') return [stages[status].waitsFor];
  return status === 'dead' && shipment?.state !== 'recalled' ? [stages[status].waitsFor] : [];
}

function sayAll(dossier: Dossier, asks: Asks): readonly string[] {
  const open = openTasks(dossier).map(({ kind }) => kind);
  return [...new Set(asks.flatMap(([kind, words]) => (open.includes(kind) ? [words] : [])))];
}

/** Holds that shut the gate of what would happen now. */
function shutting(dossier: Dossier): readonly string[] {
  const reasons = gatesNow(dossier).flatMap((gate) => holdsOn(dossier, gate).map(({ reason }) => reason));
  return reasons.length > 0 ? [`the release of what holds it: ${[...new Set(reasons)].join(', ')}`] : [];
}

function gatesNow(dossier: Dossier): readonly Gate[] {
  const { status, credit, confirmation, shipment, bill, goods } = dossier;
  switch (status) {
    case 'pending_review':
      // A hold of the order keeps the books from being asked; one of its customer is what they answered.
      if (nextLevel(dossier) !== undefined) return [];
      return credit?.state !== 'refused' || credit.because === 'held' ? ['accept'] : [];
    case 'approved':
      return confirmation === undefined && contractIsSigned(dossier) ? ['confirm'] : [];
    case 'allocated':
      return [
        ...(goods.some(({ ordered, toBuy }) => !ordered && toBuy > 0) ? (['purchase'] as const) : []),
        ...(goods.some(({ ordered, toMake }) => !ordered && toMake > 0) ? (['produce'] as const) : []),
      ];
    case 'ready_to_ship':
      return shipment === undefined ? ['ship'] : [];
    case 'in_settlement':
      return bill === undefined ? ['bill'] : [];
    default:
      return [];
  }
}

/** Nobody is asked on the order's own desk: what the stage as such waits for. */
function stageAlone(dossier: Dossier): string {
  const { status, credit, confirmation, terms, cancellation, shipment, account, bill } = dossier;
  switch (status) {
    case 'pending_review':
      return credit?.state === 'refused' ? "the customer's credit" : 'the books, whether the customer has credit';
    case 'approved':
      return confirmation === undefined ? 'the order confirmation to go out' : 'the goods to be allocated';
    case 'allocated':
      return terms.lines.every(({ supply }) => supply === 'make')
        ? 'production to be ordered'
        : 'what is short to be ordered';
    case 'ready_to_ship':
      return cancellation !== undefined && shipment === undefined
        ? 'the answer to the cancellation that was asked for'
        : stages[status].waitsFor;
    case 'in_settlement':
      if (bill === undefined) return 'the bill to go out';
      return outstandingFen(account) > 0 ? 'the bill to be paid' : 'the signed confirmation';
    case 'dead':
      return 'the winding up';
    default:
      return stages[status].waitsFor;
  }
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
