import { addElapsed, addWorkingSeconds, workingSecondsBetween, type Calendar } from '../calendar';
import type { RefusalCode } from '../refusal';
import type { WorklistFactOf } from './facts';
import { inOrder, type Clock } from '../ladder';
import { calendarOf, type Timetable } from './team';
import type { Task } from './task';
import type { Instant } from '../vocabulary';
import type { Worklist } from './worklist';

type CalendarPublished = WorklistFactOf<'calendarPublished'>;

const isNewer = (one: Calendar, other: Calendar): boolean => (one.publishedAt ?? '') > (other.publishedAt ?? '');

/** A calendar that was published before the one that counts changes nothing (Z3). */
export const judgeCalendar = ({ calendar }: Timetable, fact: CalendarPublished): RefusalCode | undefined =>
  isNewer(fact.calendar, calendar) ? undefined : 'overtaken';

/** Terms may have been made before a publication that the order has heard of already, and will not hear of again (Z3). */
export const newerCalendar = (made: Timetable, known: Timetable): Calendar =>
  isNewer(known.calendar, made.calendar) ? known.calendar : made.calendar;

/**
 * A newly published calendar moves what is not yet due: so much working time as was left by the old one is left by the new
 * one (Z3, HT-8). What is counted in every second stays, what is due already too.
 */
export function inNewCalendar(worklist: Worklist, fact: CalendarPublished, before: Timetable): Worklist {
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
  const clocks = Object.entries(worklist.clocks).map(([name, running]) => [
    name,
    { ...running, clock: withClock(running.clock, laidFor(undefined)(fact.at)) },
  ]);
  return { tasks: worklist.tasks.map(moveTask), clocks: Object.fromEntries(clocks) as Worklist['clocks'] };
}

type Lay = (since: Instant) => (instant: Instant) => Instant;

const lay =
  ({ from, to }: { readonly from: Calendar; readonly to: Calendar }): Lay =>
  (since) =>
  (instant) => {
    if (instant <= since) return instant;
    const left = workingSecondsBetween(from, since, instant);
    // No working time lies between a closing and the next opening: what was due at the opening is due at one again.
    return addWorkingSeconds(from, since, left) < instant
      ? addElapsed(addWorkingSeconds(to, since, left + 1), -1)
      : addWorkingSeconds(to, since, left);
  };

function withClock(clock: Clock, move: (instant: Instant) => Instant): Clock {
  const rung = ({ at, ...rest }: Clock['rungs'][number]) => ({ at: rest.working === true ? move(at) : at, ...rest });
  const ahead = clock.rungs.slice(clock.rung).map(rung);
  return inOrder({ ...clock, rungs: [...clock.rungs.slice(0, clock.rung), ...ahead] });
}
