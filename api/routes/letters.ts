import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Dependencies } from '../dependencies';
import { findOrder } from '../find-order';
import { balanceNotice } from '../letters/balance-notice';
import { billLetter } from '../letters/bill';
import { contractLetter } from '../letters/contract';
import { letterFacts } from '../letters/letter-facts';
import { orderConfirmation } from '../letters/order-confirmation';
import { forbidden, notFound, refused } from '../problem';
import { orderNo, problemAnswers } from '../schemas/basics';
import { seesPersonalData } from '../scope';

const params = z.object({ no: orderNo, letter: z.enum(['contract', 'confirmation', 'balance-notice', 'bill']) });

/** Letters of an order, in Chinese and English, as pages to print or send (CF-1, BL-1, ST-1). */
export const letterRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma }) => {
  app.get(
    '/orders/:no/letters/:letter',
    {
      config: { allow: 'any-user' },
      schema: { tags: ['orders'], params, produces: ['text/html'], response: { 200: z.string(), ...problemAnswers } },
    },
    async ({ params: { no, letter }, caller }, reply) => {
      await findOrder(prisma, caller, no);
      if (!seesPersonalData(caller)) throw forbidden('Letters show the customer; your roles do not need that.');
      const facts = await letterFacts(prisma, no);
      if (facts === undefined) throw notFound('order');
      const { bill, isContract, status } = facts;
      if (letter === 'bill' && bill === null) throw notFound('bill');
      if (letter === 'contract' && !isContract) throw notFound('contract: it is an ordinary order');
      if (letter === 'balance-notice' && status !== 'awaiting_balance')
        throw refused('not_yet', 'The balance is asked for once the goods lie ready and only while it is waited for.', {
          order: { no, status },
        });
      reply.type('text/html; charset=utf-8');
      if (letter === 'contract') return contractLetter(facts);
      if (letter === 'confirmation') return orderConfirmation(facts);
      return bill !== null && letter === 'bill' ? billLetter({ ...facts, bill }) : balanceNotice(facts);
    },
  );
};
