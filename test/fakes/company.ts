import type { Allocation } from '../../domain/inside/GONE-fact';
import type { Hold, TermsLine } from '../../domain/inside/intake/terms';
import type { Filing } from '../../domain/inside/filing';
import type { Activities } from '../../workflows/activity-types';

/** A small company in memory that satisfies the real types: what was filed, what is in stock, who is suspended. */
export interface Company {
  readonly activities: Activities;
  readonly filings: Filing[];
  /** In hand by item; what is not named is plentiful. */
  readonly stock: Map<string, number>;
  readonly suspended: Set<string>;
  /** Credit limits in fen by customer; who is not named has none. */
  readonly limits: Map<string, number>;
  readonly customerHolds: Map<string, readonly Hold[]>;
  readonly held: Map<string, number>;
  readonly calls: string[];
  /** Keys under which stock was freed: a key used twice would free nothing the second time (X4). */
  readonly freeKeys: string[];
}

export function company(): Company {
  const filings: Filing[] = [];
  const stock = new Map<string, number>();
  const suspended = new Set<string>();
  const held = new Map<string, number>();
  const calls: string[] = [];
  const freeKeys: string[] = [];
  const stockedIn = new Set<string>();
  const customerHolds = new Map<string, readonly Hold[]>();
  const limits = new Map([['C-limited', 0]]);
  const reserved = new Map<string, { readonly customerId: string; readonly fen: number }>();
  const answered = new Map<string, readonly Allocation[]>();

  const reserve = (line: TermsLine): Allocation => {
    const inHand = stock.get(line.itemId) ?? (line.supply === 'stock' ? Number.MAX_SAFE_INTEGER : 0);
    const reserved = Math.min(inHand, line.quantity);
    stock.set(line.itemId, inHand - reserved);
    const short = line.quantity - reserved;
    return {
      line: line.line,
      reserved,
      toBuy: line.supply === 'make' ? 0 : short,
      toMake: line.supply === 'make' ? short : 0,
    };
  };

  const activities: Activities = {
    async fileFacts(filing) {
      const last =
        filings
          .filter(({ workflowId }) => workflowId === filing.workflowId)
          .at(-1)
          ?.facts.at(-1)?.seq ?? 0;
      if (filing.firstSeq <= last) return;
      filings.push(filing);
    },
    async reserveStock({ key, orderNo, lines }) {
      calls.push('reserveStock');
      const before = answered.get(key);
      if (before !== undefined) return before;
      const allocations = lines.map(reserve);
      answered.set(key, allocations);
      held.set(
        orderNo,
        allocations.reduce((sum, { reserved }) => sum + reserved, 0),
      );
      return allocations;
    },
    async stockIn({ key, orderNo, quantity }) {
      calls.push('stockIn');
      if (stockedIn.has(key)) return;
      stockedIn.add(key);
      held.set(orderNo, (held.get(orderNo) ?? 0) + quantity);
    },
    async takeStock({ orderNo }) {
      calls.push('takeStock');
      held.delete(orderNo);
    },
    async freeStock({ key, orderNo }) {
      calls.push('freeStock');
      if (freeKeys.includes(key)) return;
      freeKeys.push(key);
      held.delete(orderNo);
    },
    async putBackStock() {
      calls.push('putBackStock');
    },
    async customerStanding({ customerId }) {
      return { suspended: suspended.has(customerId) };
    },
    async reserveCredit({ orderNo, customerId, exposureFen, special }) {
      calls.push('reserveCredit');
      const limitFen = limits.get(customerId) ?? Number.MAX_SAFE_INTEGER;
      const others = [...reserved].filter(([no]) => no !== orderNo);
      const usedFen = others.reduce((sum, [, taken]) => sum + (taken.customerId === customerId ? taken.fen : 0), 0);
      const customer = { suspended: suspended.has(customerId), holds: customerHolds.get(customerId) ?? [] };
      const books = { limitFen, usedFen, customer };
      if (suspended.has(customerId)) return { ...books, because: 'suspended' };
      if (customer.holds.some(({ gates }) => gates.includes('accept'))) return { ...books, because: 'held' };
      if (exposureFen > 0 && usedFen + exposureFen - limitFen > (special?.excessFen ?? 0))
        return { ...books, because: 'over_limit' };
      reserved.set(orderNo, { customerId, fen: exposureFen });
      return books;
    },
    async suspendCustomer({ customerId }) {
      suspended.add(customerId);
    },
    async liftSuspension({ customerId }) {
      suspended.delete(customerId);
    },
    async openIncident({ kind }) {
      calls.push(`openIncident ${kind}`);
    },
  };
  return { activities, filings, stock, suspended, limits, customerHolds, held, calls, freeKeys };
}
