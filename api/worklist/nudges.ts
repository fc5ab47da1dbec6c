import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findDeciders } from '../../domain/outside/people/verdict';
import type { PrismaClient } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { Problem, forbidden, refused } from '../problem';
import { problemAnswers, taskId } from '../schemas/basics';
import { nudge } from './schemas';
import { askedOf } from '../../prisma/tasks-asked';
import { findTask } from './task-rows';

/** 催办: who waits may ask for an answer, once per task and hour (HT-9). */
const everyMs = 3_600_000;
/** Only the first of those who may decide are told: one of more would not feel meant. */
const mostTold = 50;

export const nudgeRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  const { prisma, organisation, now } = dependencies;
  app.post(
    '/tasks/:id/nudges',
    {
      config: { allow: 'any-user' },
      schema: {
        tags: ['tasks'],
        summary: 'The requester asks for an answer, once per task and hour (HT-9)',
        params: z.object({ id: taskId }),
        response: { 201: nudge, ...problemAnswers },
      },
    },
    async ({ params: { id }, caller }, reply) => {
      const row = await findTask(dependencies, caller, id);
      const { orderNo, state, outcome, decidedBy } = row;
      await requireRequester(prisma, orderNo, caller.userId);
      if (state !== 'open')
        throw refused('task_closed', 'This task is closed.', { task: { state, outcome, decidedBy } });
      const at = now();
      const deciders = findDeciders(await organisation(caller.organisation), askedOf(row), at.toISOString());
      const to = row.claimedBy === null ? deciders.slice(0, mostTold) : [row.claimedBy];
      await tell(prisma, { taskId: id, orderNo, by: caller.userId, at, to });
      return reply.code(201).send({ taskId: id, at: at.toISOString(), to: [...to] });
    },
  );
};

async function requireRequester(prisma: PrismaClient, no: string, userId: string): Promise<void> {
  const order = await prisma.order.findUnique({ where: { no }, select: { takenBy: true, salespersonId: true } });
  if (order?.takenBy !== userId && order?.salespersonId !== userId)
    throw forbidden('Who took the order, or looks after it, may ask for an answer.');
}

interface Nudge {
  readonly taskId: string;
  readonly orderNo: string;
  readonly by: string;
  readonly at: Date;
  readonly to: readonly string[];
}

/** The task's history and the notice together; of two at once the second waits for the task's row and sees the first. */
async function tell(prisma: PrismaClient, { taskId: of, orderNo, by, at, to }: Nudge): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw`select from tasks where id = ${of} for update`;
    const last = await transaction.taskEvent.findFirst({
      where: { taskId: of, kind: 'nudged', at: { gt: new Date(at.getTime() - everyMs) } },
      orderBy: { at: 'desc' },
    });
    if (last !== null) throw tooSoon(last.at.getTime() + everyMs - at.getTime());
    const id = randomUUID();
    await transaction.taskEvent.create({ data: { id, taskId: of, kind: 'nudged', actor: by, at, detail: {} } });
    const notice = { key: `${of}:nudged:${id}`, orderNo, template: 'task.nudged', to: [...to], detail: { of, by } };
    await transaction.notice.create({ data: notice });
  });
}

const tooSoon = (waitMs: number): Problem =>
  new Problem({
    status: 429,
    code: 'too_many_requests',
    detail: 'They were asked within the last hour.',
    headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
  });
