import { type Filing, filingAfter, lastSeqOf } from '../domain/inside/filing';
import { canonicalJson } from '../domain/outside/filing/digest';
import { factRows } from '../domain/outside/filing/fact-rows';
import { rowsOf } from '../domain/outside/filing/rows-of';
import type { PrismaClient } from '../prisma/generated/client';
import type { Activities } from '../workflows/activity-types';
import { filingStatement } from './filing/statement';
import { lasting } from './lasting-fault';

/**
 * Files a batch of facts with all that follows from it in one statement (design rule 6): wholly or not at all, and once.
 *
 * A workflow task may be lost after it has filed, and its next attempt files again, perhaps more at a time: facts that are in
 * the books already must be the very same, and only the rest is added. A batch that comes too early, or from an attempt that
 * another has overtaken, throws and is retried.
 * @throws ApplicationFailure `history_diverged` where the books have another fact under a number.
 */
export function fileFacts(prisma: PrismaClient): Activities['fileFacts'] {
  return async (filing) => {
    if (await fileRows(prisma, filing)) return;
    const row = await rowOf(prisma, filing);
    await requireSameFacts(prisma, filing, row.filedSeq);
    if (filing.epoch >= row.filedEpoch) await takeOver(prisma, filing, row);
    else requireFiledBefore(filing, row);
  };
}

/** Whether the row stood where this filing goes on, so that it is filed. */
async function fileRows(prisma: PrismaClient, filing: Filing): Promise<boolean> {
  const rows = rowsOf(filing);
  const filed = await prisma.$queryRawUnsafe<readonly unknown[]>(filingStatement(rows), JSON.stringify(rows));
  return filed.length > 0;
}

/** Up to which fact the workflow has filed, in which run, and how long its history was then. */
interface FiledUpTo {
  readonly filedSeq: number;
  readonly filedRun: string;
  readonly filedEpoch: number;
}

const tables: Readonly<Record<Filing['summary']['of'], string>> = {
  order: 'orders',
  shipment: 'shipments',
  collection: 'collections',
};

const rowNo = ({ orderNo, summary }: Filing): string => (summary.of === 'order' ? orderNo : summary.no);

async function rowOf(prisma: PrismaClient, filing: Filing): Promise<FiledUpTo> {
  const [row] = await prisma.$queryRawUnsafe<readonly FiledUpTo[]>(
    `select "filedSeq", "filedRun", "filedEpoch" from ${tables[filing.summary.of]} where no = $1`,
    rowNo(filing),
  );
  const { workflowId, firstSeq } = filing;
  const facts = `facts ${firstSeq} to ${lastSeqOf(filing)}`;
  if (row === undefined) throw new Error(`${workflowId} has no row yet to file ${facts} under`);
  if (row.filedSeq < firstSeq - 1)
    throw new Error(`${workflowId} is filed up to ${row.filedSeq}: ${facts} do not follow on`);
  return row;
}

/** What is in the books under these numbers must be these facts, to the last word. */
async function requireSameFacts(prisma: PrismaClient, filing: Filing, filedSeq: number): Promise<void> {
  const { workflowId, firstSeq } = filing;
  const there = await prisma.fact.findMany({
    where: { workflowId, seq: { gte: firstSeq, lte: Math.min(lastSeqOf(filing), filedSeq) } },
    select: { seq: true, id: true, kind: true, filed: true, body: true },
  });
  const inTheBooks = new Map(there.map((row) => [row.seq, row]));
  for (const { seq, id, kind, filed, body } of factRows(filing)) {
    const row = inTheBooks.get(seq);
    const isSame = row === undefined || canonicalJson({ ...row }) === canonicalJson({ seq, id, kind, filed, body });
    if (!isSame)
      throw lasting(
        'history_diverged',
        `${workflowId} filed ${row.kind} ${row.id}, ${row.filed}, as ${seq}, not this ${kind} ${id}, ${filed}`,
      );
  }
}

/** A later attempt at a lost workflow task, or what it files next: from here on the books are its own, and what they lack is added. */
async function takeOver(prisma: PrismaClient, filing: Filing, { filedSeq, filedEpoch }: FiledUpTo): Promise<void> {
  if (filing.epoch > filedEpoch)
    await prisma.$executeRawUnsafe(
      `update ${tables[filing.summary.of]} set "filedRun" = $2, "filedEpoch" = $3
       where no = $1 and "filedSeq" = $4 and "filedEpoch" < $3`,
      rowNo(filing),
      filing.run,
      filing.epoch,
      filedSeq,
    );
  const isMore = lastSeqOf(filing) > filedSeq;
  if (isMore && !(await fileRows(prisma, filingAfter(filing, filedSeq))))
    throw new Error(`${filing.workflowId} was filed by somebody else meanwhile`);
}

/** An attempt that was overtaken has nothing to add. */
function requireFiledBefore(filing: Filing, { filedSeq, filedRun, filedEpoch }: FiledUpTo): void {
  const { workflowId, run, epoch } = filing;
  if (lastSeqOf(filing) <= filedSeq) return;
  const facts = `facts ${filedSeq + 1} to ${lastSeqOf(filing)}`;
  if (run !== filedRun)
    throw lasting('history_diverged', `${workflowId} was reset: run ${filedRun} was further than ${facts} of ${run}`);
  throw new Error(`${workflowId} files ${facts} at ${epoch}, and a later attempt filed at ${filedEpoch}`);
}
