import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { requireFreePort } from './ports';
import { type Account, makeOwnFolder, postgresAccount, readableCopy, keptFolder } from './postgres-account';
import { postgresBinaries } from './postgres-binaries';
import { allDead, commandOf, isAlive, killTree, signal, withDescendants } from './processes';
import { type ServerProcess, lastLines, launch } from './server-process';
import { Trouble } from './trouble';

export interface PostgresServer extends ServerProcess {
  readonly port: number;
  /** Where the data really is: elsewhere than asked for when PostgreSQL's account cannot reach that folder. */
  readonly dataFolder: string;
  /** The connection string of a database on this server, as its superuser, who owns all. */
  readonly url: (database: string) => string;
  /** The same as the role of API and worker, which an upgrade makes and gives its rights (prisma/rights.ts). */
  readonly applicationUrl: (database: string) => string;
}

export interface PostgresOptions {
  /** Made on first use, found again on the next. */
  readonly dataFolder: string;
  readonly port: number;
  readonly logFile: string;
  /** Settings as in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** For throw-away servers: nothing is flushed to the disk, which a killed process does not notice and a power cut would. */
export const settingsForTests = {
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '200',
} as const;

const superuser = 'dingdan';
const application = 'dingdan_app';

/** After SIGKILL under load, recovery replays up to a checkpoint's worth of log: seconds, a minute on a slow disk. */
const readyWithinMs = 60_000;

/** Starts PostgreSQL and returns when it answers. A data folder that a killed server left behind is recovered. */
export async function startPostgres({
  dataFolder: wanted,
  port,
  logFile,
  settings = {},
}: PostgresOptions): Promise<PostgresServer> {
  const account = postgresAccount();
  const native = readableCopy(postgresBinaries(), account);
  const dataFolder = keptFolder(wanted, account);
  await endLeftover(dataFolder);
  await requireFreePort(port, { name: 'PostgreSQL', variable: 'POSTGRES_PORT' });
  if (!existsSync(join(dataFolder, 'PG_VERSION'))) await createCluster({ dataFolder, native, account });

  const server = await launch({
    name: 'PostgreSQL',
    command: join(native, 'bin', 'postgres'),
    args: ['-D', dataFolder, '-p', String(port), ...asFlags({ ...always, ...settings })],
    logFile,
    // "Fast shutdown": roll back what is open, write a checkpoint, end.
    stopSignal: 'SIGINT',
    options: { cwd: dataFolder, ...account },
  });
  const url = urls({ port, user: superuser, password: readFileSync(passwordFile(dataFolder), 'utf8') });
  const applicationUrl = urls({ port, user: application, password: applicationPassword(dataFolder) });
  try {
    await untilReady(server, { url: url('postgres'), dataFolder, logFile });
  } catch (error) {
    await server.kill();
    throw error;
  }
  return { ...server, port, dataFolder, url, applicationUrl };
}

/** No Unix socket: its path is limited to 107 characters and nobody needs it. */
const always = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_min_messages: 'warning',
};

function asFlags(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function passwordFile(dataFolder: string): string {
  return join(dataFolder, 'dingdan.password');
}

/** Drawn on first use. The role is made with it by the first upgrade. */
function applicationPassword(dataFolder: string): string {
  const file = join(dataFolder, 'application.password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

function urls(as: {
  readonly port: number;
  readonly user: string;
  readonly password: string;
}): (database: string) => string {
  return (database) => `postgresql://${as.user}:${as.password}@127.0.0.1:${as.port}/${database}`;
}

/**
 * Order of text is by code point, the same on every machine. The character classes are those of UTF-8: with locale C,
 * pg_trgm finds no trigrams in Chinese.
 */
const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
const characters = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';

async function createCluster(at: {
  readonly dataFolder: string;
  readonly native: string;
  readonly account: Account | undefined;
}): Promise<void> {
  const { dataFolder, native, account } = at;
  mkdirSync(dirname(dataFolder), { recursive: true });
  // A folder without PG_VERSION is what an interrupted initdb left.
  rmSync(dataFolder, { recursive: true, force: true });
  makeOwnFolder(dataFolder, account);
  const password = randomBytes(18).toString('base64url');
  const given = `${dataFolder}.password`;
  writeFileSync(given, password, { mode: 0o600 });
  if (account !== undefined) chownSync(given, account.uid, account.gid);
  try {
    await promisify(execFile)(
      join(native, 'bin', 'initdb'),
      [
        '-D',
        dataFolder,
        '-U',
        superuser,
        '--auth=scram-sha-256',
        `--pwfile=${given}`,
        ...locale,
        `--lc-ctype=${characters}`,
        '--no-sync',
      ],
      { cwd: dataFolder, ...account },
    );
  } catch (error) {
    rmSync(dataFolder, { recursive: true, force: true });
    throw new Trouble(`PostgreSQL could not create its data folder: ${String(error).trim().split('\n').at(-1)}`);
  } finally {
    rmSync(given, { force: true });
  }
  writeFileSync(passwordFile(dataFolder), password, { mode: 0o600 });
}

/** Ends the server that an earlier run left on this data folder, when that run was killed. */
async function endLeftover(dataFolder: string): Promise<void> {
  const pid = runningOn(dataFolder);
  if (pid === undefined) return;
  const pids = withDescendants(pid);
  signal(pid, 'SIGINT');
  if (!(await allDead(pids, 15_000))) await killTree(pid);
}

function runningOn(dataFolder: string): number | undefined {
  const file = join(dataFolder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  // After a reboot the number may belong to somebody else.
  return pid > 0 && isAlive(pid) && commandOf(pid).includes(dataFolder) ? pid : undefined;
}

async function untilReady(
  server: ServerProcess,
  at: { readonly url: string; readonly dataFolder: string; readonly logFile: string },
): Promise<void> {
  const until = Date.now() + readyWithinMs;
  while (!(await serves(at))) {
    if (server.hasExited())
      throw new Trouble(`PostgreSQL ended while starting; its last words: ${lastLines(at.logFile)}`);
    if (Date.now() > until)
      throw new Trouble(`PostgreSQL was not ready after ${readyWithinMs / 1000} s; see ${at.logFile}`);
    await pause(50);
  }
}

/** True only for the server on our data folder: our password opens no other. */
async function serves({ url, dataFolder }: { readonly url: string; readonly dataFolder: string }): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory === dataFolder;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
