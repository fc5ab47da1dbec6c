import type { CivilDate } from '../../inside/kernel/vocabulary';
import { canonicalJson } from '../filing/digest';
import type { Policy } from '../policy/policy';
import { dayOfOrder } from './backdating';
import type { OrderIntake } from './order-intake';
import type { Promotion } from './promotions';

/** An order as it was at one of its revisions, and the day on which it was entered so. */
export interface Entered {
  readonly intake: OrderIntake;
  readonly on: CivilDate;
}

/** A promotion is judged by the day of the order, unless what it is for has changed since (RV-3). */
export function promotionDay(
  intake: OrderIntake,
  {
    earlier,
    promotion,
    policy,
    today,
  }: {
    readonly earlier: readonly Entered[];
    readonly promotion: Promotion | null | undefined;
    readonly policy: Policy;
    readonly today: CivilDate;
  },
): CivilDate {
  if (earlier.length === 0) return dayOfOrder(intake, policy, today);
  const since = agreedSince(intake, { earlier, promotion });
  if (since === null) return today;
  return since.isFirst ? dayOfOrder(intake, policy, since.on) : since.on;
}

/**
 * Since when an order names its promotion for what it has of it now: what was agreed while the promotion ran stays agreed, and what
 * is added or changed later is judged by its own day (RV-3). `first`: from its first revision on; null: from now on.
 */
function agreedSince(
  intake: OrderIntake,
  { earlier, promotion }: { readonly earlier: readonly Entered[]; readonly promotion: Promotion | null | undefined },
): { readonly on: CivilDate; readonly isFirst: boolean } | null {
  const now = claim(intake, promotion);
  const changed = earlier.findLastIndex((one) => claim(one.intake, promotion) !== now);
  const since = earlier[changed + 1];
  return since === undefined ? null : { on: since.on, isFirst: changed === -1 };
}

/** What an order has of its promotion: the lines that it covers, with their prices. */
function claim({ promotion: named, lines }: OrderIntake, promotion: Promotion | null | undefined): string {
  const itemIds = promotion?.itemIds ?? [];
  const covered = lines
    .filter(({ itemId }) => itemIds.length === 0 || (itemId !== null && itemIds.includes(itemId)))
    .map(({ itemId, quantity, unitPriceFen, discountBp }) => [itemId, quantity, unitPriceFen, discountBp]);
  return canonicalJson([named, covered]);
}
