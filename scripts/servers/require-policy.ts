import { Client } from 'pg';
import { Trouble } from './trouble';

/** Throws one clear line if the policy that new orders are to start under was never published: no order could be taken. */
export async function requirePolicy(databaseUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from policy_versions where name = $1 limit 1', [name]);
    if (rowCount === 0)
      throw new Trouble(`There is no policy ${name} in the database: correct DINGDAN_POLICY or unset it.`);
  } finally {
    await client.end();
  }
}
