import type { Dossier } from '../../domain/inside/dossier';
import { balanceFen } from '../../domain/inside/leave';
import { noteStep, waitFor, type Run } from '../run';

/** 余款: grades B and C are sent the collection notice; payment, a release or a small order's path lets the goods go (BL-1 … BL-3). */
export async function balanceCleared(run: Run<Dossier>): Promise<void> {
  if (run.desk.status === 'awaiting_balance')
    noteStep(run, { kind: 'balanceRequested', amountFen: balanceFen(run.desk) });
  await waitFor(run, (dossier) => dossier.status !== 'awaiting_balance');
}
