import type { Instant, Role } from '../../inside/kernel/vocabulary';
import { type TaskKind, taskKinds } from '../../inside/processes';
import { type Organisation, type Person, superiorKeysOf } from './organisation';
import { type Principal, principalsOf } from './substitutes';

/** By which words rows of tasks find somebody: his roles, his name, and whose superior he is; for himself or for another. */
export interface Candidacy {
  readonly userId: string;
  readonly roles: readonly Role[];
  readonly superiorKeys: readonly string[];
  /** Kinds of tasks that this way is good for. */
  readonly kinds: readonly TaskKind[] | 'all';
  /** He himself, whom he acts for, and who handed on between them: tasks that exclude one of them are not his. */
  readonly persons: readonly string[];
}

/** Every way in which tasks may be somebody's at `now`: his own, and those of whom he stands in for. */
export function candidaciesOf(organisation: Organisation, userId: string, now: Instant): readonly Candidacy[] {
  const self = organisation.people.get(userId);
  if (self === undefined || !self.active) return [];
  const ways = new Map<string, { readonly principal: Principal; readonly kinds: TaskKind[] }>();
  for (const kind of organisation.substitutions.length === 0 ? [] : taskKinds) {
    for (const principal of principalsOf(organisation, userId, { kind, now })) {
      const key = [principal.person.userId, ...principal.through].join(' ');
      const way = ways.get(key) ?? { principal, kinds: [] };
      way.kinds.push(kind);
      ways.set(key, way);
    }
  }
  return [
    candidacyOf(organisation, self, { kinds: 'all', persons: [userId] }),
    ...[...ways.values()].map(({ principal: { person, through }, kinds }) =>
      candidacyOf(organisation, person, { kinds, persons: [userId, person.userId, ...through] }),
    ),
  ];
}

const candidacyOf = (
  organisation: Organisation,
  { userId, roles }: Person,
  way: Pick<Candidacy, 'kinds' | 'persons'>,
): Candidacy => ({ userId, roles, superiorKeys: superiorKeysOf(organisation, userId), ...way });
