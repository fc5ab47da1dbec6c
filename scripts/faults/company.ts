import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { searchAttributes } from '../../workflows/search-attributes';
import { ensureDatabase } from '../servers/ensure-database';
import { startProgram, untilAnswers } from '../servers/own-program';
import { freePorts } from '../servers/ports';
import { settingsForTests, startPostgres } from '../servers/postgres-server';
import type { ServerProcess } from '../servers/server-process';
import { startTemporal } from '../servers/temporal-server';
import { watchOverFolder } from '../servers/watchdog';
import type { Canary } from './canary';
import { type Tokens, foundCompany } from './found-company';
import { faultPolicy } from './policy';

/** What can be killed. */
export const parts = ['postgres', 'temporal', 'worker', 'api'] as const;
export type Part = (typeof parts)[number];

/** A whole company in a temporary folder: PostgreSQL, Temporal, worker and API as processes of their own. */
export interface Company {
  readonly folder: string;
  readonly apiUrl: string;
  readonly temporalAddress: string;
  readonly databaseUrl: (database?: string) => string;
  readonly tokens: Tokens;
  readonly webhookSecret: string;
  /** Where a part writes what it has to say. */
  readonly logFile: (part: Part) => string;
  /** SIGKILL to these parts at once; returns when each process is dead, with all of its children. */
  kill(...which: readonly Part[]): Promise<void>;
  /** Starts what was killed, in the order in which things need each other. */
  restart(...which: readonly Part[]): Promise<void>;
  /** Where the worker looks for Temporal from its next start on: a proxy, or undefined for the server itself. */
  routeWorker(address: string | undefined): void;
  untilReady(): Promise<void>;
  /** Parts that ended without being killed: none should. */
  readonly deaths: readonly string[];
  stop(): Promise<void>;
}

/** Starts and founds a company. Nothing outlives this process, however it ends. */
export async function startCompany(canary: Canary): Promise<Company> {
  const folder = mkdtempSync(join(tmpdir(), 'dingdan-faults-'));
  chmodSync(folder, 0o711); // PostgreSQL's own account has to pass through
  mkdirSync(join(folder, 'logs'));
  const callOff = watchOverFolder(folder);
  const [postgresPort = 0, temporalPort = 0, apiPort = 0] = await freePorts(3);
  const logFile = (part: Part): string => join(folder, 'logs', `${part}.log`);
  const running = new Map<Part, ServerProcess>();
  const deaths: string[] = [];
  const temporalAddress = `127.0.0.1:${temporalPort}`;
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const webhookSecret = randomBytes(24).toString('base64');
  let workerRoute: string | undefined;
  let databaseUrl: Company['databaseUrl'] = () => '';

  const environment = () => ({
    DATABASE_URL: databaseUrl(),
    TEMPORAL_ADDRESS: temporalAddress,
    API_PORT: String(apiPort),
    LOG_LEVEL: 'debug',
    DINGDAN_POLICY: faultPolicy,
    WEBHOOK_SECRET_SF: webhookSecret,
  });
  const starts: Readonly<Record<Part, () => Promise<ServerProcess>>> = {
    postgres: async () => {
      const server = await startPostgres({
        dataFolder: join(folder, 'postgres'),
        port: postgresPort,
        logFile: logFile('postgres'),
        settings: settingsForTests,
      });
      databaseUrl = (database = 'dingdan') => server.url(database);
      return server;
    },
    temporal: () =>
      startTemporal({
        port: temporalPort,
        databaseFile: join(folder, 'temporal.db'),
        logFile: logFile('temporal'),
        searchAttributes,
      }),
    worker: () =>
      startProgram({
        name: 'worker',
        main: 'worker/main.ts',
        environment: { ...environment(), TEMPORAL_ADDRESS: workerRoute ?? temporalAddress },
        logFile: logFile('worker'),
      }),
    api: () => startProgram({ name: 'api', main: 'api/main.ts', environment: environment(), logFile: logFile('api') }),
  };
  const start = async (part: Part): Promise<void> => {
    const server = await starts[part]();
    running.set(part, server);
    void server.exited.then(async () => {
      // Killed ones are taken off the list first.
      if (running.get(part) !== server) return;
      deaths.push(`${part} ended by itself`);
      await pause(1000);
      if (running.get(part) === server) await start(part).catch(() => deaths.push(`${part} did not start again`));
    });
  };
  const take = (part: Part): readonly ServerProcess[] => {
    const server = running.get(part);
    running.delete(part);
    return server === undefined ? [] : [server];
  };
  const company: Omit<Company, 'tokens'> = {
    folder,
    apiUrl,
    temporalAddress,
    databaseUrl: (database) => databaseUrl(database),
    webhookSecret,
    logFile,
    deaths,
    kill: async (...which) => void (await Promise.all(which.flatMap(take).map((server) => server.kill()))),
    restart: async (...which) => {
      for (const part of parts) if (which.includes(part) && !running.has(part)) await start(part);
    },
    routeWorker: (address) => void (workerRoute = address),
    untilReady: () => untilAnswers(`${apiUrl}/readyz`, { name: 'The API', logFile: logFile('api') }),
    stop: async () => {
      await Promise.all(parts.flatMap(take).map((server) => server.kill()));
      rmSync(folder, { recursive: true, force: true });
      callOff();
    },
  };
  try {
    await Promise.all([start('postgres'), start('temporal')]);
    await ensureDatabase(databaseUrl('postgres'), 'dingdan');
    const tokens = await foundCompany(databaseUrl(), canary);
    await Promise.all([start('worker'), start('api')]);
    await company.untilReady();
    return { ...company, tokens };
  } catch (error) {
    await company.stop();
    throw error;
  }
}
