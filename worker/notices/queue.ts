import type { PrismaClient } from '../../prisma/generated/client';
import type { Sent } from './channels';

/** A delivery that waits. */
export interface QueuedRow {
  readonly id: bigint;
  readonly noticeKey: string;
  readonly orderNo: string;
  readonly addressee: string;
  readonly channel: string;
  readonly attempts: number;
  readonly messageId: string | null;
}

/** So many addressees or bundles per pass; the next pass follows at once. */
const most = 50;

/** What waits for each addressee whose window is over, all of it: the urgent one takes the others along. */
export async function dueGroups(prisma: PrismaClient, now: Date): Promise<readonly (readonly QueuedRow[])[]> {
  const rows = await prisma.$queryRaw<readonly QueuedRow[]>`
    select d.id, d."noticeKey", d."orderNo", d.addressee, d.channel, d.attempts, d."messageId"
      from deliveries d
      join (select addressee, channel from deliveries where state = 'queued' and "messageId" is null
             group by addressee, channel having min("nextAt") <= ${now} order by min("nextAt") limit ${most}) due
        on due.addressee = d.addressee and due.channel = d.channel
     where d.state = 'queued' and d."messageId" is null
     order by d.id`;
  return grouped(rows, ({ addressee, channel }) => `${channel} ${addressee}`);
}

/** Bundles whose time has come, for the first time or again. */
export async function sealedAndDue(prisma: PrismaClient, now: Date): Promise<readonly (readonly QueuedRow[])[]> {
  const rows = await prisma.$queryRaw<readonly QueuedRow[]>`
    select d.id, d."noticeKey", d."orderNo", d.addressee, d.channel, d.attempts, d."messageId"
      from deliveries d
      join (select "messageId" from deliveries where state = 'queued' and "messageId" is not null and "nextAt" <= ${now}
             group by "messageId" order by min("nextAt"), "messageId" limit ${most}) due on due."messageId" = d."messageId"
     where d.state = 'queued' order by d.id`;
  return grouped(rows, ({ messageId }) => messageId ?? '');
}

interface Bundle {
  readonly bundle: readonly QueuedRow[];
  readonly now: Date;
}

const idsOf = (rows: readonly QueuedRow[]): bigint[] => rows.map(({ id }) => id);

export async function seal(prisma: PrismaClient, { bundle, messageId, now }: Bundle & { readonly messageId: string }) {
  await prisma.delivery.updateMany({
    where: { id: { in: idsOf(bundle) }, state: 'queued', messageId: null },
    data: { messageId, nextAt: now },
  });
}

export async function markSent(prisma: PrismaClient, { bundle, answer, now }: Bundle & { readonly answer: string }) {
  await prisma.delivery.updateMany({
    where: { id: { in: idsOf(bundle) }, state: 'queued' },
    data: { state: 'sent', sentAt: now, answer, attempts: { increment: 1 } },
  });
}

export async function withdraw(prisma: PrismaClient, rows: readonly QueuedRow[]): Promise<void> {
  await prisma.delivery.updateMany({
    where: { id: { in: idsOf(rows) }, state: 'queued' },
    data: { state: 'withdrawn' },
  });
}

/** A minute after the first trouble, then twice as late each time, up to an hour; some two days in all. */
const mostAttempts = 50;
const waitMs = (attempts: number): number => Math.min(60_000 * 2 ** Math.min(attempts, 10), 3_600_000);
/** A server that is away is asked again soon, however often it was: nothing is lost, and everybody waits for it. */
const awayMs = 60_000;

/** Later again, or failed; a channel that is away holds all that would leave by it, and costs nobody an attempt. */
export async function afterTrouble(
  prisma: PrismaClient,
  { bundle, sent, now }: Bundle & { readonly sent: Exclude<Sent, { state: 'sent' }> },
): Promise<void> {
  const [{ attempts, channel } = { attempts: 0, channel: '' }] = bundle;
  const { answer } = sent;
  if (sent.state === 'away') {
    const nextAt = new Date(now.getTime() + awayMs);
    await prisma.delivery.updateMany({
      where: { channel, state: 'queued', nextAt: { lt: nextAt } },
      data: { nextAt, answer },
    });
    return;
  }
  const isOver = sent.forGood || attempts + 1 >= mostAttempts;
  await prisma.delivery.updateMany({
    where: { id: { in: idsOf(bundle) }, state: 'queued' },
    data: {
      attempts: { increment: 1 },
      answer,
      ...(isOver ? { state: 'failed' } : { nextAt: new Date(now.getTime() + waitMs(attempts)) }),
    },
  });
}

/** When something is due next. */
export async function nextDue(prisma: PrismaClient): Promise<Date | undefined> {
  const [row] = await prisma.$queryRaw<readonly { readonly at: Date | null }[]>`/* prepared */
    select min("nextAt") as at from deliveries where state = 'queued'`;
  return row?.at ?? undefined;
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}
