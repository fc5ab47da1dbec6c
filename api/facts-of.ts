import type { Fact } from '../domain/inside/kernel/fact';
import type { Instant } from '../domain/inside/kernel/vocabulary';
import { Prisma, type PrismaClient } from '../prisma/generated/client';

/**
 * The facts of an order as they were filed, by workflow and in their order. Those that count have a bound (W2) and come with one
 * statement; what was refused is filed without one, so an order may have any number, and is read to its end.
 */
export async function factsOf(
  prisma: PrismaClient,
  orderNo: string,
  { atOnce = mostAtOnce }: { readonly atOnce?: number } = {},
): Promise<ReadonlyMap<string, readonly Fact[]>> {
  const all = new Map<string, Fact[]>();
  let after: Place | undefined;
  do {
    const rows = await pageOf(prisma, orderNo, { after, atOnce });
    for (const { workflowId, facts } of rows)
      all.set(workflowId, [...(all.get(workflowId) ?? []), ...facts.map(factOf)]);
    const count = rows.reduce((sum, { facts }) => sum + facts.length, 0);
    after = count < atOnce ? undefined : rows.at(-1);
  } while (after !== undefined);
  return all;
}

/** More than count in the fullest order with all its shipments and collections; some megabytes of JSON at the most. */
const mostAtOnce = 5_000;

/** Where a page ended. */
interface Place {
  readonly workflowId: string;
  readonly lastSeq: number;
}

/** The facts of one workflow in their order: id, kind, when each was entered and happened, and what it said. */
interface FactsRow extends Place {
  readonly facts: readonly (readonly [
    string,
    string,
    string,
    string,
    Omit<Fact, 'id' | 'kind' | 'at' | 'happenedAt'>,
  ])[];
}

/** One row for each workflow, put together in the database: what Prisma makes of each fact costs more than folding it. */
async function pageOf(
  prisma: PrismaClient,
  orderNo: string,
  { after, atOnce }: { readonly after: Place | undefined; readonly atOnce: number },
): Promise<readonly FactsRow[]> {
  const rest =
    after === undefined
      ? Prisma.empty
      : Prisma.sql`and ("workflowId", seq) > (${after.workflowId}::text, ${after.lastSeq}::int)`;
  return prisma.$queryRaw<readonly FactsRow[]>`/* prepared */
    select "workflowId", max(seq) as "lastSeq",
           json_agg(json_build_array(id, kind, at, "happenedAt", body) order by seq) as facts
      from (select * from facts where "orderNo" = ${orderNo} ${rest} order by "workflowId", seq limit ${atOnce}) as of_order
     group by "workflowId" order by "workflowId"`;
}

function factOf([id, kind, at, happenedAt, said]: FactsRow['facts'][number]): Fact {
  const enteredAt = inUtc(at);
  return { ...said, id, kind, at: enteredAt, happenedAt: happenedAt === at ? enteredAt : inUtc(happenedAt) };
}

/** An instant as the facts had it, ISO 8601 in UTC with milliseconds: PostgreSQL writes it in the zone of the connection. */
const inUtc = (instant: string): Instant => new Date(instant).toISOString();
