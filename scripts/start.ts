import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { requireDatabaseOfThisVersion } from '../prisma/check-database';
import { migrate } from '../prisma/migrate';
import { seed } from './seed';
import { requireDataOfThisVersion } from './servers/data-format';
import { requireGivenServers } from './servers/given-servers';
import { isEmpty } from './servers/is-empty';
import { keepRunning } from './servers/keep-running';
import { onlyOnce } from './servers/only-once';
import { startProgram, untilAnswers } from './servers/own-program';
import { type Servers, startOwnServers } from './servers/own-servers';
import { requireFreePort } from './servers/ports';
import { requirePolicy } from './servers/require-policy';
import { type RunningProduct, announceProduct } from './servers/running-product';
import type { StopList } from './servers/stop-list';
import { requireSealKeys, sealKeysFor } from './servers/seal-keys';
import { type Stoppable, startTogether } from './servers/together';
import { type Wishes, wishesFrom } from './servers/wishes';
import { withServers } from './servers/with-servers';

type Say = (line: string) => void;

/** `npm start`: PostgreSQL, Temporal with its UI, worker and API in one process tree. State is kept in .data/. */
async function main(running: StopList, signalled: AbortSignal): Promise<void> {
  const wishes = wishesFrom(process.env);
  const { dataFolder } = wishes;
  const apiUrl = `http://127.0.0.1:${wishes.apiPort}`;
  // What ends because a signal has come is no news.
  const say: Say = (line) => void (signalled.aborted || console.log(line));
  running.add(onlyOnce(join(dataFolder, 'start.pid'), 'run.mjs start'));
  requireDataOfThisVersion(dataFolder);
  await requireFreePort(wishes.apiPort, { name: 'the API', variable: 'API_PORT' });
  await requireGivenServers(wishes);
  say('Starting PostgreSQL and Temporal …');
  const servers = await startOwnServers(dataFolder, wishes, say);
  running.add(servers);
  const tokensFile = join(dataFolder, 'tokens.json');
  await prepareDatabase(servers, { tokensFile, say });
  await requirePolicy(servers.databaseUrl, wishes.policy);
  const sealKeys = sealKeysFor(process.env, dataFolder);
  await requireSealKeys(servers.databaseUrl, sealKeys);
  say('Starting worker and API …');
  running.add(...(await startPrograms(servers, { ...wishes, sealKeys }, say)));
  await untilAnswers(`${apiUrl}/readyz`, { name: 'The API', logFile: logFileIn(dataFolder, 'api') });
  const product = productOf(servers, { ...wishes, apiUrl, tokensFile });
  running.add(announceProduct(dataFolder, product));
  say(addresses(product, dataFolder));
  await new Promise((resolve) => signalled.addEventListener('abort', resolve));
}

const logFileIn = (dataFolder: string, name: string): string => join(dataFolder, 'logs', `${name}.log`);

/** Migrates, and fills an empty database with the demo company. */
async function prepareDatabase(
  { databaseUrl, databaseOwnerUrl }: Servers,
  { tokensFile, say }: { readonly tokensFile: string; readonly say: Say },
): Promise<void> {
  const { migrations, functions } = await migrate(databaseOwnerUrl, { applicationUrl: databaseUrl });
  if (migrations.length > 0) say(`Brought the database up to date (${migrations.length} migrations).`);
  else if (functions) say('Brought the functions of the database up to date.');
  for (const warning of await requireDatabaseOfThisVersion(databaseUrl)) say(warning);
  if (!(await isEmpty(databaseUrl))) return;
  say('First run: making the demo company …');
  await seed(databaseUrl, { tokensFile });
}

async function startPrograms(
  servers: Servers,
  { sealKeys, ...wishes }: Wishes & { readonly sealKeys: string },
  say: Say,
): Promise<readonly Stoppable[]> {
  const environment = {
    DATABASE_URL: servers.databaseUrl,
    // Not for them: whoever gets into a program must not find the owner's password.
    DATABASE_OWNER_URL: '',
    DINGDAN_SEAL_KEYS: sealKeys,
    TEMPORAL_ADDRESS: servers.temporalAddress,
    TEMPORAL_NAMESPACE: wishes.temporalNamespace,
    API_PORT: String(wishes.apiPort),
  };
  const program = (name: string, part: 'worker' | 'api') => {
    const logFile = logFileIn(wishes.dataFolder, part);
    return keepRunning({
      name,
      say,
      start: () => startProgram({ name: part, environment, logFile }),
    });
  };
  return startTogether(program('The worker', 'worker'), program('The API', 'api'));
}

function productOf(
  servers: Servers,
  at: Pick<RunningProduct, 'apiUrl' | 'temporalNamespace' | 'tokensFile'>,
): RunningProduct {
  return {
    apiUrl: at.apiUrl,
    temporalAddress: servers.temporalAddress,
    temporalNamespace: at.temporalNamespace,
    temporalUiUrl: servers.temporalUiUrl ?? null,
    databaseUrl: servers.databaseUrl,
    tokensFile: at.tokensFile,
  };
}

function addresses(product: RunningProduct, dataFolder: string): string {
  const { apiUrl, temporalUiUrl, temporalAddress, databaseUrl, tokensFile } = product;
  const rows = [
    ['API', `${apiUrl}/api/v1`],
    ['API pages', `${apiUrl}/docs`],
    ['Temporal UI', temporalUiUrl ?? `that of ${temporalAddress}`],
    ['Temporal', temporalAddress],
    ['PostgreSQL', new URL(databaseUrl).host],
    ['Logs', join(dataFolder, 'logs')],
    ...(existsSync(tokensFile) ? [['Demo tokens', tokensFile]] : []),
  ];
  const lines = rows.map(([name = '', address = '']) => `  ${name.padEnd(12)} ${address}`);
  return ['', 'Dingdan runs:', ...lines, '', `Ctrl-C stops all of it; the state is kept in ${dataFolder}.`].join('\n');
}

withServers(main, { say: (line) => console.log(line), code: 0 });
