import type { Prisma, PrismaClient } from '../prisma/generated/client';
import { digestOf } from './digest';
import { refused } from './problem';

/** A creation that may be asked for again with the same Idempotency-Key. */
export interface Creation {
  readonly userId: string;
  readonly key: string | undefined;
  /** The address and what was asked, as parsed. */
  readonly asked: unknown;
}

/** What the work is done with: the client, or the transaction that also keeps the answer. */
export type Transaction = Prisma.TransactionClient;

/** Does the work once per key and answers every repetition with what the first was answered, concurrent ones too (design rule 7). */
export async function once<T extends Prisma.InputJsonObject>(
  prisma: PrismaClient,
  { userId, key, asked }: Creation,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  if (key === undefined) return work(prisma);
  const digest = digestOf(asked);
  return prisma.$transaction(async (transaction) => {
    // The second of two at once waits here until the first has committed.
    const fresh = await transaction.$executeRaw`
      insert into idempotency_keys ("userId", key, digest, status, body)
      values (${userId}, ${key}, ${digest}, 201, '{}'::jsonb) on conflict do nothing`;
    if (fresh === 0) return earlierAnswer<T>(transaction, { userId, key, digest });
    const body = await work(transaction);
    await transaction.idempotencyKey.update({ where: { userId_key: { userId, key } }, data: { body } });
    return body;
  });
}

/**
 * Keeps a key to what it first asked for, where the work is many pieces that each count once by themselves: the same request may
 * go through again, another one is refused.
 */
export async function keepKey(prisma: PrismaClient, { userId, key, asked }: Creation): Promise<void> {
  if (key === undefined) return;
  const digest = digestOf(asked);
  const fresh = await prisma.$executeRaw`
    insert into idempotency_keys ("userId", key, digest, status, body)
    values (${userId}, ${key}, ${digest}, 207, '{}'::jsonb) on conflict do nothing`;
  if (fresh === 0) await earlierAnswer(prisma, { userId, key, digest });
}

/** What a key was answered with; a key that asked something else is refused. */
export async function earlierAnswer<T>(
  prisma: Transaction,
  { userId, key, digest }: { readonly userId: string; readonly key: string; readonly digest: Buffer },
): Promise<T> {
  const row = await prisma.idempotencyKey.findUniqueOrThrow({ where: { userId_key: { userId, key } } });
  if (!digest.equals(row.digest)) {
    throw refused('idempotency_key_reused', 'This Idempotency-Key was used for another request.');
  }
  // We wrote it ourselves, as the answer of this very route: the digest has the route in it.
  return row.body as T;
}
