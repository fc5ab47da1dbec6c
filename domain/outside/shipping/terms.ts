import type { Terms } from '../../inside/intake/terms';
import type { Considered } from '../intake/considered';
import { parseDuration } from '../policy/duration';

/** Whether goods go in parts (SH-3), and how long they wait to be picked up (SH-7). */
export const shippingTerms = ({ intake, policy }: Considered): Pick<Terms, 'ships' | 'unclaimedAfter'> => ({
  ships: intake.deliveryWish?.inParts === true ? 'as_ready' : 'together',
  unclaimedAfter: parseDuration(policy.unclaimedAfter),
});
