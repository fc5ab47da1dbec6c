import { seen } from '../kernel/evidence';
import { type Gate, statusesFrom } from '../kernel/vocabulary';
import type { Requirement } from '../kernel/worklist/requirement';
import { customerOf } from '../credit/credit';
import type { Hold } from '../intake/terms';
import { isAllocated } from '../goods/goods';
import { billedFen } from '../money/money';
import { makesGoods } from '../intake/terms';
import { levelsHaveApproved } from '../review/review';
import type { HoldsView } from './holds';

/** A hold of the customer is a row of the books, not a task of this order: who may lift it is reminded of what it stops (HG-1). */
export function customerHoldsWaitedFor(view: HoldsView): readonly Requirement<never>[] {
  const { terms } = view.intake;
  return stoppedByCustomer(view).map((hold) => ({
    what: 'clock',
    name: clockOfHold(hold),
    roles: terms.holds[hold.reason]?.releasedBy ?? ['finance_lead'],
    ladder: terms.clocks.customer_hold,
    rule: `the customer is held: ${hold.reason}`,
    evidence: seen({
      hold: hold.id,
      gates: hold.gates.join(' '),
      placedBy: hold.placedBy,
      placedAt: hold.placedAt,
      releasedBy: terms.holds[hold.reason]?.releasedBy.join(' '),
    }),
  }));
}

/** The clock for a hold of the customer to be lifted. */
export const clockOfHold = ({ id }: Hold): string => `customer_hold ${id}`;

/** Holds of the customer that nothing but a person lifts, and that shut what the order comes to next. */
function stoppedByCustomer(view: HoldsView): readonly Hold[] {
  const held = customerOf(view).holds.filter(({ until }) => until === undefined);
  if (held.length === 0) return held;
  const ahead = gatesAhead(view);
  return held.filter(({ gates }) => gates.some((gate) => ahead.includes(gate)));
}

type StatusOfOrder = HoldsView['status'];

/** The statuses in which goods are bought or made, or what is missing for that comes in. */
const supplying: readonly StatusOfOrder[] = statusesFrom('awaiting_confirmation', 'awaiting_balance');
const delivering: readonly StatusOfOrder[] = statusesFrom('shipped_out', 'completed');

/** The gates that an order in its status comes to next; `accept` once its levels have approved: while it is shut nobody asks the books. */
function gatesAhead(view: HoldsView): readonly Gate[] {
  const { status } = view;
  if (status === 'pending_review') return levelsHaveApproved(view) ? ['accept'] : [];
  if (status === 'approved') return view.confirmation.sentAt === undefined ? ['confirm'] : toSupply(view);
  if (supplying.includes(status)) return toSupply(view);
  if (status === 'awaiting_balance' || status === 'ready_to_ship') return ['ship'];
  // Parts are billed one by one: there is a bill ahead until all of the order is billed.
  const isBilled = billedFen(view.money) >= view.intake.terms.totals.totalFen;
  return delivering.includes(status) && !isBilled ? ['bill'] : [];
}

/** What is not ordered yet is bought or made; nothing is left of that once the goods are to be shipped. */
function toSupply({ goods, intake }: HoldsView): readonly Gate[] {
  if (!isAllocated(goods, intake)) return makesGoods(intake.terms) ? ['purchase', 'produce'] : ['purchase'];
  const left = goods.lines.filter(({ ordered }) => !ordered);
  return [
    ...(left.some(({ toBuy }) => toBuy > 0) ? (['purchase'] as const) : []),
    ...(left.some(({ toMake }) => toMake > 0) ? (['produce'] as const) : []),
    ...(left.some(({ toBuy, toMake }) => toBuy + toMake > 0) ? [] : (['ship'] as const)),
  ];
}
