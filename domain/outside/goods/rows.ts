import type { Filing } from '../../inside/filing';
import type { EveryFact } from '../../inside/every-fact';
import type { Instant } from '../../inside/kernel/vocabulary';
import { applied } from '../filing/applied';

interface PurchaseRow {
  readonly no: string;
  readonly line: number;
  readonly itemId: string;
  readonly quantity: number;
  readonly received: number;
  readonly state: 'ordered' | 'received' | 'void';
  readonly orderedAt: Instant;
}

interface ProductionRow {
  readonly no: string;
  readonly line: number;
  readonly itemId: string;
  readonly quantity: number;
  readonly reported: number;
  readonly passed: number;
  readonly scrapped: number;
  readonly state: 'ordered' | 'in_production' | 'done' | 'void';
  readonly orderedAt: Instant;
}

/** What is to be added to the order's purchase or production of a line that an earlier batch filed. */
interface Progress {
  readonly line: number;
  readonly received: number;
  readonly reported: number;
  readonly passed: number;
  readonly scrapped: number;
}

interface GoodsRows {
  readonly purchases: readonly PurchaseRow[];
  readonly productions: readonly ProductionRow[];
  readonly progress: readonly Progress[];
  /** Everything that an earlier batch ordered and that is not done is void. */
  readonly voidsEarlier: boolean;
}

type GoodsFact = Extract<
  EveryFact,
  {
    kind:
      | 'purchaseOrdered'
      | 'productionOrdered'
      | 'goodsReceived'
      | 'progressReported'
      | 'inspectionRecorded'
      | 'stockFreed';
  }
>;

const nothing: GoodsRows = { purchases: [], productions: [], progress: [], voidsEarlier: false };

/** Purchase and production orders: new ones as they stand after the batch, and what is added to earlier ones. */
export function goodsRows({ facts }: Filing): GoodsRows {
  return applied(
    facts,
    'purchaseOrdered',
    'productionOrdered',
    'goodsReceived',
    'progressReported',
    'inspectionRecorded',
    'stockFreed',
  ).reduce(after, nothing);
}

function after(rows: GoodsRows, fact: GoodsFact): GoodsRows {
  const fresh = { received: 0, reported: 0, passed: 0, scrapped: 0, state: 'ordered' } as const;
  switch (fact.kind) {
    case 'purchaseOrdered': {
      const { purchaseNo: no, line, itemId, quantity, at: orderedAt } = fact;
      const { received, state } = fresh;
      return { ...rows, purchases: [...rows.purchases, { no, line, itemId, quantity, received, state, orderedAt }] };
    }
    case 'productionOrdered': {
      const { productionNo: no, line, itemId, quantity, at: orderedAt } = fact;
      const { received: _received, ...made } = fresh;
      return { ...rows, productions: [...rows.productions, { no, line, itemId, quantity, ...made, orderedAt }] };
    }
    case 'goodsReceived':
      return add(rows, { line: fact.line, received: fact.quantity });
    case 'progressReported':
      return add(rows, { line: fact.line, reported: fact.quantity });
    case 'inspectionRecorded':
      return add(rows, { line: fact.line, passed: fact.passed, scrapped: fact.scrapped });
    case 'stockFreed':
      return {
        purchases: rows.purchases.map((row) => (row.state === 'ordered' ? { ...row, state: 'void' } : row)),
        productions: rows.productions.map((row) => (row.state === 'done' ? row : { ...row, state: 'void' })),
        progress: rows.progress,
        voidsEarlier: true,
      };
  }
}

/** Adds to the newest order of the line that is not void; to an earlier batch's where this batch has none. */
function add(rows: GoodsRows, change: Partial<Progress> & { readonly line: number }): GoodsRows {
  const added: Progress = { received: 0, reported: 0, passed: 0, scrapped: 0, ...change };
  const isLive = (row: PurchaseRow | ProductionRow) => row.line === change.line && row.state !== 'void';
  const purchase = rows.purchases.findLastIndex(isLive);
  const production = rows.productions.findLastIndex(isLive);
  const isForPurchase = added.received > 0;
  if (isForPurchase && purchase >= 0) {
    return {
      ...rows,
      purchases: rows.purchases.map((row, index) => (index === purchase ? received(row, added) : row)),
    };
  }
  if (!isForPurchase && production >= 0) {
    return {
      ...rows,
      productions: rows.productions.map((row, index) => (index === production ? made(row, added) : row)),
    };
  }
  return { ...rows, progress: withProgress(rows.progress, added) };
}

function received(row: PurchaseRow, added: Progress): PurchaseRow {
  const total = row.received + added.received;
  return { ...row, received: total, state: total >= row.quantity ? 'received' : row.state };
}

function made(row: ProductionRow, added: Progress): ProductionRow {
  const passed = row.passed + added.passed;
  return {
    ...row,
    reported: row.reported + added.reported,
    passed,
    scrapped: row.scrapped + added.scrapped,
    state: passed >= row.quantity ? 'done' : 'in_production',
  };
}

function withProgress(progress: readonly Progress[], added: Progress): readonly Progress[] {
  const before = progress.find(({ line }) => line === added.line);
  if (before === undefined) return [...progress, added];
  const sum: Progress = {
    line: added.line,
    received: before.received + added.received,
    reported: before.reported + added.reported,
    passed: before.passed + added.passed,
    scrapped: before.scrapped + added.scrapped,
  };
  return progress.map((row) => (row === before ? sum : row));
}
