import type { FastifyRequest } from 'fastify';
import { isInRing } from '../../domain/outside/people/organisation';
import type { Prisma, PrismaClient } from '../../prisma/generated/client';
import { type Creation, once, type Transaction } from '../once';
import { notFound, refused, wrongField } from '../problem';
import { advisoryLocks } from '../../prisma/advisory-locks';
import { type ChangedBy, logged } from '../../prisma/organisation-log';

/** Who asks for a change, and in which request. */
export const changedBy = (
  { caller, id }: Pick<FastifyRequest, 'caller' | 'id'>,
  cause: string,
  detail?: ChangedBy['detail'],
): ChangedBy => ({ userId: caller.userId, requestId: id, cause, ...(detail === undefined ? {} : { detail }) });

/** One change of the organisation after the other: two that are right by themselves may close a ring together. */
export async function changeOrganisation<T>(
  prisma: PrismaClient,
  by: ChangedBy,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return prisma.$transaction(async (transaction) => inTurn(transaction, by, work), { timeout: 20_000 });
}

/** The same, once per Idempotency-Key. */
export async function changeOrganisationOnce<T extends Prisma.InputJsonObject>(
  prisma: PrismaClient,
  creation: Omit<Creation, 'userId'> & { readonly by: ChangedBy },
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const { by, key, asked } = creation;
  if (key === undefined) return changeOrganisation(prisma, by, work);
  return once(prisma, { userId: by.userId, key, asked }, async (transaction) => inTurn(transaction, by, work));
}

async function inTurn<T>(
  transaction: Transaction,
  by: ChangedBy,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  await transaction.$executeRaw`select pg_advisory_xact_lock(${advisoryLocks.organisation})`;
  return logged(transaction, by, async () => work(transaction));
}

/** Somebody's superior is a user, and stands above him alone: 400 unknown, 409 ring (HT-1). */
export async function requireSuperior(
  transaction: Transaction,
  userId: string,
  superior: string | null | undefined,
): Promise<void> {
  if (superior === undefined || superior === null) return;
  const rows = await transaction.user.findMany({ select: { id: true, superior: true } });
  if (superior !== userId && !rows.some(({ id }) => id === superior))
    throw wrongField('superior', 'unknown', 'There is no user with this id.');
  const superiors = new Map([
    ...rows.map((row): [string, string | null] => [row.id, row.superior]),
    [userId, superior],
  ]);
  if (isInRing(superiors, userId)) throw refused('ring', `${userId} would stand above himself.`);
}

/** Who shall act for others is there: an active user. */
export async function requireActive(transaction: Transaction, field: string, userId: string): Promise<void> {
  const person = await transaction.user.findUnique({ where: { id: userId }, select: { active: true } });
  if (person?.active !== true) throw wrongField(field, 'unknown', 'There is no active user with this id.');
}

/** 404 where there is no such user. */
export async function requireUser(prisma: Transaction, userId: string): Promise<void> {
  if ((await prisma.user.count({ where: { id: userId } })) === 0) throw notFound('user');
}
