import { close } from './closing';
import { closeTasks, withoutWait } from './desk';
import type { Dossier } from './dossier';
import type { Message, Step } from './fact';
import { acceptIsHeld, type CustomerSeen, isOlder, isOpen } from './gate';
import { sendBack, sentBackBy } from './review';
import type { Decision, Task } from './task';
import type { Terms } from './terms';
import type { Fen, Role } from './vocabulary';

/** Why a customer's credit was not given, as the books saw it at that moment (HT-16, AR-4). */
export interface CreditRefusal {
  readonly because: 'over_limit' | 'suspended' | 'held';
  readonly limitFen: Fen;
  readonly usedFen: Fen;
}

/** Where an order stands with its customer's credit: asked before it counts as approved (V8). */
export type Credit =
  | { readonly state: 'reserved'; readonly specialBy?: string }
  | ({ readonly state: 'refused' } & CreditRefusal)
  /** Something changed, or a special approval was given: it is asked once more. */
  | { readonly state: 'again'; readonly special?: Special };

/** A special approval: the task, and the excess that it covers. */
export interface Special {
  readonly by: string;
  readonly excessFen: Fen;
}

/** The order is accepted: what it takes up is reserved. */
export function creditReserved(
  dossier: Dossier,
  { customer, specialBy }: Extract<Step, { kind: 'creditReserved' }>,
): Dossier {
  const free = closeTasks(withoutWait(dossier, 'credit'), (task) => task.kind === 'credit.special');
  const credit: Credit = { state: 'reserved', ...(specialBy === undefined ? {} : { specialBy }) };
  return passedIfOpen({ ...free, customer: newerOf(dossier.customer, customer), credit });
}

/** The special approval that it was reserved by was undone while the books were asked (HT-5). */
export const approvalIsUndone = (
  { credit }: Dossier,
  { specialBy }: Extract<Step, { kind: 'creditReserved' }>,
): boolean => specialBy !== undefined && (credit?.state !== 'again' || credit.special?.by !== specialBy);

/** The gate's answer may come after what was told later than it looked. */
const newerOf = (known: CustomerSeen, seen: CustomerSeen): CustomerSeen => (isOlder(seen, known) ? known : seen);

/** Accepted at a gate that nothing shuts: only then does the order count as approved (Q8, V8). */
const passedIfOpen = (dossier: Dossier): Dossier =>
  isOpen(dossier, 'accept') ? { ...dossier, reviewPassed: true, status: 'approved' } : dossier;

/** The gate stays shut; an event or a special approval opens it (RV-4, HG-2). */
export function creditRefused(dossier: Dossier, fact: Extract<Step, { kind: 'creditRefused' }>): Dossier {
  const { because, limitFen, usedFen, customer } = fact;
  // Another excess is another question, perhaps of another authority.
  const excessFen = usedFen + dossier.terms.exposureFen - limitFen;
  const stays = (task: Task): boolean => because === 'over_limit' && task.amountFen === excessFen;
  const open = closeTasks(dossier, (task) => task.kind === 'credit.special' && !stays(task));
  const refused: Dossier = { ...open, customer, credit: { state: 'refused', because, limitFen, usedFen } };
  return acceptIsHeld(refused) ? withoutWait(refused, 'credit') : refused;
}

/** A suspension, a hold, a limit or a payment of the customer changed: what waits for that looks again (HG-2). */
export function customerChanged(
  dossier: Dossier,
  { suspended, holds, standingVersion: version }: Extract<Message, { kind: 'customerStandingChanged' }>,
): Dossier {
  const told = { ...dossier, customer: { suspended, holds, ...(version === undefined ? {} : { version }) } };
  return dossier.credit?.state === 'refused' ? { ...told, credit: { state: 'again' } } : told;
}

/** The special approval of what exceeds the limit: it reserves all the same, or the order ends or goes back (RV-4). */
export function creditDecided(dossier: Dossier, task: Task, decision: Decision): Dossier {
  const { outcome, reasonCode } = decision;
  if (outcome === 'approve')
    return { ...dossier, credit: { state: 'again', special: { by: task.id, excessFen: task.amountFen ?? 0 } } };
  if (outcome === 'return') return sendBack(dossier, sentBackBy(task, decision));
  return close(dossier, 'rejected', reasonCode ?? 'credit');
}

/** Who may approve what exceeds the limit: the first row that covers it. */
export function specialRole({ specialCredit }: Terms, excessFen: Fen): Role {
  const row = specialCredit.find(({ upToFen }) => upToFen === null || excessFen <= upToFen);
  return row?.role ?? 'general_manager';
}
