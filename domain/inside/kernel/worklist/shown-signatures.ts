import { personsBehind } from '../actor';
import { isYes, type Decision, type Task } from './task';
import type { Outcome } from './terms';
import type { Instant } from '../vocabulary';

/** A signature as people read it. */
export interface ShownSignature {
  readonly userId: string;
  readonly onBehalfOf: string | null;
  readonly outcome: Outcome;
  readonly at: Instant;
}

type Signed = Pick<Task, 'slots' | 'signing'>;

/** Who has signed, the earliest first (HT-3). */
export const signedOf = ({ slots }: Signed): readonly ShownSignature[] =>
  slots
    .flatMap(({ signature }) => (signature === undefined ? [] : [shown(signature)]))
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));

/** How many have to approve: as many of policy's own slots as it says, and everybody who was added (HT-6). */
export const neededOf = ({ slots, signing }: Signed): number =>
  signing.needed + slots.filter(({ addedBy, state }) => addedBy !== undefined && state !== 'removed').length;

/** How many of them have. */
export const approvedOf = (signed: readonly ShownSignature[]): number => signed.filter(isYes).length;

function shown({ by, outcome, at }: Decision): ShownSignature {
  const [userId = by.kind, onBehalfOf] = personsBehind(by);
  return { userId, onBehalfOf: onBehalfOf ?? null, outcome, at };
}
