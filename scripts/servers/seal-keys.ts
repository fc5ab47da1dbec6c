import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { noOthers, payloadCodec } from '../../config/payloads/codec';
import { sealKeysOf } from '../../config/payloads/keys';
import { createPrismaClient } from '../../prisma/client';
import { SealKeysRefused, sealRegister } from '../../prisma/seal-keys';
import { Trouble } from './trouble';

/** A key of its own for one installation, as DINGDAN_SEAL_KEYS names it: the number 1 and 32 random bytes. */
export const newSealKey = (): string => `1:${randomBytes(32).toString('base64')}`;

/**
 * The keys that `npm start` hands to worker and API: those of the environment, or those that it made at its first start
 * and keeps beside the database, readable by their owner alone.
 */
export function sealKeysFor(environment: NodeJS.ProcessEnv, dataFolder: string): string {
  const given = environment['DINGDAN_SEAL_KEYS'] || undefined;
  if (given !== undefined) return given;
  const file = join(dataFolder, 'seal-keys');
  if (!existsSync(file)) {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(file, `${newSealKey()}\n`, { mode: 0o600, flag: 'wx' });
  }
  // A copy that was put back may have come with other rights.
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

/** Throws one clear line where worker and API would refuse these keys: they end at once, and would be started again for ever. */
export async function requireSealKeys(databaseUrl: string, sealKeys: string): Promise<void> {
  const prisma = createPrismaClient(databaseUrl, { poolSize: 1 });
  try {
    await sealRegister(prisma, read(sealKeys)).ready();
  } catch (error) {
    throw error instanceof SealKeysRefused ? new Trouble(error.message) : error;
  } finally {
    await prisma.$disconnect();
  }
}

const read = (sealKeys: string) => z.string().transform(sealKeysOf).parse(sealKeys);

/** What a script seals with that has the keys of the programs it talks beside. */
export const codecWith = (sealKeys: string) => payloadCodec({ sealKeys: read(sealKeys), payloadKeys: [] }, noOthers);
