import { createHash } from 'node:crypto';
import type { PrismaClient } from './generated/client';

interface SealKey {
  readonly id: string;
  readonly key: Buffer;
}

/**
 * The numbers of the keys that seal payloads, or once did, and what each key hashes to. A process announces its own key
 * before it seals with it; so a worker that meets a seal of a key it does not have knows whether to wait for that key or
 * to take the payload for junk, and judges the same bytes alike whenever it sees them (X7).
 */
export function sealRegister(prisma: PrismaClient, keys: readonly [SealKey, ...(readonly SealKey[])]) {
  let ready: Promise<void> | undefined;
  return {
    /** Once for a process; what failed is tried again with the next payload. */
    ready: (): Promise<void> =>
      (ready ??= announce(prisma, keys).catch((error: unknown) => {
        ready = undefined;
        throw error;
      })),
    holds: async (id: string): Promise<boolean> => (await prisma.sealKey.count({ where: { id } })) > 0,
  };
}

/** @throws where a key that sealed payloads is missing here, or is another one under the same number. */
async function announce(prisma: PrismaClient, keys: readonly [SealKey, ...(readonly SealKey[])]): Promise<void> {
  const [own] = keys;
  // Before, so that a process that is refused announces nothing; and after, for another may have taken the number meanwhile.
  await compare(prisma, keys);
  await prisma.sealKey.createMany({ data: [rowOf(own)], skipDuplicates: true });
  await compare(prisma, keys);
}

async function compare(prisma: PrismaClient, keys: readonly SealKey[]): Promise<void> {
  const here = new Map(keys.map(rowOf).map(({ id, fingerprint }) => [id, fingerprint]));
  const announced = await prisma.sealKey.findMany({ orderBy: { id: 'asc' } });
  const problems = announced.flatMap(({ id, fingerprint }) => {
    const ours = here.get(id);
    if (ours === undefined) return [`the key ${id} is missing, and payloads that it sealed could not be read`];
    return ours === fingerprint
      ? []
      : [`the key ${id} is another one than the key of that number that sealed payloads`];
  });
  if (problems.length > 0) throw new SealKeysRefused(problems);
}

/** These keys would leave payloads of running orders unread. */
export class SealKeysRefused extends Error {
  constructor(problems: readonly string[]) {
    super(`DINGDAN_SEAL_KEYS is refused:\n  ${problems.join('\n  ')}`);
    this.name = 'SealKeysRefused';
  }
}

/** The hash of 256 random bits tells nothing of them. */
const rowOf = ({ id, key }: SealKey): { readonly id: string; readonly fingerprint: string } => ({
  id,
  fingerprint: createHash('sha256').update(key).digest('hex'),
});
