import type { Dossier } from '../../domain/inside/dossier';
import { isWoundUp } from '../../domain/inside/duties';
import type { EndStatus } from '../../domain/inside/fact';
import { act, noteStep, waitFor, type Run } from '../run';
import { stockInWhatCame } from './supply';

/** 善后: a closed order frees its stock, returns its money and calls back its goods before it ends (CF-6, SH-7). */
export async function woundUp(run: Run<Dossier>): Promise<EndStatus> {
  await stockIsFree(run, 'closed');
  if (run.desk.status === 'dead') await recalled(run);
  await waitFor(run, isWoundUp);
  const { status } = run.desk;
  return status === 'cancelled' || status === 'rejected' || status === 'dead' ? status : 'archived';
}

/**
 * Whatever the order may still hold in stock is free for others. The key says why: the revision that freed what its
 * forerunner held may itself be cancelled later, and that is another effect.
 */
export async function stockIsFree(run: Run<Dossier>, because: 'revised' | 'closed'): Promise<void> {
  await stockInWhatCame(run);
  const { orderNo, revision, mayHoldStock } = run.desk;
  if (!mayHoldStock) return;
  const key = `${orderNo}:${revision}:free:${because}`;
  await act(run, 'freeStock', (activities) => activities.freeStock({ key, orderNo }));
  noteStep(run, { kind: 'stockFreed' });
}

async function recalled(run: Run<Dossier>): Promise<void> {
  await waitFor(run, (dossier) => dossier.shipment?.state === 'recalled');
}
