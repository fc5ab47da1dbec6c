import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { calendarSchema } from '../../config/calendar-schema';
import { type Calendar, civilDate } from '../../domain/inside/kernel/calendar';
import type { CalendarVersion } from '../../prisma/generated/client';
import { advisoryLocks } from '../../prisma/advisory-locks';
import { tellOfCalendar } from '../../prisma/calendars';
import { violatesUnique } from '../../prisma/database-away';
import { calendarNow } from '../policy/calendars';
import type { Dependencies } from '../dependencies';
import { notFound, type Problem, refused, wrongField } from '../problem';
import { problemAnswers } from '../schemas/basics';

const tags = ['calendars'];
const name = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/);
const params = z.object({ name });
const version = z.object({ name: z.string(), version: z.string(), publishedAt: z.string(), publishedBy: z.string() });
const whole = z.object({ name: z.string(), document: z.unknown() });
const publication = z.strictObject({
  basedOn: z.string().min(1).max(60).nullable().describe('The version that was seen; null: the calendar is new'),
  document: calendarSchema,
});

/**
 * Working calendars (工作日历): hours, weekends, holidays and make-up days. A publication counts for new orders at once; open
 * orders, their shipments and collections hear of it, and what is not yet due moves with it (Z3, HT-8).
 */
export const calendarRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma, now }) => {
  app.get(
    '/calendars/:name',
    { config: { allow: 'any-user' }, schema: { tags, params, response: { 200: whole, ...problemAnswers } } },
    async ({ params: { name: wanted } }) => {
      const document = await calendarNow(prisma, wanted);
      if (document === undefined) throw notFound('calendar');
      return { name: wanted, document };
    },
  );

  app.post(
    '/calendars/:name/versions',
    {
      config: { allow: ['admin'] },
      schema: {
        tags,
        summary: 'A newer calendar counts; open orders hear of it (Z3)',
        params,
        body: publication,
        response: { 201: version, ...problemAnswers },
      },
    },
    async ({ params: { name: wanted }, body: { basedOn, document }, caller }, reply) => {
      requireKnown(document, now());
      const row = await prisma
        .$transaction(async (transaction) => {
          await transaction.$executeRaw`select pg_advisory_xact_lock(${advisoryLocks.calendars})`;
          const before = await calendarNow(transaction, wanted);
          if ((before?.version ?? null) !== basedOn) throw movedOn(before?.version ?? null);
          // Order numbers, due dates and days of shipping are all by the company's one zone.
          if (before !== undefined && before.offsetMinutes !== document.offsetMinutes)
            throw wrongField('document.offsetMinutes', 'changed', 'The company’s zone stays as it is.');
          // Of two, orders follow the one that was published later, whatever the clocks of the servers say.
          const publishedAt = new Date(Math.max(now().getTime(), Date.parse(before?.publishedAt ?? '1970-01-01') + 1));
          const made = await transaction.calendarVersion.create({
            data: {
              name: wanted,
              version: document.version,
              document: { ...document, publishedAt: publishedAt.toISOString() },
              publishedAt,
              publishedBy: caller.userId,
            },
          });
          await tellOfCalendar(transaction, made);
          return made;
        })
        .catch((error: unknown) => {
          throw violatesUnique(error) ? movedOn(document.version) : error;
        });
      return reply.code(201).header('location', `/api/v1/calendars/${wanted}`).send(viewOf(row));
    },
  );
};

/** It says until when its days are known: beyond its own days, and beyond today, else every date would be a guess. */
function requireKnown(document: Calendar, now: Date): void {
  const { knownUntil, holidays, workdays } = document;
  const last = [...holidays, ...workdays].sort().at(-1);
  if (last !== undefined && knownUntil < last)
    throw wrongField('document.knownUntil', 'before_its_days', `It names a later day, ${last}.`);
  const today = civilDate(document, now.toISOString());
  if (knownUntil < today)
    throw wrongField('document.knownUntil', 'past', `It is known until a day that is over: today is ${today}.`);
}

/** Publishing says which version it was based on, so that nobody overwrites what he has not seen. */
const movedOn = (newest: string | null): Problem =>
  refused('calendar_moved_on', 'The newest version of this calendar is another, or has this name.', {
    version: newest,
  });

const viewOf = ({ name: of, version: made, publishedAt, publishedBy }: Omit<CalendarVersion, 'document'>) => ({
  name: of,
  version: made,
  publishedAt: publishedAt.toISOString(),
  publishedBy,
});
