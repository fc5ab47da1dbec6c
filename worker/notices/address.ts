import { parseDuration } from '../../domain/outside/policy/duration';
import { addresseesOf, type AskedNow, isUrgent, type Told } from '../../domain/outside/notices/addressees';
import type { Organisation } from '../../domain/outside/people/organisation';
import type { PrismaClient } from '../../prisma/generated/client';
import { askedNow } from '../../prisma/tasks-asked';
import type { DeliverySettings } from './settings';

/** A notice as it was written. */
export interface NoticeRow {
  readonly key: string;
  readonly orderNo: string;
  readonly template: string;
  readonly to: readonly string[];
  /** A task's id or a wait's name, the answer that was given, and who gave it. */
  readonly of: string | null;
  readonly outcome: string | null;
  readonly by: string | null;
}

interface NewNotice extends NoticeRow {
  /** What the order's policy says of digests; null: nothing. */
  readonly digestAfter: string | null;
}

export const toldBy = ({ template, to, by }: NoticeRow): Told => ({ template, to, by: by ?? undefined });

/** At most so many notices per pass; the rest follows at once. */
const most = 100;

/** Turns notices that are new into deliveries, each once (GV-4). Answers whether there may be more. */
export async function addressNotices(
  settings: DeliverySettings,
  organisation: Organisation,
  now: Date,
): Promise<boolean> {
  const { prisma } = settings;
  const notices = await prisma.$queryRaw<readonly NewNotice[]>`/* prepared */
    select n.key, n."orderNo", n.template, n."to", n.detail->>'of' as of, n.detail->>'outcome' as outcome, n.detail->>'by' as by,
           p.document->'notices'->>'digestAfter' as "digestAfter"
      from notices n left join orders o on o.no = n."orderNo"
      left join policy_versions p on p.name = o."policyName" and p.version = o."policyVersion"
     where n."addressedAt" is null order by n."createdAt", n.key limit ${most}`;
  const tasks = await askedNow(prisma, taskIds(notices));
  const addresses = await mailAddresses(settings);
  for (const notice of notices) {
    const task = tasks.get(notice.of ?? '');
    const people = addresseesOf(organisation, toldBy(notice), task, now.toISOString());
    const rows = [
      ...people.map((addressee) => ({ addressee, channel: 'app' })),
      ...people.filter((userId) => addresses.has(userId)).map((addressee) => ({ addressee, channel: 'mail' })),
      ...robotsFor(settings, notice, task),
    ];
    await write(settings, { notice, rows, now });
  }
  return notices.length === most;
}

export const taskIds = (notices: readonly Pick<NoticeRow, 'of'>[]): readonly string[] =>
  notices.flatMap(({ of }) => (of?.includes('/') === true ? [of] : []));

/** Whom a mail reaches; nobody where no mail is sent. */
async function mailAddresses({ prisma, mail }: DeliverySettings): Promise<ReadonlySet<string>> {
  if (mail === undefined) return new Set();
  const people = await prisma.user.findMany({ where: { active: true, email: { not: null } }, select: { id: true } });
  return new Set(people.map(({ id }) => id));
}

/** The group of a role is told what its role is; of a closed task nothing. */
function robotsFor({ robots }: DeliverySettings, notice: NoticeRow, task: AskedNow | undefined) {
  if (task !== undefined && task.state !== 'open') return [];
  return [...robots].flatMap(([role, { vendor }]) =>
    notice.to.includes(role) ? [{ addressee: `role:${role}`, channel: vendor }] : [],
  );
}

interface Addressed {
  readonly notice: NewNotice;
  readonly rows: readonly { readonly addressee: string; readonly channel: string }[];
  readonly now: Date;
}

/**
 * One statement: the deliveries, and that the notice has them. What waits for an addressee already takes the new one along,
 * so that his first notice opens the window and the last does not move it.
 */
async function write({ prisma, digestMinutes }: DeliverySettings, { notice, rows, now }: Addressed): Promise<void> {
  const waitMs = notice.digestAfter === null ? digestMinutes * 60_000 : elapsedMs(notice.digestAfter);
  const windowEnds = new Date(now.getTime() + (isUrgent(notice.template) ? 0 : waitMs));
  await prisma.$executeRaw`/* prepared */
    with delivered as (
      insert into deliveries ("noticeKey", "orderNo", addressee, channel, state, "nextAt", "createdAt", "sentAt")
      select ${notice.key}, ${notice.orderNo}, r.addressee, r.channel,
             case when r.channel = 'app' then 'sent' else 'queued' end,
             least(${windowEnds}::timestamptz, (select min(d."nextAt") from deliveries d
               where d.addressee = r.addressee and d.channel = r.channel and d.state = 'queued' and d."messageId" is null)),
             ${now}::timestamptz, case when r.channel = 'app' then ${now}::timestamptz end
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(addressee text, channel text)
      on conflict ("noticeKey", addressee, channel) do nothing)
    update notices set "addressedAt" = ${now} where key = ${notice.key}`;
}

/** A policy is refused that states another kind of time. */
function elapsedMs(text: string): number {
  const length = parseDuration(text);
  return length.kind === 'elapsed' ? length.seconds * 1000 : 0;
}

/** What the notices with these keys say and of what. */
export async function noticesByKey(
  prisma: PrismaClient,
  keys: readonly string[],
): Promise<ReadonlyMap<string, NoticeRow>> {
  const rows = await prisma.$queryRaw<readonly NoticeRow[]>`
    select key, "orderNo", template, "to", detail->>'of' as of, detail->>'outcome' as outcome, detail->>'by' as by
      from notices where key = any(${[...keys]}::text[])`;
  return new Map(rows.map((row) => [row.key, row]));
}
