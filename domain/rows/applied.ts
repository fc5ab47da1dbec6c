import type { FiledFact, OrderFact } from '../inside/fact';
import type { Actor } from '../inside/actor';
import type { Instant } from '../inside/vocabulary';

/** The facts of these kinds that counted, in their order. */
export function applied<Kind extends OrderFact['kind']>(
  facts: readonly FiledFact[],
  ...kinds: readonly Kind[]
): readonly Extract<OrderFact, { kind: Kind }>[] {
  return facts.flatMap(({ fact, standing }) => (standing === 'applied' && isOneOf(fact, kinds) ? [fact] : []));
}

/** How rows name who did it: a user's id, or the kind of door it came through. */
export const actorName = (actor: Actor): string => (actor.kind === 'user' ? actor.userId : actor.kind);

/** For whom he acted, where that is somebody else. */
export const principalOf = (actor: Actor): string | null => (actor.kind === 'user' ? (actor.onBehalfOf ?? null) : null);

/** When it happened in the world (HG-4). */
export const happenedAt = (fact: OrderFact): Instant => fact.happenedAt ?? fact.at;

function isOneOf<Kind extends OrderFact['kind']>(
  fact: OrderFact,
  kinds: readonly Kind[],
): fact is Extract<OrderFact, { kind: Kind }> {
  return kinds.some((kind) => kind === fact.kind);
}
