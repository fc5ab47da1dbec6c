import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { EveryFact } from '../../domain/inside/every-fact';
import type { FactHead } from '../../domain/inside/kernel/fact';
import { standingFor } from '../../domain/organisation';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { addMessageRoute, type Said } from '../message-route';
import { requireActive } from '../organisation-changes';
import { wrongField } from '../problem';
import { orderNo } from '../schemas/basics';
import * as bodies from '../schemas/messages';
import { askedOf } from '../../prisma/tasks-asked';
import { standsAs } from '../standing';
import { findTask, type TaskRow } from '../task-rows';

const params = z.object({ no: orderNo });

/** Messages about a task of an order or of its shipments and collections: each goes to the workflow that asks. */
export const taskMessageRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  const toTask = <Body extends z.ZodType<Said & { readonly taskId: string }>>(
    url: string,
    { body: schema, summary, fact }: TaskMessage<Body>,
  ): void =>
    addMessageRoute(app, dependencies, {
      url: `/orders/:no/${url}`,
      allow: 'any-user',
      summary,
      params,
      body: schema,
      becomes: async ({ params: { no }, body, caller, head }) => {
        const row = await findTask(dependencies, caller, body.taskId);
        if (row.orderNo !== no) throw wrongField('taskId', 'unknown', 'This order has no such task.');
        const by = await standsAs(dependencies, caller, isRecall(body) ? asBeforeDelegating(row) : row);
        const message = await fact({ ...head, by }, body, { caller, row });
        const afterwards = changesHands(message) ? () => unclaim(dependencies, row.id) : undefined;
        return {
          workflowId: row.workflowId,
          orderNo: no,
          message,
          ...(afterwards === undefined ? {} : { afterwards }),
        };
      },
    });

  toTask('decision-withdrawals', {
    body: bodies.decisionWithdrawal,
    summary: 'Who signed takes it back, until the next effect (HT-5)',
    fact: (head, { taskId, reasonCode }) => ({ ...head, kind: 'decisionWithdrawn', taskId, reasonCode }),
  });
  toTask('task-moves', {
    body: bodies.taskMove,
    summary: 'A task is transferred, delegated, or gets another signer (HT-6)',
    fact: async (head, { taskId, how, slot, to, reasonCode }, { caller, row }) => {
      if (to !== undefined) await requireActive(dependencies.prisma, 'to', to);
      if (to !== undefined && how === 'transfer') await requireAuthority(dependencies, { caller, row, to });
      return {
        ...head,
        kind: 'taskReassigned',
        taskId,
        how,
        ...(slot === undefined ? {} : { slot }),
        ...(to === undefined ? {} : { to }),
        ...(reasonCode === undefined ? {} : { reasonCode }),
      };
    },
  });
  toTask('task-pauses', {
    body: bodies.taskPause,
    summary: 'The clock stops: the customer is waited for (HT-8)',
    fact: (head, { taskId }) => ({ ...head, kind: 'taskPaused', taskId }),
  });
  toTask('task-resumptions', {
    body: bodies.taskPause,
    summary: 'The customer has answered: the clock goes on (HT-8)',
    fact: (head, { taskId }) => ({ ...head, kind: 'taskResumed', taskId }),
  });
};

/** Which move is asked for; other messages about tasks have none. */
const isRecall = (body: object): boolean => 'how' in body && body.how === 'recall';

const changesHands = (message: EveryFact): boolean =>
  message.kind === 'taskReassigned' && ['transfer', 'delegate', 'give_back', 'recall'].includes(message.how);

/** Who has it now has not taken it, and who had it does not keep it from him (RV-8). */
async function unclaim({ prisma }: Dependencies, id: string): Promise<void> {
  await prisma.task.updateMany({ where: { id, state: 'open' }, data: { claimedBy: null, claimedAt: null } });
}

/** A recall comes from whose the task was, himself or by who stands in for him (HT-6, HT-7). */
const asBeforeDelegating = (row: TaskRow): TaskRow => ({
  ...row,
  slots: row.slots.map(({ delegated, ...slot }) =>
    delegated === undefined ? slot : { ...slot, candidates: delegated.former },
  ),
});

interface TaskMessage<Body extends z.ZodType<Said & { readonly taskId: string }>> {
  readonly body: Body;
  readonly summary: string;
  readonly fact: (
    head: FactHead,
    body: z.output<Body>,
    of: { readonly caller: Caller; readonly row: TaskRow },
  ) => EveryFact | Promise<EveryFact>;
}

/** Who takes a task over decides it: he must be one whom policy would have asked, and within his limits (V4). */
async function requireAuthority(
  { organisation, now }: Dependencies,
  { caller, row, to }: { readonly caller: Caller; readonly row: TaskRow; readonly to: string },
): Promise<void> {
  const asked = askedOf(row);
  const slots = asked.slots.map((slot) => ({ ...slot, candidates: slot.origin ?? slot.candidates }));
  const verdict = standingFor(await organisation(caller.organisation), to, { ...asked, slots }, now().toISOString());
  // Turns pass, and four eyes are the workflow's to refuse.
  if ('by' in verdict || verdict.because === 'not_your_turn' || verdict.because === 'four_eyes') return;
  throw wrongField('to', verdict.because, 'This user may not decide such a task: delegate it, or add him as a signer.');
}
