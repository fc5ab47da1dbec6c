import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { substitutionProblem } from '../../domain/outside/people/substitutes';
import type { Substitution } from '../../prisma/generated/client';
import { substitutionOf } from '../../prisma/organisation';
import { type Caller, hasRole } from '../caller';
import type { Dependencies } from '../dependencies';
import type { Transaction } from '../once';
import { changedBy, changeOrganisation, changeOrganisationOnce, requireActive } from '../people/organisation-changes';
import { pageOf } from '../page';
import { forbidden, notFound, refused, wrongField } from '../problem';
import { idempotencyHeader, problemAnswers, uuid } from '../schemas/basics';
import { newSubstitution, substitution, substitutionPage, substitutionQuery } from '../schemas/users';

const config = { allow: 'any-user' } as const;
const tags = ['substitutions'];

/** Nobody is away for longer than this; and nobody has more substitutes at once. */
const longestDays = 366;
const mostAtOnce = 20;

/** 代理 (HT-7): everybody names his own substitutes, an admin anybody's. They see what is pending as well as what is new. */
export const substitutionRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  const { prisma, now } = dependencies;
  app.get(
    '/substitutions',
    {
      config,
      schema: { tags, querystring: substitutionQuery, response: { 200: substitutionPage, ...problemAnswers } },
    },
    async ({ query, caller }) => {
      const { user, current, after, limit } = query;
      const concerns = (userId: string) => ({ OR: [{ absent: userId }, { substitute: userId }] });
      const isOver = { OR: [{ untilAt: { lte: now() } }, { endedAt: { not: null } }] };
      const rows = await prisma.substitution.findMany({
        where: {
          AND: [
            isAdmin(caller) ? {} : concerns(caller.userId),
            user === undefined ? {} : concerns(user),
            current === undefined ? {} : current ? { NOT: isOver } : isOver,
            after === undefined ? {} : { id: { gt: after } },
          ],
        },
        orderBy: { id: 'asc' },
        take: limit + 1,
      });
      return pageOf(rows.map(viewOf), limit, ({ id }) => id);
    },
  );

  app.post(
    '/substitutions',
    {
      config,
      schema: {
        tags,
        headers: idempotencyHeader,
        body: newSubstitution,
        response: { 201: substitution, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { body, caller, headers, url } = request;
      const { absent = caller.userId } = body;
      if (absent !== caller.userId && !isAdmin(caller)) throw forbidden('Only an admin names substitutes of others.');
      const creation = {
        by: changedBy(request, 'substitution_added'),
        key: headers['idempotency-key'],
        asked: [url, body],
      };
      const made = await changeOrganisationOnce(prisma, creation, async (transaction) => {
        const data = { ...body, absent, ...timesOf(body, now()) };
        await requireSense(transaction, data);
        const { substitute, kinds, fromAt, untilAt } = data;
        const row = { absent, substitute, kinds: [...new Set(kinds)], fromAt, untilAt, createdBy: caller.userId };
        return viewOf(await transaction.substitution.create({ data: { id: randomUUID(), createdAt: now(), ...row } }));
      });
      return reply.code(201).send(made);
    },
  );
  await app.register(ending, dependencies);
};

const ending: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma, now }) => {
  app.delete(
    '/substitutions/:id',
    { config, schema: { tags, params: z.object({ id: uuid }), response: { 200: substitution, ...problemAnswers } } },
    async (request) => {
      const { params, caller } = request;
      const { id } = params;
      const found = await prisma.substitution.findUnique({ where: { id } });
      const { userId } = caller;
      const isSeen = isAdmin(caller) || found?.absent === userId || found?.substitute === userId;
      if (found === null || !isSeen) throw notFound('substitution');
      if (found.absent !== userId && !isAdmin(caller)) throw forbidden('Who is away, or an admin, ends it.');
      await changeOrganisation(prisma, changedBy(request, 'substitution_ended'), async (transaction) =>
        transaction.substitution.updateMany({
          where: { id, endedAt: null, untilAt: { gt: now() } },
          data: { endedAt: now(), endedBy: userId },
        }),
      );
      return viewOf(await prisma.substitution.findUniqueOrThrow({ where: { id } }));
    },
  );
};

const isAdmin = (caller: Caller): boolean => hasRole(caller, ['admin']);

/** A substitution cannot be made for the past: it begins now at the earliest, and has not ended yet. */
function timesOf({ from, until }: z.output<typeof newSubstitution>, now: Date) {
  const fromAt = new Date(Math.max(now.getTime(), from === undefined ? 0 : Date.parse(from)));
  const untilAt = new Date(until);
  if (untilAt <= now) throw wrongField('until', 'past', 'It would be over already.');
  if (untilAt <= fromAt) throw wrongField('until', 'invalid', 'It would end before it begins.');
  if (untilAt.getTime() - fromAt.getTime() > longestDays * 86_400_000)
    throw wrongField('until', 'invalid', `It may last ${longestDays} days.`);
  return { fromAt, untilAt };
}

interface Wanted {
  readonly absent: string;
  readonly substitute: string;
  readonly kinds: Substitution['kinds'];
  readonly fromAt: Date;
  readonly untilAt: Date;
}

async function requireSense(transaction: Transaction, wanted: Wanted): Promise<void> {
  await requireActive(transaction, 'substitute', wanted.substitute);
  await requireActive(transaction, 'absent', wanted.absent);
  const overlapping = await transaction.substitution.findMany({
    where: { untilAt: { gt: wanted.fromAt }, fromAt: { lt: wanted.untilAt }, endedAt: null },
    take: 20_000,
  });
  const added = substitutionOf({ id: 'new', endedAt: null, ...wanted });
  switch (substitutionProblem(overlapping.map(substitutionOf), added)) {
    case 'self':
      throw wrongField('substitute', 'self', 'Nobody stands in for himself.');
    case 'ring':
      throw refused(
        'ring',
        `${wanted.substitute} is away at that time, and ${wanted.absent} would stand in for himself.`,
      );
    case undefined:
      if (overlapping.filter(({ absent }) => absent === wanted.absent).length >= mostAtOnce)
        throw refused('too_many', `Nobody has more than ${mostAtOnce} substitutes at once.`);
  }
}

function viewOf({ createdAt: _made, fromAt, untilAt, endedAt, ...rest }: Substitution) {
  return {
    ...rest,
    from: fromAt.toISOString(),
    until: untilAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
