import type { Instant, Role } from '../../inside/kernel/vocabulary';
import { isKeptOut } from '../../inside/kernel/worklist/authority';
import type { Organisation, Person } from '../people/organisation';
import { principalsOf } from '../people/substitutes';
import { type Asked, findCandidates, verdictFor } from '../people/verdict';
import { noticeText } from './texts';

/** A notice as its row stands, as far as it says whom it is for. */
export interface Told {
  readonly template: string;
  /** Roles and user ids. */
  readonly to: readonly string[];
  /** Who caused it: he knows. */
  readonly by?: string | undefined;
}

/** A task as it stands now, with the names that its row carries. */
export interface AskedNow extends Asked {
  readonly state: string;
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

/** Whether a notice asks somebody to answer its task. */
const asksToAct = (template: string): boolean => noticeText(template)?.asksToAct === true;

/** Whether a notice does not wait for a digest. */
export const isUrgent = (template: string): boolean => noticeText(template)?.isUrgent === true;

/**
 * The active people whom a notice is for now. One that asks a task's own people goes to who may sign at this moment, be it as
 * superior, substitute or fallback; others go to whom they name and to who stands in for them (HT-1, HT-2, HT-7). A task that
 * is closed asks nobody.
 */
export function addresseesOf(
  organisation: Organisation,
  notice: Told,
  task: AskedNow | undefined,
  now: Instant,
): readonly string[] {
  if (task !== undefined && asksToAct(notice.template)) {
    if (task.state !== 'open') return [];
    if (namesOnlyHolders(notice, task)) return holdersOf(organisation, task, now);
  }
  return named(organisation, notice, task, now).filter((userId) => userId !== notice.by);
}

/** Whether a notice is still to be delivered to its addressee: he has not left, and the task is still his to answer. */
export function isStillTold(
  organisation: Organisation,
  notice: Told & { readonly userId: string },
  task: AskedNow | undefined,
  now: Instant,
): boolean {
  if (organisation.people.get(notice.userId)?.active !== true) return false;
  return task === undefined || !asksToAct(notice.template)
    ? true
    : addresseesOf(organisation, notice, task, now).includes(notice.userId);
}

const namesOnlyHolders = ({ template, to }: Told, { roles, users }: AskedNow): boolean =>
  template !== 'rung.escalate' && to.every((name) => roles.includes(name) || users.includes(name));

function holdersOf(organisation: Organisation, task: AskedNow, now: Instant): readonly string[] {
  const candidates = findCandidates(organisation, task, now);
  if (candidates.length > 0) return candidates;
  return [...organisation.people.keys()].filter((userId) => 'by' in verdictFor(organisation, userId, task, now));
}

function named(
  organisation: Organisation,
  { template, to }: Told,
  task: AskedNow | undefined,
  now: Instant,
): readonly string[] {
  const isNamed = ({ userId, roles }: Person): boolean =>
    to.includes(userId) || roles.some((role: Role) => to.includes(role));
  // A notice that is about no task goes only to substitutes who stand in for all kinds of tasks.
  const stoodIn =
    task === undefined
      ? { ...organisation, substitutions: organisation.substitutions.filter(({ kinds }) => kinds.length === 0) }
      : organisation;
  const kind = task?.kind ?? null;
  return [...organisation.people.values()]
    .filter(({ active }) => active)
    .filter(
      (person) =>
        isNamed(person) ||
        principalsOf(stoodIn, person.userId, { kind, now }).some(({ person: absent }) => isNamed(absent)),
    )
    .filter(
      ({ userId, roles }) =>
        task === undefined || !asksToAct(template) || !isKeptOut(task, { kind: 'user', userId, roles }),
    )
    .map(({ userId }) => userId);
}
