import { gradeA, terms } from '../builders';
import { incidentResolved, letterTo } from '../../workflows/messages';
import { line, reaches, shipmentOf, started, taskKindsOpen } from './steps';
import { workplace } from './workplace';

const place = workplace('operators');

it('CF-6 an order whose shipment was ended by hand waits for an operator and does not die of it', async () => {
  const order = await place.start(gradeA({ reviews: [], lines: [line('stock')] }));
  const shipment = shipmentOf(await order.until((dossier) => shipmentOf(dossier)?.isStarted === true));
  const { workflow } = place.environment.client;
  await workflow.getHandle(`shipment-${shipment?.no}`).terminate('by hand');
  await order.say({ kind: 'cancellationRequested', reasonCode: 'not_wanted', costFen: 0 });
  await order.decide('cancellation.approve', 'approve', { by: 'sales_director-2' });
  await order.until(({ closing: { cancellation } }) => cancellation?.state === 'approved');
  const handle = workflow.getHandle(`order-${order.no}`);
  await handle.signal(incidentResolved, letterTo(handle.workflowId, 'resolved'));
  await order.until(() => place.firm.calls.includes('openIncident tell shipment'));
  expect((await handle.describe()).status.name).toBe('RUNNING');
});

it('CF-6 a cancellation asked for in the Temporal UI is one of the order: stock and money go back', async () => {
  const order = await place.start(terms({ lines: [line('stock')] }));
  await started(order);
  await reaches(order, 'awaiting_balance');
  expect(place.firm.held.has(order.no)).toBe(true);
  await place.environment.client.workflow.getHandle(`order-${order.no}`).cancel();
  const {
    worklist: { tasks },
  } = await order.until((dossier) => taskKindsOpen(dossier).includes('refund.pay'));
  expect(tasks.find(({ kind }) => kind === 'refund.pay')).toMatchObject({
    amountFen: 33_900,
    because: { evidence: { retainFen: 0 } },
  });
  await order.decide('refund.pay', 'done');
  expect(await order.ended()).toBe('cancelled');
  expect(place.firm.held.has(order.no)).toBe(false);
});

it('X1 a shipment and a collection hear nothing that is not well-formed, and go on', async () => {
  const order = await place.start(gradeA({ reviews: [], lines: [line('stock')] }));
  const shipment = shipmentOf(await order.until((dossier) => shipmentOf(dossier)?.isStarted === true));
  const child = place.environment.client.workflow.getHandle(`shipment-${shipment?.no}`);
  const { workflowId } = child;
  await child.signal('stopAsked');
  await child.signal('stopAsked', letterTo(workflowId, { kind: 'stopAsked', at: 'now' }));
  await child.signal('stopAsked', letterTo('shipment-of-another', { kind: 'stopAsked' }));
  await child.signal('owedChanged', letterTo(workflowId, { kind: 'owedChanged', owedFen: Number.NaN }));
  await order.decide('shipment.pick', 'done');
  await order.decide('shipment.check', 'done');
  await order.decide('shipment.scan_out', 'done');
  expect(shipmentOf(await reaches(order, 'shipped_out'))?.state).toBe('shipped_out');
});
