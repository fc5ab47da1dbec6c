import type { Considered } from '../intake/considered';
import { parseDuration } from '../policy/duration';

/** What is promised, when the letter goes out, and how the date slides until it is back (CF-1, CF-3). */
export const confirmationTerms = ({ intake, policy, gradeRow, offer }: Considered) => ({
  specialWishes: (intake.specialRequirements ?? '').trim() !== '',
  offeredOn: offer.offeredOn,
  slide: gradeRow.slide,
  confirmationWithin: parseDuration(policy.confirmation.sentWithin),
});
