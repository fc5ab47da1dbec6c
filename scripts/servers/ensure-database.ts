import { onDatabase } from './on-database';

/** Makes the database on this server if it is missing. */
export async function ensureDatabase(administrationUrl: string, name: string): Promise<void> {
  await onDatabase(administrationUrl, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}
