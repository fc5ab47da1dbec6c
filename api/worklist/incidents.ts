import { type Client, isGrpcServiceError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Incident } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { pageOf } from '../page';
import { notFound } from '../problem';
import { flag, limit, problemAnswers, text } from '../schemas/basics';
import { incident } from '../schemas/master-data';
import { incidentResolved, letterTo } from '../../workflows/messages';

const config = { allow: ['admin'] } as const;
const tags = ['incidents'];
/** Made by workflows and the sweep, from workflow ids and steps. */
const incidentId = text(200);

const query = z.strictObject({ open: flag.default(true), after: incidentId.optional(), limit });

/** Lasting trouble that an operator must look at: his work list (design rule 12). */
export const incidentRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma, temporal, now }) => {
  app.get(
    '/incidents',
    {
      config,
      schema: {
        tags,
        querystring: query,
        response: { 200: z.object({ items: z.array(incident), next: z.string().nullable() }), ...problemAnswers },
      },
    },
    async ({ query: { open, after, limit: size } }) => {
      const rows = await prisma.incident.findMany({
        where: { closedAt: open ? null : { not: null } },
        orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
        take: size + 1,
        ...(after === undefined ? {} : { cursor: { id: after }, skip: 1 }),
      });
      return pageOf(rows.map(viewOf), size, ({ id }) => id);
    },
  );

  app.patch(
    '/incidents/:id',
    {
      config,
      schema: {
        tags,
        params: z.object({ id: incidentId }),
        body: z.strictObject({ closed: z.literal(true) }),
        response: { 200: incident, ...problemAnswers },
      },
    },
    async ({ params: { id }, caller }) => {
      await prisma.incident.updateMany({
        where: { id, closedAt: null },
        data: { closedAt: now(), closedBy: caller.userId },
      });
      const row = await prisma.incident.findUnique({ where: { id } });
      if (row === null) throw notFound('incident');
      if (row.workflowId !== null) await tellMended(temporal, row.workflowId);
      return viewOf(row);
    },
  );
};

/** Whatever waits for the mending tries again at once; where Temporal is away it does so by itself within the hour. */
async function tellMended(temporal: Client, workflowId: string): Promise<void> {
  try {
    await temporal.connection.withDeadline(Date.now() + 2_000, () =>
      temporal.workflow.getHandle(workflowId).signal(incidentResolved, letterTo(workflowId, 'resolved')),
    );
  } catch (error) {
    if (!isServiceError(error) && !(error instanceof WorkflowNotFoundError)) throw error;
  }
}

const isServiceError = (error: unknown): boolean => isGrpcServiceError(error) || error instanceof ServiceError;

function viewOf({ openedAt, closedAt, ...rest }: Incident) {
  return { ...rest, openedAt: openedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null };
}
