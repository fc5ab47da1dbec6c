import type { Role } from '../../inside/kernel/vocabulary';
import type { TaskTerms } from '../../inside/kernel/worklist/terms';
import type { TaskKind } from '../../inside/processes';
import { superiorOf, type Organisation } from './organisation';
import { type Policy, reviewTasks } from '../policy/policy';

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
  /** Who signs where none of the people may (HT-2). */
  readonly fallback: readonly string[];
  readonly separateFrom: TaskTerms['separateFrom'];
}

/**
 * Whether the people of a company can carry a policy's review, with every level asked for at once and whoever takes the
 * order and looks after it: each seat has somebody, and all seats together have different people where the policy keeps them
 * apart. Limits are not looked at: they depend on the order.
 */
export function assignmentProblems(policy: Policy, organisation: Organisation): readonly AssignmentProblem[] {
  const takers = [...organisation.people.values()]
    .filter(({ active, roles }) => active && roles.some((role) => takerRoles.includes(role)))
    .map(({ userId }) => userId);
  const levels = reviewTasks.filter((task) => policy.reviews.rows.some((row) => row.task === task));
  const seatsFor = (taker: string | undefined): readonly Seat[] =>
    levels.flatMap((kind) => seatsOf(policy, kind, { organisation, taker }));
  const found = new Map<string, AssignmentProblem>();
  for (const taker of takers.length === 0 ? [undefined] : takers) {
    for (const problem of problemsOf(seatsFor(taker), taker)) found.set(`${problem.path} ${problem.reason}`, problem);
    if (found.size >= mostTold) break;
  }
  return [...found.values()];
}

/** A policy that half the company cannot carry is told by its first problems. */
const mostTold = 20;

function problemsOf(seats: readonly Seat[], taker: string | undefined): readonly AssignmentProblem[] {
  const empty = seats.filter(({ people, fallback }) => people.length + fallback.length === 0);
  if (empty.length > 0)
    return empty.map(({ kind }) => ({
      path: `tasks.${kind}.roles`,
      reason: 'nobody active is asked, and nobody is there to fall back to',
    }));
  const stuck = unsolvable(seats, taker);
  if (stuck === undefined) return [];
  const whose = taker === undefined ? 'an order' : `an order that ${taker} takes`;
  return [{ path: `tasks.${stuck}.separateFrom`, reason: `four eyes leave nobody for ${whose}` }];
}

/** As many seats of a level as have to be signed: in sequence the first, side by side those with the most people. */
function seatsOf(
  policy: Policy,
  kind: TaskKind,
  { organisation, taker }: { readonly organisation: Organisation; readonly taker: string | undefined },
): readonly Seat[] {
  const { roles, signing, fallback, separateFrom, alsoSalesperson, superior } = policy.tasks[kind];
  const above =
    taker === undefined || superior === undefined ? undefined : superiorOf(organisation, taker, superior.until);
  const salesperson = taker === undefined ? [] : [taker];
  const byName = [...(alsoSalesperson ? salesperson : []), ...(above === undefined ? [] : [above.userId])];
  const wanted = signing === undefined ? [roles] : signing.slots;
  return wanted
    .map((these) => ({
      kind,
      people: [
        ...new Set([
          ...holders(organisation, these),
          ...(these.includes('salesperson') ? salesperson : []),
          ...(signing === undefined ? byName : []),
        ]),
      ],
      fallback: holders(organisation, fallback),
      separateFrom,
    }))
    .toSorted((one, other) => (signing?.inSequence === true ? 0 : other.people.length - one.people.length))
    .slice(0, signing?.needed ?? 1);
}

const holders = ({ people }: Organisation, wanted: readonly (Role | 'salesperson')[]): readonly string[] =>
  [...people.values()]
    .filter(({ active, roles }) => active && roles.some((role) => wanted.includes(role)))
    .map(({ userId }) => userId);

/** A search that takes longer has found nobody: what cannot be shown to work is not published. */
const mostSteps = 5_000;

/** The first seat that stays empty in every assignment; undefined when there is one that fills them all. */
function unsolvable(seats: readonly Seat[], taker: string | undefined): TaskKind | undefined {
  let furthest = 0;
  let steps = 0;
  const fill = (taken: readonly string[]): boolean => {
    const seat = seats[taken.length];
    if (seat === undefined) return true;
    if (++steps > mostSteps) return false;
    furthest = Math.max(furthest, taken.length);
    const isFree = (person: string): boolean => mayTake(person, seat, { seats, taken, taker });
    const free = seat.people.filter(isFree);
    // It is enough to try one person more than there are seats: the other seats cannot take all of them.
    return (free.length > 0 ? free : seat.fallback.filter(isFree))
      .slice(0, seats.length + 1)
      .some((person) => fill([...taken, person]));
  };
  return fill([]) ? undefined : seats[furthest]?.kind;
}

function mayTake(
  person: string,
  seat: Seat,
  {
    seats,
    taken,
    taker,
  }: { readonly seats: readonly Seat[]; readonly taken: readonly string[]; readonly taker: string | undefined },
): boolean {
  if (seat.separateFrom.includes('taker') && person === taker) return false;
  return taken.every((other, index) => {
    if (other !== person) return true;
    const before = seats[index];
    // Two seats of one task are two persons; two tasks only where the policy keeps them apart.
    return before !== undefined && before.kind !== seat.kind && !seat.separateFrom.includes(before.kind);
  });
}
