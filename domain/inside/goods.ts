import type { Allocation, OrderFact, RefusalCode } from './fact';
import type { TermsLine } from './terms';

/** Where the goods of one line stand: reserved from stock, bought in, made and inspected. Whole units. */
export interface Goods {
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
export interface Batch {
  readonly batchId: string;
  readonly quantity: number;
  readonly receiptId: string;
}

export type GoodsFact = Extract<
  OrderFact,
  {
    kind:
      | 'purchaseOrdered'
      | 'productionOrdered'
      | 'goodsReceived'
      | 'goodsStockedIn'
      | 'progressReported'
      | 'inspectionRecorded';
  }
>;

export const emptyGoods = (allocations: readonly Allocation[], lines: readonly TermsLine[]): readonly Goods[] =>
  allocations.map((allocation) => ({
    ...allocation,
    itemId: lines.find(({ line }) => line === allocation.line)?.itemId ?? '',
    ordered: false,
    begun: false,
    received: 0,
    reported: 0,
    inRework: 0,
    passed: 0,
    scrapped: 0,
    stockedIn: 0,
    batches: [],
  }));

/** Still to be made: scrapped units are made again, units in rework are reported again. */
export const stillToMake = (line: Goods): number => line.toMake + line.scrapped - line.reported + line.inRework;

/** Reported and not yet inspected. */
export const waitingForInspection = (line: Goods): number =>
  line.reported - line.passed - line.scrapped - line.inRework;

export const productionIsPending = (goods: readonly Goods[]): boolean => goods.some((line) => stillToMake(line) > 0);

/** Everything ordered lies in stock for this order. */
export const allIn = (goods: readonly Goods[], lines: readonly TermsLine[]): boolean =>
  lines.every(({ line, quantity }) =>
    goods.some((row) => row.line === line && row.reserved + row.stockedIn >= quantity),
  );

/** Why a quantity cannot be; undefined when it can. Quantities are positive whole units. */
export function judgeGoods(
  goods: readonly Goods[],
  fact: Extract<GoodsFact, { kind: 'goodsReceived' | 'progressReported' | 'inspectionRecorded' }>,
): RefusalCode | undefined {
  const line = goods.find((row) => row.line === fact.line);
  if (line === undefined) return 'unknown_line';
  switch (fact.kind) {
    case 'goodsReceived':
      return isQuantity(fact.quantity) && fact.quantity <= line.toBuy - line.received ? undefined : 'too_many';
    case 'progressReported':
      if (!line.begun) return 'not_yet';
      return isQuantity(fact.quantity) && fact.quantity <= stillToMake(line) ? undefined : 'too_many';
    case 'inspectionRecorded': {
      const parts = [fact.passed, fact.rework, fact.scrapped];
      const inspected = fact.passed + fact.rework + fact.scrapped;
      if (!parts.every((part) => Number.isSafeInteger(part) && part >= 0)) return 'too_many';
      if (fact.rework + fact.scrapped > 0 && !fact.causeCode) return 'reason_required';
      return isQuantity(inspected) && inspected <= waitingForInspection(line) ? undefined : 'too_many';
    }
  }
}

export function applyToGoods(goods: readonly Goods[], fact: GoodsFact): readonly Goods[] {
  return goods.map((line) => (line.line === fact.line ? applyToLine(line, fact) : line));
}

function applyToLine(line: Goods, fact: GoodsFact): Goods {
  switch (fact.kind) {
    case 'purchaseOrdered':
    case 'productionOrdered':
      return { ...line, ordered: true };
    case 'goodsReceived':
      return {
        ...line,
        received: line.received + fact.quantity,
        batches: [...line.batches, { batchId: fact.batchId, quantity: fact.quantity, receiptId: fact.id }],
      };
    case 'goodsStockedIn':
      return {
        ...line,
        stockedIn: line.stockedIn + fact.quantity,
        batches: line.batches.filter(({ receiptId }) => receiptId !== fact.receiptId),
      };
    case 'progressReported': {
      const reworked = Math.min(fact.quantity, line.inRework);
      return { ...line, inRework: line.inRework - reworked, reported: line.reported + fact.quantity - reworked };
    }
    case 'inspectionRecorded':
      return {
        ...line,
        passed: line.passed + fact.passed,
        inRework: line.inRework + fact.rework,
        scrapped: line.scrapped + fact.scrapped,
        batches:
          fact.passed > 0
            ? [...line.batches, { batchId: fact.id, quantity: fact.passed, receiptId: fact.id }]
            : line.batches,
      };
  }
}

const isQuantity = (quantity: number): boolean => Number.isSafeInteger(quantity) && quantity > 0;
