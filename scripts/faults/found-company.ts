import { makeToken } from '../../api/people/tokens';
import { migrate } from '../../prisma/migrate';
import { createPrismaClient } from '../../prisma/client';
import type { PrismaClient } from '../../prisma/generated/client';
import type { Canary } from './canary';
import { carrier, customers, items, openingBatches, specification } from './goods';
import { people } from './people';
import { faultPolicy, faultPolicyDocument } from './policy';

/** Bearer tokens by user. */
export type Tokens = ReadonlyMap<string, string>;

/** Migrates an empty database and fills it with people, customers, goods and the policy; the canary stands in every personal field. */
export async function foundCompany(
  { owner, application }: { readonly owner: string; readonly application: string },
  canary: Canary,
): Promise<Tokens> {
  await migrate(owner, { applicationUrl: application });
  const prisma = createPrismaClient(application, { poolSize: 2 });
  try {
    await fill(prisma, canary);
    const tokens = new Map<string, string>();
    for (const { id } of people) {
      const { token } = await makeToken(prisma, { userId: id, days: 1, now: new Date() });
      tokens.set(id, token);
    }
    return tokens;
  } finally {
    await prisma.$disconnect();
  }
}

async function fill(prisma: PrismaClient, canary: Canary): Promise<void> {
  await prisma.user.createMany({ data: people.map(({ id }) => ({ id, name: canary.words(`user ${id}`) })) });
  await prisma.userRole.createMany({
    data: people.flatMap(({ id, roles }) => roles.map((role) => ({ userId: id, role }))),
  });
  await prisma.policyVersion.create({
    data: { name: faultPolicy, version: 1, document: faultPolicyDocument(), publishedBy: 'u-admin' },
  });
  await prisma.warehouse.create({ data: { id: 'main', name: 'main' } });
  await prisma.carrier.create({ data: { id: carrier, name: carrier, webhookSecret: 'WEBHOOK_SECRET_SF' } });
  await prisma.item.createMany({
    data: items.map(({ id, supply, listPriceFen }) => ({
      id,
      name: id,
      specification,
      supply,
      listPriceFen: BigInt(listPriceFen),
    })),
  });
  await prisma.customer.createMany({ data: customers.map((one) => customerRow(one, canary)) });
  await prisma.stockBatch.createMany({
    data: openingBatches.map(({ id, itemId, inHand, day }) => ({
      id,
      itemId,
      inHand,
      warehouseId: 'main',
      receivedAt: new Date(Date.UTC(2026, 0, day)),
    })),
  });
  await prisma.stockMovement.createMany({
    data: openingBatches.map(({ id, itemId, inHand }) => ({
      key: `opening:${id}`,
      batchId: id,
      itemId,
      kind: 'opening',
      quantity: inHand,
    })),
  });
}

function customerRow({ id, grade }: (typeof customers)[number], canary: Canary) {
  return {
    id,
    grade,
    legalName: canary.words(`legal name ${id}`),
    creditLimitFen: 100_000_000_00n,
    creditAssessedAt: new Date('2026-01-05T01:00:00Z'),
    contact: canary.words('contact'),
    phone: canary.phone,
    address: { street: canary.words('street') },
    invoice: { title: canary.words('invoice title') },
  };
}
