// Evaluated inside workflows: integer and UTC arithmetic only; no clock, no locale, no time zone database.
import type { CivilDate, Instant } from './vocabulary';

/**
 * The company's working time as data, pinned with an order's terms (Z3). The zone is a fixed offset: China has had no
 * summer time since 1991. A shift lies within one civil day; one across midnight is stated as two.
 */
export interface Calendar {
  readonly version: string;
  /** When it was published; absent: it came with the product. */
  readonly publishedAt?: Instant;
  /** East of UTC, in minutes: 480 is China. */
  readonly offsetMinutes: number;
  /** Working hours of every working day, ascending, `HH:MM`; a day ends at `24:00`. */
  readonly hours: readonly { readonly from: string; readonly to: string }[];
  /** Days of the week without work, 0 is Sunday. */
  readonly weekend: readonly number[];
  /** Public holidays. */
  readonly holidays: readonly CivilDate[];
  /** Make-up working days (调休), which win over weekend and holiday. */
  readonly workdays: readonly CivilDate[];
  /** The last day whose holidays are published; after it only weekends are known. */
  readonly knownUntil: CivilDate;
}

/** `seconds` later on every clock; negative is earlier. */
export function addElapsed(instant: Instant, seconds: number): Instant {
  return toInstant(toMillis(instant) + whole(seconds) * 1000);
}

/**
 * The first instant by which `seconds` of working time have passed since `instant`; negative: the last instant from
 * which that much working time leads up to it. A moment outside working hours counts from the next one inside (for
 * negative, from the one before), so the answer always lies within working hours, opening and closing included.
 */
export function addWorkingSeconds(calendar: Calendar, instant: Instant, seconds: number): Instant {
  const at = toMillis(instant);
  const left = whole(seconds) * 1000;
  return toInstant((left < 0 ? workBackward(calendar, at, -left) : workForward(calendar, at, left)).millis);
}

/**
 * The same time of day, `days` working days later; negative is earlier. One working day (`working P1D`) is therefore
 * not eight working hours but "tomorrow at this time, if tomorrow is a working day". A moment outside working hours
 * counts from the next one inside (negative: from the one before): Saturday 15:00 plus one is Tuesday at opening.
 */
export function addWorkingDays(calendar: Calendar, instant: Instant, days: number): Instant {
  const at = toMillis(instant);
  const start = days < 0 ? workBackward(calendar, at, 0) : workForward(calendar, at, 0);
  const target = moveByWorkingDays(calendar, start.day, whole(days));
  return toInstant(start.millis + (target - start.day) * dayMillis);
}

/** Whole seconds of working time from one instant to another, rounded towards zero; negative when `to` is earlier. */
export function workingSecondsBetween(calendar: Calendar, from: Instant, to: Instant): number {
  const [begin, end] = [toMillis(from), toMillis(to)];
  if (end < begin) return 0 - workingSecondsBetween(calendar, to, from);
  const lastDay = dayAt(calendar, end);
  let millis = 0;
  for (let day = bounded(dayAt(calendar, begin), lastDay); day <= lastDay; day += 1) {
    for (const shift of shiftsOf(calendar, day)) {
      millis += Math.max(0, Math.min(end, shift.to) - Math.max(begin, shift.from));
    }
  }
  return Math.floor(millis / 1000);
}

export function isWorkingDay(calendar: Calendar, date: CivilDate): boolean {
  return isWorking(calendar, toDay(date));
}

/** Whether the holidays around a date are published; if not, pages and `explain` say so. */
export function calendarKnows(calendar: Calendar, date: CivilDate): boolean {
  return toDay(date) <= toDay(calendar.knownUntil);
}

/** The date on the company's wall at an instant. */
export function civilDate(calendar: Calendar, instant: Instant): CivilDate {
  return toDate(dayAt(calendar, toMillis(instant)));
}

export function addCivilDays(date: CivilDate, days: number): CivilDate {
  return toDate(toDay(date) + whole(days));
}

/** The working day that is `days` working days after a date, which itself need not be one; zero days is the date itself. */
export function addWorkingCivilDays(calendar: Calendar, date: CivilDate, days: number): CivilDate {
  return toDate(moveByWorkingDays(calendar, toDay(date), whole(days)));
}

/** Calendar days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return toDay(to) - toDay(from);
}

/** Working days after `from` up to and including `to`: Friday to Monday is one. Negative when `to` is earlier. */
export function workingDaysBetween(calendar: Calendar, from: CivilDate, to: CivilDate): number {
  const [first, last] = [toDay(from), toDay(to)];
  if (last < first) return 0 - workingDaysBetween(calendar, to, from);
  let days = 0;
  for (let day = bounded(first, last) + 1; day <= last; day += 1) {
    if (isWorking(calendar, day)) days += 1;
  }
  return days;
}

