import type { Rung } from '../kernel/ladder';
import { listOf, object, own, type Part, whole } from '../kernel/shape';
import { calendar } from '../kernel/worklist/facts';
import type { WorklistTerms } from '../kernel/worklist/terms';

/** What a collection needs of its order's terms; its opening fact carries it, so that a fold needs nothing else. */
export interface CollectionTerms extends WorklistTerms {
  readonly customerId: string | null;
  /** From before the due date up to legal (AR-2). */
  readonly collectionLadder: readonly Rung[];
  /** How far before its entry a fact may have happened (HG-4), in seconds. */
  readonly backdatingSeconds: number;
}

const anObject = own<object>((value) => typeof value === 'object' && value !== null);

const fields = object({
  calendar,
  tasks: anObject,
  collectionLadder: listOf(anObject, 50),
  backdatingSeconds: whole(0),
});

/** Terms were checked where they were made; what rules look up in them is looked at once more here. */
export const collectionTerms: Part<CollectionTerms> = own<CollectionTerms>((value) => fields.is(value));
