import { addWorkingCivilDays, type Calendar, calendarKnows, civilDate } from './inside/calendar';
import type { CivilDate, Instant, Supply } from './inside/vocabulary';
import type { PromiseRules } from './policy';

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
  readonly leadDays: number;
  /** False: the day lies beyond the published holidays, so it may still move. */
  readonly holidaysKnown: boolean;
}

/** The date of completion offered for these goods: today plus the longest lead time of any line, in working days. */
export function offerFor(rules: PromiseRules, lines: readonly PromisedLine[], now: Instant, calendar: Calendar): Offer {
  const leadDays = Math.max(0, ...lines.map((line) => leadDaysOf(rules, line)));
  const offeredOn = addWorkingCivilDays(calendar, civilDate(calendar, now), leadDays);
  return { offeredOn, leadDays, holidaysKnown: calendarKnows(calendar, offeredOn) };
}

/** Working days until a line's goods are there; what lies in stock needs only the policy's time to bring it out. */
function leadDaysOf(rules: PromiseRules, line: PromisedLine): number {
  const inStock = line.availableNow !== null && line.availableNow >= line.quantity;
  if (inStock) return rules.leadDays.stock;
  return line.leadDays > 0 ? line.leadDays : rules.leadDays[line.supply];
}
