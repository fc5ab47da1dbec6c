import { terms } from '../builders';
import { carrier, pay, reaches, shipped, signed } from './steps';
import { workplace } from './workplace';

const place = workplace('unclaimed');

it('SH-7 without a guarantor the company bears it, and what was paid is returned', async () => {
  const order = await place.start(terms({ depositFen: 0 }));
  await signed(order);
  await pay(order, 113_000);
  const child = await shipped(order);
  await carrier(order, child, 'arrived');
  await reaches(order, 'in_transit');
  await place.atRest(`order-${order.no}`, child);
  await order.skip('16 days');
  await reaches(order, 'dead');
  await order.decide('shipment.recall', 'done', { amountFen: 3_600 });
  await order.decide('customer.grade_review', 'done');
  await order.decide('refund.pay', 'done');
  expect(await order.ended()).toBe('dead');
  const postings = place.firm.filings
    .filter(({ orderNo }) => orderNo === order.no)
    .flatMap((filing) => filing.postings);
  expect(postings.map(({ purpose }) => purpose)).toEqual(['receipt', 'freight', 'refund']);
});
