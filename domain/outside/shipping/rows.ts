import type { Filing } from '../../inside/filing';
import { applied } from '../filing/applied';

/** Pieces of one line of the order that are in a shipment. */
interface ShipmentLineRow {
  readonly shipmentNo: string;
  readonly orderNo: string;
  readonly line: number;
  readonly quantity: number;
}

/** What each planned shipment holds (SH-3). */
export const shippingRows = ({ orderNo, facts }: Filing): { readonly shipmentLines: readonly ShipmentLineRow[] } => ({
  shipmentLines: applied(facts, 'shipmentPlanned').flatMap(({ shipmentNo, lines }) =>
    lines.map(({ line, quantity }) => ({ shipmentNo, orderNo, line, quantity })),
  ),
});
