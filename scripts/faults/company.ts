import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { searchAttributes } from '../../workflows/search-attributes';
import { ensureDatabase } from '../servers/ensure-database';
import { startProgram, untilAnswers } from '../servers/own-program';
import { freePorts } from '../servers/ports';
import { settingsForTests, startPostgres } from '../servers/postgres-server';
import { newSealKey } from '../servers/seal-keys';
import type { ServerProcess } from '../servers/server-process';
import { startTemporal } from '../servers/temporal-server';
import { temporaryFolder } from '../servers/temporary-folder';
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
  /** As the owner, who may look at all and make databases. */
  readonly databaseUrl: (database?: string) => string;
  readonly tokens: Tokens;
  readonly webhookSecret: string;
  /** What its programs seal with, as the environment names it. */
  readonly sealKeys: string;
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
  const { folder, ...temporary } = temporaryFolder('faults');
  mkdirSync(join(folder, 'logs'));
  const site = await siteIn(folder);
  const crew = crewOf(startsOf(site));
  const stop = async (): Promise<void> => {
    await crew.kill(...parts);
    await temporary.stop();
  };
  const { apiUrl, temporalAddress, webhookSecret, sealKeys, logFile } = site;
  const databaseUrl = (database = 'dingdan'): string => site.databaseUrl(database);
  const untilReady = (): Promise<void> =>
    untilAnswers(`${apiUrl}/readyz`, { name: 'The API', logFile: logFile('api') });
  try {
    await Promise.all([crew.restart('postgres'), crew.restart('temporal')]);
    await ensureDatabase(databaseUrl('postgres'), 'dingdan');
    const tokens = await foundCompany({ owner: databaseUrl(), application: site.applicationUrl('dingdan') }, canary);
    await Promise.all([crew.restart('worker'), crew.restart('api')]);
    await untilReady();
    const routeWorker = (address: string | undefined): void => void (site.workerRoute = address);
    return {
      ...crew,
      folder,
      apiUrl,
      temporalAddress,
      databaseUrl,
      webhookSecret,
      sealKeys,
      logFile,
      routeWorker,
      untilReady,
      tokens,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where the parts find each other. */
interface Site extends Pick<
  Company,
  'folder' | 'apiUrl' | 'temporalAddress' | 'webhookSecret' | 'sealKeys' | 'logFile'
> {
  readonly ports: { readonly postgres: number; readonly temporal: number; readonly api: number };
  /** Known once PostgreSQL has been started. */
  databaseUrl: (database: string) => string;
  applicationUrl: (database: string) => string;
  workerRoute: string | undefined;
}

async function siteIn(folder: string): Promise<Site> {
  const [postgres = 0, temporal = 0, api = 0] = await freePorts(3);
  return {
    folder,
    ports: { postgres, temporal, api },
    apiUrl: `http://127.0.0.1:${api}`,
    temporalAddress: `127.0.0.1:${temporal}`,
    webhookSecret: randomBytes(24).toString('base64'),
    sealKeys: newSealKey(),
    logFile: (part) => join(folder, 'logs', `${part}.log`),
    databaseUrl: () => '',
    applicationUrl: () => '',
    workerRoute: undefined,
  };
}

type Starts = Readonly<Record<Part, () => Promise<ServerProcess>>>;

function startsOf(site: Site): Starts {
  const { folder, ports, temporalAddress, logFile, webhookSecret } = site;
  const environment = (temporal: string) => ({
    DATABASE_URL: site.applicationUrl('dingdan'),
    DINGDAN_SEAL_KEYS: site.sealKeys,
    TEMPORAL_ADDRESS: temporal,
    API_PORT: String(ports.api),
    LOG_LEVEL: 'debug',
    DINGDAN_POLICY: faultPolicy,
    WEBHOOK_SECRET_SF: webhookSecret,
  });
  const program = (name: 'worker' | 'api', temporal: string): Promise<ServerProcess> =>
    startProgram({ name, environment: environment(temporal), logFile: logFile(name) });
  return {
    postgres: async () => {
      const dataFolder = join(folder, 'postgres');
      const server = await startPostgres({
        dataFolder,
        port: ports.postgres,
        logFile: logFile('postgres'),
        settings: settingsForTests,
      });
      site.databaseUrl = server.url;
      site.applicationUrl = server.applicationUrl;
      return server;
    },
    temporal: () =>
      startTemporal({
        port: ports.temporal,
        databaseFile: join(folder, 'temporal.db'),
        logFile: logFile('temporal'),
        searchAttributes,
      }),
    worker: () => program('worker', site.workerRoute ?? temporalAddress),
    api: () => program('api', temporalAddress),
  };
}

/** Keeps the parts running, but for those that are killed on purpose. */
function crewOf(starts: Starts): Pick<Company, 'kill' | 'restart' | 'deaths'> {
  const running = new Map<Part, ServerProcess>();
  const deaths: string[] = [];
  const start = async (part: Part): Promise<void> => {
    const server = await starts[part]();
    running.set(part, server);
    void watch(part, server);
  };
  const watch = async (part: Part, server: ServerProcess): Promise<void> => {
    await server.exited;
    // Who is killed was taken off the list before.
    if (running.get(part) !== server) return;
    deaths.push(`${part} ended by itself`);
    await pause(1000);
    if (running.get(part) === server) await start(part).catch(() => deaths.push(`${part} did not start again`));
  };
  const take = (part: Part): readonly ServerProcess[] => {
    const server = running.get(part);
    running.delete(part);
    return server === undefined ? [] : [server];
  };
  return {
    deaths,
    kill: async (...which) => void (await Promise.all(which.flatMap(take).map((server) => server.kill()))),
    restart: async (...which) => {
      for (const part of parts) if (which.includes(part) && !running.has(part)) await start(part);
    },
  };
}
