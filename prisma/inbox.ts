import type { Message, RefusalCode } from '../domain/inside/fact';
import { Prisma, type PrismaClient } from './generated/client';

/** A message as it is written down before its workflow is rung. */
export interface NewMessage {
  readonly workflowId: string;
  readonly orderNo: string;
  readonly message: Message;
  /** The sender's free words: they stay here. */
  readonly words: string | null;
  readonly sender: string;
  /** SHA-256 of what was asked. */
  readonly digest: Uint8Array<ArrayBuffer>;
}

/** Where a message stands. */
export interface MessageStanding {
  readonly id: string;
  readonly workflowId: string;
  readonly orderNo: string;
  readonly kind: string;
  readonly sender: string;
  readonly standing: 'pending' | 'applied' | 'ignored';
  readonly because: RefusalCode | null;
  readonly receivedAt: Date;
  readonly settledAt: Date | null;
}

/** A message that no workflow has filed yet. */
export interface PendingMessage {
  readonly id: string;
  readonly workflowId: string;
  readonly orderNo: string;
  readonly payload: Message;
}

/** Writes a message down once: false when its id was there before. */
export async function insertMessage(prisma: PrismaClient, row: NewMessage): Promise<boolean> {
  const { message } = row;
  const inserted = await prisma.$executeRaw`/* prepared */
    insert into inbox (id, "workflowId", "orderNo", kind, payload, words, sender, digest, "receivedAt")
    values (${message.id}, ${row.workflowId}, ${row.orderNo}, ${message.kind}, ${JSON.stringify(message)}::jsonb, ${row.words},
            ${row.sender}, ${row.digest}, ${message.at}::timestamptz)
    on conflict (id) do nothing`;
  return inserted === 1;
}

const columns = Prisma.sql`id, "workflowId", "orderNo", kind, sender, standing, because, "receivedAt", "settledAt"`;

/** Where the message with this id stands, and the digest of what was asked. */
export async function readMessage(
  prisma: PrismaClient,
  id: string,
): Promise<(MessageStanding & { readonly digest: Uint8Array }) | undefined> {
  const [row] = await prisma.$queryRaw<readonly (MessageStanding & { readonly digest: Uint8Array })[]>`/* prepared */
    select ${columns}, digest from inbox where id = ${id}`;
  return row;
}

/** Messages older than five seconds that no workflow has filed: the oldest first, at most a hundred at a time. */
export async function unfiledMessages(prisma: PrismaClient): Promise<readonly PendingMessage[]> {
  return prisma.$queryRaw<readonly PendingMessage[]>`
    select id, "workflowId", "orderNo", payload from inbox
     where standing = 'pending' and "receivedAt" < now() - interval '5 seconds'
     order by "receivedAt", id limit 100`;
}

/**
 * A workflow that is not found is not a closed order: its messages are ignored only where the order has ended. Answers how
 * many rows that settled.
 */
export async function ignoreForEndedOrder(prisma: PrismaClient, orderNo: string): Promise<number> {
  return prisma.$executeRaw`
    with settled as (
      update inbox set standing = 'ignored', because = 'order_ended', "settledAt" = now()
       where "orderNo" = ${orderNo} and standing = 'pending'
         and exists (select 1 from orders where no = ${orderNo} and "endedAt" is not null)
      returning id)
    select pg_notify('inbox', json_build_object('id', id, 'standing', 'ignored', 'because', 'order_ended')::text) from settled`;
}

/** An operator must look: an order's workflow should run and does not. One incident per workflow, however often it is seen. */
export async function raiseMissingWorkflow(
  prisma: PrismaClient,
  { workflowId, orderNo }: { readonly workflowId: string; readonly orderNo: string },
): Promise<void> {
  await prisma.$executeRaw`
    insert into incidents (id, "workflowId", "orderNo", kind, detail)
    values (${`${workflowId}:workflow_not_found`}, ${workflowId}, ${orderNo}, 'workflow_not_found', '{}'::jsonb)
    on conflict (id) do nothing`;
}
