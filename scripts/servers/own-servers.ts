import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { searchAttributes } from '../../workflows/search-attributes';
import { ensureDatabase } from './ensure-database';
import { keepRunning } from './keep-running';
import { startPostgres } from './postgres-server';
import { startTemporal } from './temporal-server';
import { type Stoppable, startTogether } from './together';
import type { Wishes } from './wishes';

export interface Servers extends Stoppable {
  /** As the application connects. */
  readonly databaseUrl: string;
  /** As the owner of the tables; the same where one role does all. */
  readonly databaseOwnerUrl: string;
  readonly temporalAddress: string;
  /** Unknown for a Temporal server that is not ours. */
  readonly temporalUiUrl: string | undefined;
}

interface Ours<Address> extends Stoppable {
  readonly address: Address;
}

type Say = (line: string) => void;

/** Starts PostgreSQL and Temporal on the state kept in the folder; neither, if the environment names another. */
export async function startOwnServers(folder: string, wishes: Wishes, say: Say): Promise<Servers> {
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const [database, temporal] = await startTogether(
    startOwnPostgres(folder, wishes, say),
    startOwnTemporal(folder, wishes, say),
  );
  return {
    databaseUrl: database.address.application,
    databaseOwnerUrl: database.address.owner,
    temporalAddress: temporal.address.grpc,
    temporalUiUrl: temporal.address.ui,
    stop: async () => {
      await Promise.all([database.stop(), temporal.stop()]);
    },
  };
}

async function startOwnPostgres(
  folder: string,
  wishes: Wishes,
  say: Say,
): Promise<Ours<{ readonly application: string; readonly owner: string }>> {
  const { databaseUrl, databaseOwnerUrl } = wishes;
  if (databaseUrl !== undefined)
    return { address: { application: databaseUrl, owner: databaseOwnerUrl ?? databaseUrl }, stop: notOurs };
  const { first, stop } = await keepRunning({
    name: 'PostgreSQL',
    say,
    start: () =>
      startPostgres({
        dataFolder: join(folder, 'postgres'),
        port: wishes.postgresPort,
        logFile: join(folder, 'logs', 'postgres.log'),
      }),
  });
  await ensureDatabase(first.url('postgres'), 'dingdan');
  return { address: { application: first.applicationUrl('dingdan'), owner: first.url('dingdan') }, stop };
}

async function startOwnTemporal(
  folder: string,
  wishes: Wishes,
  say: Say,
): Promise<Ours<{ readonly grpc: string; readonly ui: string | undefined }>> {
  if (wishes.temporalAddress !== undefined) {
    return { address: { grpc: wishes.temporalAddress, ui: undefined }, stop: notOurs };
  }
  const { first, stop } = await keepRunning({
    name: 'Temporal',
    say,
    start: () =>
      startTemporal({
        port: wishes.temporalPort,
        uiPort: wishes.temporalUiPort,
        databaseFile: join(folder, 'temporal.db'),
        logFile: join(folder, 'logs', 'temporal.log'),
        namespace: wishes.temporalNamespace,
        searchAttributes,
      }),
  });
  return { address: { grpc: first.address, ui: first.uiUrl }, stop };
}

async function notOurs(): Promise<void> {}
