import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readMessage } from '../../prisma/inbox';
import type { Dependencies } from '../dependencies';
import { findOrder } from '../order/find-order';
import { Problem, notFound } from '../problem';
import { messageId, problemAnswers } from '../schemas/basics';
import { message } from '../schemas/answers';

/** Where a message stands: its sender sees it, and whoever may see its order. */
export const writtenMessageRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma }) => {
  app.get(
    '/messages/:id',
    {
      config: { allow: 'any-user' },
      schema: {
        tags: ['messages'],
        params: z.object({ id: messageId }),
        response: { 200: message, ...problemAnswers },
      },
    },
    async ({ params, caller }) => {
      const row = await readMessage(prisma, params.id);
      if (row === undefined) throw notFound('message');
      if (row.sender !== caller.userId) await findOrder(prisma, caller, row.orderNo).catch(unknownMessage);
      return {
        id: row.id,
        kind: row.kind,
        orderNo: row.orderNo,
        state: row.state,
        because: row.because,
        receivedAt: row.receivedAt.toISOString(),
        settledAt: row.settledAt?.toISOString() ?? null,
      };
    },
  );
};

/** A message that the caller may not see is answered like one that does not exist. */
function unknownMessage(error: unknown): never {
  throw error instanceof Problem && error.parts.status === 404 ? notFound('message') : error;
}
