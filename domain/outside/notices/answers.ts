import { type Outcome, outcomesWithReason } from '../../inside/kernel/worklist/terms';

// Conditions are chosen among the policy's own, which a link does not show (RV-5).
const inWords: readonly Outcome[] = ['ask', 'approve_with_conditions'];

/** Whether an answer needs words beside it, so that one click does not give it: a reason, a question, a condition (V5). */
export const needsWords = (outcome: Outcome): boolean =>
  outcomesWithReason.includes(outcome) || inWords.includes(outcome);

/** Whether an answer is refused without words: whoever gets a no, or a question, has to know why (HT-4). */
export const mustSayWhy = (outcome: Outcome): boolean => ['return', 'reject', 'ask'].includes(outcome);
