import { getExternalWorkflowHandle, ParentClosePolicy, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow';
import { outstandingFen } from '../../domain/inside/account';
import { settled as isSettled, type Dossier } from '../../domain/inside/dossier';
import { termsOfCollection } from '../../domain/inside/dunning';
import { isOpen } from '../../domain/inside/gate';
import { after } from '../../domain/inside/ladder';
import { isPayable } from '../../domain/inside/settlement';
import type { collection } from '../collection';
import { billNo, collectionWorkflowId } from '../ids';
import { letterTo, outstandingChanged, type CollectionInput } from '../messages';
import { noteStep, reach, now, waitFor, type Run } from '../run';

/** 结算: confirmed, billed, collected; what is still owed is collected by a workflow of its own (ST-1, AR-2). */
export async function settled(run: Run<Dossier>): Promise<void> {
  await waitFor(run, (dossier) => dossier.receiptConfirmed);
  await waitFor(run, (dossier) => isPayable(dossier) && isOpen(dossier, 'bill'));
  if (run.desk.bill === undefined) issueBill(run);
  for (;;) {
    if (isOwed(run.desk) || run.desk.collection !== undefined) await collected(run);
    await waitFor(run, (dossier) => isSettled(dossier) || isOwed(dossier));
    if (isSettled(run.desk)) break;
  }
  if (run.desk.status === 'in_settlement') noteStep(run, { kind: 'orderSettled' });
}

/** Also again: a payment may be taken back while the signed paper is still awaited. */
const isOwed = ({ account }: Dossier): boolean => outstandingFen(account) > 0;

function issueBill(run: Run<Dossier>): void {
  const { orderNo, terms } = run.desk;
  const { totalFen, taxFen } = terms.totals;
  const dueAt = after(now(), terms.paymentTerm, terms.calendar);
  noteStep(run, { kind: 'billIssued', billNo: billNo(orderNo, 1), netFen: totalFen - taxFen, taxFen, dueAt });
}

/** The collection hears every change of what is owed, and ends when nothing is. */
async function collected(run: Run<Dossier>): Promise<void> {
  if (run.desk.collection === undefined) await startCollection(run);
  for (let under = run.desk.collection; under !== undefined; under = run.desk.collection) {
    const { no, toldFen } = under;
    await waitFor(run, (dossier) => outstandingFen(dossier.account) !== toldFen);
    const stillOwedFen = outstandingFen(run.desk.account);
    const change = { id: `${no}/${run.desk.seq}`, at: now(), outstandingFen: stillOwedFen };
    const child = collectionWorkflowId(no);
    await reach(run, 'tell the collection', () =>
      getExternalWorkflowHandle(child).signal(outstandingChanged, letterTo(child, change)),
    );
    noteStep(run, { kind: 'collectionTold', outstandingFen: stillOwedFen });
  }
}

async function startCollection(run: Run<Dossier>): Promise<void> {
  const { orderNo, terms, bill, collections, account } = run.desk;
  if (bill === undefined) return;
  const no = collections === 0 ? bill.no : `${bill.no}-${collections + 1}`;
  const owedFen = outstandingFen(account);
  const input: CollectionInput = {
    billNo: no,
    orderNo,
    customerId: terms.customerId ?? '',
    outstandingFen: owedFen,
    dueAt: bill.dueAt,
    terms: termsOfCollection(terms),
  };
  noteStep(run, { kind: 'collectionStarted', billNo: no, outstandingFen: owedFen });
  const start = () =>
    startChild<typeof collection>('collection', {
      workflowId: collectionWorkflowId(no),
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      // It never fails: what failed under its id was started by hand (X7).
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
      staticSummary: `Collection of bill ${no}`,
    });
  await reach(run, 'start the collection', start);
}
