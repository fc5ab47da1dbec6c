import { personsBehind } from '../kernel/actor';
import type { FactHead } from '../kernel/fact';
import type { RefusalCode } from '../kernel/refusal';
import { isKeptOut, slotFor } from '../kernel/worklist/authority';
import { openTasks } from '../kernel/worklist/worklist';
import { takersOf } from '../review/review';
import { holdsOf, type HoldsView } from './holds';

/**
 * A paper that lifts a hold comes from whom policy names for it, or who is asked to lift it; what a reviewer demanded the taker
 * does not settle alone (RV-5, HT-10). With no such hold it is a file like any other.
 */
export function judgeLiftingPaper(
  view: HoldsView,
  { purpose, by }: FactHead & { readonly purpose: string },
): RefusalCode | undefined {
  const held = holdsOf(view).filter(({ reason }) => reason === purpose);
  const row = Object.hasOwn(view.intake.terms.holds, purpose) ? view.intake.terms.holds[purpose] : undefined;
  if (row?.liftsWhen !== 'filed' || held.length === 0) return undefined;
  if (by.kind !== 'user') return 'not_a_candidate';
  const asked = openTasks(view.worklist).filter(({ about }) => held.some(({ id }) => id === about));
  const hasIt = asked.some((task) => typeof slotFor(task, by) !== 'string');
  const isNamed = by.roles.some((role) => (row.filedBy ?? row.releasedBy).includes(role));
  if (!hasIt && !isNamed) return 'not_a_candidate';
  const isDemanded = held.some(({ setBy }) => setBy !== undefined);
  const isTaker = personsBehind(by).some((userId) => takersOf(view).includes(userId));
  const isOut = asked.some((task) => isKeptOut(task, by));
  return isOut || (isDemanded && isTaker && row.takerFiles !== true) ? 'four_eyes' : undefined;
}
