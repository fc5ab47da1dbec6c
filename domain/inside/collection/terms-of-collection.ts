import { worklistTerms } from '../kernel/worklist/terms';
import type { CollectionTerms } from './collection-terms';

const kinds = ['collection.call', 'collection.legal'] as const;

/** The part of an order's terms that the collection of one of its charges is handed. */
export function termsOfCollection(terms: CollectionTerms): CollectionTerms {
  const { customerId, collectionLadder, backdatingSeconds } = terms;
  return { ...worklistTerms(terms, kinds), customerId, collectionLadder, backdatingSeconds };
}
