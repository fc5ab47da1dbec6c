import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { OrderIntake } from '../../domain/outside/intake/order-intake';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { findOrder } from '../order/find-order';
import { acceptOrder, takers } from './intake';
import { notFound } from '../problem';
import { orderNo, problemAnswers, requiredKey } from '../schemas/basics';
import { copy } from './schemas';
import { accepted } from '../order/schemas';

const tags = ['orders'];
const params = z.object({ no: orderNo });

/** A new order like an old one: it comes in by the same door, with terms of its own (HG-2). */
export const copyRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  app.post(
    '/orders/:no/copies',
    {
      config: { allow: takers },
      schema: { tags, params, headers: requiredKey, body: copy, response: { 201: accepted, ...problemAnswers } },
    },
    async ({ params: { no }, body, caller, headers, url }, reply) => {
      const order = await acceptOrder(dependencies, {
        userId: caller.userId,
        key: headers['idempotency-key'],
        asked: [url, body],
        intake: ofToday(await intakeToCopy(dependencies, caller, no), caller.userId, dependencies.now()),
        copyOf: no,
      });
      return reply.code(201).header('location', `/api/v1/orders/${order.no}`).send(order);
    },
  );
};

async function intakeToCopy({ prisma }: Dependencies, caller: Caller, no: string): Promise<OrderIntake> {
  await findOrder(prisma, caller, no);
  const row = await prisma.orderIntake.findFirst({ where: { orderNo: no }, orderBy: { revision: 'desc' } });
  if (row === null) throw notFound('order');
  // Written by `insertOrder` and `keepRevisions` from an OrderIntake, and by nobody else.
  return row.body as unknown as OrderIntake;
}

/** A copy is ordered today by whoever asks for it; a day that is over cannot be wished for. */
function ofToday({ orderedOn: _then, ...intake }: OrderIntake, takenBy: string, now: Date): OrderIntake {
  const { deliveryWish } = intake;
  const isOver = (deliveryWish?.date ?? today(now)) < today(now);
  return {
    ...intake,
    takenBy,
    deliveryWish: deliveryWish && { ...deliveryWish, date: isOver ? null : deliveryWish.date },
  };
}

/** In the company's zone; China keeps one offset all year. */
const today = (now: Date): string => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
