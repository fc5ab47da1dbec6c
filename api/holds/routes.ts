import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import type { CustomerHold } from '../../prisma/generated/client';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { keepKey, once } from '../once';
import { policyNow } from '../policy/policies';
import { forbidden, notFound, refused, wrongField } from '../problem';
import {
  bulkHoldRelease,
  bulkHoldReleaseAnswer,
  customerHold,
  customerHolds,
  holdRelease,
  newCustomerHold,
} from './schemas';
import { id, idempotencyHeader, problemAnswers } from '../schemas/basics';
import { aFewAtATime } from '../a-few-at-a-time';

const tags = ['customers'];
const holders: readonly Role[] = ['finance_lead', 'legal', 'sales_director', 'director', 'general_manager'];
/** More holds than this on one customer are a mistake. */
const mostHolds = 100;

/** 冻结 of a customer: every gate of his orders sees it, at once and without side doors (HG-1, HG-2). */
export const customerHoldRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  await app.register(listing, dependencies);
  await app.register(placing, dependencies);
  await app.register(releasing, dependencies);
  await app.register(releasingMany, dependencies);
};

const params = z.object({ id });

async function requireCustomer(prisma: Dependencies['prisma'], customerId: string): Promise<void> {
  if ((await prisma.customer.count({ where: { id: customerId } })) === 0) throw notFound('customer');
}

const listing: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma }) => {
  app.get(
    '/customers/:id/holds',
    {
      config: { allow: 'any-user' },
      schema: { tags, params, response: { 200: customerHolds, ...problemAnswers } },
    },
    async ({ params: { id: customerId } }) => {
      await requireCustomer(prisma, customerId);
      const rows = await prisma.customerHold.findMany({
        where: { customerId },
        // Those that stand come first, however old they are.
        orderBy: [{ releasedAt: { sort: 'desc', nulls: 'first' } }, { placedAt: 'desc' }, { id: 'asc' }],
        take: mostHolds,
      });
      return { items: rows.map(viewOf) };
    },
  );
};

const placing: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma, now }) => {
  app.post(
    '/customers/:id/holds',
    {
      config: { allow: holders },
      schema: {
        tags,
        summary: 'A customer is held: the gates named stay shut for his orders',
        params,
        headers: idempotencyHeader,
        body: newCustomerHold,
        response: { 201: customerHold, ...problemAnswers },
      },
    },
    async ({ params: { id: customerId }, body, caller, headers, url }, reply) => {
      await requireCustomer(prisma, customerId);
      const until = body.until === undefined ? null : new Date(body.until);
      if (until !== null && until <= now()) throw wrongField('until', 'past', 'A hold ends in the future.');
      const creation = { userId: caller.userId, key: headers['idempotency-key'], asked: [url, body] };
      const made = await once(prisma, creation, async (transaction) => {
        if ((await transaction.customerHold.count({ where: { customerId, releasedAt: null } })) >= mostHolds)
          throw refused('too_many', 'This customer has too many holds.');
        const { reason, gates } = body;
        const data = {
          id: randomUUID(),
          customerId,
          reason,
          gates: [...new Set(gates)],
          until,
          placedBy: caller.userId,
        };
        return viewOf(await transaction.customerHold.create({ data }));
      });
      return reply.code(201).send(made);
    },
  );
};

/**
 * Who may lift a hold is said by its reason's row in the policy of new orders, be he one who may place holds or not; a reason
 * without such a row is lifted by those who place holds (HG-2). 403 for whom nothing names.
 */
async function liftingBy({ prisma, settings }: Dependencies, { roles }: Caller): Promise<(reason: string) => boolean> {
  const { policy } = await policyNow(prisma, { name: settings.policy });
  const isOneOf = (named: readonly Role[]): boolean => named.some((role) => roles.includes(role));
  if (!isOneOf(holders) && !Object.values(policy.holds).some(({ releasedBy }) => isOneOf(releasedBy)))
    throw forbidden('Your roles lift no holds of customers.');
  return (reason) => isOneOf((Object.hasOwn(policy.holds, reason) && policy.holds[reason]?.releasedBy) || holders);
}

