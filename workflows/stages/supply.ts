import type { Dossier } from '../../domain/inside/dossier';
import { isOpen, type Gate } from '../../domain/inside/gate';
import { allIn, type Batch, type Goods } from '../../domain/inside/goods';
import { mayBegin } from '../../domain/inside/leave';
import { productionNo, purchaseNo } from '../ids';
import { act, noteStep, waitFor, type Run } from '../run';

/** 备货: reserve what is in hand, buy or make the rest, put it into stock, until everything lies ready (AL-1, PU-1, PR-1, QC-1). */
export async function supplied(run: Run<Dossier>): Promise<void> {
  if (run.desk.goodsReady) return;
  if (!run.desk.allocated) await allocate(run);
  await orderWhatIsShort(run);
  for (;;) {
    await waitFor(run, (dossier) => pendingBatches(dossier).length > 0 || isSupplied(dossier));
    if (isSupplied(run.desk)) break;
    await stockInWhatCame(run);
  }
  noteStep(run, { kind: 'goodsReady' });
}

/** A deposit taken back before production began is waited for again (HG-4). */
const isSupplied = ({ status, goods, terms }: Dossier): boolean =>
  status !== 'awaiting_deposit' && allIn(goods, terms.lines);

async function allocate(run: Run<Dossier>): Promise<void> {
  const { orderNo, revision, terms } = run.desk;
  const lines = await act(run, 'reserveStock', (activities) =>
    activities.reserveStock({ key: `${orderNo}:${revision}:reserve`, orderNo, lines: terms.lines }),
  );
  noteStep(run, { kind: 'goodsAllocated', lines });
}

/** What is short is bought or made once the gates let it (HG-1); what was ordered before is not ordered again. */
async function orderWhatIsShort(run: Run<Dossier>): Promise<void> {
  await waitFor(
    run,
    (dossier) =>
      toOrder(dossier).length === 0 ||
      (mayBegin(dossier) && gatesOf(toOrder(dossier)).every((gate) => isOpen(dossier, gate))),
  );
  const { orderNo, revision } = run.desk;
  for (const { line, itemId, toBuy, toMake } of toOrder(run.desk)) {
    if (toBuy > 0)
      noteStep(run, {
        kind: 'purchaseOrdered',
        purchaseNo: purchaseNo(orderNo, `${revision}-${line}`),
        line,
        itemId,
        quantity: toBuy,
      });
    if (toMake > 0)
      noteStep(run, {
        kind: 'productionOrdered',
        productionNo: productionNo(orderNo, `${revision}-${line}`),
        line,
        itemId,
        quantity: toMake,
      });
  }
}

const toOrder = ({ goods }: Dossier): readonly Goods[] =>
  goods.filter(({ ordered, toBuy, toMake }) => !ordered && toBuy + toMake > 0);

const gatesOf = (lines: readonly Goods[]): readonly Gate[] => [
  ...(lines.some(({ toBuy }) => toBuy > 0) ? (['purchase'] as const) : []),
  ...(lines.some(({ toMake }) => toMake > 0) ? (['produce'] as const) : []),
];

type LineBatch = Batch & { readonly line: number; readonly itemId: string };

/** Goods received, or passed by quality, that are not in stock yet. */
const pendingBatches = ({ goods }: Dossier): readonly LineBatch[] =>
  goods.flatMap(({ line, itemId, batches }) => batches.map((batch) => ({ line, itemId, ...batch })));

/** Also what came in for a revision or an order that is no more: it is put into stock before it is freed. */
export async function stockInWhatCame(run: Run<Dossier>): Promise<void> {
  const { orderNo } = run.desk;
  for (const { itemId, ...batch } of pendingBatches(run.desk)) {
    const { line, quantity, batchId, receiptId } = batch;
    await act(run, 'stockIn', (activities) =>
      activities.stockIn({ key: `${orderNo}:${line}:stock-in:${receiptId}`, orderNo, line, itemId, quantity, batchId }),
    );
    noteStep(run, { kind: 'goodsStockedIn', ...batch });
  }
}
