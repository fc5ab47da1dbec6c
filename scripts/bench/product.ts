import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { searchAttributes } from '../../workflows/search-attributes';
import { migrate } from '../../prisma/migrate';
import { ensureDatabase } from '../servers/ensure-database';
import { startProgram, untilAnswers } from '../servers/own-program';
import { projectFolder } from '../servers/project';
import { freePorts } from '../servers/ports';
import { type PostgresServer, startPostgres } from '../servers/postgres-server';
import { type ServerProcess, lastLines } from '../servers/server-process';
import { newSealKey } from '../servers/seal-keys';
import { StopList } from '../servers/stop-list';
import { type TemporalServer, startTemporal } from '../servers/temporal-server';
import { temporaryFolder } from '../servers/temporary-folder';
import { startTogether } from '../servers/together';
import { Trouble } from '../servers/trouble';
import { type Tokens, foundCompany } from './found-company';

/** The whole product in a temporary folder, each part a process of its own, as `npm start` runs it. */
export interface Product {
  readonly apiUrl: string;
  readonly temporalAddress: string;
  readonly metricsUrl: string;
  readonly databaseUrl: string;
  /** Same tables, no worker: for timing the acceptance alone. */
  readonly spareDatabaseUrl: string;
  readonly tokens: Tokens;
  /** What its programs seal with. */
  readonly sealKeys: string;
  readonly pids: Readonly<Record<'temporal' | 'worker' | 'api' | 'postgres', number>>;
  stop(): Promise<void>;
}

interface Wishes {
  /** Open orders at the end; the worker keeps all of them in its cache. */
  readonly open: number;
  readonly profileFolder: string | undefined;
}

/** Starts the product; nothing of it outlives this process, however that ends. */
export async function startProduct({ open, profileFolder }: Wishes): Promise<Product> {
  const { folder, ...temporary } = temporaryFolder('bench');
  const running = new StopList();
  running.add(temporary);
  const logFile = (name: string): string => join(folder, `${name}.log`);
  try {
    const [postgresPort = 0, temporalPort = 0, metricsPort = 0, apiPort = 0] = await freePorts(4);
    const [postgres, temporal] = await startServers({ folder, postgresPort, temporalPort, metricsPort });
    running.add(postgres, temporal);
    const databaseUrl = await makeDatabase(postgres, 'dingdan');
    const spareDatabaseUrl = await makeDatabase(postgres, 'dingdan_spare');
    const tokens = await foundCompany(databaseUrl);
    const sealKeys = newSealKey();
    const environment = {
      DATABASE_URL: databaseUrl,
      DINGDAN_SEAL_KEYS: sealKeys,
      TEMPORAL_ADDRESS: temporal.address,
      API_PORT: String(apiPort),
      LOG_LEVEL: 'warn',
      CACHED_WORKFLOWS: String(open + usualCache),
      ...profiling(profileFolder),
    };
    const program = (part: 'worker' | 'api'): Promise<ServerProcess> =>
      startProgram({ name: part, environment, logFile: logFile(part) });
    const [worker, api] = await startTogether(program('worker'), program('api'));
    running.add(worker, api);
    const apiUrl = `http://127.0.0.1:${apiPort}`;
    await Promise.race([
      untilAnswers(`${apiUrl}/readyz`, { name: 'The API', logFile: logFile('api') }),
      endedEarly(worker, logFile('worker')),
      endedEarly(api, logFile('api')),
    ]);
    return {
      apiUrl,
      temporalAddress: temporal.address,
      metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
      databaseUrl,
      spareDatabaseUrl,
      tokens,
      sealKeys,
      pids: { temporal: temporal.pid, worker: worker.pid, api: api.pid, postgres: postgres.pid },
      stop: () => running.stop(),
    };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** As many as a worker keeps by default: the rounds need no more. */
const usualCache = 500;

async function endedEarly({ exited }: ServerProcess, logFile: string): Promise<never> {
  await exited;
  throw new Trouble(`A program ended while starting; its last words: ${lastLines(logFile)}`);
}

async function startServers(at: {
  readonly folder: string;
  readonly postgresPort: number;
  readonly temporalPort: number;
  readonly metricsPort: number;
}): Promise<readonly [PostgresServer, TemporalServer]> {
  const { folder, postgresPort, temporalPort, metricsPort } = at;
  return startTogether(
    startPostgres({
      dataFolder: join(folder, 'postgres'),
      port: postgresPort,
      logFile: join(folder, 'postgres.log'),
    }),
    startTemporal({
      port: temporalPort,
      metricsPort,
      databaseFile: join(folder, 'temporal.db'),
      logFile: join(folder, 'temporal.log'),
      searchAttributes,
    }),
  );
}

async function makeDatabase(postgres: PostgresServer, name: string): Promise<string> {
  await ensureDatabase(postgres.url('postgres'), name);
  await migrate(postgres.url(name), { applicationUrl: postgres.applicationUrl(name) });
  return postgres.applicationUrl(name);
}

/** Written when the programs end. */
function profiling(folder: string | undefined): Record<string, string> {
  if (folder === undefined) return {};
  mkdirSync(folder, { recursive: true });
  const profiler = join(projectFolder, 'scripts', 'cpu-profile.cjs');
  return { NODE_OPTIONS: `--require ${profiler}`, CPU_PROFILE_FOLDER: resolve(folder) };
}
