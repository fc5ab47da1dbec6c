import { Prisma, type PrismaClient } from '../../prisma/generated/client';
import { pageOf } from '../page';

interface FactRow {
  readonly position: number;
  readonly workflowId: string;
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly filed: string;
  readonly because: string | null;
  readonly at: Date;
  readonly happenedAt: Date;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly body: unknown;
  readonly words: string | null;
}

/** An order's facts, its shipments' and collections' with them, in the order in which they were filed; `after` counts facts. */
export async function timelineOf(
  prisma: PrismaClient,
  { no, after, limit }: { readonly no: string; readonly after: number; readonly limit: number },
) {
  // Positions only grow: filed facts are never changed or taken away. An order has hundreds of facts, so counting is cheap.
  const rows = await prisma.$queryRaw<readonly FactRow[]>`
    select f.*, ${wordsShown} as words from (
      select row_number() over (order by "filedAt", "workflowId", seq)::int as position, "workflowId", seq, id, kind, filed,
             because, at, "happenedAt", actor, "onBehalfOf", ((body - 'terms') - 'clock') #- '{task,clock}' as body
        from facts where "orderNo" = ${no}) f
      left join inbox i on i.id = f.id
     where f.position > ${after} order by f.position limit ${limit + 1}`;
  const items = rows.map((row) => ({ ...row, at: row.at.toISOString(), happenedAt: row.happenedAt.toISOString() }));
  return pageOf(items, limit, ({ position }) => String(position));
}

/** A revision's words hold the whole intake, personal data too; only its comment is for the timeline. */
const wordsShown = Prisma.sql`case when i.kind = 'orderRevised' then i.words::jsonb->>'comment' else i.words end`;
