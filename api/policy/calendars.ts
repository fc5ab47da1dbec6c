import { loadCalendar } from '../../config/load-policy';
import type { Calendar } from '../../domain/inside/kernel/calendar';
import { publishedCalendar } from '../../prisma/calendars';
import type { Prisma } from '../../prisma/generated/client';

/** A calendar as it counts now: the newest that was published, else the product's own; undefined: there is none of this name. */
export async function calendarNow(prisma: Prisma.TransactionClient, name: string): Promise<Calendar | undefined> {
  const published = await publishedCalendar(prisma, name);
  if (published !== undefined) return published;
  try {
    return loadCalendar(name);
  } catch {
    return undefined;
  }
}
