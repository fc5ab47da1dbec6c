/** Where the pieces of one line stand: reserved from stock, bought in, made and inspected. */
export interface Pieces {
  readonly line: number;
  readonly itemId: string;
  readonly reserved: number;
  readonly toBuy: number;
  readonly toMake: number;
  readonly ordered: boolean;
  /** The lead has signed the production notice. */
  readonly begun: boolean;
  readonly received: number;
  /** Made, as reported; = passed + scrapped + in rework + waiting for inspection (Q4). */
  readonly reported: number;
  readonly inRework: number;
  readonly passed: number;
  readonly scrapped: number;
  /** Put into stock for this order, of what was received or passed (Q4: never more). */
  readonly stockedIn: number;
  /** Received or passed, and not in stock yet. */
  readonly batches: readonly Batch[];
}

/** One receipt; several may bring goods of one batch, so the fact that brought it is its name. */
interface Batch {
  readonly batchId: string;
  readonly quantity: number;
  readonly receiptId: string;
}

type Allocation = Pick<Pieces, 'line' | 'reserved' | 'toBuy' | 'toMake'>;

export const emptyLine = (allocation: Allocation, itemId: string): Pieces => ({
  line: allocation.line,
  reserved: allocation.reserved,
  toBuy: allocation.toBuy,
  toMake: allocation.toMake,
  itemId,
  ordered: false,
  begun: false,
  received: 0,
  reported: 0,
  inRework: 0,
  passed: 0,
  scrapped: 0,
  stockedIn: 0,
  batches: [],
});

/** Still to be made: scrapped pieces are made again, pieces in rework are reported again. */
export const stillToMake = (line: Pieces): number => line.toMake + line.scrapped - line.reported + line.inRework;

/** Reported and not yet inspected. */
export const waitingForInspection = (line: Pieces): number =>
  line.reported - line.passed - line.scrapped - line.inRework;

/** What is reported comes out of rework first: a piece that was reworked is not made twice. */
export function afterProgress(line: Pieces, quantity: number): Pieces {
  const reworked = Math.min(quantity, line.inRework);
  return { ...line, inRework: line.inRework - reworked, reported: line.reported + quantity - reworked };
}

/** What passed waits to be put into stock, under the fact that passed it. */
export function afterInspection(
  line: Pieces,
  {
    id,
    passed,
    rework,
    scrapped,
  }: { readonly id: string; readonly passed: number; readonly rework: number; readonly scrapped: number },
): Pieces {
  const batches = passed > 0 ? [...line.batches, { batchId: id, quantity: passed, receiptId: id }] : line.batches;
  return {
    ...line,
    passed: line.passed + passed,
    inRework: line.inRework + rework,
    scrapped: line.scrapped + scrapped,
    batches,
  };
}
