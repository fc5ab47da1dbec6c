import * as fc from 'fast-check';
import always from '../../../config/calendars/always.json';
import china from '../../../config/calendars/china.json';
import {
  addCivilDays,
  addElapsed,
  addWorkingCivilDays,
  addWorkingDays,
  addWorkingSeconds,
  type Calendar,
  calendarKnows,
  civilDate,
  daysBetween,
  isWorkingDay,
  slide,
  workingDaysBetween,
  workingSecondsBetween,
} from '../../../domain/inside/kernel/calendar';

const hour = 3600;
/** An instant by the clock on the wall in China. */
const at = (wall: string): string => new Date(`${wall}+08:00`).toISOString();

const instants = fc
  .date({ min: new Date('2024-02-01T00:00:00Z'), max: new Date('2026-11-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const dates = fc.integer({ min: 0, max: 900 }).map((days) => addCivilDays('2024-03-01', days));
const seconds = fc.integer({ min: -400 * hour, max: 400 * hour });
const nightShift: Calendar = {
  ...china,
  version: 'odd',
  offsetMinutes: -210,
  hours: [
    { from: '00:00', to: '03:30' },
    { from: '20:00', to: '24:00' },
  ],
  weekend: [5],
};
const calendars = fc.constantFrom<Calendar>(china, always, nightShift);

describe('the calendar', () => {
  test('HT-8 National Day 2026: 1 to 7 October are off, the Sunday before and the Saturday after are worked', () => {
    const october = [1, 2, 3, 4, 5, 6, 7].map((day) => isWorkingDay(china, `2026-10-0${day}`));
    expect(october).toEqual([false, false, false, false, false, false, false]);
    expect(isWorkingDay(china, '2026-09-20')).toBe(true);
    expect(isWorkingDay(china, '2026-10-10')).toBe(true);
    expect(isWorkingDay(china, '2026-10-11')).toBe(false);
    expect(isWorkingDay(china, '2026-10-08')).toBe(true);
  });

  test('HT-8 Spring Festival 2025 lasts from 28 January to 4 February and is made up for on two weekend days', () => {
    expect(workingDaysBetween(china, '2025-01-27', '2025-02-04')).toBe(0);
    expect(isWorkingDay(china, '2025-01-26')).toBe(true);
    expect(isWorkingDay(china, '2025-02-08')).toBe(true);
  });

  test('HT-8 eight working hours from the afternoon before National Day end after the holiday', () => {
    expect(addWorkingSeconds(china, at('2026-09-30T16:00:00'), 8 * hour)).toBe(at('2026-10-08T16:00:00'));
  });

  test('HT-8 lunch is no working time', () => {
    expect(addWorkingSeconds(china, at('2026-11-23T11:00:00'), 2 * hour)).toBe(at('2026-11-23T14:00:00'));
    expect(workingSecondsBetween(china, at('2026-11-23T11:30:00'), at('2026-11-23T13:30:00'))).toBe(hour);
  });

  test('HT-8 a reminder two working hours before Monday 10:00 stands on Friday 17:00', () => {
    expect(addWorkingSeconds(china, at('2026-11-23T10:00:00'), -2 * hour)).toBe(at('2026-11-20T17:00:00'));
  });

  test('HT-8 a working day later is the same time of day on the next working day', () => {
    expect(addWorkingDays(china, at('2026-11-20T10:30:00'), 1)).toBe(at('2026-11-23T10:30:00'));
    expect(addWorkingDays(china, at('2026-09-30T10:30:00'), 2)).toBe(at('2026-10-09T10:30:00'));
    expect(addWorkingDays(china, at('2026-10-08T10:30:00'), -1)).toBe(at('2026-09-30T10:30:00'));
    expect(addWorkingDays(china, at('2026-11-20T18:00:00'), 1)).toBe(at('2026-11-23T18:00:00'));
  });

  test('HT-8 working days counted from outside working hours begin at the next opening', () => {
    expect(addWorkingDays(china, at('2026-11-21T15:00:00'), 1)).toBe(at('2026-11-24T09:00:00'));
    expect(addWorkingDays(china, at('2026-11-20T22:00:00'), 1)).toBe(at('2026-11-24T09:00:00'));
    expect(addWorkingDays(china, at('2026-11-21T15:00:00'), -1)).toBe(at('2026-11-19T18:00:00'));
  });

  test('HT-8 where work never stops, working time is elapsed time', () => {
    fc.assert(
      fc.property(instants, seconds, fc.integer({ min: -50, max: 50 }), (instant, span, days) => {
        expect(addWorkingSeconds(always, instant, span)).toBe(addElapsed(instant, span));
        expect(addWorkingDays(always, instant, days)).toBe(addElapsed(instant, days * 24 * hour));
      }),
    );
  });

  test('HT-8 adding working time and measuring it are inverses', () => {
    fc.assert(
      fc.property(calendars, instants, seconds, (calendar, instant, span) => {
        // 0 - 0 keeps Object.is from telling two zeros apart.
        expect(workingSecondsBetween(calendar, instant, addWorkingSeconds(calendar, instant, span))).toBe(span + 0);
      }),
    );
  });

  test('HT-8 a due time never lies outside working hours', () => {
    fc.assert(
      fc.property(calendars, instants, seconds, fc.integer({ min: -30, max: 30 }), (calendar, instant, span, days) => {
        for (const due of [addWorkingSeconds(calendar, instant, span), addWorkingDays(calendar, instant, days)]) {
          const around = workingSecondsBetween(calendar, addElapsed(due, -1), addElapsed(due, 1));
          expect(around).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  test('HT-8 who starts later or has more time is never due earlier', () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        seconds,
        fc.nat(100 * hour),
        fc.integer({ min: -9, max: 9 }),
        (calendar, instant, span, more, days) => {
          const later = addElapsed(instant, more);
          expect(addWorkingSeconds(calendar, later, span) >= addWorkingSeconds(calendar, instant, span)).toBe(true);
          expect(addWorkingSeconds(calendar, instant, span + more) >= addWorkingSeconds(calendar, instant, span)).toBe(
            true,
          );
          expect(addWorkingDays(calendar, later, days) >= addWorkingDays(calendar, instant, days)).toBe(true);
          expect(addWorkingDays(calendar, instant, days + 1) > addWorkingDays(calendar, instant, days)).toBe(true);
        },
      ),
    );
  });

  test('HT-8 working time adds up over any instant between', () => {
    fc.assert(
      fc.property(calendars, instants, seconds, seconds, (calendar, instant, first, second) => {
        // On whole seconds, because what is measured is rounded down to them.
        const one = `${instant.slice(0, 19)}.000Z`;
        const [two, three] = [addElapsed(one, first), addElapsed(one, second)];
        expect(workingSecondsBetween(calendar, one, two) + workingSecondsBetween(calendar, two, three)).toBe(
          workingSecondsBetween(calendar, one, three) + 0,
        );
      }),
    );
  });

  test('HT-8 working days between dates and adding them are inverses, and never more than calendar days', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -200, max: 200 }), (date, days) => {
        const target = addWorkingCivilDays(china, date, days);
        expect(days === 0 || isWorkingDay(china, target)).toBe(true);
        expect(!isWorkingDay(china, date) || workingDaysBetween(china, date, target) === days).toBe(true);
        expect(Math.abs(workingDaysBetween(china, date, target))).toBeLessThanOrEqual(
          Math.abs(daysBetween(date, target)),
        );
      }),
    );
  });

  test('HT-8 the civil date is the one on the wall in the company zone', () => {
    expect(civilDate(china, '2026-11-21T15:59:59.999Z')).toBe('2026-11-21');
    expect(civilDate(china, '2026-11-21T16:00:00.000Z')).toBe('2026-11-22');
    expect(addCivilDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1);
  });

  test('HT-8 a calendar says how far it knows the holidays', () => {
    expect(calendarKnows(china, '2026-12-31')).toBe(true);
    expect(calendarKnows(china, '2027-01-01')).toBe(false);
  });

  test('HT-8 what is no date, no instant, no whole number or no working time at all is refused', () => {
    expect(() => isWorkingDay(china, '2026-02-30')).toThrow(RangeError);
    expect(() => addCivilDays('21.11.2026', 1)).toThrow(RangeError);
    expect(() => addElapsed('yesterday', 1)).toThrow(RangeError);
    expect(() => addElapsed('2026-11-21T00:00:00.000Z', 0.5)).toThrow(RangeError);
    const never: Calendar = { ...always, weekend: [0, 1, 2, 3, 4, 5, 6] };
    expect(() => addWorkingSeconds(never, '2026-11-21T00:00:00.000Z', 1)).toThrow(/not enough working time/);
    expect(() => addWorkingSeconds(never, '2026-11-21T00:00:00.000Z', -1)).toThrow(/not enough working time/);
    expect(() => addWorkingDays({ ...china, hours: [] }, '2026-11-21T00:00:00.000Z', 1)).toThrow(
      /not enough working time/,
    );
    expect(() => addWorkingCivilDays(never, '2026-11-21', 1)).toThrow(/over the bound/);
  });
});

describe('the slide of the promised date', () => {
  test('Z1 back on the same day the promise stands, each day later costs a day', () => {
    expect(slide('2026-12-01', '2026-11-23', '2026-11-23', 'working', china)).toBe('2026-12-01');
    expect(slide('2026-12-01', '2026-11-23', '2026-11-24', 'working', china)).toBe('2026-12-02');
    expect(slide('2026-12-01', '2026-11-23', '2026-11-26', 'calendar', china)).toBe('2026-12-04');
  });

  test('CF-3 a weekend between costs one working day but three calendar days', () => {
    expect(slide('2026-12-01', '2026-11-20', '2026-11-23', 'working', china)).toBe('2026-12-02');
    expect(slide('2026-12-01', '2026-11-20', '2026-11-23', 'calendar', china)).toBe('2026-12-04');
  });

  test('CF-3 the promise of grade A does not slide', () => {
    expect(slide('2026-12-01', '2026-11-02', '2026-11-30', 'none', china)).toBe('2026-12-01');
  });

  test('CF-3 the slide skips National Day', () => {
    expect(slide('2026-09-30', '2026-09-21', '2026-09-22', 'working', china)).toBe('2026-10-08');
  });

  test('Z1 a promise never moves earlier, and a later return never gives an earlier date', () => {
    const modes = fc.constantFrom<'working' | 'calendar' | 'none'>('working', 'calendar', 'none');
    fc.assert(
      fc.property(
        dates,
        dates,
        fc.integer({ min: -5, max: 60 }),
        fc.nat(30),
        modes,
        (base, sent, after, more, mode) => {
          const returned = addCivilDays(sent, after);
          const promised = slide(base, sent, returned, mode, china);
          expect(promised >= base).toBe(true);
          expect(slide(base, sent, addCivilDays(returned, more), mode, china) >= promised).toBe(true);
          expect(after > 0 || promised === base).toBe(true);
          expect(mode !== 'calendar' || daysBetween(base, promised) === Math.max(0, after)).toBe(true);
        },
      ),
    );
  });

  test('Z3 a slide is computed in the calendar that it is given', () => {
    const without: Calendar = { ...china, holidays: [], workdays: [] };
    expect(slide('2026-09-30', '2026-09-21', '2026-09-22', 'working', without)).toBe('2026-10-01');
  });
});
