import type { Considered } from '../intake/considered';
import { rungsOf } from '../worklist/terms';

/** The steps around the due date of what is owed (AR-2). */
export const collectionTerms = ({ policy }: Considered) => ({ collectionLadder: rungsOf(policy.collection.ladder) });
