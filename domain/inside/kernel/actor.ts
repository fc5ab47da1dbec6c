import type { Fen, Grade, Role } from './vocabulary';

/** Who did it. `process` is the workflow itself (a timer, a rule); a customer or carrier acts through a signed door. */
export type Actor = UserActor | { readonly kind: 'customer' | 'carrier' | 'process' };

export interface UserActor {
  readonly kind: 'user';
  readonly userId: string;
  /** The roles he acts with: his own, or those of the one he acts for. */
  readonly roles: readonly Role[];
  readonly onBehalfOf?: string;
  readonly actingAs?: ActingAs;
}

/** What the organisation says of somebody at the moment he acts; the door attests it, the workflow judges it. */
interface ActingAs {
  /** Of what the task asks for, `li` or `li>sales_director`: whose superior he is. */
  readonly superiorOf?: readonly string[];
  /** Nobody is there whom the task names, so those of its fallback may act (HT-2). */
  readonly asFallback?: true;
  /** The substitution by which he acts for another (HT-7). */
  readonly substitution?: string;
  /** What he may approve; absent: whatever his role may (HT-11). */
  readonly limits?: Limits;
}

/** One person's limits; a field that is absent is without limit. */
export interface Limits {
  readonly amountFen?: Fen;
  readonly discountBp?: number;
  readonly grades?: readonly Grade[];
}

/** The user and whom he acts for: four eyes look at both (V3). */
export function personsBehind(actor: Actor): readonly string[] {
  if (actor.kind !== 'user') return [];
  return actor.onBehalfOf === undefined ? [actor.userId] : [actor.userId, actor.onBehalfOf];
}
