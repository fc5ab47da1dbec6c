import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { taskKinds } from '../../domain/inside/processes';
import type { Candidacy } from '../../domain/outside/people/candidacies';
import { Prisma } from '../../prisma/generated/client';
import type { Caller } from '../caller';
import { withDeciders } from './deciders';
import type { Dependencies } from '../dependencies';
import { candidaciesFor } from './candidacies';
import { pageOf } from '../page';
import { notFound } from '../problem';
import { flag, limit, problemAnswers, taskId } from '../schemas/basics';
import { followUp, task, taskDetails, taskPage } from './schemas';
import { ordersSeenBy, tasksDelegatedBy, tasksFor } from '../scope';
import { type TaskRow, claim, findTask, follow, release, see, taskColumns, taskView } from './task-rows';
import { talkOf } from './task-talk';

const config = { allow: 'any-user' } as const;
const tags = ['tasks'];
const params = z.object({ id: taskId });

const query = z.strictObject({
  kind: z.enum(taskKinds).optional(),
  overdue: flag.optional(),
  claimed: flag.optional(),
  withoutCandidates: flag.optional(),
  copied: flag.optional().describe('Those of which I got a carbon copy, open or not, instead of mine'),
  delegated: flag.optional().describe('Those that I have delegated and may call back, instead of mine'),
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
      const candidacies = await candidaciesFor(dependencies, caller);
      const mine = Prisma.sql`t.state = 'open' and ${tasksFor(candidacies)}`;
      const away = tasksDelegatedBy(candidacies);
      const listed = asked.delegated === true ? away : asked.copied === true ? copiedTo(caller, candidacies) : mine;
      const [rows, counts, [delegated]] = await Promise.all([
        prisma.$queryRaw<readonly TaskRow[]>`
          select ${taskColumns} from tasks t where ${listed} and ${filters(asked)}
           order by ${urgency}, t.id limit ${asked.limit + 1}`,
        prisma.$queryRaw<readonly { kind: string; open: number; overdue: number }[]>`
          select t.kind, count(*)::int as open, count(*) filter (where t."dueAt" < now())::int as overdue
            from tasks t where ${mine} group by t.kind order by t.kind`,
        prisma.$queryRaw<readonly { count: number }[]>`select count(*)::int as count from tasks t where ${away}`,
      ]);
      const page = pageOf(rows, asked.limit, ({ id }) => id);
      const items = await withDeciders(dependencies, caller, { rows: page.items, view: taskView });
      return { items, next: page.next, counts: [...counts], delegated: delegated?.count ?? 0 };
    },
  );

  app.get(
    '/tasks/:id',
    { config, schema: { tags, params, response: { 200: taskDetails, ...problemAnswers } } },
    async ({ params: { id }, caller }) => {
      const row = await findTask(dependencies, caller, id);
      await see(prisma, { taskId: id, userId: caller.userId, at: now() });
      const [[shown], talk] = await Promise.all([
        withDeciders(dependencies, caller, { rows: [row], view: taskView }),
        talkOf(prisma, caller, row),
      ]);
      if (shown === undefined) throw notFound('task');
      return { ...shown, ...talk };
    },
  );
};

/** Who has taken a task, how much it presses, and when to look again: rows that say who looks. */
export const taskCareRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  const { now } = dependencies;
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

  app.put(
    '/tasks/:id/follow-up',
    { config, schema: { tags, params, body: followUp, response: { 200: task, ...problemAnswers } } },
    async ({ params: { id }, body, caller }) => {
      await findTask(dependencies, caller, id);
      return taskView(await follow(dependencies, { taskId: id, caller, at: now(), ...body }));
    },
  );
};

/** What presses first: the index of open tasks has the same words. */
const urgency = Prisma.sql`(-t.priority), t."dueAt"`;

/** Carbon copies of what he may still see (HT-13, Y1). */
function copiedTo(caller: Caller, candidacies: readonly Candidacy[]): Prisma.Sql {
  return Prisma.sql`exists (select 1 from task_copies c where c."taskId" = t.id and c."userId" = ${caller.userId})
    and (${tasksFor(candidacies)} or exists (select 1 from orders o where o.no = t."orderNo" and ${ordersSeenBy(caller)}))`;
}

function filters({ kind, overdue, claimed, withoutCandidates, after }: z.output<typeof query>): Prisma.Sql {
  const all = [Prisma.sql`true`];
  if (kind !== undefined) all.push(Prisma.sql`t.kind = ${kind}`);
  if (overdue !== undefined) all.push(Prisma.sql`(t."dueAt" < now()) = ${overdue}`);
  if (claimed !== undefined) all.push(Prisma.sql`(t."claimedBy" is not null) = ${claimed}`);
  if (withoutCandidates !== undefined) all.push(Prisma.sql`t."withoutCandidates" = ${withoutCandidates}`);
  if (after !== undefined) {
    all.push(Prisma.sql`(${urgency}, t.id) > (select -a.priority, a."dueAt", a.id from tasks a where a.id = ${after})`);
  }
  return Prisma.join(all, ' and ');
}
