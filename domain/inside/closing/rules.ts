import { isClosed } from '../kernel/closed';
import { type DecidedTask, organ, type Told } from '../kernel/organ';
import { judgeTakingBack, requesterAmong } from '../kernel/request';
import { nextStatuses, type OrderStatus, type Status, statusesBefore } from '../kernel/vocabulary';
import type { worklistFacts } from '../kernel/worklist/facts';
import { taskOf } from '../kernel/worklist/worklist';
import { allReady, productionHasBegun } from '../goods/goods';
import type { moneyFacts } from '../money/money';
import { hasGone, isPicking, shipmentsOf, type shippingFacts, unshipped } from '../shipping/shipping';
import {
  type Closing,
  closingAsks,
  closingFacts,
  type ClosingSees,
  type ClosingView,
  type Closure,
  payoutOf,
} from './closing';
import { effects, requires } from './winding-up';

/** Until the goods leave an order may be cancelled (CF-6); after that only goods come back. */
const beforeItLeaves = statusesBefore('shipped_out');

export const closing = organ('closing', closingFacts, closingAsks).of<
  Closing,
  ClosingSees,
  typeof worklistFacts & typeof moneyFacts & typeof shippingFacts
>({
  begins: { payouts: 0, isGradeReviewed: false, hasRested: false },
  facts: {
    cancellationRequested: {
      source: 'door',
      from: beforeItLeaves,
      heldFirst: true,
      judge: (view, { costFen }) => {
        if (view.closing.cancellation !== undefined) return 'already_requested';
        if (shipmentsOf(view).some(hasGone)) return 'shipment_left';
        return costFen > view.intake.terms.totals.totalFen ? 'too_many' : undefined;
      },
      // Before production begins a cancellation counts at once; later it is asked of the authority that policy names (Q10).
      apply: (view, { id, by, reasonCode, costFen }) =>
        !productionHasBegun(view.goods) && !shipmentsOf(view).some(isPicking)
          ? closed(view.closing, { as: 'cancelled', reasonCode, costFen: 0 })
          : { ...view.closing, cancellation: { id, by, reasonCode, costFen, state: 'asked' } },
    },
    cancellationWithdrawn: {
      source: 'door',
      from: beforeItLeaves,
      atWill: true,
      judge: ({ closing: { cancellation } }, { by }) => judgeTakingBack(by, cancellation),
      apply: ({ closing: before }) => withoutCancellation(before),
    },
    orderEnded: {
      source: 'own',
      from: 'anywhere',
      heldFirst: true,
      apply: ({ closing: before }, { as, at }) => ({ ...before, ended: { as, at } }),
    },
  },
  hears: {
    // A no that would end the order comes too late for goods that the warehouse has in hand, or that are on their way (CF-6, S2).
    decisionMade: {
      judge: ({ worklist, shipping }, { taskId, outcome }) => {
        const kind = taskOf(worklist, taskId)?.kind ?? '';
        const isTooLate = shipmentsOf({ shipping }).some(({ state }) => state !== 'stopped');
        return outcome === 'reject' && isTooLate && endingBy(kind) !== undefined ? 'shipment_left' : undefined;
      },
    },
    rungReached: { apply: (view, { of, do: action }) => (action === 'lapse' ? lapsed(view, of) : view.closing) },
    shipmentMoved: { apply: (view, fact) => afterNews(view, fact) },
    // What was taken back after completion is collected again, and the days to the archive begin anew.
    paymentReversed: { apply: ({ closing: before }) => ({ ...before, hasRested: false }) },
    payoutMade: {
      apply: ({ closing: { agreed: _paid, ...before } }) => ({ ...before, payouts: before.payouts + 1 }),
    },
  },
  answers: {
    'cancellation.approve': {
      decided: cancellationDecided,
      undo: {
        cameAfter: ({ closing: now, shipping }, { decision }) => {
          if (shipmentsOf({ shipping }).some(hasGone)) return 'shipmentMoved';
          if (decision.outcome === 'approve')
            return now.cancellation?.state === 'approved' ? 'shipmentCancelled' : 'orderEnded';
          return now.cancellation === undefined ? undefined : 'cancellationRequested';
        },
        restored: ({ closing: now }, task) => ({ ...now, cancellation: askedAgain(task) }),
      },
    },
    // The money is in the books; an entry is never edited (M3).
    'refund.pay': {
      decided: (view, { decision }) =>
        decision.outcome === 'done' ? { ...view.closing, agreed: payoutOf(view) } : view.closing,
      undo: 'payoutMade',
    },
    'customer.grade_review': {
      decided: ({ closing: before }) => ({ ...before, isGradeReviewed: true }),
      undo: { cameAfter: () => undefined, restored: ({ closing: now }) => ({ ...now, isGradeReviewed: false }) },
    },
  },
  followsDecision: (view, task) => endedBy(view.closing, task),
  // An order that is over is only wound up, so its decisions stand (S2).
  cameAfter: ({ status }, { kind }) =>
    isClosed(status) && kind !== 'customer.grade_review' ? 'orderEnded' : undefined,
  requires,
  effects,
});

