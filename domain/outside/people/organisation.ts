import type { Limits, UserActor } from '../../inside/kernel/actor';
import type { RefusalCode } from '../../inside/kernel/refusal';
import type { Instant, Role } from '../../inside/kernel/vocabulary';
import { isKeptOut, isWithinLimits, type Question, slotFor } from '../../inside/kernel/worklist/authority';
import {
  activeSlots,
  type Candidate,
  isYes,
  openSlots,
  type Slot,
  superiorKey,
} from '../../inside/kernel/worklist/task';
import { type TaskKind, taskKinds } from '../../inside/processes';

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

/** Somebody for whom a person acts now. */
export interface Principal {
  readonly person: Person;
  /** The substitution by which the person himself stands in: the last of the chain. */
  readonly substitution: string;
  /** Who handed on between the two, being away as well: four eyes look at them too (V3). */
  readonly through: readonly string[];
}

/** For whom somebody may act at `now` on tasks of a kind: those he stands in for, and whom those stand in for while away. */
export function principalsOf(
  { people, substitutions }: Organisation,
  userId: string,
  { kind, now }: OfTask,
): readonly Principal[] {
  const inForce = substitutions.filter((one) => isInForce(one, { kind, now }));
  const found: Principal[] = [];
  const seen = new Set([userId]);
  let standIns: readonly { userId: string; substitution: string; through: readonly string[] }[] = [
    { userId, substitution: '', through: [] },
  ];
  for (let step = 0; step < longestChain && standIns.length > 0; step += 1) {
    standIns = standIns.flatMap((standIn) =>
      inForce.flatMap(({ id, absent, substitute }) => {
        const person = people.get(absent);
        // Who has left has no authority to lend: his tasks are handed over instead.
        if (substitute !== standIn.userId || person?.active !== true || seen.has(absent)) return [];
        seen.add(absent);
        const substitution = standIn.substitution || id;
        found.push({ person, substitution, through: standIn.through });
        return [{ userId: absent, substitution, through: [...standIn.through, absent] }];
      }),
    );
  }
  return found;
}

/** Which task is meant, and when; null: none, which concerns who stands in for everything. */
interface OfTask {
  readonly kind: TaskKind | null;
  readonly now: Instant;
}

const isInForce = ({ from, until, kinds }: Substitution, { kind, now }: OfTask): boolean =>
  from <= now && now < until && (kinds.length === 0 || (kind !== null && kinds.includes(kind)));

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

/** What is asked, and of which kind: a task as far as the organisation is concerned. */
export interface Asked extends Question {
  readonly kind: TaskKind;
}

/** Somebody who may answer, as he would answer; or why he may not, and as whom he is refused: as nobody who has left. */
export type Verdict = { readonly by: UserActor } | { readonly because: RefusalCode; readonly refused?: UserActor };

/**
 * As whom somebody may answer a task now: for himself, else for one whom he stands in for, else by the fallback while nobody
 * is there whom the task names (HT-2, HT-7). The first way that the task accepts; else why the first way fails (HT-17).
 */
export function verdictFor(organisation: Organisation, userId: string, task: Asked, now: Instant): Verdict {
  const own = waysOf(organisation, userId, { task, now });
  const way = own.find((one) => refusalOf(task, one) === undefined);
  if (way !== undefined) return { by: way.by };
  const byFallback = isWithoutCandidates(organisation, task) ? own.map(asFallback) : [];
  const fallback = byFallback.find((one) => refusalOf(task, one) === undefined);
  if (fallback !== undefined) return { by: fallback.by };
  return refusedAs(task, [...own, ...byFallback]) ?? { because: 'not_a_candidate' };
}

/** The first way whose refusal says more than that the task is for others; with it the workflow comes to the same. */
function refusedAs(task: Asked, ways: readonly Way[]): Verdict | undefined {
  const [first] = ways;
  const refusals = ways.map((way) => ({ way, because: refusalOf(task, way) ?? 'not_a_candidate' }));
  const { way = first, because = 'not_a_candidate' } = refusals.find((one) => one.because !== 'not_a_candidate') ?? {};
  if (way === undefined || first === undefined) return undefined;
  // Who handed on between them only the organisation knows: refused for their sake, he comes as himself.
  return { because, refused: refusalOf(task, { ...way, through: [] }) === undefined ? first.by : way.by };
}

