import { Client } from 'pg';

/** Whether nobody can log in yet: a database that has just been made. */
export async function isEmpty(databaseUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from users limit 1');
    return rowCount === 0;
  } finally {
    await client.end();
  }
}
