import { CancellationScope, setHandler } from '@temporalio/workflow';
import {
  dunningStanding,
  dutiesOfDunning,
  fileInDunning,
  isPaid,
  openDunning,
  type Dunning,
} from '../domain/inside/dunning';
import { waitingOfDunning } from '../domain/inside/explain';
import { waitingInMarkdown } from '../domain/inside/explain-in-markdown';
import { collectionWorkflowId } from './ids';
import { messageKinds, messageSignal, outstandingChanged, type CollectionInput } from './messages';
import { heard, mustBeOurs } from './post';
import { act, begin, fileTheRest, head, note, noteStep, waitFor, type Run } from './run';
import { isOutstanding, wellFormed } from './well-formed';

/** The collection of one bill (催收): the policy's ladder, until what is owed is paid (AR-2). */
export async function collection(input: CollectionInput): Promise<'paid'> {
  mustBeOurs(input, ({ billNo }) => collectionWorkflowId(billNo));
  const { billNo, orderNo, outstandingFen, dueAt, terms } = input;
  const opened = { kind: 'collectionOpened', ...head(1), billNo, outstandingFen, dueAt } as const;
  const run = begin(collectionKind(orderNo), orderNo, openDunning(opened, terms), opened);
  listen(run);
  // What is owed stays owed, whoever cancels the workflow in the Temporal UI.
  return CancellationScope.nonCancellable(() => collect(run, input));
}

/** Climbs the ladder until the bill is paid; a suspension that it set is lifted with it. */
async function collect(run: Run<Dunning>, { billNo, customerId }: CollectionInput): Promise<'paid'> {
  let suspended = false;
  while (!isPaid(run.desk)) {
    await waitFor(run, (dunning) => isPaid(dunning) || (dunning.suspended && !suspended));
    if (run.desk.suspended && !suspended) {
      await act(run, 'suspendCustomer', (activities) => activities.suspendCustomer({ key: billNo, customerId }));
      suspended = true;
    }
  }
  if (suspended)
    await act(run, 'liftSuspension', (activities) => activities.liftSuspension({ key: billNo, customerId }));
  noteStep(run, { kind: 'collectionEnded' });
  await fileTheRest(run);
  return 'paid';
}

function collectionKind(orderNo: string) {
  return {
    file: fileInDunning,
    customerOf: (dunning: Dunning) => dunning.terms.customerId,
    duties: dutiesOfDunning,
    opening: (dunning: Dunning) => ({ of: dunning.billNo, revision: 1, takers: [], terms: dunning.terms }),
    standing: dunningStanding,
    details: (dunning: Dunning) =>
      [
        `Collection of **${dunning.billNo}**, order ${orderNo}: ${(dunning.outstandingFen / 100).toFixed(2)} yuan owed since ${dunning.dueAt}, level **${dunning.level}**`,
        '',
        waitingInMarkdown(waitingOfDunning(dunning), dunning.terms.calendar.offsetMinutes),
      ].join('\n'),
  };
}

function listen(run: Run<Dunning>): void {
  for (const kind of messageKinds)
    setHandler(
      messageSignal(kind),
      heard(run, wellFormed([kind]), (message) => note(run, message)),
    );
  setHandler(
    outstandingChanged,
    heard(run, isOutstanding, (change) =>
      note(run, { kind: 'outstandingChanged', ...change, by: { kind: 'process' } }),
    ),
  );
}