/** One way in which somebody may come to a task, and who handed it on to him. */
interface Way {
  readonly by: UserActor;
  readonly through: readonly string[];
}

function waysOf(
  organisation: Organisation,
  userId: string,
  { task, now }: { readonly task: Asked; readonly now: Instant },
): readonly Way[] {
  const self = organisation.people.get(userId);
  if (self === undefined || !self.active) return [];
  return [
    { by: actorOf(organisation, task, { person: self }), through: [] },
    ...principalsOf(organisation, userId, { kind: task.kind, now }).map(({ person, substitution, through }) => ({
      by: actorOf(organisation, task, { person, standIn: { userId, substitution } }),
      through,
    })),
  ];
}

const asFallback = ({ by, through }: Way): Way => ({
  by: { ...by, actingAs: { ...by.actingAs, asFallback: true } },
  through,
});

/** The active people who may sign now, for themselves or for another, by id; the fallback is not among them. */
export function findCandidates(organisation: Organisation, task: Asked, now: Instant): readonly string[] {
  const signsHimself = (person: Person): boolean =>
    refusalOf(task, { by: actorOf(organisation, task, { person }), through: [] }) === undefined;
  const direct = new Set(
    peopleAsked(organisation, task)
      .filter(signsHimself)
      .map(({ userId }) => userId),
  );
  const others = standInsOf(organisation, { kind: task.kind, now }).filter((userId) => !direct.has(userId));
  const forAnother = maySign(others, (userId) =>
    waysOf(organisation, userId, { task, now }).some((way) => refusalOf(task, way) === undefined),
  );
  return [...direct, ...forAnother].toSorted();
}

/** Who may answer a task now: its candidates, and while nobody is there for what comes next its fallback (HT-2, HT-17). */
export function findDeciders(organisation: Organisation, task: Asked, now: Instant): readonly string[] {
  if (!isWithoutCandidates(organisation, task)) return findCandidates(organisation, task, now);
  const fallback = task.fallback.flatMap((role) => peopleIn(organisation, role)).map(({ userId }) => userId);
  const candidates = findCandidates(organisation, task, now);
  return maySign(
    [...candidates, ...fallback, ...standInsOf(organisation, { kind: task.kind, now })],
    (userId) => 'by' in verdictFor(organisation, userId, task, now),
  );
}

const maySign = (ids: readonly string[], may: (userId: string) => boolean): readonly string[] =>
  [...new Set(ids)].filter(may).toSorted();

const standInsOf = (
  { substitutions }: Organisation,
  when: { readonly kind: TaskKind; readonly now: Instant },
): readonly string[] => substitutions.filter((one) => isInForce(one, when)).map(({ substitute }) => substitute);

/**
 * Whether nobody is there for the signature that comes next, and the task cannot be decided without it (HT-2). Substitutes
 * change nothing about it: whom they act for could sign himself.
 */
export function isWithoutCandidates(organisation: Organisation, task: Asked): boolean {
  const active = activeSlots(task);
  const [next] = active;
  const isManned = (slot: Slot): boolean => somebodySigns(organisation, task, slot);
  if (next === undefined || isManned(next)) return false;
  if (next.addedBy !== undefined || !active.some(isManned)) return true;
  const own = task.slots.filter(({ addedBy }) => addedBy === undefined);
  const signed = own.filter(({ signature }) => isYes(signature)).length;
  const inReach = openSlots(task).filter((slot) => slot.addedBy === undefined && isManned(slot)).length;
  return signed + inReach < task.signing.needed;
}

