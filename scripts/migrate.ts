import { migrate } from '../prisma/migrate';
import { Trouble, endWith } from './servers/trouble';

/** `npm run migrate`: brings the database named by DATABASE_URL to the newest migration. */
async function main(): Promise<void> {
  const databaseUrl = process.env['DATABASE_URL'];
  if (databaseUrl === undefined || databaseUrl === '')
    throw new Trouble('Set DATABASE_URL to the database to migrate.');
  const { migrations, functions } = await migrate(databaseUrl);
  const done = [...migrations, ...(functions ? ['the functions of prisma/functions/'] : [])];
  console.log(done.length === 0 ? 'Nothing to migrate.' : `Applied ${done.join(', ')}.`);
}

main().catch(endWith);
