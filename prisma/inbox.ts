import type { EveryFact } from '../domain/inside/every-fact';
import type { RefusalCode } from '../domain/inside/kernel/refusal';
import { Prisma, type PrismaClient } from './generated/client';

/** A message as it is written down before its workflow is rung. */
export interface NewMessage {
  readonly workflowId: string;
  readonly orderNo: string;
  readonly message: EveryFact;
  /** The sender's free words: they stay here. */
  readonly words: string | null;
  readonly sender: string;
  /** SHA-256 of what was asked. */
  readonly digest: Uint8Array<ArrayBuffer>;
  /** What may be told once only, as long as it counts: the bank's number of a payment. */
  readonly reference?: string | undefined;
}

/** A message, and whether its workflow has filed it. */
export interface MessageState {
  readonly id: string;
  readonly workflowId: string;
  readonly orderNo: string;
  readonly kind: string;
  readonly sender: string;
  readonly state: 'pending' | 'applied' | 'ignored';
  readonly because: RefusalCode | null;
  readonly receivedAt: Date;
  readonly settledAt: Date | null;
}

/** A message that no workflow has filed yet. */
export interface PendingMessage {
  readonly id: string;
  readonly workflowId: string;
  readonly orderNo: string;
  readonly payload: EveryFact;
}

/** Writes a message down once: false when its id was there before. */
export async function insertMessage(prisma: PrismaClient, row: NewMessage): Promise<boolean> {
  const { message } = row;
  const inserted = await prisma.$executeRaw`/* prepared */
    insert into inbox (id, "workflowId", "orderNo", kind, payload, words, sender, digest, "receivedAt", reference)
    values (${message.id}, ${row.workflowId}, ${row.orderNo}, ${message.kind}, ${JSON.stringify(message)}::jsonb, ${row.words},
            ${row.sender}, ${row.digest}, ${message.at}::timestamptz, ${row.reference ?? null})
    on conflict (id) do nothing`;
  return inserted === 1;
}

const columns = Prisma.sql`id, "workflowId", "orderNo", kind, sender, state, because, "receivedAt", "settledAt"`;

/** A message as it was written down. */
export interface WrittenMessage extends MessageState {
  readonly payload: EveryFact;
  readonly digest: Uint8Array;
}

/** Where the message with this id stands, what it says, and the digest of what was asked. */
export async function readMessage(prisma: PrismaClient, id: string): Promise<WrittenMessage | undefined> {
  const [row] = await prisma.$queryRaw<readonly WrittenMessage[]>`/* prepared */
    select ${columns}, payload, digest from inbox where id = ${id}`;
  return row;
}

/** The message that holds a reference: none where it was ignored, or its payment taken back. */
export async function holderOf(
  prisma: PrismaClient,
  reference: string,
): Promise<{ readonly id: string; readonly orderNo: string } | undefined> {
  const [row] = await prisma.$queryRaw<readonly { readonly id: string; readonly orderNo: string }[]>`
    select id, "orderNo" from inbox where reference = ${reference} and state <> 'ignored'`;
  return row;
}

/**
 * Messages that no workflow has filed and that are to be rung now: at most a hundred, the longest due first. A message is
 * due five seconds after it came, and after the sweep has rung in vain twice as late each time, up to an hour: rows that
 * are stuck neither flood their workflow nor keep others waiting.
 */
export async function dueMessages(prisma: PrismaClient): Promise<readonly PendingMessage[]> {
  return prisma.$queryRaw<readonly PendingMessage[]>`
    select id, "workflowId", "orderNo", payload
      from inbox cross join lateral (select coalesce("rungAt", "receivedAt")
             + least(interval '1 hour', interval '5 seconds' * power(2, least(rings, 10))) as at) due
     where state = 'pending' and due.at < now()
     order by due.at, id limit 100`;
}

/** The sweep has rung for a message, heard or refused. */
export async function countRing(prisma: PrismaClient, id: string): Promise<void> {
  await prisma.$executeRaw`
    update inbox set "rungAt" = now(), rings = rings + 1 where id = ${id} and state = 'pending'`;
}

/** A workflow that was not found, and the order that it belongs to. */
export interface MissingWorkflow {
  readonly workflowId: string;
  readonly orderNo: string;
}

/**
 * A workflow that is not found is not a closed order: messages are ignored only where the book says that the order has
 * ended, or that the shipment or collection they went to is over. Answers how many rows that settled.
 */
export async function ignoreForEndedOrder(prisma: PrismaClient, missing: MissingWorkflow): Promise<number> {
  return prisma.$executeRaw`
    with settled as (
      update inbox set state = 'ignored', because = 'order_ended', "settledAt" = now()
       where "workflowId" = ${missing.workflowId} and "orderNo" = ${missing.orderNo} and state = 'pending'
         and ${isOver(missing)}
      returning id)
    select pg_notify('inbox', json_build_object('id', id, 'state', 'ignored', 'because', 'order_ended')::text) from settled`;
}

/**
 * An operator must look: a workflow should run and does not. One incident per workflow, however often it is seen; none when
 * somebody else has settled its messages meanwhile (two senders and the sweep may find it missing at the same time).
 */
export async function raiseMissingWorkflow(prisma: PrismaClient, missing: MissingWorkflow): Promise<void> {
  const { workflowId, orderNo } = missing;
  await prisma.$executeRaw`
    insert into incidents (id, "workflowId", "orderNo", kind, detail)
    select ${`${workflowId}:workflow_not_found`}, ${workflowId}, ${orderNo}, 'workflow_not_found', '{}'::jsonb
     where exists (select from inbox where "workflowId" = ${workflowId} and "orderNo" = ${orderNo} and state = 'pending')
       and not ${isOver(missing)}
    on conflict (id) do nothing`;
}

/** Temporal is there and takes a message or an order's start for this workflow not: one incident, opened again while it lasts. */
export async function raiseRefusedByTemporal(
  prisma: PrismaClient,
  { workflowId, orderNo }: MissingWorkflow,
  because: string,
): Promise<void> {
  await prisma.$executeRaw`
    insert into incidents (id, "workflowId", "orderNo", kind, detail)
    values (${refusedId(workflowId)}, ${workflowId}, ${orderNo}, ${refusedKind}, jsonb_build_object('because', ${because}::text))
    on conflict (id) do update set "closedAt" = null, "closedBy" = null where incidents."closedAt" is not null`;
}

const refusedKind = 'refused_by_temporal';
const refusedId = (workflowId: string): string => `${workflowId}:${refusedKind}`;

/** Workflows that are running for open orders: the order's own, its shipments and its collections. */
export const openWorkflows = Prisma.sql`(
  select 'order-' || no as "workflowId", no as "orderNo" from orders where "endedAt" is null
  union all
  select 'shipment-' || s.no, s."orderNo" from shipments s join orders o on o.no = s."orderNo"
   where o."endedAt" is null and s.status not in ('delivered', 'recalled', 'stopped')
  union all
  select 'collection-' || no, "orderNo" from collections where "endedAt" is null)`;

/** What a workflow files last: its order's end, a shipment's last state, the end of a collection. */
const isOver = ({ workflowId, orderNo }: MissingWorkflow): Prisma.Sql => Prisma.sql`(
  exists (select from orders where no = ${orderNo} and "endedAt" is not null)
  or exists (select from shipments where 'shipment-' || no = ${workflowId} and "orderNo" = ${orderNo}
              and status in ('delivered', 'recalled', 'stopped'))
  or exists (select from collections where 'collection-' || no = ${workflowId} and "orderNo" = ${orderNo}
              and "endedAt" is not null))`;
