import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { textOf } from '../../domain/outside/notices/texts';
import { Prisma } from '../../prisma/generated/client';
import { type Caller, hasRole } from '../caller';
import type { Dependencies } from '../dependencies';
import { pageOf } from '../page';
import { notFound } from '../problem';
import { flag, limit, orderNo, problemAnswers } from '../schemas/basics';
import { notice, noticePage } from './schemas';

const config = { allow: 'any-user' } as const;
const tags = ['notices'];
/** A serial of the database, in eighteen digits at most. */
const noticeId = z.string().regex(/^[1-9]\d{0,17}$/);

const query = z.strictObject({
  order: orderNo.optional().describe('The ledger of an order: by every channel; of everybody for admins'),
  unread: flag.optional(),
  after: noticeId.optional(),
  limit,
});

/** What one is told in the app, with read marks; and of an order, what was sent to whom, how, and what came of it (GV-4, HT-13). */
export const noticeRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma, now }) => {
  app.get(
    '/notices',
    { config, schema: { tags, querystring: query, response: { 200: noticePage, ...problemAnswers } } },
    async ({ caller, query: asked }) => {
      const rows = await prisma.$queryRaw<readonly NoticeRow[]>`
        ${deliveries} where ${seenBy(caller, asked.order)} and ${filters(asked)}
         order by d.id desc limit ${asked.limit + 1}`;
      return pageOf(rows.map(viewOf), asked.limit, ({ id }) => id);
    },
  );

  app.put(
    '/notices/:id/read',
    {
      config,
      schema: { tags, params: z.object({ id: noticeId }), response: { 200: notice, ...problemAnswers } },
    },
    async ({ params, caller: { userId } }) => {
      const id = BigInt(params.id);
      await prisma.delivery.updateMany({
        where: { id, addressee: userId, channel: 'app', readAt: null },
        data: { readAt: now() },
      });
      const [row] = await prisma.$queryRaw<readonly NoticeRow[]>`
        ${deliveries} where d.id = ${id} and d.addressee = ${userId} and d.channel = 'app'`;
      if (row === undefined) throw notFound('notice');
      return viewOf(row);
    },
  );
};

interface NoticeRow {
  readonly id: bigint;
  readonly orderNo: string;
  readonly template: string;
  readonly addressee: string;
  readonly channel: string;
  readonly state: string;
  readonly attempts: number;
  readonly answer: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly readAt: Date | null;
  readonly of: string | null;
  readonly outcome: string | null;
  readonly task: { id: string; kind: string; state: string } | null;
}

const deliveries = Prisma.sql`
  select d.id, d."orderNo", n.template, d.addressee, d.channel, d.state, d.attempts, d.answer, d."createdAt", d."sentAt", d."readAt",
         n.detail->>'of' as of, n.detail->>'outcome' as outcome,
         case when t.id is not null then jsonb_build_object('id', t.id, 'kind', t.kind, 'state', t.state) end as task
    from deliveries d join notices n on n.key = d."noticeKey" left join tasks t on t.id = n.detail->>'of'`;

/** What concerns somebody is what he was told (Y1); an admin reads the whole ledger of an order. */
function seenBy(caller: Caller, order: string | undefined): Prisma.Sql {
  const mine = Prisma.sql`d.addressee = ${caller.userId}`;
  if (order === undefined) return Prisma.sql`${mine} and d.channel = 'app'`;
  return Prisma.sql`d."orderNo" = ${order} and ${hasRole(caller, ['admin']) ? Prisma.sql`true` : mine}`;
}

function filters({ unread, after }: z.output<typeof query>): Prisma.Sql {
  const all = [Prisma.sql`true`];
  if (unread !== undefined) all.push(Prisma.sql`(d."readAt" is null) = ${unread}`);
  if (after !== undefined) all.push(Prisma.sql`d.id < ${BigInt(after)}`);
  return Prisma.join(all, ' and ');
}

function viewOf({ id, of, outcome, task, createdAt, sentAt, readAt, ...rest }: NoticeRow) {
  return {
    id: String(id),
    ...rest,
    says: textOf(rest.template, { what: task?.kind ?? of ?? undefined, outcome: outcome ?? undefined }),
    task,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    readAt: readAt?.toISOString() ?? null,
  };
}
