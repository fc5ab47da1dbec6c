import { isClosed } from '../kernel/closed';
import { type Effect, effectKey } from '../kernel/effect';
import type { Body } from '../kernel/fact';
import { keptOutAsRequester } from '../kernel/request';
import type { Requirement } from '../kernel/worklist/requirement';
import { openTasks } from '../kernel/worklist/worklist';
import type { moneyFacts } from '../money/money';
import { isPicking, shipmentsOf, type shippingFacts } from '../shipping/shipping';
import { type closingAsks, type closingFacts, type ClosingView, payoutOf } from './closing';

/** What people are asked before an order is over, and to wind it up. */
export function requires(view: ClosingView): readonly Requirement<keyof typeof closingAsks>[] {
  const { status, closing: now, intake } = view;
  if (isClosed(status)) return windingUp(view);
  if (status === 'completed')
    return now.hasRested
      ? []
      : [
          {
            what: 'clock',
            name: 'archive',
            roles: [],
            ladder: [{ after: intake.terms.archivedAfter, do: 'lapse', to: [] }],
            rule: 'what is completed is archived',
            evidence: { outstandingFen: 0 },
          },
        ];
  const { cancellation } = now;
  if (cancellation?.state !== 'asked') return [];
  return [
    {
      what: 'task',
      kind: 'cancellation.approve',
      boundTo: cancellation.id,
      rule: 'production has begun',
      evidence: { costFen: cancellation.costFen, reason: cancellation.reasonCode },
      roles: [intake.terms.lateCancellationBy],
      excluded: keptOutAsRequester(cancellation.by),
    },
  ];
}

/** What is still to be done of an order that is over. */
function windingUp(view: ClosingView): readonly Requirement<keyof typeof closingAsks>[] {
  const { closing: now } = view;
  const { refundFen, retainFen } = payoutOf(view);
  const isDead = now.closure?.as === 'dead';
  const settles = now.closure !== undefined && now.agreed === undefined && (!isDead || goodsAreBack(view));
  return [
    ...(refundFen + retainFen > 0 && settles
      ? [
          {
            what: 'task' as const,
            kind: 'refund.pay' as const,
            // Where what is held changes, finance is asked again, with the amount as it is now (M6).
            boundTo: `${refundFen} ${retainFen} ${now.payouts}`,
            rule: 'the order is closed and money is held',
            evidence: { refundFen, retainFen },
            amountFen: refundFen,
          },
        ]
      : []),
    ...(isDead && !now.isGradeReviewed
      ? [
          {
            what: 'task' as const,
            kind: 'customer.grade_review' as const,
            rule: 'the goods were not picked up',
            evidence: {},
          },
        ]
      : []),
  ];
}

const goodsAreBack = (view: ClosingView): boolean => shipmentsOf(view).every(({ state }) => state !== 'unclaimed');

/** What an order notes by itself on its way to its last fact. */
export function effects(
  view: ClosingView,
): readonly Effect<Body<typeof closingFacts & typeof moneyFacts & typeof shippingFacts>>[] {
  const { no, closing: now, shipping } = view;
  if (now.ended !== undefined) return [];
  if (now.agreed !== undefined)
    return [
      {
        key: effectKey(no, 'closing', 'payout', now.payouts + 1),
        do: 'note',
        fact: { kind: 'payoutMade', ...now.agreed },
      },
    ];
  if (now.cancellation?.state === 'approved')
    return shipmentsOf({ shipping })
      .filter((one) => isPicking(one) && !one.isCancelled)
      .map(({ no: shipmentNo }) => ({
        key: effectKey(no, 'closing', `cancel-${shipmentNo}`, 1),
        do: 'note' as const,
        fact: { kind: 'shipmentCancelled' as const, shipmentNo },
      }));
  const as = now.closure === undefined ? 'archived' : now.closure.as;
  const isAtAnEnd = now.closure === undefined ? view.status === 'completed' && now.hasRested : isWoundUp(view);
  return isAtAnEnd
    ? [
        {
          key: effectKey(no, 'closing', 'end', 1),
          do: 'note',
          fact: { kind: 'orderEnded', as, reasonCode: now.closure?.reasonCode ?? 'completed' },
        },
      ]
    : [];
}

/** Nothing at all is owed by anyone: stock is free, goods are back, money is returned. */
const isWoundUp = (view: ClosingView): boolean =>
  windingUp(view).length === 0 &&
  openTasks(view.worklist).length === 0 &&
  !view.goods.holdsStock &&
  view.goods.lines.every(({ batches }) => batches.length === 0) &&
  !shipmentsOf(view).some(isPicking) &&
  goodsAreBack(view);
