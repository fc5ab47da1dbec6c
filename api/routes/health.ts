import { temporal } from '@temporalio/proto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Dependencies } from '../dependencies';

const config = { allow: 'public', rateLimit: false } as const;
const tags = ['health'];

const readiness = z.object({
  ready: z.boolean(),
  database: z.boolean(),
  temporal: z.boolean(),
  /** Whether any worker polls for orders. */
  workers: z.boolean(),
  listener: z.boolean(),
});

/** How long a part may take to answer before it counts as away. */
const patienceMs = 1500;

/** `/livez`: this process answers. `/readyz`: everything an order needs is there. */
export const healthRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  app.get('/livez', { config, schema: { tags, response: { 200: z.object({ alive: z.boolean() }) } } }, async () => ({
    alive: true,
  }));

  app.get('/readyz', { config, schema: { tags, response: { 200: readiness, 503: readiness } } }, async (_, reply) => {
    const [database, pollers] = await Promise.all([seesDatabase(dependencies), countPollers(dependencies)]);
    const listener = dependencies.listener.listens();
    const temporal = pollers !== undefined;
    const workers = (pollers ?? 0) > 0;
    const ready = database && temporal && workers && listener;
    return reply.code(ready ? 200 : 503).send({ ready, database, temporal, workers, listener });
  });
};

async function seesDatabase({ prisma }: Dependencies): Promise<boolean> {
  return within(prisma.$queryRaw`select 1`.then(() => true)).catch(() => false);
}

/** Undefined when Temporal does not answer. */
async function countPollers({ temporal: client, settings }: Dependencies): Promise<number | undefined> {
  const { connection, options } = client;
  const asked = connection.withDeadline(Date.now() + patienceMs, () =>
    connection.workflowService.describeTaskQueue({
      namespace: options.namespace,
      taskQueue: { name: settings.taskQueue },
      taskQueueType: workflowTasks,
    }),
  );
  return within(asked.then(({ pollers }) => pollers?.length ?? 0)).catch(() => undefined);
}

/** The queue of workflow tasks: only a worker that runs orders polls it. */
const workflowTasks = temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW;

async function within<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
  });
  try {
    return await Promise.race([asked, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
