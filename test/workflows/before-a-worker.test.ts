import { terms } from '../builders';
import { company } from '../fakes/company';
import { connectToTemporal } from '../harness/temporal';
import { startOrder, workerFor } from './order-under-test';
import { standingOf } from './steps';

const taskQueue = 'before-a-worker';

it('X8 S3 what is told before any worker is there is heard in the order in which it was told, whatever its kind', async () => {
  const environment = await connectToTemporal();
  const books = company();
  const order = await startOrder(environment, taskQueue, terms());
  // In an order that is neither that of the kinds nor its reverse.
  await order.say({ kind: 'contactLogged', id: 'first', answered: true });
  await order.say({ kind: 'paymentReceived', id: 'second', paymentId: 'p1', amountFen: 100, method: 'bank' });
  await order.say({ kind: 'contactLogged', id: 'third', answered: false });
  await order.say({ kind: 'cancellationRequested', id: 'fourth', reasonCode: 'not_wanted', costFen: 0 });
  await order.say({ kind: 'paymentReceived', id: 'fifth', paymentId: 'p2', amountFen: 100, method: 'bank' });
  const told = ['first', 'second', 'third', 'fourth', 'fifth'];
  const worker = await workerFor(environment, books, taskQueue);
  await worker.runUntil(() => standingOf(books, order, 'fifth'));
  const facts = books.filings.flatMap(({ facts: filed }) => filed);
  expect(facts.map(({ fact }) => fact.id).filter((id) => told.includes(id))).toEqual(told);
  expect(facts.find(({ fact }) => fact.id === 'fourth')?.filed).toBe('applied');
  await environment.teardown();
});
