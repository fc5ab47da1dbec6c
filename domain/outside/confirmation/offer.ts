import type { Supply } from '../../inside/intake/terms';
import { addWorkingCivilDays, type Calendar, calendarKnows, civilDate } from '../../inside/kernel/calendar';
import type { CivilDate, Instant } from '../../inside/kernel/vocabulary';
import type { PromiseRules } from '../policy/policy';

export interface PromisedLine {
  readonly supply: Supply;
  readonly quantity: number;
  /** Working days; 0: as policy says. */
  readonly leadDays: number;
  readonly availableNow: number | null;
}

export interface Offer {
  /** The working day on which all goods are complete. */
  readonly offeredOn: CivilDate;
  /** The same by lead times alone: capacity may ask for a later one (RV-3). */
  readonly byLeadTimeOn: CivilDate;
  readonly leadDays: number;
  /** False: the day lies beyond the published holidays, so it may still move. */
  readonly holidaysKnown: boolean;
}

/**
 * The date of completion offered for these goods: today plus the longest lead time of any line, in working days, and no earlier
 * than production can make them, where that is known (RV-3).
 */
export function offerFor(
  rules: PromiseRules,
  lines: readonly PromisedLine[],
  {
    now,
    calendar,
    firstPossibleOn,
  }: { readonly now: Instant; readonly calendar: Calendar; readonly firstPossibleOn?: CivilDate | null },
): Offer {
  const leadDays = Math.max(0, ...lines.map((line) => leadDaysOf(rules, line)));
  const byLeadTimeOn = addWorkingCivilDays(calendar, civilDate(calendar, now), leadDays);
  const possibleOn = firstPossibleOn ?? byLeadTimeOn;
  const offeredOn = possibleOn > byLeadTimeOn ? possibleOn : byLeadTimeOn;
  return { offeredOn, byLeadTimeOn, leadDays, holidaysKnown: calendarKnows(calendar, offeredOn) };
}

/** Working days until a line's goods are there; what lies in stock needs only the policy's time to bring it out. */
function leadDaysOf(rules: PromiseRules, line: PromisedLine): number {
  const inStock = line.availableNow !== null && line.availableNow >= line.quantity;
  if (inStock) return rules.leadDays.stock;
  return line.leadDays > 0 ? line.leadDays : rules.leadDays[line.supply];
}
