import {
  date,
  fen,
  flag,
  instant,
  listOf,
  object,
  optional,
  own,
  type Part,
  text,
  whole,
  oneOf,
} from '../kernel/shape';
import { gates } from '../kernel/vocabulary';
import type { CustomerSeen, Hold, Terms } from './terms';
import { calendar } from '../kernel/worklist/facts';

/** Holds as the books tell them. */
export const holdsShape: Part<readonly Hold[]> = listOf(
  object({
    id: text(),
    reason: text(),
    gates: listOf(oneOf(...gates), gates.length),
    setBy: optional(text()),
    until: optional(instant),
    placedAt: optional(instant),
    placedBy: optional(text()),
  }),
  200,
) as Part<readonly Hold[]>;

/** What the books say of a customer. */
export const customerShape = object({
  suspended: flag,
  holds: holdsShape,
  version: optional(whole(0)),
}) as Part<CustomerSeen>;

const anObject = own<object>((value) => typeof value === 'object' && value !== null);
const list = (most: number) => own<readonly unknown[]>((value) => Array.isArray(value) && value.length <= most);

const fields = object({
  policy: anObject,
  lines: listOf(
    object({
      line: whole(1, 999),
      itemId: text(),
      quantity: whole(1, 1_000_000_000),
      netFen: fen,
      taxFen: fen,
      supply: oneOf('stock', 'buy', 'make'),
    }),
    200,
  ),
  totals: object({ goodsFen: fen, taxFen: fen, freightFen: fen, totalFen: fen }),
  reviews: listOf(object({ level: whole(1, 99), task: text(), rule: text(), evidence: anObject }), 20),
  review: anObject,
  missing: list(200),
  depositFen: fen,
  exposureFen: fen,
  releaseBy: list(50),
  specialCredit: list(50),
  holds: anObject,
  offeredOn: date,
  clocks: anObject,
  tasks: anObject,
  collectionLadder: list(50),
  calendar,
  backdatingSeconds: whole(0),
  customer: optional(customerShape),
});

/**
 * Terms are computed at the door, from a policy that was checked, and sealed; what rules divide by, loop over or look up in them is
 * looked at once more here.
 */
export const termsShape: Part<Terms> = own<Terms>((value) => fields.is(value));
