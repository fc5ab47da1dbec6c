import { isClosed } from '../kernel/closed';
import { type DecidedTask, organ, type Told } from '../kernel/organ';
import { happenedAt } from '../kernel/fact';
import type { RefusalCode } from '../kernel/refusal';
import { remembered } from '../kernel/remembered';
import type { Status } from '../kernel/vocabulary';
import type { Requirement } from '../kernel/worklist/requirement';
import { seen } from '../kernel/evidence';
import type { clearanceFacts } from '../clearance/clearance';
import type { Intake, intakeFacts } from '../intake/intake';
import type { Review } from '../review/review';
import { type Confirmation, offeredOn } from '../confirmation/confirmation';
import type { Contract } from '../contract/contract';
import { allReady } from '../goods/goods';
import { debitCredit, posting } from '../money/postings';
import { accounts, type Posting } from '../kernel/posting';
import type { ShipmentNews } from './between';
import { shippingEffects } from './effects';
import {
  clearanceNow,
  hasGone,
  isPicking,
  type Shipment,
  type ShipmentState,
  shipmentsOf,
  shippedAt,
  type Shipping,
  shippingFacts,
  type ShippingSees,
  type ShippingView,
  unshipped,
  wentInMost,
} from './shipping';

export const shipping = organ('shipping', shippingFacts, {}).of<
  Shipping,
  ShippingSees,
  typeof intakeFacts & typeof clearanceFacts
>({
  begins: { shipments: {} },
  facts: {
    shipmentPlanned: {
      source: 'own',
      from: 'anywhere',
      judge: (view, { lines }) => {
        const ready = unshipped(view);
        const left = new Map(ready.map(({ line, quantity }) => [line, quantity]));
        const isAll = lines.length === ready.length && lines.every(({ line, quantity }) => quantity === left.get(line));
        const isTheRest = isAll && allReady(view.goods, view.intake.terms.lines);
        if (wentInMost(view) && !isTheRest) return 'limit_reached';
        const fits = lines.every(({ line, quantity }) => quantity <= (left.get(line) ?? 0));
        return fits ? undefined : 'too_many';
      },
      apply: (view, { shipmentNo: no, lines, clearance, releaseId }) =>
        withShipment(view, {
          no,
          lines,
          clearance,
          ...(releaseId === undefined ? {} : { releaseId }),
          state: 'picking',
          isStarted: false,
          isCancelled: false,
          isToldToStop: false,
        }),
    },
    shipmentStarted: {
      source: 'own',
      from: 'anywhere',
      apply: (view, { shipmentNo }) => changed(view, shipmentNo, (one) => ({ ...one, isStarted: true })),
    },
    shipmentCancelled: {
      source: 'own',
      from: 'anywhere',
      apply: (view, { shipmentNo }) => changed(view, shipmentNo, (one) => ({ ...one, isCancelled: true })),
    },
    shipmentToldToStop: {
      source: 'own',
      from: 'anywhere',
      apply: (view, { shipmentNo }) => changed(view, shipmentNo, (one) => ({ ...one, isToldToStop: true })),
    },
    shipmentMoved: {
      source: 'told',
      from: 'anywhere',
      judge: (view, fact) => judgeNews(view.shipping, fact),
      apply: (view, fact) => moved(view, fact),
      posts: (view, fact) => freight(view, fact),
    },
  },
  hears: {
    // A part that is in the warehouse's hands, or on its way, was planned for what the order is now: it is not changed under it.
    orderRevised: {
      judge: (view) => {
        const live = shipmentsOf(view).filter(({ state }) => state !== 'stopped');
        if (live.length === 0) return undefined;
        return live.some(hasGone) ? 'shipment_left' : 'wrong_state';
      },
    },
  },
  answers: {},
  cameAfter,
  requires: dispatch,
  effects: shippingEffects,
  status,
});

type ShipmentMoved = Told<(typeof shippingFacts)['shipmentMoved'], 'shipmentMoved'>;

/** A shipment tells each thing once; an order that heard it is not told again, so freight is booked once (Q9). */
function judgeNews({ shipments }: Shipping, { shipmentNo, to }: ShipmentMoved): RefusalCode | undefined {
  const one = Object.hasOwn(shipments, shipmentNo) ? shipments[shipmentNo] : undefined;
  if (one === undefined) return 'unknown_shipment';
  return saidOf[to].includes(one.state) ? undefined : 'wrong_state';
}

/** Of a shipment in which states each word of it counts. */
const saidOf: Readonly<Record<ShipmentNews, readonly ShipmentState[]>> = {
  stopped: ['picking'],
  shipped_out: ['picking'],
  in_transit: ['shipped_out'],
  delivered: ['shipped_out', 'in_transit'],
  unclaimed: ['shipped_out', 'in_transit'],
  recalled: ['unclaimed'],
};