/** Whether somebody could sign this slot if it were the only one left. */
function somebodySigns(organisation: Organisation, task: Asked, slot: Slot): boolean {
  const alone: Asked = { ...task, slots: task.slots.filter(({ no, state }) => no === slot.no || state !== 'open') };
  return peopleAsked(organisation, alone).some(
    (person) => refusalOf(alone, { by: actorOf(organisation, alone, { person }), through: [] }) === undefined,
  );
}

/** The active people whom the task names now, by role, name or line. */
function peopleAsked(organisation: Organisation, task: Asked): readonly Person[] {
  const named = activeSlots(task)
    .flatMap(({ candidates }) => candidates)
    .flatMap((candidate) => {
      if ('role' in candidate) return peopleIn(organisation, candidate.role);
      const one =
        'user' in candidate
          ? organisation.people.get(candidate.user)
          : superiorOf(organisation, candidate.superiorOf, candidate.until);
      return one === undefined ? [] : [one];
    });
  return [...new Set(named)].filter(({ active }) => active);
}

/** The author of an answer as the workflow judges him: acting as the one whose authority he uses. */
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
    .flatMap(({ candidates, origin = [] }) => [...candidates, ...origin])
    .filter((one): one is Extract<Candidate, { superiorOf: string }> => 'superiorOf' in one)
    .filter((one) => superiorOf(organisation, one.superiorOf, one.until)?.userId === person.userId)
    .map(superiorKey);
  const actingAs = {
    ...(below.length === 0 ? {} : { superiorOf: below }),
    ...(standIn === undefined ? {} : { substitution: standIn.substitution }),
    ...(person.limits === undefined ? {} : { limits: person.limits }),
  };
  return {
    kind: 'user',
    userId: standIn?.userId ?? person.userId,
    roles: person.roles,
    ...(standIn === undefined ? {} : { onBehalfOf: person.userId }),
    ...(Object.keys(actingAs).length === 0 ? {} : { actingAs }),
  };
}

function refusalOf(task: Asked, { by, through }: Way): RefusalCode | undefined {
  const slot = slotFor(task, by);
  if (typeof slot === 'string') return slot;
  const isOut = (userId: string): boolean => isKeptOut(task, { kind: 'user', userId, roles: [] });
  if (through.some(isOut)) return 'four_eyes';
  return isWithinLimits(task, by) ? undefined : 'over_limit';
}

/** Whether a claim leaves somebody free to act: it is his, of whom he stands in for, or of who stands in for him (HT-7). */
export function sharesClaim(
  organisation: Organisation,
  { claimedBy, userId }: { readonly claimedBy: string; readonly userId: string },
  when: { readonly kind: TaskKind; readonly now: Instant },
): boolean {
  const actsFor = (one: string, other: string): boolean =>
    principalsOf(organisation, one, when).some(({ person }) => person.userId === other);
  return claimedBy === userId || actsFor(userId, claimedBy) || actsFor(claimedBy, userId);
}

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
): Candidacy => ({ userId, roles, superiorKeys: indexOf(organisation).superiorKeys.get(userId) ?? [], ...way });

const peopleIn = (organisation: Organisation, role: Role): readonly Person[] =>
  indexOf(organisation).byRole.get(role) ?? [];

/** What would otherwise be looked for among all people at every question. */
interface Index {
  /** Active people. */
  readonly byRole: ReadonlyMap<Role, readonly Person[]>;
  readonly superiorKeys: ReadonlyMap<string, readonly string[]>;
}

/** An organisation never changes, a changed one is another: what was counted once is counted for good. */
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

/** Why a substitution cannot be: somebody would stand in for himself, at once or by a ring of people all away (HT-7). */
export function substitutionProblem(
  substitutions: readonly Substitution[],
  added: Substitution,
): 'self' | 'ring' | undefined {
  if (added.absent === added.substitute) return 'self';
  const overlapping = substitutions.filter(({ from, until }) => from < added.until && added.from < until);
  const seen = new Set([added.substitute]);
  // A set grows while it is walked: each who is away hands on to his own substitutes.
  for (const away of seen) for (const { absent, substitute } of overlapping) if (absent === away) seen.add(substitute);
  return seen.has(added.absent) ? 'ring' : undefined;
}
