import { contractIsSigned } from '../../domain/inside/contract';
import type { Dossier } from '../../domain/inside/dossier';
import { isOpen } from '../../domain/inside/gate';
import { noteStep, waitFor, type Run } from '../run';
import { reviewed } from './review';

/** 订单确认书: goes out at once; grades B and C wait for the signed paper, grade A's follows (CF-1, CF-2). */
export async function confirmed(run: Run<Dossier>): Promise<void> {
  await waitFor(run, (dossier) => dossier.confirmation !== undefined || !dossier.reviewPassed || mayConfirm(dossier));
  // Until it is out an approval may be undone, and its contract may go back to be drafted anew (HT-5, RV-10).
  if (!run.desk.reviewPassed) {
    await reviewed(run);
    return confirmed(run);
  }
  const { confirmation, revision, offeredOn, terms } = run.desk;
  if (confirmation === undefined) noteStep(run, { kind: 'confirmationSent', revision, offeredOn });
  await waitFor(run, (dossier) => terms.startsAtOnce || dossier.confirmation?.returnedAt !== undefined);
}

/** Nothing holds it back, and of a contract both sides have signed (HG-1, RV-10). */
const mayConfirm = (dossier: Dossier): boolean => isOpen(dossier, 'confirm') && contractIsSigned(dossier);
