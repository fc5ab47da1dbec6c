import { requireDatabaseOfThisVersion } from '../prisma/check-database';
import { migrate } from '../prisma/migrate';
import { Trouble, endWith } from './servers/trouble';

/**
 * `npm run migrate`: brings the database to the newest migration as the role of DATABASE_OWNER_URL, and gives the role of DATABASE_URL
 * the rights of the application. Without the first, the second does it and the application may do more than it should.
 */
async function main(): Promise<void> {
  const applicationUrl = process.env['DATABASE_URL'] || undefined;
  const ownerUrl = process.env['DATABASE_OWNER_URL'] || applicationUrl;
  if (ownerUrl === undefined || applicationUrl === undefined)
    throw new Trouble(
      'Set DATABASE_URL to the database to migrate, and DATABASE_OWNER_URL to the same as the owner of its tables.',
    );
  const { migrations, functions, lists } = await migrate(ownerUrl, { applicationUrl });
  const done = [
    ...migrations,
    ...(functions ? ['the functions of prisma/functions/'] : []),
    ...lists.map((check) => `the words of ${check}`),
  ];
  for (const warning of await requireDatabaseOfThisVersion(applicationUrl)) console.warn(warning);
  console.log(done.length === 0 ? 'Nothing to migrate.' : `Applied ${done.join(', ')}.`);
}

main().catch(endWith);
