import type { TaskKind, TaskTerms } from './inside/terms';
import type { Role } from './inside/vocabulary';
import type { Organisation, Person } from './organisation';
import { type Policy, reviewTasks } from './policy';

/** A level that nobody can fill, or that four eyes leave to nobody: where in the policy, and why (HT-2, HT-10). */
export interface AssignmentProblem {
  readonly path: string;
  readonly reason: string;
}

/** Roles whose people take orders. */
const takerRoles: readonly Role[] = ['sales', 'customer_service'];

/** One signature to be found. */
interface Seat {
  readonly kind: TaskKind;
  readonly people: readonly string[];
  readonly notAlso: TaskTerms['notAlso'];
}

/**
 * Whether the people of a company can carry a policy's review, with every level asked for at once and whoever takes the
 * order: each seat has somebody, and all seats together have different people where the policy keeps them apart.
 */
export function assignmentProblems(policy: Policy, organisation: Organisation): readonly AssignmentProblem[] {
  const active = [...organisation.people.values()].filter((person) => person.active);
  const levels = reviewTasks.filter((task) => policy.reviews.rows.some((row) => row.task === task));
  const seats = levels.flatMap((kind) => seatsOf(policy, kind, active));
  const empty = seats.filter(({ people }) => people.length === 0);
  if (empty.length > 0)
    return [...new Set(empty.map(({ kind }) => kind))].map((kind) => ({
      path: `tasks.${kind}.roles`,
      reason: 'nobody active holds one of these roles, and nobody is there to fall back to',
    }));
  const takers = active.filter(({ roles }) => roles.some((role) => takerRoles.includes(role)));
  return takers.flatMap(({ userId }) => {
    const stuck = unsolvable(seats, userId);
    return stuck === undefined
      ? []
      : [{ path: `tasks.${stuck}.notAlso`, reason: `four eyes leave nobody for an order that ${userId} takes` }];
  });
}

function seatsOf(policy: Policy, kind: TaskKind, active: readonly Person[]): readonly Seat[] {
  const { roles, signing, fallback, notAlso } = policy.tasks[kind];
  const withOneOf = (wanted: readonly Role[]): readonly string[] =>
    active.filter((person) => person.roles.some((role) => wanted.includes(role))).map(({ userId }) => userId);
  const wanted = signing === undefined ? [roles] : signing.slots.slice(0, signing.needed);
  return wanted.map((these) => {
    const people = withOneOf(these);
    return { kind, people: people.length > 0 ? people : withOneOf(fallback), notAlso };
  });
}

/** The first seat that stays empty in every assignment; undefined when there is one that fills them all. */
function unsolvable(seats: readonly Seat[], taker: string): TaskKind | undefined {
  let furthest = 0;
  const fill = (taken: readonly string[]): boolean => {
    const seat = seats[taken.length];
    if (seat === undefined) return true;
    furthest = Math.max(furthest, taken.length);
    // More people than seats never run out: the first of them decide.
    return seat.people
      .filter((person) => isFree(person, seat, { seats, taken, taker }))
      .slice(0, seats.length + 1)
      .some((person) => fill([...taken, person]));
  };
  return fill([]) ? undefined : seats[furthest]?.kind;
}

function isFree(
  person: string,
  seat: Seat,
  {
    seats,
    taken,
    taker,
  }: { readonly seats: readonly Seat[]; readonly taken: readonly string[]; readonly taker: string },
): boolean {
  if (seat.notAlso.includes('taker') && person === taker) return false;
  return taken.every((other, index) => {
    if (other !== person) return true;
    const before = seats[index];
    // Two seats of one task are two persons; two tasks only where the policy keeps them apart.
    return before !== undefined && before.kind !== seat.kind && !seat.notAlso.includes(before.kind);
  });
}
