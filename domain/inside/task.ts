import type { Clock } from './ladder';
import type { Actor } from './fact';
import type { Outcome, TaskKind } from './terms';
import type { Fen, Instant, Role } from './vocabulary';

/** One thing that a person has to answer: the one mechanism of reviews, checks, exceptions and signatures. */
export interface Task {
  /** `20261121-0001/3`: the order's number and a serial within its workflow; a shipment's: `20261121-0001-S1/2`. */
  readonly id: string;
  readonly kind: TaskKind;
  readonly revision: number;
  /** The review level, for reviews. */
  readonly level?: number;
  readonly roles: readonly Role[];
  readonly users: readonly string[];
  /** User ids that four eyes keep out, each with the reason. */
  readonly excluded: readonly { readonly userId: string; readonly because: string }[];
  readonly outcomes: readonly Outcome[];
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly clock: Clock;
  /** Rule and facts that opened it (HT-16). */
  readonly because: { readonly rule: string; readonly saw: Readonly<Record<string, string | number | boolean>> };
  /** The amount this task is about, where it is about money. */
  readonly amountFen?: Fen;
  readonly state: 'open' | 'decided' | 'void';
  readonly decision?: Decision;
}

export interface Decision {
  readonly outcome: Outcome;
  readonly by: Actor;
  readonly at: Instant;
  readonly factId: string;
  readonly reasonCode?: string;
  readonly conditions?: readonly string[];
  readonly amountFen?: Fen;
}
