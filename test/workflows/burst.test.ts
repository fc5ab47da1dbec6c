import { Worker } from '@temporalio/worker';
import { terms } from '../builders';
import { company } from '../fakes/company';
import { testCodec } from '../harness/seal';
import { connectToTemporal } from '../harness/temporal';
import { workflowBundle } from '../harness/workflow-bundle';
import { startOrder, workerFor } from './order-under-test';

/**
 * The server ends a workflow task by force when very many messages come while it is under way. A task that files is under way for
 * longer, and longest while the books are slow: then the history must still be what the worker thinks it is.
 */
it.each([
  ['quick', 0],
  ['slow', 400],
])(
  'W1 W5 hundreds of messages at once are all filed in their order, and the history replays, while the books are %s',
  async (_how, millis) => {
    const environment = await connectToTemporal();
    const books = company();
    const slow = {
      ...books,
      activities: {
        ...books.activities,
        fileFacts: async (filing: Parameters<typeof books.activities.fileFacts>[0]) => {
          await new Promise((resolve) => setTimeout(resolve, millis));
          await books.activities.fileFacts(filing);
        },
      },
    };
    const worker = await workerFor(environment, slow, `burst-${millis}`);
    await worker.runUntil(async () => {
      const order = await startOrder(environment, `burst-${millis}`, terms());
      await order.until(({ seq }) => seq > 1);
      const ids = Array.from({ length: 300 }, (_, index) => `contact-${index}`);
      await Promise.all(ids.map((id) => order.say({ kind: 'contactLogged', id, answered: false })));
      const filed = () =>
        books.filings
          .filter(({ orderNo }) => orderNo === order.no)
          .flatMap(({ facts }) => facts.map(({ fact }) => fact.id));
      while (!ids.every((id) => filed().includes(id))) await new Promise((resolve) => setTimeout(resolve, 100));
      expect(
        filed()
          .filter((id) => id.startsWith('contact-'))
          .sort(),
      ).toEqual([...ids].sort());

      const handle = environment.client.workflow.getHandle(`order-${order.no}`);
      const history = await handle.fetchHistory();
      await handle.terminate();
      const options = { workflowBundle: await workflowBundle(), dataConverter: { payloadCodecs: [testCodec] } };
      await Worker.runReplayHistory(options, { events: untilRest(history.events ?? []) }, handle.workflowId);
    });
    await environment.teardown();
  },
  120_000,
);

/** Up to the last workflow task that was completed: what a task under way does is in no history yet. */
function untilRest<E extends { readonly workflowTaskCompletedEventAttributes?: unknown }>(events: readonly E[]): E[] {
  const last = events.findLastIndex(({ workflowTaskCompletedEventAttributes: completed }) => Boolean(completed));
  return events.slice(0, last + 1);
}
