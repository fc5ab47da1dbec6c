import type { Dossier } from '../../domain/inside/dossier';
import { nextLevel, passesAgain } from '../../domain/inside/review';
import { act, noteStep, waitFor, type Run } from '../run';

/** 审核: the levels that policy chose, one after the other, then the gate: only what is accepted counts as approved (RV-1, V8). */
export async function reviewed(run: Run<Dossier>): Promise<void> {
  while (!run.desk.reviewPassed) {
    await waitFor(run, (dossier) => mayPass(dossier) || passesAgain(dossier) !== undefined);
    const again = passesAgain(run.desk);
    if (again === undefined) {
      await accept(run);
      continue;
    }
    const { level, by } = again;
    noteStep(run, { kind: 'levelSkipped', level: level.level, task: level.task, sameAs: by.by });
  }
}

/** All levels have approved, and the gate is to be asked, for the first time or again. */
const mayPass = (dossier: Dossier): boolean =>
  dossier.status === 'pending_review' && nextLevel(dossier) === undefined && dossier.credit?.state !== 'refused';

/** 接单: reserves what the order takes up of its customer's credit, in one transaction with the look at his holds (Q8, HG-3). */
async function accept(run: Run<Dossier>): Promise<void> {
  const { orderNo, revision, terms, credit, seq } = run.desk;
  const { customerId, exposureFen } = terms;
  if (customerId === null) throw new Error(`order ${orderNo} has nothing missing and no customer`);
  const specialBy = credit?.state === 'again' ? credit.specialBy : undefined;
  const special = specialBy === undefined ? {} : { specialBy };
  const key = `${orderNo}:${revision}:credit:${seq}`;
  const answer = await act(run, 'reserveCredit', (activities) =>
    activities.reserveCredit({ key, orderNo, revision, customerId, exposureFen, ...special }),
  );
  const { because, limitFen, usedFen } = answer;
  if (because === undefined) noteStep(run, { kind: 'creditReserved', exposureFen, ...special });
  else noteStep(run, { kind: 'creditRefused', because, limitFen, usedFen });
}
