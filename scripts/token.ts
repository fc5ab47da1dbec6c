import { makeToken } from '../api/tokens';
import { createPrismaClient } from '../prisma/client';

/** `npm run token -- USER`: makes a bearer token for a user and prints it once. For whoever can reach the database. */
async function main(): Promise<void> {
  const [userId] = process.argv.slice(2);
  const databaseUrl = process.env['DATABASE_URL'];
  if (userId === undefined) throw new Error('Say whom the token is for: npm run token -- USER');
  if (databaseUrl === undefined || databaseUrl === '')
    throw new Error('Set DATABASE_URL to the database of the users.');
  const prisma = createPrismaClient(databaseUrl, { poolSize: 1 });
  try {
    if ((await prisma.user.count({ where: { id: userId, active: true } })) === 0) {
      throw new Error(`There is no active user ${userId}.`);
    }
    const { token, expiresAt } = await makeToken(prisma, { userId, days: 90, now: new Date() });
    console.log(`${token}\nThis is shown once; it ends on ${expiresAt}.`);
  } finally {
    await prisma.$disconnect();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
