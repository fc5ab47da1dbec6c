import type { Dossier } from '../../domain/inside/dossier';
import { nextLevel, passesAgain } from '../../domain/inside/review';
import { noteStep, waitFor, type Run } from '../run';

/** 审核: the levels that policy chose, one after the other; an order without levels passes by the rule that says so (RV-1). */
export async function reviewed(run: Run<Dossier>): Promise<void> {
  while (!run.desk.reviewPassed) {
    if (nextLevel(run.desk) === undefined) noteStep(run, { kind: 'reviewPassed' });
    const again = passesAgain(run.desk);
    if (again !== undefined) {
      const { level, by } = again;
      noteStep(run, { kind: 'levelSkipped', level: level.level, task: level.task, sameAs: by.by });
    }
    await waitFor(run, (dossier) => dossier.reviewPassed || passesAgain(dossier) !== undefined);
  }
}
