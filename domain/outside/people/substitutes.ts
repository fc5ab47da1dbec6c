import type { Instant } from '../../inside/kernel/vocabulary';
import type { TaskKind } from '../../inside/processes';
import type { Organisation, Person, Substitution } from './organisation';

/** A substitute who is away himself hands on to his own; no further than this (HT-7). */
const longestChain = 3;

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

/** Who stands in for somebody now. */
export const standInsOf = (
  { substitutions }: Organisation,
  when: { readonly kind: TaskKind; readonly now: Instant },
): readonly string[] => substitutions.filter((one) => isInForce(one, when)).map(({ substitute }) => substitute);

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
