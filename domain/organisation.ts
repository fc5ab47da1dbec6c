import type { Limits, UserActor } from './inside/actor';
import { isKeptOut, isWithinLimits, slotFor, type Question } from './inside/authority';
import type { RefusalCode } from './inside/fact';
import { activeSlots, type Candidate } from './inside/task';
import { type TaskKind, taskKinds } from './inside/terms';
import type { Instant, Role } from './inside/vocabulary';

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

/** A substitute who is away himself hands on to his own; no further than this (HT-7). */
const longestChain = 3;
/** No organisation is deeper; a line of superiors that is a ring ends here. */
const longestLine = 20;

/** Somebody for whom a person acts now, and the substitution by which he does: the last of the chain. */
export interface Principal {
  readonly person: Person;
  readonly substitution: string;
}

/** For whom somebody may act at `now` on tasks of a kind: those he stands in for, and whom those stand in for while away. */
export function principalsOf(
  { people, substitutions }: Organisation,
  userId: string,
  { kind, now }: { readonly kind: TaskKind; readonly now: Instant },
): readonly Principal[] {
  const inForce = substitutions.filter(
    ({ from, until, kinds }) => from <= now && now < until && (kinds.length === 0 || kinds.includes(kind)),
  );
  const found: Principal[] = [];
  const seen = new Set([userId]);
  let standIns = [{ userId, substitution: '' }];
  for (let step = 0; step < longestChain && standIns.length > 0; step += 1) {
    standIns = standIns.flatMap((standIn) =>
      inForce.flatMap(({ id, absent, substitute }) => {
        const person = people.get(absent);
        // Who has left has no authority to lend: his tasks are handed over instead.
        if (substitute !== standIn.userId || person?.active !== true || seen.has(absent)) return [];
        seen.add(absent);
        const substitution = standIn.substitution || id;
        found.push({ person, substitution });
        return [{ userId: absent, substitution }];
      }),
    );
  }
  return found;
}

/** The nearest active superior of somebody, or the nearest who holds `until`; undefined at the top of the line (HT-1). */
export function superiorOf({ people }: Organisation, userId: string, until?: Role): Person | undefined {
  let above = people.get(userId)?.superior ?? null;
  for (let step = 0; step < longestLine && above !== null && above !== userId; step += 1) {
    const person = people.get(above);
    if (person === undefined) return undefined;
    if (person.active && (until === undefined || person.roles.includes(until))) return person;
    above = person.superior;
  }
  return undefined;
}

/** How rows name "the superior of": `li`, or `li>sales_director`. */
export const superiorKey = ({ superiorOf: of, until }: Extract<Candidate, { superiorOf: string }>): string =>
  until === undefined ? of : `${of}>${until}`;

/** What is asked, and of which kind: a task as far as the organisation is concerned. */
export interface Asked extends Question {
  readonly kind: TaskKind;
}

/** Somebody who may answer, as he would answer; or why he may not. */
export type Verdict = { readonly by: UserActor } | { readonly because: RefusalCode };

/**
 * As whom somebody may answer a task now: for himself, else for one whom he stands in for, else by the fallback while nobody
 * is there whom the task names (HT-2, HT-7). The first way that the task accepts; else why the first way fails (HT-17).
 */
export function standingFor(organisation: Organisation, userId: string, task: Asked, now: Instant): Verdict {
  const self = organisation.people.get(userId);
  if (self === undefined || !self.active) return { because: 'not_a_candidate' };
  const ways = [
    actorOf(organisation, task, { person: self }),
    ...principalsOf(organisation, userId, { kind: task.kind, now }).map(({ person, substitution }) =>
      actorOf(organisation, task, { person, standIn: { userId, substitution } }),
    ),
  ];
  const refusals = ways.map((by) => refusalOf(task, by));
  const way = ways.find((_, index) => refusals[index] === undefined);
  if (way !== undefined) return { by: way };
  const byFallback: UserActor = {
    ...actorOf(organisation, task, { person: self }),
    standing: { ...ways[0]?.standing, asFallback: true },
  };
  if (refusalOf(task, byFallback) === undefined && findCandidates(organisation, task, now).length === 0)
    return { by: byFallback };
  return { because: refusals.find((code) => code !== 'not_a_candidate') ?? 'not_a_candidate' };
}

