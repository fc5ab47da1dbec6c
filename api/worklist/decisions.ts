import type { FastifyPluginAsync } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { Caller } from '../caller';
import { decisionTo } from './decision';
import type { Dependencies } from '../dependencies';
import { idFrom } from '../digest';
import { type FoldedOrder, foldOrder, wouldBeFiled } from '../fold';
import { send } from '../inbox';
import { actorOf, writtenBefore } from '../message-route';
import { keepKey } from '../once';
import { perRequestCache } from '../per-request-cache';
import { Problem } from '../problem';
import { problemAnswers, requiredKey } from '../schemas/basics';
import { lessPatient, aFewAtATime } from '../a-few-at-a-time';
import { bulkDecision, bulkDecisionAnswer, type decision } from './decision-body';

/** Many tasks are answered at once, whichever workflows ask; whether an answer counts is judged there once more. */
export const decisionRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/decisions',
    {
      config: { allow: 'any-user' },
      schema: {
        tags: ['messages'],
        summary: 'Many tasks are answered with one reason, each judged and reported by itself (HT-14)',
        headers: requiredKey,
        body: bulkDecision,
        response: { 207: bulkDecisionAnswer, ...problemAnswers },
      },
    },
    async ({ body, caller, headers }, reply) => {
      const { taskIds, dryRun = false, ...said } = body;
      const key = headers['idempotency-key'];
      // A dry run leaves nothing behind, and is asked with the key of what comes after it.
      if (!dryRun)
        await keepKey(dependencies.prisma, { userId: caller.userId, key, asked: ['/decisions', taskIds, said] });
      const folded = perRequestCache(async (no: string) => foldOrder(dependencies.prisma, no));
      const patience = lessPatient(dependencies);
      const items = await aFewAtATime(taskIds, async (taskId) => {
        const id = idOf(key, { taskId, caller });
        const answered = { id, caller, body: { ...said, taskId } };
        return dryRun ? tryOne(dependencies, answered, folded) : answerOne(patience(), answered);
      });
      return reply.code(207).send({ items: [...items] });
    },
  );
};

/** Each item's own message id: the request sent again sends the same messages, whatever else it then asks. */
const idOf = (key: string, { taskId, caller }: { readonly taskId: string; readonly caller: Caller }): string =>
  idFrom('bulk', [key, caller.userId, taskId]);

type Answered = { readonly id: string; readonly caller: Caller; readonly body: z.output<typeof decision> };
type Item = z.input<typeof bulkDecisionAnswer>['items'][number];

/** What one of many would be answered: the door is asked, then the reducer of its workflow; there is no message (EX-8). */
async function tryOne(
  dependencies: Dependencies,
  { id, caller, body }: Answered,
  folded: (orderNo: string) => Promise<FoldedOrder | undefined>,
): Promise<Item> {
  const head = { id: `dry-${id}`, at: dependencies.now().toISOString(), by: actorOf(caller) };
  return orRefused(body, async () => {
    const addressed = await decisionTo(dependencies, { body, caller, head });
    const filing = wouldBeFiled(await folded(addressed.orderNo), addressed);
    const state = filing?.filed ?? 'pending';
    const [status, code] = [statusOf[state], filing?.because ?? null];
    return { taskId: body.taskId, orderNo: addressed.orderNo, messageId: null, status, state, code };
  });
}

const statusOf = { applied: 200, pending: 202, ignored: 409 };

/** One of many goes the road of a single one; what it is refused is its own answer, not that of all. */
async function answerOne(dependencies: Dependencies, { id, caller, body }: Answered): Promise<Item> {
  const { taskId } = body;
  const head = { id, at: dependencies.now().toISOString(), by: actorOf(caller) };
  return orRefused(body, async () => {
    const addressed = await decisionTo(dependencies, { body, caller, head }).catch(
      async (refusal: unknown) => (await writtenBefore(dependencies, caller, id)) ?? Promise.reject(refusal),
    );
    const sending = { ...addressed, words: body.comment, sender: caller.userId, asked: ['/decisions', body] };
    const { state, because } = await send(dependencies, sending);
    const { orderNo: no } = addressed;
    return { taskId, orderNo: no, messageId: id, status: statusOf[state], state, code: because };
  });
}

/** What the door refuses is the answer of that one. */
async function orRefused({ taskId }: Answered['body'], work: () => Promise<Item>): Promise<Item> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { status, code } = error.parts;
    return { taskId, orderNo: null, messageId: null, status, state: 'refused', code };
  }
}
