import type { Body } from '../kernel/fact';
import { fen, lineNo, listOf, object, oneOf, optional, quantity, text } from '../kernel/shape';
import { clearances } from '../clearance/clearances';
import { shipmentTerms } from './shipment-terms';

/** What an order tells its shipment. */
export const toShipment = {
  shipmentOpened: {
    shipmentNo: text(),
    orderNo: text(),
    clearance: oneOf(...clearances),
    lines: listOf(object({ line: lineNo, quantity }), 200),
    terms: shipmentTerms,
  },
  /** The goods are to stay after all; too late once they have left. */
  stopAsked: {},
} as const;

/** What an order hears of its shipment, in this order; each once. */
export const shipmentNews = ['shipped_out', 'in_transit', 'delivered', 'unclaimed', 'recalled', 'stopped'] as const;
export type ShipmentNews = (typeof shipmentNews)[number];

/** What a shipment tells its order; when it happened, where that differs, stands in the head. */
export const toOrder = {
  shipmentMoved: {
    shipmentNo: text(),
    to: oneOf(...shipmentNews),
    /** Freight both ways of goods that were recalled (SH-7). */
    freightFen: optional(fen),
  },
} as const;
export type ToOrder = Body<typeof toOrder>;
export type ToShipment = Body<typeof toShipment>;
