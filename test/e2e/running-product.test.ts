import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../scripts/servers/ports';
import { allDead, withDescendants } from '../../scripts/servers/processes';
import { eventually } from '../api/worker-under-test';
import { projectFolder } from '../../scripts/servers/project';
import { announceProduct, findRunningProduct } from '../../scripts/servers/running-product';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'running-product-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const product = {
  apiUrl: 'http://127.0.0.1:1',
  temporalAddress: '127.0.0.1:2',
  temporalNamespace: 'default',
  temporalUiUrl: null,
  databaseUrl: 'postgresql://somebody:secret@127.0.0.1:3/dingdan',
  tokensFile: 'tokens.json',
};

/** Starting servers on a machine that does much else. */
const minutesMs = 180_000;

interface Ran {
  readonly code: number | null;
  readonly said: string;
  readonly complained: string;
}

/** One of package.json's commands, as npm runs it, on this data folder. */
function command(name: string, args: readonly string[] = [], more: NodeJS.ProcessEnv = {}): ChildProcess {
  const env = { ...process.env, DATA_FOLDER: folder, ...more };
  return spawn(process.execPath, [join(projectFolder, 'scripts', 'run.mjs'), name, ...args], { env });
}

async function ran(child: ChildProcess): Promise<Ran> {
  let [said, complained] = ['', ''];
  child.stdout?.on('data', (part: Buffer) => (said += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (complained += part.toString()));
  await once(child, 'close');
  return { code: child.exitCode, said, complained };
}

async function startOnFreePorts(): Promise<ChildProcess> {
  const [api, temporal, ui, postgres] = (await freePorts(4)).map(String);
  const ports = { API_PORT: api, TEMPORAL_PORT: temporal, TEMPORAL_UI_PORT: ui, POSTGRES_PORT: postgres };
  return command('start', [], ports);
}

async function untilSays(child: ChildProcess, words: string): Promise<void> {
  let said = '';
  for await (const part of child.stdout ?? []) {
    said += String(part);
    if (said.includes(words)) return;
  }
  throw new Error(`it ended and never said "${words}": ${said}`);
}

/** Signals the process and answers what of it is left once it has ended. */
async function leftBehind(child: ChildProcess, name: NodeJS.Signals): Promise<boolean> {
  const pids = withDescendants(child.pid ?? 0);
  const ended = once(child, 'exit');
  child.kill(name);
  await ended;
  return !(await allDead(pids, 0));
}

test('the running product is found by its state file, which only its owner reads, until it stops', async () => {
  const announced = announceProduct(folder, product);
  expect(findRunningProduct(folder)).toEqual(product);
  expect(statSync(join(folder, 'running.json')).mode & 0o777).toBe(0o600);
  await announced.stop();
  expect(findRunningProduct(folder)).toBeUndefined();
});

test('a state file is stale when its process is gone, or its number is another process by now', () => {
  announceProduct(folder, product);
  const file = join(folder, 'running.json');
  const state = JSON.parse(readFileSync(file, 'utf8'));
  const found = (changes: object) => {
    writeFileSync(file, JSON.stringify({ ...state, ...changes }));
    return findRunningProduct(folder);
  };
  expect(found({})).toEqual(product);
  expect(found({ began: 'before' })).toBeUndefined();
  // Beyond the greatest number that a process may have.
  expect(found({ pid: 4_194_305 })).toBeUndefined();
  expect(found({ apiUrl: 7 })).toBeUndefined();
});

test.each([['demo'], ['token', 'u-sales-1'], ['first-admin', 'admin']])(
  'without a product that runs, %s says so in one line',
  async (name, ...args) => {
    const { code, said, complained } = await ran(command(name, args, { DATABASE_URL: '' }));
    expect([code, said]).toEqual([1, '']);
    expect(complained).toMatch(/^Dingdan does not run here: run `npm start` in another terminal[^\n]*\n$/);
  },
  minutesMs,
);

test(
  'the product starts on any ports, a token for it is made without naming them, and SIGTERM leaves no process behind',
  async () => {
    const start = await startOnFreePorts();
    await untilSays(start, 'Ctrl-C stops all of it');
    const { said } = await ran(command('token', ['u-sales-1']));
    const [token = ''] = said.split('\n');
    const me = await fetch(`${findRunningProduct(folder)?.apiUrl}/api/v1/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(me.status).toBe(200);
    expect(await leftBehind(start, 'SIGTERM')).toBe(false);
    expect(start.exitCode).toBe(0);
    expect(findRunningProduct(folder)).toBeUndefined();
  },
  minutesMs,
);

test(
  'SIGINT while the servers are still on their way up leaves no process behind',
  async () => {
    const start = await startOnFreePorts();
    await untilSays(start, 'Starting PostgreSQL and Temporal');
    // The preparation of the data folder, Temporal, and who watches over it.
    await eventually(async () => (withDescendants(start.pid ?? 0).length > 3 ? true : undefined));
    expect(await leftBehind(start, 'SIGINT')).toBe(false);
    expect(start.exitCode).toBe(0);
  },
  minutesMs,
);
