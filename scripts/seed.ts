import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeToken } from '../api/people/tokens';
import { createPrismaClient } from '../prisma/client';
import type { PrismaClient } from '../prisma/generated/client';
import { batches, carriers, company, customers, items, suppliers, users, warehouses } from './demo-company';
import { publishPolicies } from './publish-policies';
import { projectFolder } from './servers/project';

/** Tokens of the demo users by their ids. */
export type DemoTokens = Readonly<Record<string, string>>;

/** Where the tokens are written; readable by their owner alone. */
const demoTokensFile = join(projectFolder, '.data', 'tokens.json');

/**
 * Fills an empty database with the demo company: people for every role, policies, customers, goods. Done again it adds what
 * is missing and makes new tokens. `tokensFile: null` writes none (tests).
 */
export async function seed(
  databaseUrl: string,
  { tokensFile = demoTokensFile }: { readonly tokensFile?: string | null } = {},
): Promise<DemoTokens> {
  const prisma = createPrismaClient(databaseUrl, { poolSize: 2 });
  try {
    await fill(prisma);
    const tokens = await tokensFor(prisma);
    if (tokensFile !== null) keep(tokensFile, tokens);
    return tokens;
  } finally {
    await prisma.$disconnect();
  }
}

async function fill(prisma: PrismaClient): Promise<void> {
  const skipDuplicates = true;
  await prisma.user.createMany({ data: users.map(({ roles: _theirs, ...user }) => user), skipDuplicates });
  const roles = users.flatMap((user) => user.roles.map((role) => ({ userId: user.id, role })));
  await prisma.userRole.createMany({ data: roles, skipDuplicates });
  await publishPolicies(prisma, 'u-admin-1');
  await prisma.company.createMany({ data: [company], skipDuplicates });
  await prisma.warehouse.createMany({ data: [...warehouses], skipDuplicates });
  await prisma.supplier.createMany({ data: [...suppliers], skipDuplicates });
  await prisma.carrier.createMany({ data: [...carriers], skipDuplicates });
  await prisma.item.createMany({ data: [...items], skipDuplicates });
  await prisma.customer.createMany({
    data: customers.map((customer) => ({ ...customer, creditAssessedAt: new Date('2026-01-05T01:00:00Z') })),
    skipDuplicates,
  });
  await prisma.stockBatch.createMany({ data: [...batches], skipDuplicates });
  await prisma.stockMovement.createMany({
    data: batches.map(({ id, itemId, inHand }) => ({
      key: `opening:${id}`,
      batchId: id,
      itemId,
      kind: 'opening',
      quantity: inHand,
    })),
    skipDuplicates,
  });
}

async function tokensFor(prisma: PrismaClient): Promise<DemoTokens> {
  const tokens: Record<string, string> = {};
  for (const { id } of users) {
    const { token } = await makeToken(prisma, { userId: id, days: 90, now: new Date() });
    tokens[id] = token;
  }
  return tokens;
}

function keep(file: string, tokens: DemoTokens): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 });
  console.log(`Tokens of the demo users are kept in ${file}; they are printed nowhere else.`);
}

async function main(): Promise<void> {
  const databaseUrl = process.env['DATABASE_URL'];
  if (databaseUrl === undefined || databaseUrl === '') throw new Error('Set DATABASE_URL to the database to fill.');
  await seed(databaseUrl);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
