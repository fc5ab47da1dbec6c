import type { Calendar } from './calendar';
import { addElapsed, addWorkingDays, addWorkingSeconds } from './calendar';
import type { Instant, Role } from './vocabulary';

/**
 * A length of time as policy states it.
 * `elapsed` counts every second; `working` counts seconds inside working hours; `workingDays` lands on the same
 * time of day, n working days later. Negative values lie before the start (a reminder before the due date, DN-1).
 */
export type Duration =
  | { readonly kind: 'elapsed'; readonly seconds: number }
  | { readonly kind: 'working'; readonly seconds: number }
  | { readonly kind: 'workingDays'; readonly days: number };

/**
 * What a rung does when its time comes. `remind` tells the holders again, `escalate` adds `to` to those who may act,
 * `take_over` gives the task to `to` instead, `send_back` returns the order to its taker, `notify` tells `to` without giving them the task, `call` opens a call task for `to`, `suspend` suspends the customer,
 * `legal` opens a task for legal, `lapse` ends the wait. Nothing here approves anything (HT-9).
 */
export type RungAction =
  'remind' | 'escalate' | 'take_over' | 'send_back' | 'notify' | 'call' | 'suspend' | 'legal' | 'lapse';

/** One row of a policy's ladder, compiled: after this long, do that, towards those. */
export interface Rung {
  readonly after: Duration;
  readonly do: RungAction;
  readonly to: readonly Role[];
  /** The name of the notice or letter that goes out, a key of the notice templates. */
  readonly notice?: string;
}

/** A ladder set going at an instant: the instants are fixed when it starts, in the pinned calendar. */
export interface Clock {
  readonly startedAt: Instant;
  readonly rungs: readonly {
    readonly at: Instant;
    /** It was reached in working time, so a pause moves it in working time. */
    readonly working?: true;
    readonly do: RungAction;
    readonly to: readonly Role[];
    readonly notice?: string;
  }[];
  /** How many rungs have rung. */
  readonly rung: number;
}

/** Starts a ladder at `startedAt`; rungs come out in the order of their instants. */
export function startClock(ladder: readonly Rung[], startedAt: Instant, calendar: Calendar): Clock {
  const rungs = ladder
    .map((row) => ({
      at: after(startedAt, row.after, calendar),
      ...(row.after.kind === 'elapsed' ? {} : { working: true as const }),
      do: row.do,
      to: row.to,
      ...(row.notice === undefined ? {} : { notice: row.notice }),
    }))
    .sort(byInstant);
  return { startedAt, rungs, rung: 0 };
}

/** Rungs that have not rung come in the order of their instants, whichever of them moved. */
export const inOrder = (clock: Clock): Clock => ({
  ...clock,
  rungs: [...clock.rungs.slice(0, clock.rung), ...clock.rungs.slice(clock.rung).toSorted(byInstant)],
});

const byInstant = (one: { readonly at: Instant }, other: { readonly at: Instant }): number =>
  one.at < other.at ? -1 : one.at > other.at ? 1 : 0;

/** The instant that lies `duration` after `start`. */
export function after(start: Instant, duration: Duration, calendar: Calendar): Instant {
  switch (duration.kind) {
    case 'elapsed':
      return addElapsed(start, duration.seconds);
    case 'working':
      return addWorkingSeconds(calendar, start, duration.seconds);
    case 'workingDays':
      return addWorkingDays(calendar, start, duration.days);
  }
}

/** The next rung of a clock, or undefined at its top. */
export function nextRung(clock: Clock): Clock['rungs'][number] | undefined {
  return clock.rungs[clock.rung];
}
