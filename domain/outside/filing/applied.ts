import type { Filing } from '../../inside/filing';
import type { FactKind, FactNamed } from '../../inside/every-fact';
import type { Actor } from '../../inside/kernel/actor';
import type { Fact, FiledFact } from '../../inside/kernel/fact';
import type { Instant } from '../../inside/kernel/vocabulary';

/** The facts of these kinds that counted, in their order. */
export function applied<Kind extends FactKind>(
  facts: readonly FiledFact[],
  ...kinds: readonly Kind[]
): readonly FactNamed<Kind>[] {
  return facts.flatMap(({ fact, filed }) => (filed === 'applied' && isOneOf(fact, kinds) ? [fact] : []));
}

/** Whether a fact is of one of these kinds; its shape was checked when it was filed. */
export function isOneOf<Kind extends FactKind>(fact: Fact, kinds: readonly Kind[]): fact is FactNamed<Kind> {
  return kinds.some((kind) => kind === fact.kind);
}

/** How rows name who did it: a user's id, or the kind of door it came through. */
export const actorName = (actor: Actor): string => (actor.kind === 'user' ? actor.userId : actor.kind);

/** For whom he acted, where that is somebody else. */
export const principalOf = (actor: Actor): string | null => (actor.kind === 'user' ? (actor.onBehalfOf ?? null) : null);

/** When the batch ends: a task that it made void was closed by then. */
export const endOf = ({ facts }: Filing): Instant | null => facts.at(-1)?.fact.at ?? null;
