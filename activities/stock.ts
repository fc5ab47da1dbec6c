import type { TermsLine } from '../domain/inside/intake/terms';
import type { PrismaClient } from '../prisma/generated/client';
import type { Activities } from '../workflows/activity-types';

/**
 * The warehouse. Each call is one SQL function and so one transaction: nothing half done, no oversell, the same key twice
 * is one effect and one answer (AL-1, Q5). The functions stand in
 * `prisma/functions/goods.sql`.
 */
export function stock(
  prisma: PrismaClient,
): Pick<Activities, 'reserveStock' | 'stockIn' | 'takeStock' | 'freeStock' | 'putBackStock'> {
  return {
    reserveStock: async ({ key, orderNo, lines }) => {
      const wanted = JSON.stringify(lines.map(({ line, itemId, quantity }) => ({ line, itemId, quantity })));
      const [row] = await prisma.$queryRaw<readonly { readonly reserved: readonly Reserved[] }[]>`
        select reserve_stock(${key}, ${orderNo}, ${wanted}::jsonb) as reserved`;
      return lines.map((line) => allocation(line, row?.reserved ?? []));
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

type Allocation = Awaited<ReturnType<Activities['reserveStock']>>[number];

interface Reserved {
  readonly line: number;
  readonly reserved: number;
}

/** What is short is made where the line's goods are made, else bought. */
function allocation({ line, quantity, supply }: TermsLine, answered: readonly Reserved[]): Allocation {
  const reserved = answered.find((answer) => answer.line === line)?.reserved ?? 0;
  const short = quantity - reserved;
  return supply === 'make' ? { line, reserved, toBuy: 0, toMake: short } : { line, reserved, toBuy: short, toMake: 0 };
}
