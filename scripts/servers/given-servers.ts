import { Client } from 'pg';
import { withConnection } from './temporal-connection';
import { Trouble } from './trouble';
import type { Wishes } from './wishes';

/** Throws one clear line if a server that the environment names does not let us in: nobody here can start it. */
export async function requireGivenServers({ databaseUrl, databaseOwnerUrl, temporalAddress }: Wishes): Promise<void> {
  // The application's role may not be there yet: the owner makes it.
  if (databaseOwnerUrl !== undefined) await requireDatabase(databaseOwnerUrl, 'DATABASE_OWNER_URL');
  else if (databaseUrl !== undefined) await requireDatabase(databaseUrl, 'DATABASE_URL');
  if (temporalAddress !== undefined) await requireTemporal(temporalAddress);
}

async function requireDatabase(databaseUrl: string, variable: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw refusal(`the database at ${new URL(databaseUrl).host}`, variable, error);
  } finally {
    await client.end().catch(() => undefined); // it may never have been open
  }
}

async function requireTemporal(address: string): Promise<void> {
  try {
    await withConnection(address, async () => undefined, process.env['TEMPORAL_API_KEY'] || undefined);
  } catch (error) {
    throw refusal(`the Temporal server at ${address}`, 'TEMPORAL_ADDRESS', error);
  }
}

function refusal(server: string, variable: string, error: unknown): Trouble {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return new Trouble(`Cannot use ${server} (${reason}): start it, correct ${variable}, or unset it to use our own.`);
}