const releasing: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  const { prisma, now } = dependencies;
  app.post(
    '/customers/:id/hold-releases',
    {
      config: { allow: 'any-user' },
      schema: {
        tags,
        summary: 'The hold is lifted, with a reason, by whom its reason names',
        params,
        body: holdRelease,
        response: { 200: customerHold, ...problemAnswers },
      },
    },
    async ({ params: { id: customerId }, body: { holdId, reasonCode }, caller }) => {
      const mayLift = await liftingBy(dependencies, caller);
      const lifted = { releasedBy: caller.userId, releasedAt: now(), releaseReason: reasonCode };
      const held = await prisma.customerHold.findFirst({ where: { id: holdId, customerId } });
      if (held === null) throw notFound('hold');
      if (!mayLift(held.reason))
        throw forbidden('The policy names others for a hold of this reason.', 'not_a_candidate');
      const { count } = await prisma.customerHold.updateMany({ where: { id: holdId, releasedAt: null }, data: lifted });
      const row = await prisma.customerHold.findUniqueOrThrow({ where: { id: holdId } });
      if (count === 0 && !isRepeated(row, lifted))
        throw refused('already_released', 'This hold is lifted already, by another or with another reason.', {
          releasedBy: row.releasedBy,
          releaseReason: row.releaseReason,
        });
      return viewOf(row);
    },
  );
};

const releasingMany: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  const { prisma, now } = dependencies;
  app.post(
    '/hold-releases',
    {
      config: { allow: 'any-user' },
      schema: {
        tags,
        summary: 'Many holds are lifted with one reason, each judged and reported by itself (HT-14, HG-2)',
        headers: idempotencyHeader,
        body: bulkHoldRelease,
        response: { 207: bulkHoldReleaseAnswer, ...problemAnswers },
      },
    },
    async ({ body: { holdIds, reasonCode, dryRun = false }, caller, headers }, reply) => {
      const mayLift = await liftingBy(dependencies, caller);
      const key = headers['idempotency-key'];
      if (!dryRun)
        await keepKey(prisma, { userId: caller.userId, key, asked: ['/hold-releases', holdIds, reasonCode] });
      const lifted = { releasedBy: caller.userId, releasedAt: now(), releaseReason: reasonCode };
      const items = await aFewAtATime(holdIds, async (holdId) => {
        const where = { id: holdId, releasedAt: null };
        const held = await prisma.customerHold.findUnique({ where: { id: holdId } });
        if (held === null) return { holdId, customerId: null, status: 404, code: 'not_found' };
        const { customerId } = held;
        if (!mayLift(held.reason)) return { holdId, customerId, status: 403, code: 'not_a_candidate' };
        const mine = dryRun
          ? await prisma.customerHold.count({ where })
          : (await prisma.customerHold.updateMany({ where, data: lifted })).count;
        const row = await prisma.customerHold.findUniqueOrThrow({ where: { id: holdId } });
        return mine === 1 || isRepeated(row, lifted)
          ? { holdId, customerId, status: 200, code: null }
          : { holdId, customerId, status: 409, code: 'already_released' };
      });
      return reply.code(207).send({ items: [...items] });
    },
  );
};

/** Sent again it is answered as before. */
const isRepeated = (
  row: Pick<CustomerHold, 'releasedBy' | 'releaseReason'>,
  lifted: { readonly releasedBy: string; readonly releaseReason: string },
): boolean => row.releasedBy === lifted.releasedBy && row.releaseReason === lifted.releaseReason;

function viewOf({ placedAt, until, releasedAt, ...rest }: CustomerHold) {
  return {
    ...rest,
    placedAt: placedAt.toISOString(),
    until: until?.toISOString() ?? null,
    releasedAt: releasedAt?.toISOString() ?? null,
  };
}
