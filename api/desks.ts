import { dossierFrom, dunningFrom, parcelFrom } from '../domain/fold';
import type { Desk } from '../domain/inside/desk';
import type { Dossier } from '../domain/inside/dossier';
import type { OrderFact } from '../domain/inside/fact';
import { Prisma, type PrismaClient } from '../prisma/generated/client';
import { orderWorkflowId } from '../workflows/ids';

/** The desks of one order as its filed facts add up: its own, and those of its shipments and collections. */
export interface Desks {
  readonly dossier: Dossier;
  readonly others: readonly { readonly workflowId: string; readonly desk: Desk }[];
}

interface FactRow {
  readonly workflowId: string;
  readonly fact: OrderFact;
}

/** Folds an order's facts by the workflow's own reducer: the answer needs no workflow, and stands when Temporal is away. */
export async function desksOf(prisma: PrismaClient, orderNo: string): Promise<Desks | undefined> {
  const rows = await prisma.$queryRaw<readonly FactRow[]>`
    select "workflowId", body || jsonb_build_object('id', id, 'kind', kind, 'at', ${inUtc('at')}, 'happenedAt', ${inUtc('happenedAt')}) as fact
      from facts where "orderNo" = ${orderNo} order by "workflowId", seq limit ${mostFacts}`;
  const byWorkflow = grouped(rows);
  const factsOf = (workflowId: string) => byWorkflow.get(workflowId) ?? [];
  const own = orderWorkflowId(orderNo);
  const dossier = dossierFrom(factsOf(own));
  if (dossier === undefined) return undefined;
  const others = [...byWorkflow.keys()].flatMap((workflowId) => {
    const facts = factsOf(workflowId);
    const desk = parcelFrom(facts, dossier.terms) ?? dunningFrom(facts, dossier.terms);
    return workflowId === own || desk === undefined ? [] : [{ workflowId, desk }];
  });
  return { dossier, others };
}

/** More than any order files (W2): a bound, not a page. */
const mostFacts = 20_000;

/** An instant column as the facts had it: ISO 8601 in UTC with milliseconds. */
const inUtc = (column: 'at' | 'happenedAt') =>
  Prisma.sql`to_char(${Prisma.raw(`"${column}"`)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

function grouped(rows: readonly FactRow[]): ReadonlyMap<string, readonly OrderFact[]> {
  const groups = new Map<string, OrderFact[]>();
  for (const { workflowId, fact } of rows) {
    const group = groups.get(workflowId);
    if (group === undefined) groups.set(workflowId, [fact]);
    else group.push(fact);
  }
  return groups;
}
