import type { Filing } from '../domain/inside/filing';
import { rowsOf } from '../domain/outside/filing/rows-of';
import type { PrismaClient } from '../prisma/generated/client';
import type { Activities } from '../workflows/activity-types';
import { filingStatement } from './filing/statement';
import { lasting } from './lasting-fault';

/**
 * Files a batch of facts with all that follows from it in one statement (design rule 6): wholly or not at all, and once.
 * A batch that was filed before changes nothing; one that comes too early throws and is retried.
 */
export function fileFacts(prisma: PrismaClient): Activities['fileFacts'] {
  return async (filing) => {
    const rows = rowsOf(filing);
    const filed = await prisma.$queryRawUnsafe<readonly unknown[]>(filingStatement(rows), JSON.stringify(rows));
    if (filed.length === 0) await requireFiledBefore(prisma, filing);
  };
}

/** Throws unless the very facts of this batch are in the books. */
async function requireFiledBefore(prisma: PrismaClient, filing: Filing): Promise<void> {
  const { workflowId, firstSeq, facts } = filing;
  const lastSeq = firstSeq + facts.length - 1;
  const filedSeq = await readFiledSeq(prisma, filing);
  if (filedSeq === undefined)
    throw new Error(`${workflowId} has no row yet to file facts ${firstSeq} to ${lastSeq} under`);
  if (filedSeq < lastSeq) {
    throw new Error(`${workflowId} is filed up to ${filedSeq}: facts ${firstSeq} to ${lastSeq} do not follow on`);
  }
  const there = await prisma.fact.findMany({
    where: { workflowId, seq: { gte: firstSeq, lte: lastSeq } },
    select: { seq: true, id: true },
  });
  const filedAs = new Map(there.map(({ seq, id }) => [seq, id]));
  const other = facts.find(({ seq, fact }) => (filedAs.get(seq) ?? fact.id) !== fact.id);
  if (other !== undefined) {
    throw lasting(
      'history_diverged',
      `${workflowId} filed ${filedAs.get(other.seq)} as ${other.seq}, not ${other.fact.id}`,
    );
  }
}

async function readFiledSeq(prisma: PrismaClient, { orderNo, summary }: Filing): Promise<number | undefined> {
  const select = { filedSeq: true } as const;
  switch (summary.of) {
    case 'order':
      return (await prisma.order.findUnique({ where: { no: orderNo }, select }))?.filedSeq;
    case 'shipment':
      return (await prisma.shipment.findUnique({ where: { no: summary.no }, select }))?.filedSeq;
    case 'collection':
      return (await prisma.collection.findUnique({ where: { no: summary.no }, select }))?.filedSeq;
  }
}
