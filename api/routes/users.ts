import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Prisma } from '../../prisma/generated/client';
import { violatesUnique } from '../../prisma/database-away';
import type { Dependencies } from '../dependencies';
import {
  changedBy,
  changeOrganisation,
  changeOrganisationOnce,
  requireSuperior,
  requireUser,
} from '../people/organisation-changes';
import { defined, pageOf } from '../page';
import { notFound, refused } from '../problem';
import { id, idempotencyHeader, limit, problemAnswers } from '../schemas/basics';
import { me, newUser, user, userChange, users } from '../schemas/users';
import { limitView } from './approval-limits';

const config = { allow: ['admin'] } as const;
const tags = ['users'];
const include = { roles: true, approvalLimit: true } as const;

/** Users, their roles and superiors; and `GET /me`. */
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
        include,
        orderBy: { id: 'asc' },
        take: query.limit + 1,
      });
      return pageOf(rows.map(viewOf), query.limit, (row) => row.id);
    },
  );

  app.get(
    '/users/:id',
    { config, schema: { tags, params: z.object({ id }), response: { 200: user, ...problemAnswers } } },
    async ({ params }) => {
      const row = await prisma.user.findUnique({ where: params, include });
      if (row === null) throw notFound('user');
      return viewOf(row);
    },
  );

  app.post(
    '/users',
    {
      config,
      schema: { tags, headers: idempotencyHeader, body: newUser, response: { 201: user, ...problemAnswers } },
    },
    async (request, reply) => {
      const { body, headers, url } = request;
      const creation = { by: changedBy(request, 'user_added'), key: headers['idempotency-key'], asked: [url, body] };
      const made = await changeOrganisationOnce(prisma, creation, async (transaction) => {
        const { roles, email = null, superior = null, ...rest } = body;
        await requireSuperior(transaction, body.id, superior);
        const data = { ...rest, email, superior, roles: { create: [...new Set(roles)].map((role) => ({ role })) } };
        return viewOf(await transaction.user.create({ data, include }));
      }).catch((error: unknown) => {
        throw violatesUnique(error) ? refused('already_exists', 'There is a user with this id.') : error;
      });
      return reply.code(201).header('location', `/api/v1/users/${made.id}`).send(made);
    },
  );
};

/** Changes of one user: his name, superior and roles, and whether he is active. */
export const userChangeRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma }) => {
  app.patch(
    '/users/:id',
    {
      config,
      schema: { tags, params: z.object({ id }), body: userChange, response: { 200: user, ...problemAnswers } },
    },
    async (request) =>
      changeOrganisation(prisma, changedBy(request, 'user_changed'), async (transaction) => {
        const { params, body } = request;
        await requireUser(transaction, params.id);
        await requireSuperior(transaction, params.id, body.superior);
        const { roles, ...fields } = body;
        const data: Prisma.UserUpdateInput = {
          ...defined(fields),
          // Who is taken on again can leave again.
          ...(body.active === true ? { departedAt: null } : {}),
          ...(roles === undefined
            ? {}
            : { roles: { deleteMany: {}, create: [...new Set(roles)].map((role) => ({ role })) } }),
        };
        return viewOf(await transaction.user.update({ where: { id: params.id }, data, include }));
      }),
  );
};

function viewOf({
  createdAt: _at,
  departedAt,
  roles,
  approvalLimit,
  ...rest
}: Prisma.UserGetPayload<{ include: typeof include }>) {
  return {
    ...rest,
    departedAt: departedAt?.toISOString() ?? null,
    roles: roles.map(({ role }) => role).sort(),
    approvalLimit: approvalLimit === null ? null : limitView(approvalLimit),
  };
}
