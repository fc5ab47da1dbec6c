import type { Considered } from '../intake/considered';
import { parseDuration } from '../policy/duration';

/** When a completed order is archived, and who approves a late cancellation (CF-6). */
export const closingTerms = ({ policy }: Considered) => ({
  archivedAfter: parseDuration(policy.archivedAfter),
  lateCancellationBy: policy.lateCancellationBy,
});
