import { makeToken } from '../../api/people/tokens';
import { createPrismaClient } from '../../prisma/client';
import type { PrismaClient } from '../../prisma/generated/client';
import { stockBatchId } from '../../prisma/stock-batch';
import { seed } from '../seed';

/** Bearer tokens by user. Takers have several: a token may ask 3000 times a minute, and the open orders come faster. */
export type Tokens = Readonly<Record<string, readonly string[]>>;

/** What the benchmark orders, of a stock that never runs out. */
export const item = 'bench-panel';
/** Grade B, with credit for everything that is ordered here: no order is flagged, all go the same way. */
export const customers: readonly string[] = Array.from({ length: 50 }, (_, index) => `c-bench-${index + 1}`);
export const taker = 'u-sales-1';

/** Makes the demo company and gives it the benchmark's customers and goods. */
export async function foundCompany(databaseUrl: string): Promise<Tokens> {
  const tokens = await seed(databaseUrl, { tokensFile: null });
  const prisma = createPrismaClient(databaseUrl, { poolSize: 2 });
  try {
    await addGoods(prisma);
    await addCustomers(prisma);
    const more = await Promise.all(Array.from({ length: 19 }, () => tokenOf(prisma, taker)));
    const one = Object.fromEntries(Object.entries(tokens).map(([user, token]) => [user, [token]]));
    return { ...one, [taker]: [...(one[taker] ?? []), ...more] };
  } finally {
    await prisma.$disconnect();
  }
}

async function addGoods(prisma: PrismaClient): Promise<void> {
  const quantity = 2_000_000_000;
  const batch = { id: stockBatchId(item, 'opening'), itemId: item };
  await prisma.item.create({
    data: { id: item, name: '柜板', specification: '18 mm', supply: 'stock', listPriceFen: 10_000n },
  });
  await prisma.stockBatch.create({
    data: { ...batch, warehouseId: 'wh-hangzhou', receivedAt: new Date(), inHand: quantity },
  });
  await prisma.stockMovement.create({
    data: { key: `opening:${batch.id}`, batchId: batch.id, itemId: item, kind: 'opening', quantity },
  });
}

async function addCustomers(prisma: PrismaClient): Promise<void> {
  await prisma.customer.createMany({
    data: customers.map((id) => ({
      id,
      legalName: `基准测试客户 ${id}`,
      grade: 'B',
      creditAssessedAt: new Date(),
      creditLimitFen: 1_000_000_000_000n,
      salespersonId: taker,
      region: '华东',
    })),
  });
}

const tokenOf = async (prisma: PrismaClient, userId: string): Promise<string> =>
  (await makeToken(prisma, { userId, days: 1, now: new Date() })).token;
