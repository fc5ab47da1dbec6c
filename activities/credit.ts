import type { CreditRefusal } from '../domain/inside/credit';
import type { PrismaClient } from '../prisma/generated/client';
import type { Activities } from '../workflows/activity-types';

/** What the function `reserve_credit` answers; amounts of fen fit a JSON number. */
interface Answer {
  readonly because: CreditRefusal['because'] | null;
  readonly limitFen: number;
  readonly usedFen: number;
}

/** Customers' credit, reserved in the database: two approvals at once cannot both have the last of it (V8). */
export function credit(prisma: PrismaClient): Pick<Activities, 'reserveCredit'> {
  return {
    reserveCredit: async ({ key, orderNo, revision, customerId, exposureFen, specialBy }) => {
      const [row] = await prisma.$queryRaw<readonly { answer: Answer }[]>`/* prepared */
        select reserve_credit(${key}, ${customerId}, ${orderNo}, ${revision}::int, ${exposureFen}::bigint, ${specialBy ?? null}) as answer`;
      if (row === undefined) throw new Error(`reserve_credit answered nothing for ${orderNo}`);
      const { because, limitFen, usedFen } = row.answer;
      return { limitFen, usedFen, ...(because === null ? {} : { because }) };
    },
  };
}
