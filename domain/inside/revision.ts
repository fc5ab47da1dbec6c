import { reachedAllocation } from './closing';
import { closeTasks, personsBehind } from './desk';
import { type Dossier, without } from './dossier';
import type { Message } from './fact';

/** A change makes a new revision: open tasks are void and every approval is asked for again (V6). */
export function revise(dossier: Dossier, fact: Extract<Message, { kind: 'orderRevised' }>): Dossier {
  const { dispatch } = dossier.waits;
  const cleared = without(
    without(
      without(
        closeTasks(dossier, () => true, undefined),
        'confirmation',
      ),
      'promisedOn',
    ),
    'release',
  );
  return {
    ...cleared,
    waits: dispatch === undefined ? {} : { dispatch },
    terms: fact.terms,
    revision: dossier.revision + 1,
    lastEditors: fact.by.kind === 'user' ? personsBehind(fact.by) : dossier.lastEditors,
    offeredOn: fact.terms.offeredOn,
    approvedLevels: [],
    reviewPassed: false,
    allocated: false,
    mayHoldStock: reachedAllocation(dossier),
    // What came in and is not in stock yet still has to be put there before it is freed.
    goods: dossier.goods.filter((line) => line.batches.length > 0),
    goodsReady: false,
    status: fact.terms.missing.length > 0 ? 'on_hold' : 'pending_review',
  };
}
