import { ApplicationFailure } from '@temporalio/common';
import { incidentResolved, letterTo } from '../../workflows/messages';
import { gradeA, terms } from '../builders';
import { factsOf, line, reaches, signed, standingOf, taskKindsOpen } from './steps';
import { workplace } from './workplace';

const place = workplace('messages');

it('X1 a signal that holds no message is not heard, one that says nothing sensible is filed as ignored, and neither breaks anything', async () => {
  const order = await place.start(terms());
  const {
    worklist: { tasks },
  } = await order.until((dossier) => dossier.worklist.tasks.length > 0);
  const handle = place.environment.client.workflow.getHandle(`order-${order.no}`);
  const head = { at: '2026-11-21T00:00:00.000Z', by: { kind: 'customer' } };
  const garbage: readonly (readonly [string, unknown])[] = [
    ['decisionMade', undefined],
    ['decisionMade', { kind: 'decisionMade', id: 'g1', at: head.at, taskId: tasks[0]?.id, outcome: 'approve' }],
    [
      'paymentReceived',
      { ...head, kind: 'paymentReceived', id: 'g2', paymentId: 'p', amountFen: '100', method: 'bank' },
    ],
    ['paymentReceived', { ...head, kind: 'paymentReceived', id: 'g3', paymentId: 'p', amountFen: 0.5, method: 'bank' }],
    ['confirmationReturned', { ...head, kind: 'confirmationReturned', id: 'g4', at: 'yesterday', revision: 1 }],
    ['orderRevised', { ...head, kind: 'orderRevised', id: 'g5', terms: {}, fromRevision: 1 }],
    ['shipmentMoved', { ...head, kind: 'shipmentMoved', id: 'g6', shipmentNo: 'x', to: 'the moon' }],
    ['contactLogged', { ...head, kind: 'contactLogged', id: 'order#2', answered: true }],
    // Named like what a shipment will tell its order: X7, what is told would count as a repeat.
    ['contactLogged', { ...head, kind: 'contactLogged', id: 'g7-S1:handling:tell:1', answered: true }],
    ['orderEnded', { ...head, kind: 'orderEnded', id: 'g8', as: 'cancelled', reasonCode: 'not_wanted' }],
    ['nobodyKnows', { ...head, kind: 'nobodyKnows', id: 'g9' }],
  ];
  for (const [signal, payload] of garbage) await handle.signal(signal, letterTo(handle.workflowId, payload));
  await order.say({ kind: 'contactLogged', id: 'constructor', answered: true });
  expect(await standingOf(place.firm, order, 'constructor')).toBe('applied');
  const filed = factsOf(place.firm, `order-${order.no}`).filter(({ fact }) => /^g\d/.test(fact.id));
  expect(filed.map(({ fact, because }) => [fact.id, because])).toEqual([
    ['g2', 'malformed'],
    ['g3', 'malformed'],
    ['g5', 'malformed'],
    ['g6', 'malformed'],
  ]);
  await signed(order);
  await reaches(order, 'awaiting_deposit');
});

it('X1 a lasting fault opens one incident, files what is heard meanwhile, and the order goes on when it is mended', async () => {
  const order = await place.start(gradeA({ lines: [line('buy')] }));
  place.before.set('reserveStock', () => {
    throw ApplicationFailure.nonRetryable('no such warehouse', 'row_missing');
  });
  await order.decide('review.sales');
  await order.until(() => place.firm.calls.includes('openIncident reserveStock'));
  await order.say({ kind: 'contactLogged', id: `${order.no}-c`, answered: true });
  expect(await standingOf(place.firm, order, `${order.no}-c`)).toBe('applied');
  place.before.delete('reserveStock');
  const self = `order-${order.no}`;
  await place.environment.client.workflow.getHandle(self).signal(incidentResolved, letterTo(self, 'resolved'));
  await order.until((dossier) => taskKindsOpen(dossier).includes('purchase.receive'));
  expect(place.firm.calls.filter((call) => call === 'openIncident reserveStock')).toHaveLength(1);
});

it('S3 a hundred messages at the moment of a time-out leave book and workflow in agreement', async () => {
  const order = await place.start(terms({ missing: ['contact'] }));
  await reaches(order, 'on_hold');
  const crowd = Array.from({ length: 100 }, (_one, index) =>
    order.say({ kind: 'contactLogged', id: `${order.no}-m${index}`, answered: index % 2 === 0 }),
  );
  await Promise.all([order.skip('7 days'), ...crowd]);
  expect(await order.result()).toBe('cancelled');
  const dossier = await order.dossier();
  const facts = factsOf(place.firm, `order-${order.no}`);
  const last = place.firm.filings.findLast(({ orderNo }) => orderNo === order.no);
  expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_fact, index) => index + 1));
  expect({ seq: facts.length, version: last?.summary.version }).toEqual({
    seq: dossier.seq,
    version: dossier.version,
  });
  expect(facts.filter(({ filed }) => filed === 'applied')).toHaveLength(dossier.version);
  expect(facts.filter(({ fact }) => fact.id.startsWith(`${order.no}-m`))).toHaveLength(100);
});
