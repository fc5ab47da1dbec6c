import { z } from 'zod';
import type { Calendar } from '../domain/inside/kernel/calendar';

/** Workflows hear of no other years. */
const date = z.iso.date().regex(/^(19|20|21)/, 'must lie between the years 1900 and 2199');
/** A time on the company's wall. */
export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 09:00');

/** Working hours of a day: shifts one after the other. */
export const shifts = z
  .array(z.strictObject({ from: wallTime, to: wallTime }))
  .min(1)
  .superRefine((hours, context) => {
    const ends = hours.flatMap(({ from, to }) => [from, to]);
    ends.forEach((end, index) => {
      const before = ends[index - 1];
      // Two shifts may meet, but a shift takes time.
      const tooEarly = before !== undefined && (index % 2 === 0 ? end < before : end <= before);
      if (tooEarly) context.addIssue({ code: 'custom', message: `${end} does not follow ${before}` });
    });
  });

/** It travels whole to every open order. */
const mostShifts = 12;

/** A calendar document: shifts in order within one day, some working day in the week, no day both off and worked. */
export const calendarSchema: z.ZodType<Calendar> = z
  .strictObject({
    // It is part of the ids of messages.
    version: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/, 'must be letters and digits, with . _ - between'),
    offsetMinutes: z.int().min(-840).max(840),
    hours: shifts,
    weekend: z.array(z.int().min(0).max(6)).max(6),
    publishedAt: z.iso.datetime().exactOptional(),
    holidays: z.array(date).max(2000),
    workdays: z.array(date).max(2000),
    knownUntil: date,
  })
  .superRefine(({ hours, holidays, workdays, weekend }, context) => {
    if (hours.length > mostShifts)
      context.addIssue({ code: 'custom', path: ['hours'], message: `no day has more than ${mostShifts} shifts` });
    if (new Set(weekend).size !== weekend.length)
      context.addIssue({ code: 'custom', path: ['weekend'], message: 'names a day twice' });
    for (const day of holidays.filter((holiday) => workdays.includes(holiday)))
      context.addIssue({ code: 'custom', path: ['workdays'], message: `${day} is a holiday too` });
  });
