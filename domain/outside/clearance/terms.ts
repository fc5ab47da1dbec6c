import type { Terms } from '../../inside/intake/terms';
import type { Considered } from '../intake/considered';
import { parseDuration } from '../policy/duration';

/** Whether goods wait for the balance, and who may let them go without it (BL-1 to BL-3, CF-5). */
export const clearanceTerms = (
  seen: Considered,
): Pick<Terms, 'balanceBeforeShipment' | 'smallOrderPath' | 'releaseBy' | 'releaseExpiresAfter'> => ({
  balanceBeforeShipment: balanceIsFirst(seen),
  smallOrderPath: seen.small.path,
  releaseBy: seen.policy.release.rows,
  releaseExpiresAfter: parseDuration(seen.policy.release.expiresAfter),
});

/** By grade (BL-1), or by the path that was picked for a small order (CF-5). */
export const balanceIsFirst = ({ gradeRow, small }: Considered): boolean =>
  small.row?.balanceBeforeShipment ?? gradeRow.balanceBeforeShipment;
