import { migrate } from '../prisma/migrate';
import { Trouble, endWith } from './servers/trouble';

/** `npm run migrate`: brings the database named by DATABASE_URL to the newest migration. */
async function main(): Promise<void> {
  const databaseUrl = process.env['DATABASE_URL'];
  if (databaseUrl === undefined || databaseUrl === '')
    throw new Trouble('Set DATABASE_URL to the database to migrate.');
  const applied = await migrate(databaseUrl);
  console.log(applied.length === 0 ? 'Nothing to migrate.' : `Applied ${applied.join(', ')}.`);
}

main().catch(endWith);
