import type { Body } from '../kernel/fact';
import { fen, instant, text } from '../kernel/shape';
import { collectionTerms } from './collection-terms';

/** What an order tells the collection of one charge. The collection tells nothing back: its order knows by itself what is owed. */
export const toCollection = {
  collectionOpened: {
    chargeNo: text(),
    orderNo: text(),
    owedFen: fen,
    dueAt: instant,
    terms: collectionTerms,
  },
  /** What is owed by now; nothing: the collection ends. */
  owedChanged: { owedFen: fen },
} as const;
export type ToCollection = Body<typeof toCollection>;
