import type { Base } from '../kernel/dossier';
import type { Fen, Instant } from '../kernel/vocabulary';
import type { CollectionTerms } from './collection-terms';

/** 催收 of one charge: how much is owed, how far its ladder has climbed, and what that has brought about. */
export interface Ladder {
  /** Empty until the collection is opened. */
  readonly chargeNo: string;
  readonly orderNo: string;
  readonly terms: CollectionTerms;
  readonly owedFen: Fen;
  readonly dueAt: Instant;
  /** The highest thing that was done so far: a rung's notice, or its action. */
  readonly level: string;
  /** How often rungs have asked for a call, and for legal; and how often that was answered. */
  readonly call: Asked;
  readonly legal: Asked;
  /** A rung that suspends the customer was reached, and he still owes. */
  readonly suspends: boolean;
  /** Whether this collection has suspended the customer in the books, and how often it has. */
  readonly suspended: boolean;
  readonly suspensions: number;
}

export interface Asked {
  readonly times: number;
  readonly answered: number;
}

export type LadderView = Base & { readonly ladder: Ladder };

/** No rule reads these terms: the first fact of a collection brings its own before any rule is asked. */
const notYetHandedOver = {} as CollectionTerms;

export const never: Asked = { times: 0, answered: 0 };

export const notYetOpened: Ladder = {
  chargeNo: '',
  orderNo: '',
  terms: notYetHandedOver,
  owedFen: 0,
  dueAt: '',
  level: 'none',
  call: never,
  legal: never,
  suspends: false,
  suspended: false,
  suspensions: 0,
};
