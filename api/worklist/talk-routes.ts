import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Dependencies } from '../dependencies';
import { once, type Transaction } from '../once';
import { wrongField } from '../problem';
import { id, idempotencyHeader, problemAnswers, taskId } from '../schemas/basics';
import { newTaskNote, taskCopies, taskNote } from './schemas';
import { whoSees } from '../scope';
import { findTask } from './task-rows';
import { copiesOf, noteView } from './task-talk';

const config = { allow: 'any-user' } as const;
const tags = ['tasks'];

/** Notes and carbon copies around a task (HT-13): rows and notices, no message to the order. */
export const taskTalkRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  const { prisma, now } = dependencies;

  app.post(
    '/tasks/:id/notes',
    {
      config,
      schema: {
        tags,
        params: z.object({ id: taskId }),
        headers: idempotencyHeader,
        body: newTaskNote,
        response: { 201: taskNote, ...problemAnswers },
      },
    },
    async ({ params, body, caller, headers, url }, reply) => {
      const { orderNo } = await findTask(dependencies, caller, params.id);
      const creation = { userId: caller.userId, key: headers['idempotency-key'], asked: [url, body] };
      const made = await once(prisma, creation, async (transaction) => {
        const mentions = [...new Set(body.mentions)];
        await requireSight(transaction, { orderNo, userIds: mentions, field: 'mentions' });
        const noteId = randomUUID();
        const data = {
          id: noteId,
          orderNo,
          taskId: params.id,
          author: caller.userId,
          text: body.text,
          mentions,
          at: now(),
        };
        const note = noteView(await transaction.note.create({ data }));
        // The words stay where they are: a notice holds numbers and codes.
        const detail = { of: params.id, noteId, by: caller.userId };
        if (mentions.length > 0)
          await transaction.notice.create({
            data: { key: `note:${noteId}`, orderNo, template: 'note.mentioned', to: mentions, detail },
          });
        return note;
      });
      return reply.code(201).send(made);
    },
  );

  app.put(
    '/tasks/:id/copies/:userId',
    {
      config,
      schema: { tags, params: z.object({ id: taskId, userId: id }), response: { 200: taskCopies, ...problemAnswers } },
    },
    async ({ params: { id: of, userId }, caller }) => {
      const { orderNo } = await findTask(dependencies, caller, of);
      await requireSight(prisma, { orderNo, userIds: [userId], field: 'userId' });
      const detail = JSON.stringify({ of, by: caller.userId });
      // Copied again, nobody is told again.
      await prisma.$executeRaw`
        with copy as (
          insert into task_copies ("taskId", "userId", by, at) values (${of}, ${userId}, ${caller.userId}, ${now()})
          on conflict do nothing returning *),
        history as (
          insert into task_events (id, "taskId", kind, actor, at, detail)
          select c."taskId" || ':copied:' || c."userId", c."taskId", 'copied', c.by, c.at, jsonb_build_object('to', c."userId")
            from copy c on conflict (id) do nothing)
        insert into notices (key, "orderNo", template, "to", detail)
        select c."taskId" || ':copied:' || c."userId", ${orderNo}, 'task.copied', array[c."userId"], ${detail}::jsonb
          from copy c on conflict (key) do nothing`;
      return { items: await copiesOf(prisma, of) };
    },
  );
};

/** Nobody is told of an order that he may not see (Y1). */
async function requireSight(
  transaction: Transaction,
  {
    orderNo,
    userIds,
    field,
  }: { readonly orderNo: string; readonly userIds: readonly string[]; readonly field: string },
): Promise<void> {
  if (userIds.length === 0) return;
  const seeing = await transaction.$queryRaw<readonly { id: string }[]>`
    select u.id from users u cross join orders o where o.no = ${orderNo} and u.id = any(${[...userIds]}::text[]) and ${whoSees}`;
  const blind = userIds.filter((userId) => !seeing.some((row) => row.id === userId));
  if (blind.length > 0)
    throw wrongField(field, 'unknown', `No active user who may see this order: ${blind.join(', ')}.`);
}
