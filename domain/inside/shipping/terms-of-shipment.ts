import { worklistTerms } from '../kernel/worklist/terms';
import type { ShipmentTerms } from './shipment-terms';

const kinds = [
  'shipment.pick',
  'shipment.check',
  'shipment.scan_out',
  'shipment.waybill',
  'shipment.trouble',
  'shipment.recall',
] as const;

/** The part of an order's terms that its shipment is handed, with the rows of its own tasks alone: terms are large. */
export function termsOfShipment(terms: ShipmentTerms): ShipmentTerms {
  const { customerId, unclaimedAfter, backdatingSeconds, clocks } = terms;
  return {
    ...worklistTerms(terms, kinds),
    customerId,
    unclaimedAfter,
    backdatingSeconds,
    clocks: { transit: clocks.transit },
  };
}
