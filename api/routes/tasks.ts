import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { taskKinds } from '../../domain/inside/terms';
import { Prisma } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { handlesFor } from '../handles';
import { pageOf } from '../page';
import { flag, limit, problemAnswers, taskId } from '../schemas/basics';
import { task, taskDetails, taskPage } from '../schemas/tasks';
import { tasksFor } from '../scope';
import { type TaskRow, claim, findTask, release, see, taskColumns, taskView } from '../task-rows';

const config = { allow: 'any-user' } as const;
const tags = ['tasks'];
const params = z.object({ id: taskId });

const query = z.strictObject({
  kind: z.enum(taskKinds).optional(),
  overdue: flag.optional(),
  claimed: flag.optional(),
  after: taskId.optional(),
  limit,
});

/** What waits for me (HT-17), and who has taken it. */
export const taskRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  const { prisma, now } = dependencies;
  app.get(
    '/tasks',
    { config, schema: { tags, querystring: query, response: { 200: taskPage, ...problemAnswers } } },
    async ({ caller, query: asked }) => {
      const handles = await handlesFor(dependencies, caller);
      const mine = Prisma.sql`t.state = 'open' and ${tasksFor(handles)}`;
      const [rows, counts] = await Promise.all([
        prisma.$queryRaw<readonly TaskRow[]>`
          select ${taskColumns} from tasks t where ${mine} and ${filters(asked)}
           order by t."dueAt", t.id limit ${asked.limit + 1}`,
        prisma.$queryRaw<readonly { kind: string; open: number; overdue: number }[]>`
          select t.kind, count(*)::int as open, count(*) filter (where t."dueAt" < now())::int as overdue
            from tasks t where ${mine} group by t.kind order by t.kind`,
      ]);
      return { ...pageOf(rows.map(taskView), asked.limit, ({ id }) => id), counts: [...counts] };
    },
  );

  app.get(
    '/tasks/:id',
    { config, schema: { tags, params, response: { 200: taskDetails, ...problemAnswers } } },
    async ({ params: { id }, caller }) => {
      const row = await findTask(dependencies, caller, id);
      await see(prisma, { taskId: id, userId: caller.userId, at: now() });
      const trail = await prisma.taskEvent.findMany({
        where: { taskId: id },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
        take: 500,
      });
      return {
        ...taskView(row),
        trail: trail.map(({ kind, actor, at, detail }) => ({ kind, actor, at: at.toISOString(), detail })),
      };
    },
  );

  app.put(
    '/tasks/:id/claim',
    { config, schema: { tags, params, response: { 200: task, ...problemAnswers } } },
    async ({ params: { id }, caller }) => {
      await findTask(dependencies, caller, id);
      return taskView(await claim(dependencies, { taskId: id, caller, at: now() }));
    },
  );

  app.delete(
    '/tasks/:id/claim',
    { config, schema: { tags, params, response: { 200: task, ...problemAnswers } } },
    async ({ params: { id }, caller }) => {
      await findTask(dependencies, caller, id);
      return taskView(await release(dependencies, { taskId: id, caller, at: now() }));
    },
  );
};

function filters({ kind, overdue, claimed, after }: z.output<typeof query>): Prisma.Sql {
  const all = [Prisma.sql`true`];
  if (kind !== undefined) all.push(Prisma.sql`t.kind = ${kind}`);
  if (overdue !== undefined) all.push(Prisma.sql`(t."dueAt" < now()) = ${overdue}`);
  if (claimed !== undefined) all.push(Prisma.sql`(t."claimedBy" is not null) = ${claimed}`);
  if (after !== undefined) {
    all.push(Prisma.sql`(t."dueAt", t.id) > (select a."dueAt", a.id from tasks a where a.id = ${after})`);
  }
  return Prisma.join(all, ' and ');
}
