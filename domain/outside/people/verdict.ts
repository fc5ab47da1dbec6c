import type { UserActor } from '../../inside/kernel/actor';
import type { RefusalCode } from '../../inside/kernel/refusal';
import type { Instant } from '../../inside/kernel/vocabulary';
import { isKeptOut, isWithinLimits, type Question, slotFor } from '../../inside/kernel/worklist/authority';
import {
  activeSlots,
  type Candidate,
  isYes,
  openSlots,
  type Slot,
  superiorKey,
} from '../../inside/kernel/worklist/task';
import type { TaskKind } from '../../inside/processes';
import { type Organisation, peopleIn, type Person, superiorOf } from './organisation';
import { principalsOf, standInsOf } from './substitutes';

/** What is asked, and of which kind: a task as far as the organisation is concerned. */
export interface Asked extends Question {
  readonly kind: TaskKind;
}

/** Somebody who may answer, as he would answer; or why he may not, and as whom he is refused. Absent: he has left, or is unknown. */
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

/** The first way that is refused for another reason than `not_a_candidate`. The workflow, which is told this way, refuses it for the same reason. */
function refusedAs(task: Asked, ways: readonly Way[]): Verdict | undefined {
  const [first] = ways;
  const refusals = ways.map((way) => ({ way, because: refusalOf(task, way) ?? 'not_a_candidate' }));
  const { way = first, because = 'not_a_candidate' } = refusals.find((one) => one.because !== 'not_a_candidate') ?? {};
  if (way === undefined || first === undefined) return undefined;
  // The workflow does not know who handed the task on. Where it is refused because of one of them, he is named as himself.
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
