import { isClosed } from '../kernel/closed';
import { type Effect, effectKey } from '../kernel/effect';
import { seen } from '../kernel/evidence';
import { type Body, happenedAt } from '../kernel/fact';
import { after } from '../kernel/ladder';
import { organ } from '../kernel/organ';
import type { worklistFacts } from '../kernel/worklist/facts';
import type { Requirement } from '../kernel/worklist/requirement';
import { bills, type moneyFacts } from '../money/money';
import {
  amountsOf,
  billingAsks,
  billingFacts,
  type Billing,
  type BillingSees,
  type BillingView,
  billOf,
  isSettled,
  toBill,
  unconfirmed,
} from './billing';

const silence = (shipmentNo: string): string => `delivery ${shipmentNo}`;

export const billing = organ('billing', billingFacts, billingAsks).of<
  Billing,
  BillingSees,
  typeof moneyFacts & typeof worklistFacts
>({
  begins: { confirmed: {}, reviewed: {} },
  facts: {
    deliveryConfirmed: {
      source: 'door',
      from: 'anywhere',
      judge: (view, { shipmentNo }) => {
        if (isClosed(view.status)) return 'order_ended';
        const waiting = unconfirmed(view);
        if (shipmentNo === undefined) return waiting.length > 0 ? undefined : 'wrong_state';
        if (!Object.hasOwn(view.shipping.shipments, shipmentNo)) return 'unknown_shipment';
        return waiting.some(({ no }) => no === shipmentNo) ? undefined : 'wrong_state';
      },
      apply: (view, fact) => confirmed(view, fact.shipmentNo ?? unconfirmed(view)[0]?.no, happenedAt(fact)),
    },
  },
  hears: {
    // Silence confirms the receipt.
    rungReached: {
      apply: (view, { of, do: action, at }) => {
        const one = unconfirmed(view).find(({ no }) => silence(no) === of);
        return one !== undefined && action === 'lapse' ? confirmed(view, one.no, at) : view.billing;
      },
    },
  },
  answers: {
    'bill.review': {
      decided: ({ billing: before }, { id, about = '' }) => ({
        ...before,
        reviewed: { ...before.reviewed, [about]: id },
      }),
      undo: {
        cameAfter: (view, { about = '' }) => (billOf(view, about) === undefined ? undefined : 'chargeRaised'),
        restored: ({ billing: now }, { about = '' }) => {
          const { [about]: _undone, ...reviewed } = now.reviewed;
          return { ...now, reviewed };
        },
      },
    },
  },
  requires: (view) => (isClosed(view.status) ? [] : [...silences(view), ...reviews(view)]),
  effects,
  status: (view) => {
    if (unconfirmed(view).length > 0) return 'delivered';
    return isSettled(view) ? undefined : 'in_settlement';
  },
});

const confirmed = ({ billing: before }: BillingView, no: string | undefined, at: string): Billing =>
  no === undefined ? before : { ...before, confirmed: { ...before.confirmed, [no]: at } };

const silences = (view: BillingView): readonly Requirement<never>[] =>
  unconfirmed(view).map(({ no, deliveredAt = view.at }) => ({
    what: 'clock',
    name: silence(no),
    roles: [],
    ladder: [{ after: view.intake.terms.confirmedAfter, do: 'lapse', to: [] }],
    from: deliveredAt,
    rule: 'silence confirms the receipt',
    evidence: seen({ shipment: no, deliveredAt }),
  }));

const reviews = (view: BillingView): readonly Requirement<keyof typeof billingAsks>[] =>
  toBill(view)
    .filter(({ no }) => !Object.hasOwn(view.billing.reviewed, no))
    .map((one) => {
      const { netFen, taxFen } = amountsOf(view, one);
      return {
        what: 'task',
        kind: 'bill.review',
        about: one.no,
        boundTo: one.no,
        rule: 'the delivery is confirmed',
        evidence: { shipment: one.no, totalFen: netFen + taxFen },
      };
    });

/** A reviewed bill goes out, one at a time: its number and its amounts follow from those before it (ST-1). */
function effects(view: BillingView): readonly Effect<Body<typeof moneyFacts>>[] {
  const { no, money, intake, at, billing: now } = view;
  const next = toBill(view).find((one) => Object.hasOwn(now.reviewed, one.no));
  if (next === undefined || isClosed(view.status)) return [];
  const n = bills(money).length + 1;
  const dueAt = after(at, intake.terms.paymentTerm, intake.terms.calendar);
  return [
    {
      key: effectKey(no, 'billing', next.no, 1),
      gate: 'bill',
      about: next.no,
      do: 'note',
      fact: {
        kind: 'chargeRaised',
        chargeNo: `${no}-B${n}`,
        purpose: 'bill',
        about: next.no,
        ...amountsOf(view, next),
        dueAt,
      },
    },
  ];
}
