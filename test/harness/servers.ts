import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../prisma/migrate';
import { freePorts } from '../../scripts/servers/ports';
import { type PostgresServer, settingsForTests, startPostgres } from '../../scripts/servers/postgres-server';
import { type TemporalServer, startTemporal } from '../../scripts/servers/temporal-server';
import { temporalTestServer } from '../../scripts/servers/temporal-binary';
import { watchOverFolder } from '../../scripts/servers/watchdog';
import { searchAttributes } from '../../workflows/search-attributes';
import { onDatabase } from './on-database';
import { type Surroundings, templateDatabase } from './surroundings';

export interface TestServers {
  readonly surroundings: Surroundings;
  stop(): Promise<void>;
}

/** One PostgreSQL with a migrated template database, one Temporal server in memory, the time-skipping server at hand. */
export async function startTestServers(): Promise<TestServers> {
  const folder = mkdtempSync(join(tmpdir(), 'dingdan-test-'));
  const callOff = watchOverFolder(folder);
  const started: (PostgresServer | TemporalServer)[] = [];
  const stop = async () => {
    await Promise.all(started.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
    callOff();
  };
  try {
    const [postgresPort = 0, temporalPort = 0, uiPort = 0] = await freePorts(3);
    mkdirSync(join(folder, 'logs'));
    // Both start at once, but a failure of one must not leave the other running: so all settle first.
    const [postgres, temporal, timeSkipping] = await Promise.allSettled([
      startPostgres({
        dataFolder: join(folder, 'postgres'),
        port: postgresPort,
        logFile: join(folder, 'logs', 'postgres.log'),
        settings: settingsForTests,
      }),
      startTemporal({ port: temporalPort, uiPort, logFile: join(folder, 'logs', 'temporal.log'), searchAttributes }),
      temporalTestServer(),
    ]);
    if (postgres.status === 'fulfilled') started.push(postgres.value);
    if (temporal.status === 'fulfilled') started.push(temporal.value);
    if (postgres.status === 'rejected') throw postgres.reason;
    if (temporal.status === 'rejected') throw temporal.reason;
    if (timeSkipping.status === 'rejected') throw timeSkipping.reason;
    const administration = postgres.value.url('postgres');
    await onDatabase(administration, (client) => client.query(`create database ${templateDatabase}`));
    await migrate(postgres.value.url(templateDatabase));
    return {
      surroundings: {
        postgresUrl: administration,
        temporalAddress: temporal.value.address,
        temporalUiUrl: temporal.value.uiUrl ?? '',
        timeSkippingServer: timeSkipping.value,
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
