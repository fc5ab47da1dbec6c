import type { Terms } from './terms';

/**
 * How the rules inside workflows changed under orders that are open: one named question per change. An order keeps the rules
 * that its terms were made for until it is revised (HT-16), so a replay of what was recorded before asks the same as then.
 * What changes commands and depends on no terms is a question of `workflows/changes.ts` instead.
 */
export const currentEdition = 3;

const since =
  (edition: number) =>
  (terms: Pick<Terms, 'edition'>): boolean =>
    (terms.edition ?? 1) >= edition;

/** A return or rejection names a reason of the task's own list (HT-4). */
export const reasonsAreListed = since(2);

/** What is heard of the customer while the books are asked about him is newer than their answer: they are asked again (HG-2). */
export const booksAreAskedAgain = since(2);

/** Credit is withdrawn for the customer's standing alone: goods that wait for a deposit go once it is there (CF-5, Q8). */
export const onlyStandingWithdraws = since(2);

/** Somebody holds the ball for a hold of the customer that shuts the gate which the order comes to next (HG-1, S5). */
export const customerHoldsAreLookedAfter = since(2);

/** Who a task was transferred to needs the role that policy asked for (V4). */
export const transfersKeepAuthority = since(2);

/** Of a decided task a signature is taken back only where the decision is of its kind: the rest would decide nothing (HT-5, S5). */
export const whoDecidedTakesBack = since(2);

/** A hold of the customer that shuts `accept` is waited for by who may lift it, not by finance as credit (HG-1, EX-1). */
export const acceptHoldsAreLookedAfter = since(3);

/** Who holds a task by name counts by the role that he stands for, so that lists by role find it (RV-8, HT-17). */
export const rolesAnswerForNames = since(3);

/** A task that is passed on from one to the next is due when the ladder goes on from whose turn it is (IN-9, RV-8). */
export const dueGoesWithTheTurn = since(3);

/** Any decision is undone until the next effect that cannot be: before, only levels under review and open tasks' signatures (HT-5). */
export const decisionsAreUndone = since(3);

/** Who drafted a contract neither co-signs it nor signs it for the company (HT-10, RV-10). */
export const draftersStandApart = since(3);

/** A paper lifts a hold only from whom policy names, filed after the hold was set, and not from the taker alone (RV-5, HT-10). */
export const papersAreJudged = since(3);

/** A change keeps its author out of an open level only where the taker may not decide it (V3, IN-9). */
export const onlyTakersAreKeptOut = since(3);

/** Rungs that a pause moved come in the order of their instants (HT-8, T1). */
export const rungsStayInOrder = since(3);

/** A contract is read before it is approved: no approval of another level, given without its draft, passes for it (HT-11, RV-10). */
export const contractsAreRead = since(3);

/** A condition that fell with the decision that set it is nobody's to lift any more (HT-5, S5). */
export const fallenConditionsAskNobody = since(3);

/** Money goes back once all have signed for it: not on a delegate's advice, nor on the first of two signatures (HT-6, V3). */
export const refundsAwaitTheirDecision = since(3);

/** Who signed in an earlier turn takes nothing back once a later one has signed on it (HT-5). */
export const laterTurnsBind = since(3);

/** Who prepared an answer as a delegate has been at it, like who gave it: he who picked does not check (V3). */
export const advisersCount = since(3);
