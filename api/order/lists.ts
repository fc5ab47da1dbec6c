import type { z } from 'zod';
import { Prisma, type PrismaClient } from '../../prisma/generated/client';
import type { Caller } from '../caller';
import type { OrderStatus } from '../../domain/inside/kernel/vocabulary';
import { moneyOf } from '../money';
import type { orderQuery } from './schemas';
import { ordersSeenBy } from '../scope';

/** An order as lists show it. */
export interface OrderRow {
  readonly no: string;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly channel: string;
  readonly takenBy: string;
  readonly salespersonId: string;
  readonly grade: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly revision: number;
  readonly waitingFor: string[];
  readonly waitingSince: Date | null;
  readonly dueAt: Date | null;
  readonly overdue: boolean;
  readonly offeredOn: string | null;
  readonly promisedOn: string | null;
  readonly wishedOn: string | null;
  readonly totalFen: bigint;
  readonly receivedFen: bigint;
  readonly outstandingFen: bigint;
  readonly acceptedAt: Date;
  readonly endedAt: Date | null;
}

/** The columns of an OrderRow, of tables named `o` and `c`. */
export const orderColumns = Prisma.sql`o.no, o."customerId", c."legalName" as "customerName", o.channel, o."takenBy",
  o."salespersonId", o.grade, o.status, o.version, o.revision, o."waitingFor", o."waitingSince", o."dueAt",
  coalesce(o."dueAt" < now() and o."endedAt" is null, false) as overdue, o."offeredOn", o."promisedOn", o."wishedOn",
  o."totalFen", o."receivedFen", o."outstandingFen", o."acceptedAt", o."endedAt"`;

type Query = z.output<typeof orderQuery>;

/** A page of orders, the newest number first; one row more than the limit tells that there is another page. */
export async function listOrders(
  prisma: PrismaClient,
  caller: Caller,
  query: Query & { readonly waitingSinceBefore?: Date },
): Promise<readonly OrderRow[]> {
  return prisma.$queryRaw<readonly OrderRow[]>`
    select ${orderColumns} from orders o left join customers c on c.id = o."customerId"
     where ${ordersSeenBy(caller)} and ${filters(query)}
     order by o.no desc limit ${query.limit + 1}`;
}

function filters(query: Query & { readonly waitingSinceBefore?: Date }): Prisma.Sql {
  const { status, grade, customer, salesperson, waitingFor, overdue, channel, externalNo, text, from, to, after } =
    query;
  const { held, waitingSinceBefore } = query;
  const all = [Prisma.sql`true`];
  if (held !== undefined) all.push(Prisma.sql`o.holds && array[${held}]::text[] and o."endedAt" is null`);
  if (waitingSinceBefore !== undefined) all.push(Prisma.sql`o."waitingSince" < ${waitingSinceBefore}`);
  if (status !== undefined) all.push(Prisma.sql`o.status = ${status}`);
  if (grade !== undefined) all.push(Prisma.sql`o.grade = ${grade}`);
  if (customer !== undefined) all.push(Prisma.sql`o."customerId" = ${customer}`);
  if (salesperson !== undefined) all.push(Prisma.sql`o."salespersonId" = ${salesperson}`);
  if (waitingFor !== undefined) all.push(Prisma.sql`o."waitingFor" && array[${waitingFor}]::text[]`);
  if (overdue === true) all.push(Prisma.sql`o."dueAt" < now() and o."endedAt" is null`);
  if (overdue === false) all.push(Prisma.sql`(o."dueAt" is null or o."dueAt" >= now() or o."endedAt" is not null)`);
  if (channel !== undefined) all.push(Prisma.sql`o.channel = ${channel}`);
  if (externalNo !== undefined) all.push(Prisma.sql`o."externalNo" = ${externalNo}`);
  if (text !== undefined) all.push(contains(text));
  if (from !== undefined) all.push(Prisma.sql`o.no >= ${from.replaceAll('-', '')}`);
  // ':' comes right after the digits, and so after every number of that day.
  if (to !== undefined) all.push(Prisma.sql`o.no < ${`${to.replaceAll('-', '')}:`}`);
  if (after !== undefined) all.push(Prisma.sql`o.no < ${after}`);
  return Prisma.join(all, ' and ');
}

/** Customers are few beside orders: the name is searched among them, and their orders are found by the index. */
function contains(text: string): Prisma.Sql {
  const part = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const number = /^[\d-]+$/.test(text) ? Prisma.sql`o.no like ${`${text}%`} or` : Prisma.empty;
  return Prisma.sql`(${number} o."customerId" in (select id from customers where "legalName" ilike ${part}))`;
}

/** A row as the API shows it. */
export function orderView(row: OrderRow) {
  const { totalFen, receivedFen, outstandingFen, waitingSince, dueAt, acceptedAt, endedAt, ...rest } = row;
  return {
    ...rest,
    waitingSince: waitingSince?.toISOString() ?? null,
    dueAt: dueAt?.toISOString() ?? null,
    total: moneyOf(totalFen),
    received: moneyOf(receivedFen),
    outstanding: moneyOf(outstandingFen),
    acceptedAt: acceptedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
