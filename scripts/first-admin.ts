import { makeToken } from '../api/people/tokens';
import { createPrismaClient } from '../prisma/client';
import { logged } from '../prisma/organisation-log';
import { publishPolicies } from './publish-policies';
import { databaseToUse } from './servers/database-to-use';
import { endWith, Trouble } from './servers/trouble';

/**
 * `npm run first-admin -- USER NAME`: on a database without people makes the first admin, publishes the policies that come
 * with the product, and prints the admin's token once. Refused where somebody is there already.
 */
async function main(): Promise<void> {
  const [id, name = id] = process.argv.slice(2);
  if (id === undefined || name === undefined) throw new Trouble('Say who it is: npm run first-admin -- USER NAME');
  const prisma = createPrismaClient(databaseToUse(), { poolSize: 1 });
  try {
    if ((await prisma.user.count()) > 0) throw new Trouble('There are people already; an admin makes the others.');
    const by = { userId: id, requestId: 'first-admin', cause: 'user_added' };
    await prisma.$transaction(async (transaction) =>
      logged(transaction, by, async () =>
        transaction.user.create({ data: { id, name, roles: { create: { role: 'admin' } } } }),
      ),
    );
    await publishPolicies(prisma, id);
    const { token, expiresAt } = await makeToken(prisma, { userId: id, days: 90, now: new Date() });
    console.log(`${token}\nThis is shown once; it ends on ${expiresAt}.`);
  } finally {
    await prisma.$disconnect();
  }
}

main().catch(endWith);
