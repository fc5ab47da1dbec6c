import type { Terms } from '../../inside/intake/terms';
import type { Fen } from '../../inside/kernel/vocabulary';
import { balanceIsFirst } from '../clearance/terms';
import { depositFen } from '../deposit/terms';
import type { Considered } from '../intake/considered';

/** What the order takes up of its customer's credit, who may let it take more, and what the books say of him now. */
export const creditTerms = (seen: Considered): Pick<Terms, 'exposureFen' | 'specialCredit' | 'customer'> => ({
  exposureFen: exposureFen(seen),
  specialCredit: seen.policy.credit.specialBy,
  ...(seen.customer?.status === undefined ? {} : { customer: seen.customer.status }),
});

/** What would be owed after the goods have gone (HG-3); a guarantor, a carrier or the till covers a small order. */
export const exposureFen = (seen: Considered): Fen =>
  balanceIsFirst(seen) || seen.small.row !== null ? 0 : seen.totals.totalFen - depositFen(seen);