const moved = (view: ShippingView, fact: ShipmentMoved): Shipping =>
  changed(view, fact.shipmentNo, (one) => ({
    ...one,
    // What stayed lies ready again: it is no part of this shipment any more.
    ...(fact.to === 'stopped' ? { lines: [] } : {}),
    state: fact.to,
    ...(fact.to === 'shipped_out' ? { goneAt: happenedAt(fact) } : {}),
    ...(fact.to === 'delivered' ? { deliveredAt: happenedAt(fact) } : {}),
  }));

/** Two-way freight of goods that nobody picked up: the guarantor bears it, without one the company (SH-7, Q9). */
function freight(view: ShippingView, fact: ShipmentMoved): readonly Posting[] {
  const { freightFen = 0, to } = fact;
  if (to !== 'recalled' || freightFen === 0) return [];
  const isGuaranteed = view.intake.terms.smallOrderPath === 'guarantor';
  const bearer = isGuaranteed ? accounts.guarantors : accounts.freightOut;
  return [posting(fact, 'freight', undefined, debitCredit(bearer, accounts.payables, freightFen))];
}

const withShipment = ({ shipping: before }: ShippingView, one: Shipment): Shipping => ({
  shipments: { ...before.shipments, [one.no]: one },
});

function changed(view: ShippingView, no: string, change: (one: Shipment) => Shipment): Shipping {
  const one = Object.hasOwn(view.shipping.shipments, no) ? view.shipping.shipments[no] : undefined;
  return one === undefined ? view.shipping : withShipment(view, change(one));
}

/** As far as the shipment that is furthest behind; what lies ready and is in none is behind them all. */
function status(view: ShippingView): Status | undefined {
  const all = shipmentsOf(view);
  if (all.some(isPicking)) return 'ready_to_ship';
  if (unshipped(view).length > 0 || all.length === 0)
    return clearanceNow(view) === undefined ? 'awaiting_balance' : 'ready_to_ship';
  const states = all.map(({ state }) => state);
  if (states.includes('shipped_out')) return 'shipped_out';
  return states.includes('in_transit') || states.includes('unclaimed') ? 'in_transit' : undefined;
}

/** Goods that left cannot be called back by taking back what led to it (HT-5). */
function cameAfter(view: ShippingView, task: DecidedTask): string | undefined {
  return Object.hasOwn(builtUpon, task.kind) ? builtUpon[task.kind]?.(view, task) : undefined;
}

/** The tasks that shipments build upon, and what came of each that cannot be undone. */
const builtUpon: Readonly<Record<string, (view: ShippingView, task: DecidedTask) => string | undefined>> = {
  'confirmation.call': (view) => (shipmentsOf(view).some(hasGone) ? 'shipmentMoved' : undefined),
  'release.balance': (view, task) => leftOn(view, 'released', goneSince(view, task)),
  'small.guarantee': (view, task) => leftOn(view, 'small_order', goneSince(view, task)),
  'hold.lift': (view, task) => {
    const { about = '' } = task;
    const hold = Object.hasOwn(view.holds.lifted, about) ? view.holds.lifted[about]?.hold : undefined;
    return hold?.gates.includes('ship') === true && goneSince(view, task).length > 0 ? 'shipmentMoved' : undefined;
  },
};

const goneSince = (view: ShippingView, { decision }: DecidedTask): readonly Shipment[] =>
  shipmentsOf(view).filter((one) => hasGone(one) && (one.goneAt ?? '') >= decision.at);

/** A clearance is taken back until the goods are gone, and where they go for another reason there is none to take back. */
function leftOn(view: ShippingView, clearance: Shipment['clearance'], since: readonly Shipment[]): string | undefined {
  if (since.length > 0) return 'shipmentMoved';
  const picking = shipmentsOf(view).filter(isPicking);
  if (clearanceNow(view) === 'paid' && picking.length === 0) return 'paymentReceived';
  return picking.every((one) => one.clearance === clearance) ? undefined : 'shipmentPlanned';
}

/** Every order goes out in time; a small one sooner (Z2). */
function dispatch(view: ShippingView): readonly Requirement<never>[] {
  const { status: now, intake, confirmation } = view;
  const isOver = isClosed(now) || now === 'on_hold' || now === 'completed' || shippedAt(view) !== undefined;
  return isOver ? [] : dispatchClock(intake, confirmation, view.review, view.contract);
}

/** Every fact asks for it, and few change what it says. */
const dispatchClock = remembered(
  (intake: Intake, confirmation: Confirmation, review: Review, contract: Contract): readonly Requirement<never>[] => {
    const { terms } = intake;
    const offered = offeredOn({ intake, confirmation, review, contract });
    return [
      {
        what: 'clock',
        name: 'dispatch',
        roles: [],
        ladder: terms.clocks.dispatch,
        rule: terms.smallOrderPath === null ? 'every order goes out in time' : `small order: ${terms.smallOrderPath}`,
        evidence: seen({ offeredOn: offered, promisedOn: confirmation.promisedOn, wishedOn: terms.wishedOn }),
      },
    ];
  },
);
