import type { Duration, Rung } from '../kernel/ladder';
import { listOf, object, own, type Part, whole } from '../kernel/shape';
import { calendar } from '../kernel/worklist/facts';
import type { WorklistTerms } from '../kernel/worklist/terms';

/** What a shipment needs of its order's terms; its opening fact carries it, so that a fold needs nothing else. */
export interface ShipmentTerms extends WorklistTerms {
  readonly customerId: string | null;
  /** How long after their arrival goods that nobody picks up are recalled (SH-7). */
  readonly unclaimedAfter: Duration;
  /** How far before its entry a fact may have happened (HG-4), in seconds. */
  readonly backdatingSeconds: number;
  readonly clocks: {
    /** What is done about a carrier who says nothing (SH-5). */
    readonly transit: readonly Rung[];
  };
}

const anObject = own<object>((value) => typeof value === 'object' && value !== null);

const fields = object({
  calendar,
  tasks: anObject,
  unclaimedAfter: anObject,
  backdatingSeconds: whole(0),
  clocks: object({ transit: listOf(anObject, 50) }),
});

/** Terms were checked where they were made; what rules look up in them is looked at once more here. */
export const shipmentTerms: Part<ShipmentTerms> = own<ShipmentTerms>((value) => fields.is(value));
