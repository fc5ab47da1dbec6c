import { setTimeout as pause } from 'node:timers/promises';
import { withConnection } from './temporal-connection';
import { listensOn, requireFreePort } from './ports';
import { prepareNamespace } from './prepare-namespace';
import type { SearchAttributes } from './search-attributes';
import { type ServerProcess, lastLines, launch } from './server-process';
import { temporalCli } from './temporal-binary';
import { Trouble } from './trouble';

export interface TemporalServer extends ServerProcess {
  /** host:port, as TEMPORAL_ADDRESS wants it. */
  readonly address: string;
  readonly namespace: string;
  /** Where the Temporal UI answers; undefined when it was not asked for. */
  readonly uiUrl: string | undefined;
}

export interface TemporalServerOptions {
  readonly port: number;
  /** No UI without a port for it. */
  readonly uiPort?: number;
  /** State lives in this file; without one it lives in memory and dies with the server. */
  readonly databaseFile?: string;
  readonly logFile: string;
  readonly searchAttributes: SearchAttributes;
  readonly namespace?: string;
  /** Where it tells its own counters at /metrics; without one, on a port that nobody is told. */
  readonly metricsPort?: number;
}

/** A cold start on a busy two-core machine took up to 20 s. */
const readyWithinMs = 60_000;

/** Starts a Temporal dev server and returns when it is ready to run workflows with the given search attributes. */
export async function startTemporal(options: TemporalServerOptions): Promise<TemporalServer> {
  const { port, uiPort, logFile, searchAttributes, namespace = 'default' } = options;
  await requireFreePort(port, { name: 'Temporal', variable: 'TEMPORAL_PORT' });
  if (uiPort !== undefined) await requireFreePort(uiPort, { name: 'the Temporal UI', variable: 'TEMPORAL_UI_PORT' });
  const server = await launch({
    name: 'Temporal',
    command: await temporalCli(),
    args: commandLine({ ...options, namespace }),
    logFile,
    stopSignal: 'SIGTERM',
    options: { env: withoutClientSettings(process.env) },
  });
  const address = `127.0.0.1:${port}`;
  try {
    await untilReady(server, { port, logFile });
    await withConnection(address, (connection) => prepareNamespace(connection, namespace, searchAttributes));
  } catch (error) {
    await server.kill();
    throw error;
  }
  return { ...server, address, namespace, uiUrl: uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}` };
}

function commandLine(options: TemporalServerOptions & { readonly namespace: string }): readonly string[] {
  const { port, uiPort, databaseFile, searchAttributes, namespace, metricsPort } = options;
  const attributes = Object.entries(searchAttributes).flatMap(([name, kind]) => [
    '--search-attribute',
    `${name}=${kind}`,
  ]);
  return [
    'server',
    'start-dev',
    '--log-level=warn',
    '--ip=127.0.0.1',
    `--port=${port}`,
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-disable-news-fetch']),
    ...(namespace === 'default' ? [] : ['--namespace', namespace]),
    ...(metricsPort === undefined ? [] : [`--metrics-port=${metricsPort}`]),
    ...(databaseFile === undefined ? [] : ['--db-filename', databaseFile, ...durably]),
    ...patient,
    ...attributes,
  ];
}

/**
 * The server ends a workflow task by force when more events than this come while it is under way, a hundred by itself. A worker that is
 * filing within the task goes on all the same, and the history is another than it thinks: it would not replay.
 */
const patient = Object.entries({
  'history.maximumBufferedEventsBatch': 20_000,
  'history.maximumBufferedEventsSizeInBytes': 64 * 1024 * 1024,
}).flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${value}`]);

/** What is committed survives SIGKILL of the server, and a power cut. */
const durably = ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=2'];

/** TEMPORAL_ADDRESS and its like configure our clients; the CLI would read them too. */
function withoutClientSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

async function untilReady(
  server: ServerProcess,
  at: { readonly port: number; readonly logFile: string },
): Promise<void> {
  const until = Date.now() + readyWithinMs;
  while (!(await isServing(`127.0.0.1:${at.port}`))) {
    if (server.hasExited())
      throw new Trouble(`Temporal ended while starting; its last words: ${lastLines(at.logFile)}`);
    if (Date.now() > until)
      throw new Trouble(`Temporal was not ready after ${readyWithinMs / 1000} s; see ${at.logFile}`);
    await pause(100);
  }
  if (server.hasExited() || !listensOn(server.pid, at.port)) {
    throw new Trouble(
      `Another program took port ${at.port} while Temporal was starting: choose another with TEMPORAL_PORT=<port>.`,
    );
  }
}

async function isServing(address: string): Promise<boolean> {
  try {
    await withConnection(address, (connection) =>
      connection.workflowService.describeNamespace({ namespace: 'default' }),
    );
    return true;
  } catch {
    return false;
  }
}
