import { Worker } from '@temporalio/worker';
import { terms } from '../builders';
import { company } from '../fakes/company';
import { testCodec } from '../harness/seal';
import { connectToTemporal } from '../harness/temporal';
import { workflowBundle } from '../harness/workflow-bundle';
import { startOrder, workerFor } from './order-under-test';
import { standingOf } from './steps';

const taskQueue = 'burst';
const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

/**
 * The server ends a workflow task by force when more than a hundred messages come while it is under way. A worker that files within the
 * task goes on all the same, and the history is another than it thinks: it would not replay.
 */
it('W1 W5 hundreds of messages that come while one is being filed are filed in their order, and the history replays', async () => {
  const environment = await connectToTemporal();
  const books = company();
  const quick = { ...books.activities };
  let filingIsSlow = false;
  let slowFilingBegan = (): void => undefined;
  const began = new Promise<void>((resolve) => (slowFilingBegan = resolve));
  books.activities.fileFacts = async (filing) => {
    if (filingIsSlow) {
      filingIsSlow = false;
      slowFilingBegan();
      await pause(1_400);
    }
    return quick.fileFacts(filing);
  };
  const worker = await workerFor(environment, books, taskQueue);
  await worker.runUntil(async () => {
    const order = await startOrder(environment, taskQueue, terms());
    const handle = environment.client.workflow.getHandle(`order-${order.no}`);
    const filed = (): readonly string[] =>
      books.filings
        .filter(({ workflowId }) => workflowId === handle.workflowId)
        .flatMap(({ facts }) => facts.map(({ fact }) => fact.id));
    const eventually = async (met: () => boolean): Promise<void> => {
      while (!met()) await pause(20);
    };
    const log = (id: string): Promise<void> => order.say({ kind: 'contactLogged', id, answered: false });
    await eventually(() => filed().length > 0);
    filingIsSlow = true;
    await log('contact-0');
    await began;
    const ids = Array.from({ length: 300 }, (_, index) => `contact-${index + 1}`);
    await Promise.all(ids.map(log));
    await eventually(() => ids.every((id) => filed().includes(id)));
    expect(filed().filter((id) => id.startsWith('contact-'))).toHaveLength(301);

    // As after a restart of the worker: the next message finds the order as it was.
    await order.decide('review.sales');
    await order.until(({ status }) => status === 'awaiting_confirmation');
    const { events } = await handle.fetchHistory();
    await handle.terminate();
    const options = { workflowBundle: await workflowBundle(), dataConverter: { payloadCodecs: [testCodec] } };
    await Worker.runReplayHistory(options, { events: untilRest(events ?? []) }, handle.workflowId);
  });
  await environment.teardown();
}, 60_000);

const beforeAWorker = 'before-a-worker';

it('X8 S3 what is told before any worker is there is heard in the order in which it was told, whatever its kind', async () => {
  const environment = await connectToTemporal();
  const books = company();
  const order = await startOrder(environment, beforeAWorker, terms());
  // In an order that is neither that of the kinds nor its reverse.
  await order.say({ kind: 'contactLogged', id: 'first', answered: true });
  await order.say({ kind: 'paymentReceived', id: 'second', paymentId: 'p1', amountFen: 100, method: 'bank' });
  await order.say({ kind: 'contactLogged', id: 'third', answered: false });
  await order.say({ kind: 'cancellationRequested', id: 'fourth', reasonCode: 'not_wanted', costFen: 0 });
  await order.say({ kind: 'paymentReceived', id: 'fifth', paymentId: 'p2', amountFen: 100, method: 'bank' });
  const told = ['first', 'second', 'third', 'fourth', 'fifth'];
  const worker = await workerFor(environment, books, beforeAWorker);
  await worker.runUntil(() => standingOf(books, order, 'fifth'));
  const facts = books.filings.flatMap(({ facts: filed }) => filed);
  expect(facts.map(({ fact }) => fact.id).filter((id) => told.includes(id))).toEqual(told);
  expect(facts.find(({ fact }) => fact.id === 'fourth')?.filed).toBe('applied');
  await environment.client.workflow.getHandle(`order-${order.no}`).terminate();
  await environment.teardown();
});

/** Up to the last workflow task that was completed: what a task under way does is in no history yet. */
function untilRest<E extends { readonly workflowTaskCompletedEventAttributes?: unknown }>(events: readonly E[]): E[] {
  const last = events.findLastIndex(({ workflowTaskCompletedEventAttributes: completed }) => Boolean(completed));
  return events.slice(0, last + 1);
}
