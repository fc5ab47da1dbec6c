import type { Dossier } from '../../domain/inside/dossier';
import { noteStep, waitFor, type Run } from '../run';

/** 审核: the levels that policy chose, one after the other; an order without levels passes by the rule that says so (RV-1). */
export async function reviewed(run: Run<Dossier>): Promise<void> {
  if (run.desk.terms.reviews.length === 0 && !run.desk.reviewPassed) noteStep(run, { kind: 'reviewPassed' });
  await waitFor(run, (dossier) => dossier.reviewPassed);
}
