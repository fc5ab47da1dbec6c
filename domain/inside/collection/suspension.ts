import { acts, effectKey, type Effect } from '../kernel/effect';
import type { Body } from '../kernel/fact';
import type { LadderView } from './ladder-state';

/** What a collection does in the books of its customer; the same key twice is one effect (X4). */
export interface CollectingActivities {
  /** Stops the customer until it is lifted; the key names the suspension, for others may stop him too (DN-12). */
  suspendCustomer(request: { readonly key: string; readonly customerId: string }): Promise<void>;
  /** Lifts that suspension alone. */
  liftSuspension(request: {
    readonly key: string;
    readonly customerId: string;
    /** The key that it was set with. */
    readonly suspension: string;
  }): Promise<void>;
}

export const suspensionFacts = { customerSuspended: {}, suspensionLifted: {} } as const;

const books = acts<CollectingActivities>();

/** The customer is suspended while the ladder says so, and no longer than he owes. Nobody is suspended who is no customer in the books. */
export function suspensionEffects({ no, ladder }: LadderView): readonly Effect<Body<typeof suspensionFacts>>[] {
  const { suspends, suspended, suspensions, terms } = ladder;
  const { customerId } = terms;
  if (customerId === null || suspends === suspended) return [];
  const keyOf = (about: string, n: number): string => effectKey(no, 'ladder', about, n);
  if (suspends)
    return [
      books({ key: keyOf('suspend', suspensions + 1) }, 'suspendCustomer', { customerId }, () => ({
        kind: 'customerSuspended',
      })),
    ];
  const suspension = keyOf('suspend', suspensions);
  return [
    books({ key: keyOf('lift', suspensions) }, 'liftSuspension', { customerId, suspension }, () => ({
      kind: 'suspensionLifted',
    })),
  ];
}
