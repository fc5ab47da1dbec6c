import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { Prisma } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { moneyOf } from '../money';
import { problemAnswers } from '../schemas/basics';
import { report, reportQuery } from '../schemas/master-data';
import { ordersSeenBy } from '../scope';

interface Sums {
  readonly orders: number;
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
};

/** The day on which the goods left, in the company's zone. */
const shippedOn = Prisma.sql`(o."shippedAt" at time zone 'Asia/Shanghai')::date`;

/** Numbers begin with the day of intake. */
function within({ channel, from, to }: z.output<typeof reportQuery>): Prisma.Sql {
  const days = Prisma.sql`o.no >= ${from.replaceAll('-', '')} and o.no < ${`${to.replaceAll('-', '')}:`}`;
  return channel === undefined ? days : Prisma.sql`${days} and o.channel = ${channel}`;
}
