import type { CreditRefusal } from '../domain/inside/credit/credit';
import type { Hold } from '../domain/inside/intake/terms';
import type { PrismaClient } from '../prisma/generated/client';
import type { Activities } from '../workflows/activity-types';

/** What the function `reserve_credit` answers; amounts of fen fit a JSON number. */
interface Answer {
  readonly because: CreditRefusal['because'] | null;
  readonly limitFen: number;
  readonly usedFen: number;
  readonly suspended: boolean;
  readonly holds: readonly Hold[];
  readonly version: number;
}

/** Customers' credit, reserved in the database: two approvals at once cannot both have the last of it (V8). */
export function credit(prisma: PrismaClient): Pick<Activities, 'reserveCredit'> {
  return {
    reserveCredit: async ({ key, orderNo, revision, customerId, exposureFen, special, askedSeq }) => {
      const [row] = await prisma.$queryRaw<readonly { answer: Answer }[]>`/* prepared */
        select reserve_credit(${key}, ${customerId}, ${orderNo}, ${revision}::int, ${exposureFen}::bigint,
                              ${special?.by ?? null}, ${special?.excessFen ?? 0}::bigint, ${askedSeq}::int) as answer`;
      if (row === undefined) throw new Error(`reserve_credit answered nothing for ${orderNo}`);
      const { because, limitFen, usedFen, suspended, holds, version } = row.answer;
      return { limitFen, usedFen, customer: { suspended, holds, version }, ...(because === null ? {} : { because }) };
    },
  };
}
