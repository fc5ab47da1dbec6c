import type { Calendar } from '../domain/inside/kernel/calendar';
import { openWorkflows } from './inbox';
import type { Prisma, PrismaClient } from './generated/client';

/** The newest version of a calendar that the company published, if it has published one. */
export async function publishedCalendar(prisma: Prisma.TransactionClient, name: string): Promise<Calendar | undefined> {
  const row = await prisma.calendarVersion.findFirst({ where: { name }, orderBy: { publishedAt: 'desc' } });
  return row === null ? undefined : (row.document as unknown as Calendar);
}

/** An order is open for days or months: longer than any that counts its working time from its beginning. */
const lookedBackTo = '800 days';

/**
 * Tells a calendar to every open order that is reckoned by it, and to what runs for it, as a message of the ordinary road
 * (Z3), without the days that no open order looks back to. Each hears of a version once, however often this is asked; the
 * sweep rings.
 */
export async function tellOfCalendar(
  prisma: Prisma.TransactionClient,
  { name, version }: { readonly name: string; readonly version: string },
): Promise<number> {
  return prisma.$executeRaw`
    insert into inbox (id, "workflowId", "orderNo", kind, payload, sender, digest, "rungAt")
    select message.id, open."workflowId", open."orderNo", 'calendarPublished',
           jsonb_build_object('kind', 'calendarPublished', 'id', message.id, 'by', '{"kind":"process"}'::jsonb,
             'at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'calendar', c.document || recent.days),
           'calendar:' || c.name, sha256(convert_to(message.id, 'UTF8')),
           -- Nobody rings it but the sweep, which need not wait for its sender.
           now() - interval '1 minute'
      from calendar_versions c
      join policy_versions p on p.document->>'calendar' = c.name
      join orders o on o."policyName" = p.name and o."policyVersion" = p.version
      join ${openWorkflows} open on open."orderNo" = o.no,
           lateral (select jsonb_object_agg(days.of, (select coalesce(jsonb_agg(day), '[]') from jsonb_array_elements_text(c.document->days.of) day
                                                       where day >= to_char(now() - ${lookedBackTo}::interval, 'YYYY-MM-DD'))) as days
                      from (values ('holidays'), ('workdays')) days(of)) recent,
           lateral (select 'calendar/' || c.name || '/' || c.version || '/' || open."workflowId" as id) message
     where c.name = ${name} and c.version = ${version}
    on conflict (id) do nothing`;
}

/**
 * Orders that were being taken, or parcels that were being opened, while a calendar was published may have missed it: it is
 * told again for a while, and as long as somebody has not heard.
 */
export async function tellOfNewCalendars(prisma: PrismaClient): Promise<void> {
  const fresh = await prisma.$queryRaw<readonly { readonly name: string; readonly version: string }[]>`
    select distinct on (name) name, version from calendar_versions c
     where "publishedAt" > now() - interval '2 minutes'
        or exists (select from inbox i where i.state = 'pending' and i.kind = 'calendarPublished' and i.sender = 'calendar:' || c.name)
     order by name, "publishedAt" desc`;
  for (const calendar of fresh) await tellOfCalendar(prisma, calendar);
}
