import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { assignmentProblems } from '../../domain/outside/people/assignment';
import type { Organisation } from '../../domain/outside/people/organisation';
import type { Policy } from '../../domain/outside/policy/policy';
import type { Prisma, PolicyVersion } from '../../prisma/generated/client';
import { violatesUnique } from '../../prisma/database-away';
import type { Dependencies } from '../dependencies';
import { readDocument } from '../policy/policies';
import { Problem, notFound, refused } from '../problem';
import { problemAnswers } from '../schemas/basics';

const tags = ['policies'];
const config = { allow: 'any-user' } as const;
const name = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/);
const version = z.object({ name: z.string(), version: z.int(), publishedAt: z.string(), publishedBy: z.string() });
const whole = version.extend({ document: z.unknown() });
const published = version.extend({
  differedFrom: z
    .object({ name: z.string(), version: z.int() })
    .nullable()
    .describe(
      'The version over which stated differences were laid; what is kept is the whole. Null: it was stated whole',
    ),
});

/** The company's rules, by version: a publication applies to new orders, open ones keep theirs (GV-3). */
export const policyRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma, organisation, now }) => {
  app.get(
    '/policies',
    { config, schema: { tags, response: { 200: z.object({ items: z.array(version) }), ...problemAnswers } } },
    async () => {
      const rows = await prisma.policyVersion.findMany({
        orderBy: [{ name: 'asc' }, { version: 'desc' }],
        omit: { document: true },
        take: 1000,
      });
      return { items: rows.map(viewOf) };
    },
  );

  app.get(
    '/policies/:name',
    {
      config,
      schema: {
        tags,
        params: z.object({ name }),
        querystring: z.strictObject({ version: z.coerce.number().int().min(1).max(1_000_000).optional() }),
        response: { 200: whole, ...problemAnswers },
      },
    },
    async ({ params, query }) => {
      const where = { name: params.name, ...(query.version === undefined ? {} : { version: query.version }) };
      const row = await prisma.policyVersion.findFirst({ where, orderBy: { version: 'desc' } });
      if (row === null) throw notFound('policy');
      return { ...viewOf(row), document: row.document };
    },
  );

  app.post(
    '/policies/:name/versions',
    {
      config: { allow: ['admin'] },
      schema: {
        tags,
        params: z.object({ name }),
        body: z.strictObject({ basedOn: z.int().min(0), document: z.record(z.string(), z.unknown()) }),
        response: { 201: published, ...problemAnswers },
      },
    },
    async ({ params, body, caller }, reply) => {
      const number = body.basedOn + 1;
      const stated = { ...body.document, name: params.name, version: number };
      const { policy, differedFrom } = await readDocument(prisma, stated);
      requireCarried(policy, await organisation(caller.organisation));
      const latest = await prisma.policyVersion.aggregate({ where: { name: params.name }, _max: { version: true } });
      if ((latest._max.version ?? 0) !== body.basedOn) throw versionTaken(latest._max.version ?? 0);
      const row = await prisma.policyVersion
        .create({
          data: {
            name: params.name,
            version: number,
            // A policy is plain data all through; its type says it readonly, which Prisma's JSON does not know.
            document: policy as unknown as Prisma.InputJsonObject,
            publishedAt: now(),
            publishedBy: caller.userId,
          },
        })
        .catch((error: unknown) => {
          throw violatesUnique(error) ? versionTaken(number) : error;
        });
      return reply
        .code(201)
        .header('location', `/api/v1/policies/${params.name}?version=${number}`)
        .send({ ...viewOf(row), differedFrom });
    },
  );
};

/** Publishing says which version it was based on, so that nobody overwrites what he has not seen. */
function versionTaken(version: number) {
  return refused('policy_moved_on', `The newest version of this policy is ${version}.`, { version });
}

/** Every level has somebody, also where four eyes keep some out: seen here, not when an order is stuck (HT-2, HT-10). */
function requireCarried(policy: Policy, organisation: Organisation): void {
  const errors = assignmentProblems(policy, organisation).map(({ path, reason }) => ({
    field: path,
    code: 'nobody',
    message: reason,
  }));
  if (errors.length === 0) return;
  const detail = 'Nobody could carry this policy as the organisation is now; `errors` names the levels.';
  throw new Problem({ status: 409, code: 'nobody_to_decide', detail, errors });
}

function viewOf({ name, version, publishedAt, publishedBy }: Omit<PolicyVersion, 'document'>) {
  return { name, version, publishedAt: publishedAt.toISOString(), publishedBy };
}
