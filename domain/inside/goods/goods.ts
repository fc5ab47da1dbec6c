import type { Base } from '../kernel/dossier';
import { isFull } from '../kernel/full';
import { limits } from '../kernel/limits';
import { organ } from '../kernel/organ';
import { remembered } from '../kernel/remembered';
import { lineNo, listOf, object, optional, quantity, text, whole } from '../kernel/shape';
import type { RefusalCode } from '../kernel/refusal';
import { type Status, statusesFrom } from '../kernel/vocabulary';
import type { Intake } from '../intake/intake';
import type { TermsLine } from '../intake/terms';
import type { intakeFacts } from '../intake/intake';
import { afterInspection, afterProgress, emptyLine, type Pieces, stillToMake, waitingForInspection } from './pieces';

/** Where the pieces of an order are: per line, by place. Every number is the sum of its facts. */
export interface Goods {
  /** The revision that stock was reserved and the rest set down to be bought or made for; null: none yet, or none any more. */
  readonly allocatedFor: number | null;
  /** Something is reserved, or was and is not free again. */
  readonly holdsStock: boolean;
  readonly lines: readonly Pieces[];
}

const pieces = whole(0, 1_000_000_000);
const allocation = object({ line: lineNo, reserved: pieces, toBuy: pieces, toMake: pieces });

export const goodsFacts = {
  /** What the warehouse answered: what it reserved, and what is to be bought or made. */
  goodsAllocated: { revision: whole(1, 10_000), lines: listOf(allocation, 200) },
  purchaseOrdered: { purchaseNo: text(), line: lineNo, itemId: text(), quantity },
  productionOrdered: { productionNo: text(), line: lineNo, itemId: text(), quantity },
  /** The lead has signed the production notice, or taken that back while nothing was made. */
  productionBegun: {},
  productionStopped: {},
  goodsReceived: { line: lineNo, quantity, batchId: text() },
  progressReported: { line: lineNo, quantity },
  inspectionRecorded: {
    line: lineNo,
    passed: pieces,
    rework: pieces,
    scrapped: pieces,
    causeCode: optional(text()),
  },
  /** Received or passed goods went into stock for this order; `receiptId` is the fact that brought them. */
  goodsStockedIn: { line: lineNo, quantity, batchId: text(), receiptId: text() },
  /** What the order held in stock is free again; its purchase and production orders are void. */
  stockFreed: {},
} as const;

const nothing: Goods = { allocatedFor: null, holdsStock: false, lines: [] };

/** While goods are bought, made and inspected. */
export const whileGoodsCome: readonly Status[] = ['awaiting_deposit', 'allocated', 'in_production', 'in_inspection'];
/** Bought goods are received until the order is completed: they may come late. */
const whileGoodsAreReceived = statusesFrom('awaiting_deposit', 'completed');

/** 货: the ledger of pieces. It keeps nothing back itself, so it stands early and everybody may look. */
export const goods = organ('goods', goodsFacts, {}).of<Goods, { readonly intake: Intake }, typeof intakeFacts>({
  begins: nothing,
  facts: {
    goodsAllocated: {
      source: 'own',
      from: 'anywhere',
      apply: ({ goods: before, intake }, { revision, lines }) =>
        revision === intake.revision
          ? { allocatedFor: revision, holdsStock: true, lines: lines.map((one) => emptyLine(one, itemOf(intake, one))) }
          : // It was asked for a revision that is no more: what it reserved is to be freed.
            { ...before, holdsStock: true },
    },
    purchaseOrdered: { source: 'own', from: 'anywhere', apply: ordered },
    productionOrdered: { source: 'own', from: 'anywhere', apply: ordered },
    productionBegun: {
      source: 'own',
      from: 'anywhere',
      apply: ({ goods: before }) => each(before, (line) => (line.toMake > 0 ? { ...line, begun: true } : line)),
    },
    productionStopped: {
      source: 'own',
      from: 'anywhere',
      apply: ({ goods: before }) => each(before, (line) => ({ ...line, begun: false })),
    },
    goodsReceived: {
      source: 'door',
      from: whileGoodsAreReceived,
      heldFirst: true,
      judge: (view, fact) => {
        const line = lineOf(view.goods.lines, fact.line);
        if (line === undefined) return 'unknown_line';
        if (batchesAreFull(line)) return 'limit_reached';
        return judgePart(view, fact.quantity, line.toBuy - line.received);
      },
      apply: ({ goods: before }, { line, quantity: count, batchId, id }) =>
        one(before, line, (row) => ({
          ...row,
          received: row.received + count,
          batches: [...row.batches, { batchId, quantity: count, receiptId: id }],
        })),
    },
    progressReported: {
      source: 'door',
      from: ['in_production', 'in_inspection'],
      heldFirst: true,
      judge: (view, fact) => {
        const line = lineOf(view.goods.lines, fact.line);
        if (line === undefined) return 'unknown_line';
        return line.begun ? judgePart(view, fact.quantity, stillToMake(line)) : 'not_yet';
      },
      apply: ({ goods: before }, { line, quantity: count }) => one(before, line, (row) => afterProgress(row, count)),
    },
    inspectionRecorded: {
      source: 'door',
      from: ['in_production', 'in_inspection'],
      heldFirst: true,
      judge: ({ goods: { lines } }, fact) => judgeInspection(lineOf(lines, fact.line), fact),
      apply: ({ goods: before }, fact) => one(before, fact.line, (row) => afterInspection(row, fact)),
    },
    goodsStockedIn: {
      source: 'own',
      from: 'anywhere',
      apply: ({ goods: before }, { line, quantity: count, receiptId }) =>
        one(before, line, (row) => ({
          ...row,
          stockedIn: row.stockedIn + count,
          batches: row.batches.filter((batch) => batch.receiptId !== receiptId),
        })),
    },
    stockFreed: {
      source: 'own',
      from: 'anywhere',
      apply: ({ goods: before, intake }) => ({
        ...(before.allocatedFor === intake.revision ? before : nothing),
        holdsStock: false,
      }),
    },
  },
  hears: {
    orderRevised: {
      // What came in and is not in stock yet still has to be put there before it is freed.
      apply: ({ goods: before }) => ({
        ...before,
        allocatedFor: null,
        lines: before.lines.filter(({ batches }) => batches.length > 0),
      }),
    },
  },
  answers: {},
});

