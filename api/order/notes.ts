import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Dependencies } from '../dependencies';
import { findOrder } from './find-order';
import { once } from '../once';
import { pageOf } from '../page';
import { idempotencyHeader, limit, orderNo, problemAnswers, uuid } from '../schemas/basics';
import { newNote, note, notePage } from './schemas';

const config = { allow: 'any-user' } as const;
const tags = ['orders'];
const params = z.object({ no: orderNo });

/** Free words about an order: rows only, no message. */
export const noteRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma, now }) => {
  app.get(
    '/orders/:no/notes',
    {
      config,
      schema: {
        tags,
        params,
        querystring: z.strictObject({ after: uuid.optional(), limit }),
        response: { 200: notePage, ...problemAnswers },
      },
    },
    async ({ params: { no }, query, caller }) => {
      await findOrder(prisma, caller, no);
      const rows = await prisma.note.findMany({
        where: { orderNo: no },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
        take: query.limit + 1,
        ...(query.after === undefined ? {} : { cursor: { id: query.after }, skip: 1 }),
      });
      return pageOf(rows.map(viewOf), query.limit, ({ id }) => id);
    },
  );

  app.post(
    '/orders/:no/notes',
    {
      config,
      schema: { tags, params, headers: idempotencyHeader, body: newNote, response: { 201: note, ...problemAnswers } },
    },
    async ({ params: { no }, body, caller, headers, url }, reply) => {
      await findOrder(prisma, caller, no);
      const creation = { userId: caller.userId, key: headers['idempotency-key'], asked: [url, body] };
      const made = await once(prisma, creation, async (transaction) =>
        viewOf(
          await transaction.note.create({
            data: { id: randomUUID(), orderNo: no, author: caller.userId, text: body.text, at: now() },
          }),
        ),
      );
      return reply.code(201).send(made);
    },
  );
};

function viewOf({
  id,
  author,
  taskId,
  text,
  at,
}: {
  id: string;
  author: string;
  taskId: string | null;
  text: string;
  at: Date;
}) {
  return { id, author, taskId, text, at: at.toISOString() };
}
