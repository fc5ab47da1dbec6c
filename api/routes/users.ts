import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Prisma } from '../../prisma/generated/client';
import { violatesUnique } from '../../prisma/database-away';
import type { Dependencies } from '../dependencies';
import { once } from '../once';
import { defined, pageOf } from '../page';
import { notFound, refused } from '../problem';
import { id, idempotencyHeader, limit, problemAnswers } from '../schemas/basics';
import { me, newUser, user, userChange, users } from '../schemas/users';

const config = { allow: ['admin'] } as const;
const tags = ['users'];

/** Users and their roles; and `GET /me`. */
export const userRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma }) => {
  app.get(
    '/me',
    { config: { allow: 'any-user' }, schema: { tags, response: { 200: me, ...problemAnswers } } },
    async ({ caller }) => ({ id: caller.userId, name: caller.name, roles: [...caller.roles] }),
  );

  app.get(
    '/users',
    {
      config,
      schema: {
        tags,
        querystring: z.strictObject({ after: id.optional(), limit }),
        response: { 200: users, ...problemAnswers },
      },
    },
    async ({ query }) => {
      const rows = await prisma.user.findMany({
        where: query.after === undefined ? {} : { id: { gt: query.after } },
        include: { roles: true },
        orderBy: { id: 'asc' },
        take: query.limit + 1,
      });
      return pageOf(rows.map(viewOf), query.limit, (row) => row.id);
    },
  );

  app.post(
    '/users',
    {
      config,
      schema: { tags, headers: idempotencyHeader, body: newUser, response: { 201: user, ...problemAnswers } },
    },
    async ({ body, caller, headers, url }, reply) => {
      const creation = { userId: caller.userId, key: headers['idempotency-key'], asked: [url, body] };
      const made = await once(prisma, creation, async (transaction) => {
        const { roles, email = null, superior = null, ...rest } = body;
        const data = { ...rest, email, superior, roles: { create: [...new Set(roles)].map((role) => ({ role })) } };
        return viewOf(await transaction.user.create({ data, include: { roles: true } }));
      }).catch((error: unknown) => {
        throw violatesUnique(error) ? refused('already_exists', 'There is a user with this id.') : error;
      });
      return reply.code(201).header('location', `/api/v1/users/${made.id}`).send(made);
    },
  );

  app.patch(
    '/users/:id',
    {
      config,
      schema: { tags, params: z.object({ id }), body: userChange, response: { 200: user, ...problemAnswers } },
    },
    async ({ params, body }) => {
      await requireUser(prisma, params.id);
      const { roles, ...fields } = body;
      const data: Prisma.UserUpdateInput = {
        ...defined(fields),
        ...(roles === undefined
          ? {}
          : { roles: { deleteMany: {}, create: [...new Set(roles)].map((role) => ({ role })) } }),
      };
      return viewOf(await prisma.user.update({ where: { id: params.id }, data, include: { roles: true } }));
    },
  );
};

/** 404 where there is no such user. */
export async function requireUser(prisma: Dependencies['prisma'], userId: string): Promise<void> {
  if ((await prisma.user.count({ where: { id: userId } })) === 0) throw notFound('user');
}

function viewOf({ createdAt: _at, roles, ...rest }: Prisma.UserGetPayload<{ include: { roles: true } }>) {
  return { ...rest, roles: roles.map(({ role }) => role).sort() };
}
