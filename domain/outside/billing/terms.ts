import type { Terms } from '../../inside/intake/terms';
import type { Considered } from '../intake/considered';
import { parseDuration } from '../policy/duration';

/** When a delivery counts as confirmed (DL-1), and when its bill falls due. */
export const billingTerms = (seen: Considered): Pick<Terms, 'confirmedAfter' | 'paymentTerm'> => ({
  confirmedAfter: parseDuration(seen.policy.confirmedAfter),
  paymentTerm: hasOwnTerm(seen)
    ? { kind: 'elapsed', seconds: seen.customer.paymentTermDays * 86_400 }
    : parseDuration(seen.gradeRow.paymentTerm),
});

/** Whether the customer has a term of payment of his own; else his grade's counts. */
export const hasOwnTerm = <Seen extends Pick<Considered, 'customer'>>(
  seen: Seen,
): seen is Seen & { readonly customer: NonNullable<Considered['customer']> } =>
  (seen.customer?.paymentTermDays ?? 0) > 0;
