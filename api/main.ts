import closeWithGrace from 'close-with-grace';
import pino, { type Logger } from 'pino';
import { type Environment, readEnvironment } from '../config/environment';
import { requireDatabaseOfThisVersion } from '../prisma/check-database';
import type { SealRegister } from '../config/payloads/codec';
import { createPrismaClient } from '../prisma/client';
import { databaseIsAway } from '../prisma/database-away';
import { sealRegister } from '../prisma/seal-keys';
import { taskQueue } from '../workflows/ids';
import { connectTemporal } from './connect-temporal';
import { createApi } from './create-api';
import type { ApiSettings } from './dependencies';
import { startInboxListener } from './inbox-listener';

/** The door: starts without Temporal and without PostgreSQL, and says so at /readyz until they are there. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const logger = pino({
    level: environment.logLevel,
    base: { part: 'api' },
    redact: ['req.headers.authorization', 'req.headers.cookie'],
  });
  for (const warning of await requireDatabaseOfThisVersion(environment.databaseUrl)) logger.warn(warning);
  const prisma = createPrismaClient(environment.databaseUrl, { poolSize: 20 });
  const register = sealRegister(prisma, environment.sealKeys);
  await refuseWrongKeys(register, logger);
  const temporal = connectTemporal({ ...environment, register });
  const listener = await startInboxListener({ databaseUrl: environment.databaseUrl, log: logger });
  const settings = settingsOf(environment);
  const app = await createApi({ prisma, temporal, listener, settings, now: () => new Date(), logger });
  closeWithGrace({ delay: 10_000, logger }, async () => {
    await app.close();
    await listener.stop();
    await prisma.$disconnect();
    await temporal.connection.close();
  });
  await app.listen({ host: environment.apiHost, port: environment.apiPort });
}

/** While PostgreSQL is away the keys cannot be compared: nothing is sealed before they are. */
async function refuseWrongKeys(register: SealRegister, logger: Logger): Promise<void> {
  try {
    await register.ready();
  } catch (error) {
    if (!databaseIsAway(error)) throw error;
    logger.warn({ err: error }, 'the seal keys are compared when PostgreSQL is there');
  }
}

function settingsOf({ webhookSecrets, policy, trustedProxies }: Environment): ApiSettings {
  return {
    taskQueue,
    policy,
    // Fifty people who share one token do not reach it; a program in an endless loop does.
    rateLimit: 3000,
    trustedProxies,
    answerWithinMs: 2000,
    webhookSecret: (variable) => webhookSecrets.get(variable.replace(/^WEBHOOK_SECRET_/, '').toLowerCase()),
  };
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
