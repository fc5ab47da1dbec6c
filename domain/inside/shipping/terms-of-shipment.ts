import { worklistTerms } from '../kernel/worklist/terms';
import { handlingAsks } from './handling-requires';
import type { ShipmentTerms } from './shipment-terms';

/** The part of an order's terms that its shipment is handed, with the rows of its own tasks alone: terms are large. */
export function termsOfShipment(terms: ShipmentTerms): ShipmentTerms {
  const { customerId, unclaimedAfter, backdatingSeconds, clocks } = terms;
  return {
    ...worklistTerms(terms, Object.keys(handlingAsks)),
    customerId,
    unclaimedAfter,
    backdatingSeconds,
    clocks: { transit: clocks.transit },
  };
}
