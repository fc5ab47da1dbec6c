import type { Dossier } from '../../domain/inside/dossier';
import { waitFor, type Run } from '../run';
import { settled } from './settlement';

/** 归档: a completed order stays open for its last days; a payment taken back in them is collected again. */
export async function archived(run: Run<Dossier>): Promise<void> {
  for (;;) {
    await waitFor(run, (dossier) => dossier.restedAfterCompletion || dossier.status === 'in_settlement');
    if (run.desk.restedAfterCompletion) return;
    await settled(run);
  }
}
