import { terms } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import { reaches, shipmentOf } from './steps';
import { workplace } from './workplace';

const place = workplace('orders');

async function ship(order: OrderUnderTest): Promise<void> {
  await order.decide('shipment.pick', 'done');
  await order.decide('shipment.check', 'done');
  await order.decide('shipment.scan_out', 'done');
  const to = `shipment-${shipmentOf(await reaches(order, 'shipped_out'))?.no}`;
  await order.say({ kind: 'waybillEntered', carrier: 'sf', waybillNo: 'SF1' }, to);
  await order.say({ kind: 'carrierEventReceived', event: 'delivered' }, to);
  await order.until(({ status }) => status === 'delivered');
}

it('CF-2 a grade B order goes through review, paper, deposit, balance, shipment and bill to the archive', async () => {
  const order = await place.start(terms());
  await order.decide('review.sales');
  await order.until(({ status }) => status === 'awaiting_confirmation');
  await order.say({ kind: 'confirmationReturned', revision: 1 });
  await order.until(({ status }) => status === 'awaiting_deposit');
  await order.say({ kind: 'paymentReceived', paymentId: 'p1', amountFen: 33_900, method: 'bank' });
  await order.until(({ status }) => status === 'awaiting_balance');
  await order.say({ kind: 'paymentReceived', paymentId: 'p2', amountFen: 79_100, method: 'bank' });
  await ship(order);
  await order.say({ kind: 'deliveryConfirmed' });
  await order.decide('bill.review');
  expect(await order.result()).toBe('archived');
  expect(
    place.firm.filings
      .filter(({ orderNo }) => orderNo === order.no)
      .flatMap(({ postings }) => postings.map(({ purpose }) => purpose)),
  ).toEqual(['receipt', 'receipt', 'bill', 'apply']);
});
