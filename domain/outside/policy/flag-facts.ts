import { civilDate } from '../../inside/kernel/calendar';
import { exposureFen } from '../credit/terms';
import type { Considered } from '../intake/considered';
import { promotionDay } from '../intake/promotion-day';
import { restrictionsOn } from '../intake/restrictions';
import type { FlagFacts } from './flags';

/** What the automatic checks look at (RV-3). */
export function flagFacts(seen: Considered): FlagFacts {
  const { intake, customer, restrictions = [], promotion, earlier = [], policy, calendar, now, complete } = seen;
  const today = civilDate(calendar, now);
  return {
    restrictions: restrictionsOn(restrictions, {
      customerId: customer?.id ?? null,
      itemIds: intake.lines.flatMap(({ itemId }) => itemId ?? []),
      address: intake.address,
      today,
    }),
    promotion: intake.promotion === null ? undefined : promotion,
    on: promotionDay(intake, { earlier, promotion, policy, today }),
    credit: creditQuestion(seen),
    lines: complete.lines,
    address: intake.address,
    wishedOn: complete.wishedOn,
    offeredOn: seen.offer.byLeadTimeOn,
    capacity: seen.fit,
    hasSpecialRequirements: (intake.specialRequirements ?? '').trim() !== '',
  };
}

function creditQuestion(seen: Considered): FlagFacts['credit'] {
  const { customer, creditNow } = seen;
  if (customer === null) return null;
  const { creditLimitFen: limitFen, creditAssessed: assessed = true } = customer;
  return { limitFen, exposureFen: exposureFen(seen), now: creditNow, assessed };
}