/** The decisions that end an order. */
const endings: Readonly<Record<string, 'rejected' | 'cancelled'>> = {
  'intake.contact': 'rejected',
  'credit.special': 'rejected',
  'contract.sign': 'rejected',
  'deposit.ask': 'cancelled',
};

const endingBy = (kind: string): 'rejected' | 'cancelled' | undefined =>
  kind.startsWith('review.') ? 'rejected' : Object.hasOwn(endings, kind) ? endings[kind] : undefined;

function endedBy(before: Closing, { kind, decision }: DecidedTask): Closing {
  const as = endingBy(kind);
  if (as === undefined || decision.outcome !== 'reject') return before;
  return closed(before, { as, reasonCode: decision.reasonCode ?? 'unspecified', costFen: 0 });
}

function closed(before: Closing, closure: Closure): Closing {
  return { ...withoutCancellation(before), closure };
}

const withoutCancellation = ({ cancellation: _over, ...before }: Closing): Closing => before;

/** Where goods are being picked, an approved cancellation counts only when it is sure that they stay in the warehouse (CF-6). */
function cancellationDecided(view: ClosingView, { decision }: DecidedTask): Closing {
  const { cancellation } = view.closing;
  if (cancellation === undefined) return view.closing;
  if (decision.outcome !== 'approve') return withoutCancellation(view.closing);
  if (shipmentsOf(view).some(isPicking))
    return { ...view.closing, cancellation: { ...cancellation, state: 'approved' } };
  const { reasonCode, costFen } = cancellation;
  return closed(view.closing, { as: 'cancelled', reasonCode, costFen });
}

/** Where a refusal is taken back, the cancellation is asked for again: by the same person, with the same reason and costs. */
function askedAgain({ boundTo = '', excluded, because }: DecidedTask): NonNullable<Closing['cancellation']> {
  const { costFen = 0, reason = '' } = because.evidence;
  return {
    id: boundTo,
    by: requesterAmong(excluded),
    reasonCode: String(reason),
    costFen: Number(costFen),
    state: 'asked',
  };
}

/** Silence closes an order where its ladder says so; it cancels nothing that the warehouse has in hand (S1, CF-6). */
function lapsed(view: ClosingView, of: string): Closing {
  const { closing: before, status, worklist } = view;
  if (of === 'archive') return { ...before, hasRested: true };
  const [name = of] = of.split(' ');
  if (['delivery', 'hold', 'release'].includes(name)) return before;
  const isUnderWay = shipmentsOf(view).some(({ state }) => state !== 'stopped');
  if (isUnderWay || !mayBeCancelled(status)) return before;
  return closed(before, { as: 'cancelled', reasonCode: `no_answer:${taskOf(worklist, of)?.kind ?? of}`, costFen: 0 });
}

const mayBeCancelled = (status: Status): boolean =>
  Object.hasOwn(nextStatuses, status) &&
  (nextStatuses[status as OrderStatus] as readonly Status[]).includes('cancelled');

/** What shipments report may end an order: all goods stayed after a cancellation, or nobody picked up any of them (SH-7). */
function afterNews(view: ClosingView, { to }: Told<(typeof shippingFacts)['shipmentMoved']>): Closing {
  const { closing: before } = view;
  const { cancellation } = before;
  if (to === 'shipped_out') return withoutCancellation(before);
  if (to === 'stopped' && cancellation?.state === 'approved' && !shipmentsOf(view).some(isPicking))
    return closed(before, { as: 'cancelled', reasonCode: cancellation.reasonCode, costFen: cancellation.costFen });
  const live = shipmentsOf(view).filter(({ state }) => state !== 'stopped');
  const cameBack = live.every(({ state }) => state === 'unclaimed' || state === 'recalled');
  const isAll = unshipped(view).length === 0 && allReady(view.goods, view.intake.terms.lines);
  return to === 'unclaimed' && cameBack && isAll
    ? closed(before, { as: 'dead', reasonCode: 'unclaimed', costFen: 0 })
    : before;
}
