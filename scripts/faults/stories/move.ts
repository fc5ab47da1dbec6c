import type { Canary } from '../canary';
import type { Dice } from '../dice';
import type { Plan } from '../plans';
import type { Outcome } from '../sender';
import type { View } from '../board';

/** One thing that a client does next. */
export interface Move {
  /** What it is for: refused for the same reason again and again, the story is stuck. */
  readonly tag: string;
  readonly who: string;
  readonly path: string;
  readonly body: unknown;
  /** The opposite, sent by somebody else at the same time. */
  readonly rival?: Omit<Move, 'rival'>;
  readonly whenKnown?: (outcome: Outcome, key: string) => void;
}

/** What the clients of one order remember. */
export interface Memory {
  /** Things that are done once in a story. */
  readonly done: Set<string>;
  /** Payments that counted and were not taken back, the oldest first. */
  readonly payments: { readonly id: string; readonly fen: number }[];
  /** Carrier events that are still to be reported, of each shipment that left. */
  readonly events: Map<string, string[]>;
}

/** What the next moves are chosen by. */
export interface Situation {
  readonly plan: Plan;
  readonly view: View;
  readonly memory: Memory;
  readonly dice: Dice;
  readonly canary: Canary;
  /** Everything about the order: a purchase's or production's quantities, the deposit. */
  readonly details: () => Promise<Details>;
}

/** What of the order's page the clients read. */
export interface Details {
  readonly deposit: { readonly amount: string };
  readonly purchaseOrders: readonly {
    readonly line: number;
    readonly quantity: number;
    readonly received: number;
    readonly state: string;
  }[];
}

/** True the first time. */
export function once({ memory }: Situation, what: string): boolean {
  if (memory.done.has(what)) return false;
  memory.done.add(what);
  return true;
}