const itemOf = ({ terms }: Intake, { line }: { readonly line: number }): string =>
  terms.lines.find((row) => row.line === line)?.itemId ?? '';

const each = (before: Goods, change: (line: Pieces) => Pieces): Goods => ({
  ...before,
  lines: before.lines.map(change),
});

const one = (before: Goods, line: number, change: (line: Pieces) => Pieces): Goods =>
  each(before, (row) => (row.line === line ? change(row) : row));

function ordered({ goods: before }: { readonly goods: Goods }, { line }: { readonly line: number }): Goods {
  return one(before, line, (row) => ({ ...row, ordered: true }));
}

const batchesAreFull = ({ batches }: Pieces): boolean => batches.length >= limits.batches;

/** Goods may come in so many parts; when the order is full, all that a line still lacks comes at once (W2). */
function judgePart(view: Base, quantity: number, left: number): RefusalCode | undefined {
  if (quantity > left) return 'too_many';
  return quantity < left && isFull(view) ? 'limit_reached' : undefined;
}

function judgeInspection(
  line: Pieces | undefined,
  {
    passed,
    rework,
    scrapped,
    causeCode,
  }: { readonly passed: number; readonly rework: number; readonly scrapped: number; readonly causeCode?: string },
): RefusalCode | undefined {
  if (line === undefined) return 'unknown_line';
  if (rework + scrapped > 0 && causeCode === undefined) return 'reason_required';
  if (batchesAreFull(line)) return 'limit_reached';
  const inspected = passed + rework + scrapped;
  return inspected > 0 && inspected <= waitingForInspection(line) ? undefined : 'too_many';
}

/** The pieces of a line; undefined: nothing is set down for it. */
export const lineOf = (lines: readonly Pieces[], line: number): Pieces | undefined => byNumber(lines).get(line);

const byNumber = remembered(
  (lines: readonly Pieces[]): ReadonlyMap<number, Pieces> => new Map(lines.map((row) => [row.line, row])),
);

/** Pieces of a line that lie ready for the order: reserved from stock, or put into stock for it. */
export const readyPieces = ({ reserved, stockedIn }: Pieces): number => reserved + stockedIn;

/** Stock was reserved, and the rest set down, for the order as it is now. */
export const isAllocated = (goods: Goods, { revision }: Intake): boolean => goods.allocatedFor === revision;

/** Everything that is ordered lies ready. */
export const allReady = ({ lines }: Goods, ordered: readonly TermsLine[]): boolean => areReady(ordered, lines);

const areReady = remembered((ordered: readonly TermsLine[], lines: readonly Pieces[]): boolean =>
  ordered.every(({ line, quantity: wanted }) => {
    const row = lineOf(lines, line);
    return row !== undefined && readyPieces(row) >= wanted;
  }),
);

/** The lead has signed for something: from here on a change or a cancellation needs approval (CF-6). */
export const productionHasBegun = ({ lines }: Goods): boolean => lines.some(({ begun }) => begun);
