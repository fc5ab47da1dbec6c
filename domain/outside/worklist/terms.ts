import { type ClockName, clockNames, type Terms } from '../../inside/intake/terms';
import { addCivilDays, type Calendar, civilDate } from '../../inside/kernel/calendar';
import type { Rung } from '../../inside/kernel/ladder';
import type { Instant } from '../../inside/kernel/vocabulary';
import type { TaskTerms } from '../../inside/kernel/worklist/terms';
import { type TaskKind, taskKinds } from '../../inside/processes';
import type { Considered } from '../intake/considered';
import { parseDuration } from '../policy/duration';
import type { LadderRow, Policy } from '../policy/policy';

/** Whom each task asks, until when, and what each clock does, in the calendar of the company and of its teams. */
export const worklistTerms = ({
  policy,
  small,
  calendar,
  now,
}: Considered): Pick<Terms, 'tasks' | 'clocks' | 'calendar' | 'teams'> => ({
  tasks: eachOf(taskKinds, (kind) => taskTerms(policy, kind)),
  clocks: eachOf(clockNames, (name) =>
    rungsOf(name === 'dispatch' && small.row?.dispatch ? small.row.dispatch : policy.clocks[name]),
  ),
  calendar: recentCalendar(calendar, now),
  ...(policy.teams === undefined ? {} : { teams: policy.teams }),
});

/** The rungs of a ladder, with durations that were read. */
export function rungsOf(rows: readonly LadderRow[]): readonly Rung[] {
  return rows.map(({ after, ...row }) => ({ ...row, after: parseDuration(after) }));
}

function taskTerms(policy: Policy, kind: TaskKind): TaskTerms {
  const { due, ladder, ...row } = policy.tasks[kind];
  return { ...row, due: parseDuration(due), ladder: rungsOf(ladder) };
}

/** The calendar as an order needs it: small, because it travels with every history; back to a month ago, for what is entered late. */
function recentCalendar(calendar: Calendar, now: Instant): Calendar {
  const since = addCivilDays(civilDate(calendar, now), -31);
  const recent = (dates: readonly string[]): readonly string[] => dates.filter((date) => date >= since);
  return { ...calendar, holidays: recent(calendar.holidays), workdays: recent(calendar.workdays) };
}

function eachOf<Name extends TaskKind | ClockName, Value>(
  names: readonly Name[],
  value: (name: Name) => Value,
): Record<Name, Value> {
  // Object.fromEntries forgets the union of its keys; the names are all of it by their type.
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}
