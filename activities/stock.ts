import type { Reserved } from '../domain/inside/supply/supply';
import type { PrismaClient } from '../prisma/generated/client';
import type { Activities } from '../workflows/activity-types';

/**
 * The warehouse. Each call is one SQL function and so one transaction: nothing half done, no oversell, the same key twice
 * is one effect and one answer (AL-1, Q5). The functions stand in `prisma/functions/goods.sql`; what is to become of what is
 * short the organ of supply says.
 */
export function stock(
  prisma: PrismaClient,
): Pick<Activities, 'reserveStock' | 'stockIn' | 'takeStock' | 'freeStock' | 'putBackStock'> {
  return {
    reserveStock: async ({ key, orderNo, lines }) => {
      const wanted = JSON.stringify(lines.map(({ line, itemId, quantity }) => ({ line, itemId, quantity })));
      const [row] = await prisma.$queryRaw<readonly { readonly reserved: readonly Reserved[] }[]>`
        select reserve_stock(${key}, ${orderNo}, ${wanted}::jsonb) as reserved`;
      return row?.reserved ?? [];
    },
    stockIn: async ({ key, orderNo, line, itemId, quantity, batchId }) => {
      await prisma.$executeRaw`select stock_in(${key}, ${orderNo}, ${line}::int, ${itemId}, ${quantity}::int, ${batchId})`;
    },
    takeStock: async ({ key, orderNo, shipmentNo, lines }) => {
      const wanted = JSON.stringify(lines);
      await prisma.$executeRaw`select take_stock(${key}, ${orderNo}, ${shipmentNo}, ${wanted}::jsonb)`;
    },
    freeStock: async ({ key, orderNo }) => {
      await prisma.$executeRaw`select free_stock(${key}, ${orderNo})`;
    },
    putBackStock: async ({ key, orderNo, shipmentNo }) => {
      await prisma.$executeRaw`select put_back_stock(${key}, ${orderNo}, ${shipmentNo})`;
    },
  };
}
