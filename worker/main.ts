import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  NativeConnection,
  Runtime,
  TransportError,
} from '@temporalio/worker';
import closeWithGrace from 'close-with-grace';
import pino, { type Logger } from 'pino';
import { createActivities } from '../activities';
import { type Environment, readEnvironment } from '../config/environment';
import { payloadCodec } from '../config/payloads/codec';
import { requireDatabaseOfThisVersion } from '../prisma/check-database';
import { createPrismaClient } from '../prisma/client';
import { databaseIsAway } from '../prisma/database-away';
import { organisationReader } from '../prisma/organisation';
import { sealRegister } from '../prisma/seal-keys';
import { createWorker } from './create-worker';
import { startNotices } from './notices/loop';
import { deliverySettings } from './notices/settings';
import { startSweep } from './sweep';

/** The engine room: one worker for orders and what belongs to them, and beside it the sweep and the delivery of notices. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const log = pino({ level: environment.logLevel, base: { part: 'worker' } });
  // Before Temporal's runtime is there: it would keep the refused program alive.
  for (const warning of await requireDatabaseOfThisVersion(environment.databaseUrl)) log.warn(warning);
  useLog(log);
  const prisma = createPrismaClient(environment.databaseUrl, {
    poolSize: 2 * activitySlots + loopConnections,
    plansOnce: true,
  });
  const activities = createActivities({ prisma, log });
  const register = sealRegister(prisma, environment.sealKeys);
  const payloadCodecs = [payloadCodec(environment, register)];
  const { connection, client, worker } = await onceTheServersAreThere(log, async () => {
    await register.ready();
    const connected = await connect(environment, payloadCodecs);
    const { connection: native } = connected;
    const namespace = environment.temporalNamespace;
    const settings = {
      connection: native,
      namespace,
      activities,
      maxCachedWorkflows: environment.cachedWorkflows,
      maxConcurrentActivities: activitySlots,
      payloadCodecs,
      buildId: environment.buildId,
    };
    return { ...connected, worker: await createWorker(settings) };
  });
  const sweep = startSweep({ prisma, client, log, organisation: organisationReader(prisma) });
  const { databaseUrl } = environment;
  const notices = startNotices({ ...deliverySettings(environment.notices, { prisma, log }), databaseUrl });
  const serve = async (): Promise<void> => {
    try {
      await worker.run();
    } finally {
      await sweep.stop();
      await notices.stop();
      await prisma.$disconnect();
      await client.connection.close();
      await connection.close();
    }
  };
  const ended = serve();
  closeWithGrace({ delay: 15_000, logger: log }, async () => {
    worker.shutdown();
    await ended;
  });
  await ended;
}

/** One connection of the pool per activity under way, ordinary or local; the sweep and the delivery of notices have their own. */
const activitySlots = 10;
const loopConnections = 4;

/** A worker that cannot reach its servers tries for ever (rule 6); whatever else keeps it from starting is told at once. */
async function onceTheServersAreThere<T>(log: Logger, start: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await start();
    } catch (error) {
      if (!isAway(error)) throw error;
      log.warn({ err: error }, 'Temporal or PostgreSQL cannot be reached; trying again');
      await pause(againAfterMs);
    }
  }
}

const isAway = (error: unknown): boolean =>
  error instanceof TransportError || isGrpcServiceError(error) || databaseIsAway(error);

/** A server that was restarted is back within seconds. */
const againAfterMs = 1000;

async function connect(environment: Environment, payloadCodecs: readonly PayloadCodec[]) {
  const { temporalAddress: address, temporalNamespace: namespace, temporalApiKey: apiKey } = environment;
  const secure = apiKey === undefined ? {} : { apiKey, tls: true };
  const connection = await NativeConnection.connect({ address, ...secure });
  // The sweep's own: connects on first use, and within a second when Temporal is back, where gRPC would wait up to two minutes.
  const own = Connection.lazy({ address, ...secure, channelArgs: { 'grpc.max_reconnect_backoff_ms': 1000 } });
  return {
    connection,
    client: new Client({ connection: own, namespace, dataConverter: { payloadCodecs: [...payloadCodecs] } }),
  };
}

/** The SDK's own log goes where ours goes. */
function useLog(log: Logger): void {
  const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
  const logger = new DefaultLogger('INFO', ({ level, message, meta }) => log[levels[level]](meta ?? {}, message));
  Runtime.install({
    logger,
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN' }), forward: {} } },
    shutdownSignals: [],
  });
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
