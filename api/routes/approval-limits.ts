import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApprovalLimit } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { fenOf, moneyOf } from '../money';
import { changedBy, changeOrganisation, requireUser } from '../people/organisation-changes';
import { id, problemAnswers } from '../schemas/basics';
import { approvalLimit, newApprovalLimit } from '../schemas/users';

const config = { allow: ['admin'] } as const;
const tags = ['users'];
const params = z.object({ id });

/** What one person may approve (HT-11): set whole, or taken away, and then his role alone counts. */
export const approvalLimitRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma, now }) => {
  app.put(
    '/users/:id/approval-limit',
    { config, schema: { tags, params, body: newApprovalLimit, response: { 200: approvalLimit, ...problemAnswers } } },
    async (request) => {
      const { params: address, body, caller } = request;
      const { id: userId } = address;
      const { amount, discountBp, grades } = body;
      const data = {
        amountFen: amount === null ? null : BigInt(fenOf(amount)),
        discountBp,
        grades: [...new Set(grades)],
        setBy: caller.userId,
        setAt: now(),
      };
      const where = { userId };
      return changeOrganisation(prisma, changedBy(request, 'limit_set'), async (transaction) => {
        await requireUser(transaction, userId);
        return limitView(await transaction.approvalLimit.upsert({ where, create: { userId, ...data }, update: data }));
      });
    },
  );

  app.delete(
    '/users/:id/approval-limit',
    { config, schema: { tags, params, response: { 204: z.null(), ...problemAnswers } } },
    async (request, reply) => {
      const { id: userId } = request.params;
      await changeOrganisation(prisma, changedBy(request, 'limit_removed'), async (transaction) => {
        await requireUser(transaction, userId);
        await transaction.approvalLimit.deleteMany({ where: { userId } });
      });
      return reply.code(204).send(null);
    },
  );
};

/** A limit as the API shows it; what is null, or no grade at all, is without limit. */
export function limitView({ amountFen, discountBp, grades, setBy, setAt }: ApprovalLimit) {
  return {
    amount: amountFen === null ? null : { ...moneyOf(amountFen) },
    discountBp,
    grades,
    setBy,
    setAt: setAt.toISOString(),
  };
}
