import type { Dossier } from '../../domain/inside/dossier';
import type { Goods } from '../../domain/inside/goods';
import { allIn } from '../../domain/inside/goods';
import { productionNo, purchaseNo } from '../ids';
import { act, noteStep, waitFor, type Run } from '../run';

/** 备货: reserve what is in hand, buy or make the rest, put it into stock, until everything lies ready (AL-1, PU-1, PR-1, QC-1). */
export async function supplied(run: Run<Dossier>): Promise<void> {
  if (run.desk.goodsReady) return;
  if (!run.desk.allocated) await allocate(run);
  for (;;) {
    await waitFor(run, (dossier) => nextBatch(dossier) !== undefined || allIn(dossier.goods, dossier.terms.lines));
    const batch = nextBatch(run.desk);
    if (batch === undefined) break;
    await stockIn(run, batch);
  }
  noteStep(run, { kind: 'goodsReady' });
}

async function allocate(run: Run<Dossier>): Promise<void> {
  const { orderNo, revision, terms } = run.desk;
  const lines = await act(run, 'reserveStock', (activities) =>
    activities.reserveStock({ key: `${orderNo}:${revision}:reserve`, orderNo, lines: terms.lines }),
  );
  noteStep(run, { kind: 'goodsAllocated', lines });
  for (const { line, toBuy, toMake } of run.desk.goods) {
    if (toBuy > 0)
      noteStep(run, {
        kind: 'purchaseOrdered',
        purchaseNo: purchaseNo(orderNo, `${revision}-${line}`),
        line,
        quantity: toBuy,
      });
    if (toMake > 0)
      noteStep(run, {
        kind: 'productionOrdered',
        productionNo: productionNo(orderNo, `${revision}-${line}`),
        line,
        quantity: toMake,
      });
  }
}

type Batch = { readonly line: number; readonly batchId: string; readonly quantity: number };

/** Goods received, or passed by quality, that are not in stock yet. */
function nextBatch(dossier: Dossier): Batch | undefined {
  return dossier.goods.flatMap((line: Goods) => line.batches.map((batch) => ({ line: line.line, ...batch })))[0];
}

async function stockIn(run: Run<Dossier>, batch: Batch): Promise<void> {
  const { orderNo, revision, terms } = run.desk;
  const itemId = terms.lines.find(({ line }) => line === batch.line)?.itemId ?? '';
  await act(run, 'stockIn', (activities) =>
    activities.stockIn({ key: `${orderNo}:${revision}:stock-in:${batch.batchId}`, orderNo, itemId, ...batch }),
  );
  noteStep(run, { kind: 'goodsStockedIn', ...batch });
}
