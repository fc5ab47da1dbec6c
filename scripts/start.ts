import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../prisma/migrate';
import { demoTokensFile, seed } from './seed';
import { requireGivenServers } from './servers/given-servers';
import { isEmpty } from './servers/is-empty';
import { keepRunning } from './servers/keep-running';
import { onlyOnce } from './servers/only-once';
import { startProgram, untilAnswers } from './servers/own-program';
import { type Servers, startOwnServers } from './servers/own-servers';
import { requireFreePort } from './servers/ports';
import { projectFolder } from './servers/project';
import { requirePolicy } from './servers/require-policy';
import { requireSealKeys, sealKeysFor } from './servers/seal-keys';
import { StopList } from './servers/stop-list';
import { type Stoppable, startTogether } from './servers/together';
import { endWith } from './servers/trouble';
import { type Wishes, wishesFrom } from './servers/wishes';

const dataFolder = join(projectFolder, '.data');
const logFile = (name: string) => join(dataFolder, 'logs', `${name}.log`);
const say = (line: string) => console.log(line);

/** `npm start`: PostgreSQL, Temporal with its UI, worker and API in one process tree. State is kept in .data/. */
async function main(): Promise<void> {
  const wishes = wishesFrom(process.env);
  const apiUrl = `http://127.0.0.1:${wishes.apiPort}`;
  const running = new StopList();
  stopOnSignal(running);
  try {
    running.add(onlyOnce(join(dataFolder, 'start.pid'), 'start.ts'));
    await requireFreePort(wishes.apiPort, { name: 'the API', variable: 'API_PORT' });
    await requireGivenServers(wishes);
    say('Starting PostgreSQL and Temporal …');
    const servers = await startOwnServers(dataFolder, wishes, say);
    running.add(servers);
    await prepareDatabase(servers.databaseUrl);
    await requirePolicy(servers.databaseUrl, wishes.policy);
    const sealKeys = sealKeysFor(process.env, dataFolder);
    await requireSealKeys(servers.databaseUrl, sealKeys);
    say('Starting worker and API …');
    running.add(...(await startPrograms(servers, wishes, sealKeys)));
    await untilAnswers(`${apiUrl}/readyz`, { name: 'The API', logFile: logFile('api') });
    say(addresses(servers, apiUrl));
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** Migrates, and fills an empty database with the demo company. */
async function prepareDatabase(databaseUrl: string): Promise<void> {
  const applied = await migrate(databaseUrl);
  if (applied.length > 0) say(`Brought the database up to date (${applied.length} migrations).`);
  if (!(await isEmpty(databaseUrl))) return;
  say('First run: making the demo company …');
  await seed(databaseUrl);
}

async function startPrograms(servers: Servers, wishes: Wishes, sealKeys: string): Promise<readonly Stoppable[]> {
  const environment = {
    DATABASE_URL: servers.databaseUrl,
    DINGDAN_SEAL_KEYS: sealKeys,
    TEMPORAL_ADDRESS: servers.temporalAddress,
    TEMPORAL_NAMESPACE: wishes.temporalNamespace,
    API_PORT: String(wishes.apiPort),
  };
  const program = (name: string, part: 'worker' | 'api') =>
    keepRunning({
      name,
      say,
      start: () => startProgram({ name, main: `${part}/main.ts`, environment, logFile: logFile(part) }),
    });
  return startTogether(program('The worker', 'worker'), program('The API', 'api'));
}

function addresses(servers: Servers, apiUrl: string): string {
  const rows = [
    ['API', `${apiUrl}/api/v1`],
    ['API pages', `${apiUrl}/docs`],
    ['Temporal UI', servers.temporalUiUrl ?? `that of ${servers.temporalAddress}`],
    ['Temporal', servers.temporalAddress],
    ['PostgreSQL', new URL(servers.databaseUrl).host],
    ['Logs', join(dataFolder, 'logs')],
    ...(existsSync(demoTokensFile) ? [['Demo tokens', demoTokensFile]] : []),
  ];
  const lines = rows.map(([name = '', address = '']) => `  ${name.padEnd(12)} ${address}`);
  return ['', 'Dingdan runs:', ...lines, '', 'Ctrl-C stops all of it; the state is kept in .data/.'].join('\n');
}

function stopOnSignal(running: StopList): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return; // Ctrl-C reaches npm and us, and npm passes it on: we hear of it twice
    stopping = true;
    say('Stopping …');
    running.stop().then(() => {
      say('Stopped.');
      process.exit(0);
    }, endWith);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
}

main().catch(endWith);
