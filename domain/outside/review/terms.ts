import type { ReviewLevel, Terms } from '../../inside/intake/terms';
import type { Considered } from '../intake/considered';
import type { Evidence } from '../policy/conditions';
import type { Flag } from '../policy/flags';
import { fingerprint } from './fingerprint';
import { highestDiscountBp } from './order-facts';
import type { ReviewPlan } from './review-plan';

/** How a round behaves, and what an approver's limits are measured against (HT-11). */
export function reviewTerms(seen: Considered): Pick<Terms, 'review' | 'discountBp'> {
  const discountBp = highestDiscountBp(seen);
  return { review: seen.policy.reviews.round, ...(discountBp === undefined ? {} : { discountBp }) };
}

/** The levels of a plan, each bound to what policy says of the other terms (HT-12). */
export function reviewLevels(
  { intake, policy }: Considered,
  {
    terms,
    plan,
    flags,
  }: { readonly terms: Omit<Terms, 'reviews'>; readonly plan: ReviewPlan; readonly flags: readonly Flag[] },
): readonly ReviewLevel[] {
  const reviewed = { terms, intake, flags: flags.map(({ flag }) => flag) };
  return plan.levels.map((level) => ({
    ...level,
    evidence: withFlags(level.evidence, flags),
    fingerprint: fingerprint(policy.reviews.inputs[level.task], reviewed),
  }));
}

/** What a rule about flags saw is what the flags saw: the reviewer reads it with his task (HT-16). */
function withFlags(evidence: Evidence, flags: readonly Flag[]): Evidence {
  if (evidence['flags'] === undefined) return evidence;
  const details = flags.flatMap(({ flag, evidence: seen }) =>
    Object.entries(seen).map(([name, value]) => [`${flag}.${name}`, value] as const),
  );
  return { ...evidence, ...Object.fromEntries(details) };
}
