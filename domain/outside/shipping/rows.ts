import type { Filing } from '../../inside/filing';
import { applied } from '../filing/applied';

/** Pieces of one line of the order that are in a shipment. */
export interface ShipmentLineRow {
  readonly shipmentNo: string;
  readonly orderNo: string;
  readonly line: number;
  readonly quantity: number;
}

/** What each planned shipment holds (SH-3). */
export const shipmentLineRows = ({ orderNo, facts }: Filing): readonly ShipmentLineRow[] =>
  applied(facts, 'shipmentPlanned').flatMap(({ shipmentNo, lines }) =>
    lines.map(({ line, quantity }) => ({ shipmentNo, orderNo, line, quantity })),
  );
