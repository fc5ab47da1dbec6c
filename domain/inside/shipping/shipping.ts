import type { Base } from '../kernel/dossier';
import { limits } from '../kernel/limits';
import { remembered, valuesOf } from '../kernel/remembered';
import { lineNo, listOf, object, oneOf, optional, quantity, text } from '../kernel/shape';
import type { Instant, LineQuantity } from '../kernel/vocabulary';
import { type ClearanceSees, type ClearanceState, clearanceFor, type ClearanceView } from '../clearance/clearance';
import { type Clearance, clearances } from '../clearance/clearances';
import { allReady, type Goods, isAllocated, lineOf, readyPieces } from '../goods/goods';
import type { Terms } from '../intake/terms';
import { toOrder } from './between';

/** 出库: the shipments of an order, by number; the warehouse's and the carrier's part of each is a process of its own. */
export interface Shipping {
  readonly shipments: Readonly<Record<string, Shipment>>;
}

/** One shipment as its order knows it. */
export interface Shipment {
  readonly no: string;
  readonly lines: readonly LineQuantity[];
  readonly clearance: Clearance;
  /** The release that it used up (Q7). */
  readonly releaseId?: string;
  readonly state: ShipmentState;
  /** Its process was started. */
  readonly isStarted: boolean;
  /** It is to stop, because the order is cancelled (CF-6). */
  readonly isCancelled: boolean;
  /** Its process was told to stop. */
  readonly isToldToStop: boolean;
  readonly goneAt?: Instant;
  readonly deliveredAt?: Instant;
}

/** `picking` until the goods are out of the warehouse, or stay there after all. */
export type ShipmentState =
  'picking' | 'stopped' | 'shipped_out' | 'in_transit' | 'delivered' | 'unclaimed' | 'recalled';

export const shippingFacts = {
  shipmentPlanned: {
    shipmentNo: text(),
    lines: listOf(object({ line: lineNo, quantity }), 200),
    clearance: oneOf(...clearances),
    releaseId: optional(text()),
  },
  shipmentStarted: { shipmentNo: text() },
  /** A cancellation was approved while the warehouse is at it: the goods are to stay (CF-6). */
  shipmentCancelled: { shipmentNo: text() },
  shipmentToldToStop: { shipmentNo: text() },
  ...toOrder,
} as const;

export interface ShippingSees extends ClearanceSees {
  readonly clearance: ClearanceState;
}
export type ShippingView = Base & ShippingSees & { readonly shipping: Shipping };

export const shipmentsOf = ({ shipping }: { readonly shipping: Shipping }): readonly Shipment[] =>
  valuesOf(shipping.shipments);

/** Still in the warehouse, and may be stopped. */
export const isPicking = ({ state }: Shipment): boolean => state === 'picking';
/** Out of the warehouse, wherever it ended. */
export const hasGone = ({ state }: Shipment): boolean => state !== 'picking' && state !== 'stopped';

/** When the first goods left; undefined: none has. */
export const shippedAt = (view: { readonly shipping: Shipping }): Instant | undefined =>
  shipmentsOf(view)
    .flatMap(({ goneAt }) => goneAt ?? [])
    .sort()[0];

/** When the last of the goods that went arrived; undefined while some are on their way. */
export function deliveredAt(view: { readonly shipping: Shipping }): Instant | undefined {
  const gone = shipmentsOf(view).filter(hasGone);
  const arrived = gone.flatMap(({ deliveredAt: at }) => at ?? []).sort();
  return arrived.length === gone.length ? arrived.at(-1) : undefined;
}

/** What lies ready, is still wanted and is in no shipment yet, per line (Q5); what came in for a former revision goes nowhere. */
export function unshipped({ goods, intake, shipping }: ShippingView): readonly LineQuantity[] {
  return isAllocated(goods, intake) ? whatIsLeft(goods, shipping, intake.terms) : [];
}

/** Every fact asks for it anew, and it changes only with the lines, with what lies ready or with the shipments. */
const whatIsLeft = remembered((goods: Goods, shipping: Shipping, { lines }: Terms): readonly LineQuantity[] => {
  const away = piecesInShipments(shipping);
  return lines.flatMap(({ line, quantity: wanted }) => {
    const pieces = lineOf(goods.lines, line);
    const ready = Math.min(wanted, pieces === undefined ? 0 : readyPieces(pieces));
    const left = ready - (away.get(line) ?? 0);
    return left > 0 ? [{ line, quantity: left }] : [];
  });
});

/** Pieces in shipments, per line; what was stopped lies ready again. */
function piecesInShipments(shipping: Shipping): ReadonlyMap<number, number> {
  const all = new Map<number, number>();
  for (const { state, lines } of shipmentsOf({ shipping }))
    if (state !== 'stopped')
      for (const { line, quantity: pieces } of lines) all.set(line, (all.get(line) ?? 0) + pieces);
  return all;
}

/** What goes next, where something does: whole orders wait until everything lies ready (SH-3). */
export const nextLines = (view: ShippingView): readonly LineQuantity[] =>
  goesTogether(view) && !allReady(view.goods, view.intake.terms.lines) ? [] : unshipped(view);

/** What is left goes in one shipment: it was ordered so, or there were as many shipments of a part as an order can have (W2). */
const goesTogether = (view: ShippingView): boolean => view.intake.terms.ships === 'together' || wentInMost(view);

/** There were as many shipments of a part as an order can have. */
export function wentInMost(view: { readonly shipping: Shipping }): boolean {
  const all = shipmentsOf(view);
  return (
    all.length >= limits.shipments || all.reduce((sum, { lines }) => sum + lines.length, 0) >= limits.shipmentLines
  );
}

/** Why goods may go now; a release lets them go once (Q7), and those that were stopped did not go. */
export const clearanceNow = (view: ShippingView & ClearanceView): Clearance | undefined =>
  clearanceFor(view, ({ id }) =>
    shipmentsOf(view).some(({ releaseId, state }) => releaseId === id && state !== 'stopped'),
  );
