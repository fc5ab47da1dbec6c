import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hasRole } from '../caller';
import { addWorkingSeconds } from '../../domain/inside/kernel/calendar';
import type { Dependencies } from '../dependencies';
import { explainOrder } from './explain';
import { acceptOrder, takers } from '../intake/intake';
import { orderDetails } from './details';
import { orderFile } from './file';
import { listOrders, orderView } from './lists';
import { pageOf } from '../page';
import { policyNow } from '../policy/policies';
import { forbidden } from '../problem';
import { orderNo, problemAnswers, requiredKey } from '../schemas/basics';
import { explanation } from './explanation-schema';
import { intakeOf, newOrder } from '../intake/schemas';
import { orderFile as fileOfOrder } from './file-schema';
import { accepted, detailsQuery, orderDetails as details, orderPage, orderQuery } from './schemas';

const tags = ['orders'];
const params = z.object({ no: orderNo });
const anyUser = { allow: 'any-user' } as const;

/** Orders: taking, finding, reading and explaining them. */
export const orderRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  const { prisma } = dependencies;

  app.post(
    '/orders',
    {
      config: { allow: takers },
      schema: { tags, headers: requiredKey, body: newOrder, response: { 201: accepted, ...problemAnswers } },
    },
    async ({ body, caller, headers, url }, reply) => {
      const { policy, customer, customerId = null } = body;
      if (policy !== undefined && !hasRole(caller, ['admin'])) throw forbidden('Only an admin picks the policy.');
      const order = await acceptOrder(dependencies, {
        userId: caller.userId,
        key: headers['idempotency-key'],
        asked: [url, body],
        intake: intakeOf(body, { takenBy: caller.userId, customerId }),
        newCustomer: customer === undefined ? undefined : { ...customer, region: customer.region ?? null },
        externalNo: body.externalNo,
        policyName: policy,
      });
      return reply.code(201).header('location', `/api/v1/orders/${order.no}`).send(order);
    },
  );

  app.get(
    '/orders',
    { config: anyUser, schema: { tags, querystring: orderQuery, response: { 200: orderPage, ...problemAnswers } } },
    async ({ query, caller }) => {
      const rows = await listOrders(prisma, caller, {
        ...query,
        ...(await waitingSince(dependencies, query.waitingOver)),
      });
      return pageOf(rows.map(orderView), query.limit, ({ no }) => no);
    },
  );

  app.get(
    '/orders/:no',
    {
      config: anyUser,
      schema: { tags, params, querystring: detailsQuery, response: { 200: details, ...problemAnswers } },
    },
    async ({ params: { no }, query: { after = '0', limit }, caller }) =>
      orderDetails(prisma, caller, { no, after: Number(after), limit }),
  );

  app.get(
    '/orders/:no/explain',
    { config: anyUser, schema: { tags, params, response: { 200: explanation, ...problemAnswers } } },
    async ({ params: { no }, caller }) => explainOrder(prisma, caller, no),
  );

  app.get(
    '/orders/:no/file',
    { config: anyUser, schema: { tags, params, response: { 200: fileOfOrder, ...problemAnswers } } },
    async ({ params: { no }, caller }, reply) => {
      reply.header('content-disposition', `attachment; filename="order-${no}.json"`);
      return orderFile(dependencies, caller, no);
    },
  );
};

/** Since before when something waits that has waited so many working hours by now (EX-8). */
async function waitingSince(
  { prisma, settings, now }: Dependencies,
  hours: number | undefined,
): Promise<{ readonly waitingSinceBefore?: Date }> {
  if (hours === undefined) return {};
  const { calendar } = await policyNow(prisma, { name: settings.policy });
  return { waitingSinceBefore: new Date(addWorkingSeconds(calendar, now().toISOString(), -hours * 3600)) };
}
