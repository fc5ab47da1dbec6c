import type { Terms } from '../inside/intake/terms';
import { hasOwnTerm } from './billing/terms';
import type { Offer } from './confirmation/offer';
import { explainedDeposit } from './deposit/terms';
import { canonicalJson, sha256 } from './filing/digest';
import { considered, type TermsQuestion } from './intake/considered';
import { organTerms } from './organs';
import type { Evidence } from './policy/conditions';
import type { DurationText } from './policy/duration';
import { flagFacts } from './policy/flag-facts';
import { type Flag, flagsOf } from './policy/flags';
import type { OrderFacts } from './policy/policy';
import { orderFacts } from './review/order-facts';
import { type ReviewPlan, reviewPlan } from './review/review-plan';
import { reviewLevels } from './review/terms';

/** Which rule led to which term and what it saw (design rule 4); kept with the terms, shown by `explain`. */
export interface TermsExplanation {
  readonly facts: OrderFacts;
  readonly gradeIsAssumed: boolean;
  readonly flags: readonly Flag[];
  readonly reviews: ReviewPlan;
  readonly deposit: { readonly rule: string; readonly evidence: Evidence };
  readonly offer: Offer;
  /** How long after its approval the confirmation goes out (CF-1, IN-8). */
  readonly confirmationWithin: DurationText;
  readonly paymentTermFrom: 'customer' | 'policy';
}

/** What one order must go through, by a policy: pure, so the same question always has the same answer (EX-2). */
export function termsFor(question: TermsQuestion): { readonly terms: Terms; readonly explanation: TermsExplanation } {
  const { policy, customer } = question;
  const seen = considered(question);
  const flags = flagsOf(policy.flags, flagFacts(seen));
  const facts = orderFacts(seen, flags);
  const plan = reviewPlan(policy.reviews, facts);
  const unreviewed: Omit<Terms, 'reviews'> = organTerms(seen);
  const terms: Terms = { ...unreviewed, reviews: reviewLevels(seen, { terms: unreviewed, plan, flags }) };
  return {
    terms: { ...terms, policy: { ...terms.policy, hash: termsHash(terms) } },
    explanation: {
      facts,
      gradeIsAssumed: customer === null,
      flags,
      reviews: plan,
      deposit: explainedDeposit(seen),
      offer: seen.offer,
      confirmationWithin: policy.confirmation.sentWithin,
      paymentTermFrom: hasOwnTerm(question) ? 'customer' : 'policy',
    },
  };
}

/** A hash over everything the terms say but the hash itself (V7): what was approved is what is carried out. */
export function termsHash(terms: Terms): string {
  const { hash: _own, ...policy } = terms.policy;
  return sha256(canonicalJson({ ...terms, policy }));
}
