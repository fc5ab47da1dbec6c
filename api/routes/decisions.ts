import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Dependencies } from '../dependencies';
import { addMessageRoute } from '../message-route';
import { fenOf } from '../money';
import { refused, wrongField } from '../problem';
import { orderNo } from '../schemas/basics';
import { decision } from '../schemas/messages';
import { standsAs } from '../standing';
import { findTask, type TaskRow } from '../task-rows';

/** Tasks are answered at their order, whichever workflow asks; whether the answer counts is judged there once more. */
export const decisionRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  addMessageRoute(app, dependencies, {
    url: '/orders/:no/decisions',
    allow: 'any-user',
    summary: 'A task is answered (RV-6)',
    params: z.object({ no: orderNo }),
    body: decision,
    becomes: async ({ params: { no }, body, caller, head }) => {
      const row = await findTask(dependencies, caller, body.taskId);
      if (row.orderNo !== no) throw wrongField('taskId', 'unknown', 'This order has no such task.');
      requireUnclaimed(row, caller.userId);
      const { taskId: ofTask, outcome, reasonCode, conditions, amount, returnTo, offeredOn } = body;
      return {
        workflowId: row.workflowId,
        orderNo: no,
        message: {
          ...head,
          by: await standsAs(dependencies, caller, row),
          kind: 'decisionMade',
          taskId: ofTask,
          outcome,
          ...(reasonCode === undefined ? {} : { reasonCode }),
          ...(conditions === undefined ? {} : { conditions }),
          ...(amount === undefined ? {} : { amountFen: fenOf(amount) }),
          ...(returnTo === undefined ? {} : { returnTo }),
          ...(offeredOn === undefined ? {} : { offeredOn }),
        },
      };
    },
  });
};

function requireUnclaimed({ state, claimedBy }: TaskRow, userId: string): void {
  if (state === 'open' && claimedBy !== null && claimedBy !== userId) {
    throw refused('claimed_by_other', 'Somebody else has claimed this task.', { claimedBy });
  }
}
