import type { Limits } from '../../inside/kernel/actor';
import type { Instant, Role } from '../../inside/kernel/vocabulary';
import { superiorKey } from '../../inside/kernel/worklist/task';
import type { TaskKind } from '../../inside/processes';

/** Who works here, under whom, with which limits, and who stands in for whom: as of one moment. */
export interface Organisation {
  readonly people: ReadonlyMap<string, Person>;
  readonly substitutions: readonly Substitution[];
}

export interface Person {
  readonly userId: string;
  readonly active: boolean;
  readonly roles: readonly Role[];
  readonly superior: string | null;
  readonly limits?: Limits;
}

/** 代理: `substitute` acts for `absent` from one instant until another, for these kinds of tasks; none named: for all (HT-7). */
export interface Substitution {
  readonly id: string;
  readonly absent: string;
  readonly substitute: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly kinds: readonly TaskKind[];
}

/** No organisation is deeper; a line of superiors that is a ring ends here. */
const longestLine = 20;

/** The nearest active superior of somebody, or the nearest who holds `until`; undefined at the top of the line (HT-1). */
export function superiorOf(organisation: Organisation, userId: string, until?: Role): Person | undefined {
  return lineAbove(organisation, userId).find(
    ({ active, roles }) => active && (until === undefined || roles.includes(until)),
  );
}

/** Superior, his superior, and so on, who has left among them; a ring ends where it closes. */
function lineAbove({ people }: Organisation, userId: string): readonly Person[] {
  const line: Person[] = [];
  let above = people.get(userId)?.superior ?? null;
  while (above !== null && above !== userId && line.length < longestLine) {
    const person = people.get(above);
    if (person === undefined) break;
    line.push(person);
    above = person.superior;
  }
  return line;
}

/** The active people who have a role. */
export const peopleIn = (organisation: Organisation, role: Role): readonly Person[] =>
  indexOf(organisation).byRole.get(role) ?? [];

/** How tasks name the superiors that somebody is: `li`, or `li>sales_director`. */
export const superiorKeysOf = (organisation: Organisation, userId: string): readonly string[] =>
  indexOf(organisation).superiorKeys.get(userId) ?? [];

/** What would otherwise be looked for among all people at every question. */
interface Index {
  /** Active people. */
  readonly byRole: ReadonlyMap<Role, readonly Person[]>;
  readonly superiorKeys: ReadonlyMap<string, readonly string[]>;
}

/** An organisation is never changed in place, so what was looked up of it once stays true. */
const indexes = new WeakMap<Organisation, Index>();

function indexOf(organisation: Organisation): Index {
  const known = indexes.get(organisation);
  if (known !== undefined) return known;
  const byRole = new Map<Role, Person[]>();
  const superiorKeys = new Map<string, string[]>();
  for (const person of organisation.people.values()) {
    if (person.active) for (const role of person.roles) push(byRole, role, person);
    const answered = new Set<Role | undefined>();
    for (const above of lineAbove(organisation, person.userId).filter(({ active }) => active))
      for (const until of [undefined, ...above.roles].filter((one) => !answered.has(one))) {
        answered.add(until);
        const key = superiorKey({ superiorOf: person.userId, ...(until === undefined ? {} : { until }) });
        push(superiorKeys, above.userId, key);
      }
  }
  const index = { byRole, superiorKeys };
  indexes.set(organisation, index);
  return index;
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Whether somebody would stand above himself: the superior of each by id (HT-1). */
export function isInRing(superiors: ReadonlyMap<string, string | null>, userId: string): boolean {
  const seen = new Set<string>();
  let above = superiors.get(userId) ?? null;
  while (above !== null && above !== userId && !seen.has(above)) {
    seen.add(above);
    above = superiors.get(above) ?? null;
  }
  return above === userId;
}
