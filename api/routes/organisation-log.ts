import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { OrganisationChange } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { pageOf } from '../page';
import { id, limit, problemAnswers } from '../schemas/basics';

const values = z.record(z.string(), z.unknown()).nullable();
const change = z.object({
  id: z.string(),
  at: z.string(),
  by: z.string(),
  requestId: z.string(),
  cause: z.string(),
  subject: z.string(),
  subjectId: z.string(),
  userId: z.string(),
  fields: z.array(z.string()),
  before: values.describe('Null: it was not there. Names and addresses of people are left out'),
  after: values,
  detail: values,
});
const page = z.object({ items: z.array(change), next: z.string().nullable() });
const querystring = z.strictObject({
  user: id.optional().describe('Whom it concerns, or who is away'),
  after: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .optional()
    .describe('The last one that was seen'),
  limit,
});

/** Who changed users, roles, superiors, limits and substitutes, when and in which request: the newest first (GV-3). */
export const organisationLogRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma }) => {
  app.get(
    '/organisation-changes',
    {
      config: { allow: ['admin', 'director'] },
      schema: {
        tags: ['users'],
        summary: 'What was changed of the organisation, the newest first',
        querystring,
        response: { 200: page, ...problemAnswers },
      },
    },
    async ({ query }) => {
      const rows = await prisma.organisationChange.findMany({
        where: {
          ...(query.user === undefined ? {} : { userId: query.user }),
          ...(query.after === undefined ? {} : { id: { lt: BigInt(query.after) } }),
        },
        orderBy: { id: 'desc' },
        take: query.limit + 1,
      });
      return pageOf(rows.map(viewOf), query.limit, (row) => row.id);
    },
  );
};

function viewOf({ id: number, at, before, after, detail, ...rest }: OrganisationChange): z.input<typeof change> {
  const plain = z.record(z.string(), z.unknown()).nullable();
  return {
    ...rest,
    id: String(number),
    at: at.toISOString(),
    before: plain.parse(before),
    after: plain.parse(after),
    detail: plain.parse(detail),
  };
}
