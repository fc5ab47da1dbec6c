import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Dependencies } from '../dependencies';
import { moneyOf } from '../money';
import { notFound } from '../problem';
import { id, problemAnswers } from '../schemas/basics';
import { customerCredit } from '../schemas/master-data';
import { customersSeenBy } from '../scope';

/** How much of a customer's limit is taken up and by what, as the gate counts it (HG-3, AR-4). */
export const customerCreditRoute: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma }) => {
  app.get(
    '/customers/:id/credit',
    {
      config: { allow: 'any-user' },
      schema: {
        tags: ['customers'],
        params: z.object({ id }),
        response: { 200: customerCredit, ...problemAnswers },
      },
    },
    async ({ params, caller }) => {
      const [row] = await prisma.$queryRaw<
        readonly { limitFen: bigint; receivablesFen: bigint; takenFen: bigint; inReviewFen: bigint }[]
      >`
        select c."creditLimitFen" as "limitFen", u.*
          from customers c cross join lateral credit_use(c.id, '') u
         where c.id = ${params.id} and ${customersSeenBy(caller)}`;
      if (row === undefined) throw notFound('customer');
      const { limitFen, receivablesFen, takenFen, inReviewFen } = row;
      return {
        limit: moneyOf(limitFen),
        receivables: moneyOf(receivablesFen),
        taken: moneyOf(takenFen),
        inReview: moneyOf(inReviewFen),
        left: moneyOf(limitFen - receivablesFen - takenFen),
      };
    },
  );
};