/** The active people who may sign now, for themselves or for another; the fallback is not among them. */
export function findCandidates(organisation: Organisation, task: Asked, now: Instant): readonly string[] {
  return [...organisation.people.values()]
    .filter(({ active }) => active)
    .filter(
      (person) =>
        refusalOf(task, actorOf(organisation, task, { person })) === undefined ||
        principalsOf(organisation, person.userId, { kind: task.kind, now }).some(
          ({ person: absent, substitution }) =>
            refusalOf(
              task,
              actorOf(organisation, task, { person: absent, standIn: { userId: person.userId, substitution } }),
            ) === undefined,
        ),
    )
    .map(({ userId }) => userId);
}

/** The author of an answer as the workflow judges him: with the standing of the one whose authority he uses. */
function actorOf(
  organisation: Organisation,
  task: Asked,
  {
    person,
    standIn,
  }: {
    readonly person: Person;
    readonly standIn?: { readonly userId: string; readonly substitution: string };
  },
): UserActor {
  const below = activeSlots(task)
    .flatMap(({ candidates }) => candidates)
    .filter((one): one is Extract<Candidate, { superiorOf: string }> => 'superiorOf' in one)
    .filter((one) => superiorOf(organisation, one.superiorOf, one.until)?.userId === person.userId)
    .map((one) => one.superiorOf);
  const standing = {
    ...(below.length === 0 ? {} : { superiorOf: below }),
    ...(standIn === undefined ? {} : { substitution: standIn.substitution }),
    ...(person.limits === undefined ? {} : { limits: person.limits }),
  };
  return {
    kind: 'user',
    userId: standIn?.userId ?? person.userId,
    roles: person.roles,
    ...(standIn === undefined ? {} : { onBehalfOf: person.userId }),
    ...(Object.keys(standing).length === 0 ? {} : { standing }),
  };
}

function refusalOf(task: Asked, by: UserActor): RefusalCode | undefined {
  const slot = slotFor(task, by);
  if (typeof slot === 'string') return slot;
  if (isKeptOut(task, by)) return 'four_eyes';
  return isWithinLimits(task, by) ? undefined : 'over_limit';
}

/** By which words rows of tasks find somebody: his roles, his name, and whose superior he is; for himself or for another. */
export interface Handle {
  readonly userId: string;
  readonly roles: readonly Role[];
  readonly superiorKeys: readonly string[];
  /** Kinds of tasks that this way is good for. */
  readonly kinds: readonly TaskKind[] | 'all';
}

/** Every way in which tasks may be somebody's at `now`: his own, and those of whom he stands in for. */
export function handlesOf(organisation: Organisation, userId: string, now: Instant): readonly Handle[] {
  const self = organisation.people.get(userId);
  if (self === undefined || !self.active) return [];
  const kindsOf = new Map<string, TaskKind[]>();
  for (const kind of taskKinds)
    for (const { person } of principalsOf(organisation, userId, { kind, now }))
      kindsOf.set(person.userId, [...(kindsOf.get(person.userId) ?? []), kind]);
  return [
    handleOf(organisation, self, 'all'),
    ...[...kindsOf].flatMap(([absent, kinds]) => {
      const person = organisation.people.get(absent);
      return person === undefined ? [] : [handleOf(organisation, person, kinds)];
    }),
  ];
}

function handleOf(organisation: Organisation, person: Person, kinds: Handle['kinds']): Handle {
  const asks: readonly (Role | undefined)[] = [undefined, ...person.roles];
  const superiorKeys = [...organisation.people.keys()].flatMap((below) =>
    asks
      .filter((until) => superiorOf(organisation, below, until)?.userId === person.userId)
      .map((until) => superiorKey({ superiorOf: below, ...(until === undefined ? {} : { until }) })),
  );
  return { userId: person.userId, roles: person.roles, superiorKeys, kinds };
}

/** Why a set of substitutions cannot be: somebody stands in for himself, or a ring of people all away (HT-7). */
export function substitutionProblem(
  substitutions: readonly Substitution[],
  added: Substitution,
): 'self' | 'ring' | undefined {
  if (added.absent === added.substitute) return 'self';
  const overlapping = substitutions.filter(({ from, until }) => from < added.until && added.from < until);
  let standIns = [added.substitute];
  for (let step = 0; step < longestChain + 1; step += 1) {
    if (standIns.includes(added.absent)) return 'ring';
    standIns = overlapping.filter(({ absent }) => standIns.includes(absent)).map(({ substitute }) => substitute);
  }
  return undefined;
}
