import { z } from 'zod';
import type { Calendar } from '../domain/inside/kernel/calendar';

/** Workflows hear of no other years. */
const date = z.iso
  .date()
  .max(10)
  .regex(/^(19|20|21)/, 'must lie between the years 1900 and 2199');
/** A time on the company's wall. */
export const wallTime = z
  .string()
  .max(5)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 09:00');

/** A calendar travels whole to every open order. */
const mostShifts = 12;
/** With less work a day, times of policies would not be counted out (`config/policy-values.ts`). */
const leastMinutes = 60;

/** Working hours of a day: shifts one after the other, an hour in all at least. */
export const shifts = z
  .array(z.strictObject({ from: wallTime, to: wallTime }))
  .min(1)
  .max(mostShifts, `no day has more than ${mostShifts} shifts`)
  .superRefine((hours, context) => {
    const ends = hours.flatMap(({ from, to }) => [from, to]);
    ends.forEach((end, index) => {
      const before = ends[index - 1];
      // Two shifts may meet, but a shift takes time.
      const tooEarly = before !== undefined && (index % 2 === 0 ? end < before : end <= before);
      if (tooEarly) context.addIssue({ code: 'custom', message: `${end} does not follow ${before}` });
    });
    const minutes = hours.reduce((sum, { from, to }) => sum + minutesIn(to) - minutesIn(from), 0);
    if (minutes < leastMinutes) context.addIssue({ code: 'custom', message: 'a working day has an hour at least' });
  });

/** `09:30` in minutes after midnight. */
const minutesIn = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** A calendar document: shifts in order within one day, some working day in the week, no day both off and worked. */
export const calendarSchema: z.ZodType<Calendar> = z
  .strictObject({
    // It is part of the ids of messages.
    version: z
      .string()
      .max(60)
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be letters and digits, with . _ - between'),
    offsetMinutes: z.int().min(-840).max(840),
    hours: shifts,
    weekend: z.array(z.int().min(0).max(6)).max(6),
    publishedAt: z.iso.datetime().max(40).exactOptional(),
    holidays: z.array(date).max(2000),
    workdays: z.array(date).max(2000),
    knownUntil: date,
  })
  .superRefine(({ holidays, workdays, weekend }, context) => {
    if (new Set(weekend).size !== weekend.length)
      context.addIssue({ code: 'custom', path: ['weekend'], message: 'names a day twice' });
    for (const day of holidays.filter((holiday) => workdays.includes(holiday)))
      context.addIssue({ code: 'custom', path: ['workdays'], message: `${day} is a holiday too` });
  });
