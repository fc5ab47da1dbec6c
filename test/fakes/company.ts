import { type Filing, filingAfter } from '../../domain/inside/filing';
import type { Hold, TermsLine } from '../../domain/inside/intake/terms';
import type { LineQuantity } from '../../domain/inside/kernel/vocabulary';
import type { Reserved } from '../../domain/inside/supply/supply';
import type { Activities } from '../../workflows/activity-types';

/** A small company in memory that satisfies the real types: what was filed, what is in stock, who is suspended. */
export interface Company {
  readonly activities: Activities;
  readonly filings: Filing[];
  /** In hand by item; what is not named is plentiful. */
  readonly stock: Map<string, number>;
  /** Customers who are suspended, whoever did it. */
  readonly suspended: Set<string>;
  /** Credit limits in fen by customer; who is not named has none. */
  readonly limits: Map<string, number>;
  readonly customerHolds: Map<string, readonly Hold[]>;
  /** Pieces that are reserved for an order, all its lines together. */
  readonly held: Map<string, number>;
  /** What each shipment took out of stock, until it is put back. */
  readonly taken: Map<string, readonly LineQuantity[]>;
  readonly calls: string[];
  /** Keys under which stock was freed: a key used twice would free nothing the second time (X4). */
  readonly freeKeys: string[];
}

/** As much as a fact can say: whole thousands of millions. */
const unlimitedFen = 1_000_000_000_000;

export function company(): Company {
  const filings: Filing[] = [];
  const stock = new Map<string, number>();
  const suspended = new Set<string>();
  const suspensions = new Map<string, string>();
  const held = new Map<string, number>();
  const taken = new Map<string, readonly LineQuantity[]>();
  const calls: string[] = [];
  const freeKeys: string[] = [];
  const done = new Set<string>();
  const customerHolds = new Map<string, readonly Hold[]>();
  const limits = new Map([['C-limited', 0]]);
  const reserved = new Map<string, { readonly customerId: string; readonly fen: number }>();
  const answered = new Map<string, readonly Reserved[]>();

  /** The same key twice is one effect (X4). */
  const isNew = (key: string): boolean => !done.has(key) && done.add(key).has(key);

  const reserve = (line: TermsLine): Reserved => {
    const inHand = stock.get(line.itemId) ?? (line.supply === 'stock' ? Number.MAX_SAFE_INTEGER : 0);
    const fromStock = Math.min(inHand, line.quantity);
    stock.set(line.itemId, inHand - fromStock);
    return { line: line.line, reserved: fromStock };
  };
  const pieces = (lines: readonly LineQuantity[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const hold = (orderNo: string, more: number): void => {
    const left = (held.get(orderNo) ?? 0) + more;
    if (left < 0) throw new Error(`${orderNo} does not hold so much`);
    if (left === 0) held.delete(orderNo);
    else held.set(orderNo, left);
  };

  const activities: Activities = {
    async fileFacts(filing) {
      // As the books do: another attempt at a lost workflow task adds what is missing.
      const before = filings.filter(({ workflowId }) => workflowId === filing.workflowId);
      const filedSeq = before.at(-1)?.facts.at(-1)?.seq ?? 0;
      if (filing.firstSeq > filedSeq + 1) throw new Error(`${filing.workflowId} is filed up to ${filedSeq}`);
      if ((filing.facts.at(-1)?.seq ?? 0) > filedSeq) filings.push(filingAfter(filing, filedSeq));
    },
    async reserveStock({ key, orderNo, lines }) {
      calls.push('reserveStock');
      const before = answered.get(key);
      if (before !== undefined) return before;
      const answer = lines.map(reserve);
      answered.set(key, answer);
      hold(
        orderNo,
        answer.reduce((sum, { reserved: count }) => sum + count, 0),
      );
      return answer;
    },
    async stockIn({ key, orderNo, quantity }) {
      calls.push('stockIn');
      if (isNew(key)) hold(orderNo, quantity);
    },
    async takeStock({ key, orderNo, shipmentNo, lines }) {
      calls.push('takeStock');
      if (!isNew(key)) return;
      hold(orderNo, -pieces(lines));
      taken.set(shipmentNo, lines);
    },
    async freeStock({ key, orderNo }) {
      calls.push('freeStock');
      if (freeKeys.includes(key)) return;
      freeKeys.push(key);
      held.delete(orderNo);
    },
    async putBackStock({ shipmentNo }) {
      calls.push('putBackStock');
      taken.delete(shipmentNo);
    },
    async customerStatus({ customerId }) {
      return { suspended: suspended.has(customerId) };
    },
    async reserveCredit({ orderNo, customerId, exposureFen, special }) {
      calls.push('reserveCredit');
      const limitFen = limits.get(customerId) ?? unlimitedFen;
      const others = [...reserved].filter(([no]) => no !== orderNo);
      const usedFen = others.reduce((sum, [, by]) => sum + (by.customerId === customerId ? by.fen : 0), 0);
      const customer = { suspended: suspended.has(customerId), holds: customerHolds.get(customerId) ?? [] };
      const books = { limitFen, usedFen, customer };
      if (customer.suspended) return { ...books, because: 'suspended' };
      if (customer.holds.some(({ gates }) => gates.includes('accept'))) return { ...books, because: 'held' };
      if (exposureFen > 0 && usedFen + exposureFen - limitFen > (special?.excessFen ?? 0))
        return { ...books, because: 'over_limit' };
      reserved.set(orderNo, { customerId, fen: exposureFen });
      return books;
    },
    async suspendCustomer({ key, customerId }) {
      if (!isNew(key)) return;
      suspensions.set(key, customerId);
      suspended.add(customerId);
    },
    async liftSuspension({ customerId, suspension }) {
      suspensions.delete(suspension);
      if (![...suspensions.values()].includes(customerId)) suspended.delete(customerId);
    },
    async openIncident({ kind }) {
      calls.push(`openIncident ${kind}`);
    },
  };
  return { activities, filings, stock, suspended, limits, customerHolds, held, taken, calls, freeKeys };
}
