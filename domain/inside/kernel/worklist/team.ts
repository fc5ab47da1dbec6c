import { addWorkingSeconds, civilDate, isWorkingDay, type Calendar } from '../calendar';
import type { Instant } from '../vocabulary';

/** 班组: people who work by hours of their own, with the company's holidays (HT-8). */
export interface Team {
  /** As in a calendar: ascending, `HH:MM`. */
  readonly hours: Calendar['hours'];
  /** What comes in later on a working day counts from the next one's opening, `HH:MM`. */
  readonly cutOff?: string;
}

/** Where team and company keep their hours. */
export interface Timetable {
  readonly calendar: Calendar;
  readonly teams?: Readonly<Record<string, Team>>;
}

/** The calendar that a task's working time is counted in: its team's, else the company's. */
export function calendarOf({ calendar, teams }: Timetable, team: string | undefined): Calendar {
  const hours = team === undefined ? undefined : teams?.[team]?.hours;
  return hours === undefined ? calendar : { ...calendar, hours };
}

/** The moment from which a task counts that comes in at `at`: at once, or after the cut-off from the next opening. */
export function countsFrom(timetable: Timetable, team: string | undefined, at: Instant): Instant {
  const cutOff = team === undefined ? undefined : timetable.teams?.[team]?.cutOff;
  const calendar = calendarOf(timetable, team);
  const today = civilDate(calendar, at);
  if (cutOff === undefined || !isWorkingDay(calendar, today) || at < onWall(calendar, today, cutOff)) return at;
  return addWorkingSeconds(calendar, onWall(calendar, today, '24:00'), 0);
}

/** An instant by the company's wall clock. */
function onWall({ offsetMinutes }: Calendar, date: string, time: string): Instant {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const midnight = Date.parse(`${date}T00:00:00.000Z`) - offsetMinutes * 60_000;
  return new Date(midnight + (hours * 60 + minutes) * 60_000).toISOString();
}
