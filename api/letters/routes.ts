import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Dependencies } from '../dependencies';
import { findOrder } from '../order/find-order';
import { balanceNotice } from './balance-notice';
import { billLetter } from './bill';
import { contractLetter } from './contract';
import { billFacts, billNumbers } from './bill-facts';
import type { LetterFacts } from './letter';
import { letterFacts } from './letter-facts';
import { orderConfirmation } from './order-confirmation';
import type { PrismaClient } from '../../prisma/generated/client';
import { forbidden, notFound, refused, wrongField } from '../problem';
import { chargeNo, orderNo, problemAnswers } from '../schemas/basics';
import { seesPersonalData } from '../scope';

const params = z.object({ no: orderNo, letter: z.enum(['contract', 'confirmation', 'balance-notice', 'bill']) });
const querystring = z.strictObject({
  chargeNo: chargeNo.optional().describe('Which bill, where the order has several'),
});

/** Letters of an order, in Chinese and English, as pages to print or send (CF-1, BL-1, ST-1). */
export const letterRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma }) => {
  app.get(
    '/orders/:no/letters/:letter',
    {
      config: { allow: 'any-user' },
      schema: {
        tags: ['orders'],
        params,
        querystring,
        produces: ['text/html'],
        response: { 200: z.string(), ...problemAnswers },
      },
    },
    async ({ params: { no, letter }, query, caller }, reply) => {
      await findOrder(prisma, caller, no);
      if (!seesPersonalData(caller)) throw forbidden('Letters show the customer; your roles do not need that.');
      const facts = await letterFacts(prisma, no);
      if (facts === undefined) throw notFound('order');
      const { isContract, status } = facts;
      if (letter === 'contract' && !isContract) throw notFound('contract: it is an ordinary order');
      if (letter === 'balance-notice' && status !== 'awaiting_balance')
        throw refused('not_yet', 'The balance is asked for once the goods lie ready and only while it is waited for.', {
          order: { no, status },
        });
      reply.type('text/html; charset=utf-8');
      if (letter === 'contract') return contractLetter(facts);
      if (letter === 'confirmation') return orderConfirmation(facts);
      return letter === 'bill' ? billOf(prisma, facts, query.chargeNo) : balanceNotice(facts);
    },
  );
};

/** Each bill has a letter of its own; one that is the only one need not be named. */
async function billOf(prisma: PrismaClient, facts: LetterFacts, named: string | undefined): Promise<string> {
  const numbers = await billNumbers(prisma, facts.no);
  const [first, second] = numbers;
  if (named === undefined && second !== undefined)
    throw wrongField('chargeNo', 'required', `Name the bill: ${numbers.join(', ')}.`);
  const bill = await billFacts(prisma, facts, named ?? first ?? '');
  if (bill === undefined) throw notFound('bill');
  return billLetter(facts, bill);
}
