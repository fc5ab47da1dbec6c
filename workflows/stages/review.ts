import type { Dossier } from '../../domain/inside/dossier';
import { nextLevel, passesAgain } from '../../domain/inside/review';
import { act, noteStep, waitFor, type Run } from '../run';

/** 审核: the levels that policy chose, one after the other, then the gate: only what is accepted counts as approved (RV-1, V8). */
export async function reviewed(run: Run<Dossier>): Promise<void> {
  while (!run.desk.reviewPassed) {
    await waitFor(run, (dossier) => dossier.reviewPassed || mayPass(dossier) || passesAgain(dossier) !== undefined);
    // What had sent an approved contract back to its draft was undone (HT-5).
    if (run.desk.reviewPassed) return;
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
  dossier.status === 'pending_review' &&
  nextLevel(dossier) === undefined &&
  dossier.credit?.state !== 'refused' &&
  dossier.holds.every(({ gates }) => !gates.includes('accept'));

/** 接单: reserves what the order takes up of its customer's credit, in one transaction with the look at his holds (Q8, HG-3). */
async function accept(run: Run<Dossier>): Promise<void> {
  const { orderNo, revision, terms, credit, seq, customer: known } = run.desk;
  const { customerId, exposureFen } = terms;
  if (customerId === null) throw new Error(`order ${orderNo} has nothing missing and no customer`);
  const special = credit?.state === 'again' ? credit.special : undefined;
  const key = `${orderNo}:${revision}:credit:${seq}`;
  const answer = await act(run, 'reserveCredit', (activities) =>
    activities.reserveCredit({
      key,
      orderNo,
      revision,
      customerId,
      exposureFen,
      ...(special === undefined ? {} : { special }),
    }),
  );
  const { because, limitFen, usedFen, customer } = answer;
  if (because === undefined) {
    const specialBy = special === undefined ? {} : { specialBy: special.by };
    return noteStep(run, { kind: 'creditReserved', revision, exposureFen, customer, ...specialBy });
  }
  // Something about the customer was told while the books were asked: what they said is old, and asked anew.
  if (run.desk.customer === known)
    noteStep(run, { kind: 'creditRefused', revision, because, limitFen, usedFen, customer });
}
