import type { Dossier } from '../../domain/inside/dossier';
import { depositIsCovered } from '../../domain/inside/leave';
import { waitFor, type Run } from '../run';

/** 定金: waits for days; its ladder reminds, asks whether the order is still wanted, and at last cancels (CF-4). */
export async function depositCovered(run: Run<Dossier>): Promise<void> {
  await waitFor(run, (dossier) => dossier.terms.startsAtOnce || dossier.allocated || depositIsCovered(dossier));
}
