import type { Words } from '../../domain/inside/kernel/vocabulary';
import type { PrismaClient } from '../../prisma/generated/client';
import { keepRevisions } from '../../prisma/orders';

/** What somebody who is asked about an order has to know of it before he answers (HT-15). */
export interface OrderSummary {
  readonly customer: string | null;
  readonly totalFen: number;
  readonly depositFen: number;
  readonly wishedOn: string | null;
  readonly offeredOn: string | null;
  readonly rule: string;
  readonly evidence: Readonly<Record<string, string | number | boolean>>;
  /** What policy notes to the rule. */
  readonly ruleNotes: readonly Words[];
  readonly lines: readonly SummaryLine[];
  /** Lines of the order beyond those shown. */
  readonly more: number;
}

interface SummaryLine {
  readonly line: number;
  readonly name: string;
  readonly specification: string;
  readonly quantity: number;
  readonly netFen: number;
}

/** A page in a mail is no place for two hundred lines. */
const linesShown = 20;

type Row = Omit<OrderSummary, 'totalFen' | 'depositFen'> & { readonly totalFen: bigint; readonly depositFen: bigint };

/** The order of a task, at the revision that the task asks about; undefined when there is no such task. */
export async function summaryOfOrder(
  prisma: PrismaClient,
  { id, orderNo }: { readonly id: string; readonly orderNo: string },
): Promise<OrderSummary | undefined> {
  await keepRevisions(prisma, orderNo);
  const [row] = await prisma.$queryRaw<readonly Row[]>`
    select c."legalName" as customer, o."totalFen", o."depositFen", o."wishedOn", coalesce(o."promisedOn", o."offeredOn") as "offeredOn",
           t.rule, t.evidence, t."ruleNotes",
           coalesce((select jsonb_agg(jsonb_build_object('line', l.line, 'name', l.name, 'specification', l.specification,
                                                         'quantity', l.quantity, 'netFen', l."netFen") order by l.line)
                       from (select * from order_lines where "orderNo" = o.no and revision = t.revision
                              order by line limit ${linesShown}) l), '[]') as lines,
           greatest(0, (select count(*) from order_lines where "orderNo" = o.no and revision = t.revision) - ${linesShown})::int as more
      from tasks t join orders o on o.no = t."orderNo" left join customers c on c.id = o."customerId"
     where t.id = ${id}`;
  return row && { ...row, totalFen: Number(row.totalFen), depositFen: Number(row.depositFen) };
}
