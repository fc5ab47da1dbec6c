import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { Prisma } from '../../prisma/generated/client';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import type { Dependencies } from '../dependencies';
import { moneyOf } from '../money';
import { problemAnswers } from '../schemas/basics';
import { ledgerReport, report, reportQuery } from '../schemas/master-data';
import { ordersSeenBy } from '../scope';

/** Who reads the ledger (AR-1). */
const bookkeepers: readonly Role[] = ['finance', 'finance_lead', 'director', 'general_manager', 'analyst', 'admin'];

interface Sums {
  readonly orders: number;
  readonly lines: number;
  readonly goods: bigint;
  readonly freight: bigint;
  readonly total: bigint;
  readonly shipped: number;
  readonly late: number;
  readonly neverShipped: number;
  readonly completed: number;
  readonly cancelled: number;
}

/** Figures over the orders taken in a time, of what the caller may see (RP-1). */
export const reportRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma }) => {
  app.get(
    '/reports/orders',
    {
      config: { allow: 'any-user' },
      schema: { tags: ['reports'], querystring: reportQuery, response: { 200: report, ...problemAnswers } },
    },
    async ({ query, caller }) => {
      const [sums] = await prisma.$queryRaw<readonly Sums[]>`
        select count(*)::int as orders,
               coalesce(sum((select count(*) from order_lines l where l."orderNo" = o.no and l.revision = o.revision)), 0)::int
                 as lines,
               coalesce(sum(o."goodsFen"), 0)::bigint as goods,
               coalesce(sum(o."freightFen"), 0)::bigint as freight,
               coalesce(sum(o."totalFen"), 0)::bigint as total,
               count(o."shippedAt")::int as shipped,
               count(*) filter (where ${shippedOn} > o."wishedOn"::date)::int as late,
               count(*) filter (where o."shippedAt" is null)::int as "neverShipped",
               count(*) filter (where o.status in ('completed', 'archived'))::int as completed,
               count(*) filter (where o.status in ('cancelled', 'rejected', 'dead'))::int as cancelled
          from orders o where ${ordersSeenBy(caller)} and ${within(query)}`;
      if (sums === undefined) throw new Error('an aggregate answers one row');
      const { goods, freight, total, ...counts } = sums;
      return { ...counts, goods: moneyOf(goods), freight: moneyOf(freight), total: moneyOf(total) };
    },
  );

  app.get(
    '/reports/ledger',
    {
      config: { allow: bookkeepers },
      schema: { tags: ['reports'], querystring: reportQuery, response: { 200: ledgerReport, ...problemAnswers } },
    },
    async ({ query, caller }) => {
      const rows = await prisma.$queryRaw<readonly { account: string; debit: bigint; credit: bigint }[]>`
        select l.account, coalesce(sum(l."amountFen") filter (where l."amountFen" > 0), 0)::bigint as debit,
               coalesce(-sum(l."amountFen") filter (where l."amountFen" < 0), 0)::bigint as credit
          from ledger_legs l join ledger_entries e on e.key = l."entryKey" join orders o on o.no = e."orderNo"
         where ${ordersSeenBy(caller)} and ${within(query)}
         group by l.account order by l.account`;
      const accounts = rows.map(({ account, debit, credit }) => ({
        account,
        debit: moneyOf(debit),
        credit: moneyOf(credit),
        balance: moneyOf(debit - credit),
      }));
      return { accounts };
    },
  );
};

/** The day on which the goods left, in the company's zone. */
const shippedOn = Prisma.sql`(o."shippedAt" at time zone 'Asia/Shanghai')::date`;

/** Numbers begin with the day of intake. */
function within({ channel, policy, from, to }: z.output<typeof reportQuery>): Prisma.Sql {
  const all = [Prisma.sql`o.no >= ${from.replaceAll('-', '')} and o.no < ${`${to.replaceAll('-', '')}:`}`];
  if (channel !== undefined) all.push(Prisma.sql`o.channel = ${channel}`);
  if (policy !== undefined) all.push(Prisma.sql`o."policyName" = ${policy}`);
  return Prisma.join(all, ' and ');
}