/**
 * The promised date after a confirmation came back late (CF-3, Z1): base plus the days from sending to return, none
 * when it is back the same day. It depends on the two dates alone, so whoever computes it again adds nothing.
 */
export function slide(
  base: CivilDate,
  sentOn: CivilDate,
  returnedOn: CivilDate,
  mode: 'working' | 'calendar' | 'none',
  calendar: Calendar,
): CivilDate {
  switch (mode) {
    case 'none':
      return base;
    case 'calendar':
      return addCivilDays(base, Math.max(0, daysBetween(sentOn, returnedOn)));
    case 'working':
      return addWorkingCivilDays(calendar, base, Math.max(0, workingDaysBetween(calendar, sentOn, returnedOn)));
  }
}

const dayMillis = 86_400_000;
/** No search goes further than a hundred years: a calendar without working time is an error, not an endless loop. */
const searchDays = 36_525;

/** A moment of working time; `day` is the civil day whose shift it belongs to, counted from 1970-01-01. */
interface WorkingMoment {
  readonly day: number;
  readonly millis: number;
}

function workForward(calendar: Calendar, at: number, millis: number): WorkingMoment {
  let left = millis;
  const firstDay = dayAt(calendar, at);
  for (let day = firstDay; day <= firstDay + searchDays; day += 1) {
    for (const shift of shiftsOf(calendar, day)) {
      if (shift.to < at) continue;
      const start = Math.max(shift.from, at);
      if (start + left <= shift.to) return { day, millis: start + left };
      left -= shift.to - start;
    }
  }
  throw new RangeError(`calendar ${calendar.version} has not enough working time after ${toInstant(at)}`);
}

function workBackward(calendar: Calendar, at: number, millis: number): WorkingMoment {
  let left = millis;
  const firstDay = dayAt(calendar, at);
  for (let day = firstDay; day >= firstDay - searchDays; day -= 1) {
    for (const shift of shiftsOf(calendar, day).toReversed()) {
      if (shift.from > at) continue;
      const start = Math.min(shift.to, at);
      if (start - left >= shift.from) return { day, millis: start - left };
      left -= start - shift.from;
    }
  }
  throw new RangeError(`calendar ${calendar.version} has not enough working time before ${toInstant(at)}`);
}

function moveByWorkingDays(calendar: Calendar, from: number, days: number): number {
  const step = days < 0 ? -1 : 1;
  let day = from;
  for (let left = Math.abs(days); left > 0; left -= isWorking(calendar, day) ? 1 : 0) {
    day += step;
    bounded(Math.min(from, day), Math.max(from, day));
  }
  return day;
}

/** The shifts of a day as instants in milliseconds, none on a day without work. */
function shiftsOf(calendar: Calendar, day: number): readonly { readonly from: number; readonly to: number }[] {
  if (!isWorking(calendar, day)) return [];
  const midnight = day * dayMillis - calendar.offsetMinutes * 60_000;
  return calendar.hours.map(({ from, to }) => ({ from: midnight + timeOfDay(from), to: midnight + timeOfDay(to) }));
}

function isWorking(calendar: Calendar, day: number): boolean {
  const date = toDate(day);
  if (calendar.workdays.includes(date)) return true;
  if (calendar.holidays.includes(date)) return false;
  // 1970-01-01 was a Thursday, day 4 of its week.
  return !calendar.weekend.includes((((day + 4) % 7) + 7) % 7);
}

/** `09:30` in milliseconds after midnight. */
function timeOfDay(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60_000;
}

function dayAt(calendar: Calendar, millis: number): number {
  return Math.floor((millis + calendar.offsetMinutes * 60_000) / dayMillis);
}

function toDay(date: CivilDate): number {
  const millis = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00.000Z`) : Number.NaN;
  if (Number.isNaN(millis) || toDate(millis / dayMillis) !== date) throw new RangeError(`not a civil date: ${date}`);
  return millis / dayMillis;
}

function toDate(day: number): CivilDate {
  return toInstant(day * dayMillis).slice(0, 10);
}

function toMillis(instant: Instant): number {
  const millis = Date.parse(instant);
  if (Number.isNaN(millis)) throw new RangeError(`not an instant: ${instant}`);
  return millis;
}

function toInstant(millis: number): Instant {
  return new Date(millis).toISOString();
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${value}`);
  return value;
}

/** The first day of a span, which must not be longer than any search may be. */
function bounded(firstDay: number, lastDay: number): number {
  if (lastDay - firstDay > searchDays) throw new RangeError(`a span of ${lastDay - firstDay} days is over the bound`);
  return firstDay;
}
