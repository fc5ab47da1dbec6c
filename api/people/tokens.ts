import { randomBytes, randomUUID } from 'node:crypto';
import type { PrismaClient } from '../../prisma/generated/client';
import { tokenHash } from '../plugins/auth';

/** A token as it is shown, once. */
export interface PrintedToken {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: string;
}

/** Makes a bearer token of 32 random bytes for a user; only its digest is kept. */
export async function makeToken(
  prisma: PrismaClient,
  { userId, days, now }: { readonly userId: string; readonly days: number; readonly now: Date },
): Promise<PrintedToken> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + days * 24 * 3600 * 1000);
  const id = randomUUID();
  await prisma.apiToken.create({ data: { id, userId, hash: tokenHash(token), expiresAt } });
  return { id, token, expiresAt: expiresAt.toISOString() };
}
