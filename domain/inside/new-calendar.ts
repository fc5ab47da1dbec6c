import { addWorkingSeconds, workingSecondsBetween, type Calendar } from './calendar';
import type { Desk } from './desk';
import type { Message, RefusalCode } from './fact';
import type { Clock } from './ladder';
import { calendarOf, type Timetable } from './team';
import type { Task } from './task';
import type { Instant } from './vocabulary';

export type CalendarPublished = Extract<Message, { kind: 'calendarPublished' }>;

/** A calendar that was published before the one that counts changes nothing (Z3). */
export const judgeCalendar = ({ calendar }: Timetable, fact: CalendarPublished): RefusalCode | undefined =>
  (fact.calendar.publishedAt ?? '') > (calendar.publishedAt ?? '') ? undefined : 'overtaken';

/**
 * A newly published calendar moves what is not yet due: so much working time as was left by the old one is left by the new
 * one (Z3, HT-8). What is counted in every second stays, what is due already too.
 */
export function inNewCalendar<D extends Desk & { readonly terms: Timetable }>(desk: D, fact: CalendarPublished): D {
  const before: Timetable = desk.terms;
  const after: Timetable = { ...before, calendar: fact.calendar };
  const laidFor = (team: string | undefined): Lay =>
    lay({ from: calendarOf(before, team), to: calendarOf(after, team) });
  const moveTask = (task: Task): Task => {
    if (task.state !== 'open') return task;
    const move = laidFor(task.team)(task.pausedAt ?? fact.at);
    return {
      ...task,
      clock: withClock(task.clock, move),
      ...(task.dueInWorkingTime === true ? { dueAt: move(task.dueAt) } : {}),
    };
  };
  const waits = Object.entries(desk.waits).map(([name, wait]) => [
    name,
    { ...wait, clock: withClock(wait.clock, laidFor(undefined)(fact.at)) },
  ]);
  return {
    ...desk,
    terms: { ...desk.terms, calendar: fact.calendar },
    tasks: desk.tasks.map(moveTask),
    waits: Object.fromEntries(waits) as D['waits'],
  };
}

type Lay = (since: Instant) => (instant: Instant) => Instant;

const lay =
  ({ from, to }: { readonly from: Calendar; readonly to: Calendar }): Lay =>
  (since) =>
  (instant) =>
    instant <= since ? instant : addWorkingSeconds(to, since, workingSecondsBetween(from, since, instant));

const withClock = (clock: Clock, move: (instant: Instant) => Instant): Clock => ({
  ...clock,
  rungs: clock.rungs.map((rung, index) =>
    index < clock.rung || rung.working !== true ? rung : { ...rung, at: move(rung.at) },
  ),
});
