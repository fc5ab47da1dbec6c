import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime } from '@temporalio/worker';
import closeWithGrace from 'close-with-grace';
import pino, { type Logger } from 'pino';
import { createActivities } from '../activities';
import { type Environment, readEnvironment } from '../config/environment';
import { createPrismaClient } from '../prisma/client';
import { createWorker } from './create-worker';
import { startSweep } from './sweep';

/** The engine room: one worker for orders and what belongs to them, and the sweep beside it. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const log = pino({ level: environment.logLevel, base: { part: 'worker' } });
  useLog(log);
  const { connection, client } = await connect(environment);
  const prisma = createPrismaClient(environment.databaseUrl, { poolSize: activitySlots + sweepConnections });
  const worker = await createWorker({
    connection,
    namespace: environment.temporalNamespace,
    activities: createActivities({ prisma, log }),
    maxConcurrentActivities: activitySlots,
  });
  const sweep = startSweep({ prisma, client, log });
  const serve = async (): Promise<void> => {
    try {
      await worker.run();
    } finally {
      await sweep.stop();
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

/** One connection of the pool per activity under way; the sweep has its own. */
const activitySlots = 10;
const sweepConnections = 2;

async function connect({
  temporalAddress: address,
  temporalNamespace: namespace,
  temporalApiKey: apiKey,
}: Environment) {
  const secure = apiKey === undefined ? {} : { apiKey, tls: true };
  const connection = await NativeConnection.connect({ address, ...secure });
  const client = new Client({ connection: await Connection.connect({ address, ...secure }), namespace });
  return { connection, client };
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
