import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Dependencies } from '../dependencies';
import { notFound } from '../problem';
import { id, problemAnswers } from '../schemas/basics';
import { newToken, token, tokenAddress } from '../schemas/users';
import { makeToken } from '../people/tokens';
import { requireUser } from '../people/organisation-changes';

const config = { allow: ['admin'] } as const;
const tags = ['users'];

/** Bearer tokens: shown once when made, and revoked. */
export const tokenRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma, now }) => {
  app.post(
    '/users/:id/tokens',
    {
      config,
      schema: { tags, params: z.object({ id }), body: newToken, response: { 201: token, ...problemAnswers } },
    },
    async ({ params, body }, reply) => {
      await requireUser(prisma, params.id);
      const made = await makeToken(prisma, { userId: params.id, days: body.days, now: now() });
      return reply.code(201).header('cache-control', 'no-store').send(made);
    },
  );

  app.delete(
    '/users/:id/tokens/:tokenId',
    { config, schema: { tags, params: tokenAddress, response: { 204: z.null(), ...problemAnswers } } },
    async ({ params }, reply) => {
      const { count } = await prisma.apiToken.updateMany({
        where: { id: params.tokenId, userId: params.id, revokedAt: null },
        data: { revokedAt: now() },
      });
      const known =
        count > 0 || (await prisma.apiToken.count({ where: { id: params.tokenId, userId: params.id } })) > 0;
      if (!known) throw notFound('token');
      return reply.code(204).send(null);
    },
  );
};
