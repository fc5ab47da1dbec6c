import { makeToken } from '../api/people/tokens';
import { createPrismaClient } from '../prisma/client';
import { databaseToUse } from './servers/database-to-use';
import { Trouble, endWith } from './servers/trouble';

/** `npm run token -- USER`: makes a bearer token for a user and prints it once. For whoever can reach the database: that of
 * the product which runs here, or the one that DATABASE_URL names. */
async function main(): Promise<void> {
  const [userId] = process.argv.slice(2);
  if (userId === undefined) throw new Trouble('Say whom the token is for: npm run token -- USER');
  const prisma = createPrismaClient(databaseToUse(), { poolSize: 1 });
  try {
    if ((await prisma.user.count({ where: { id: userId, active: true } })) === 0) {
      throw new Trouble(`There is no active user ${userId}.`);
    }
    const { token, expiresAt } = await makeToken(prisma, { userId, days: 90, now: new Date() });
    console.log(`${token}\nThis is shown once; it ends on ${expiresAt}.`);
  } finally {
    await prisma.$disconnect();
  }
}

main().catch(endWith);
