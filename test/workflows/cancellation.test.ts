import { shippedAt } from '../../domain/inside/shipping/shipping';
import { gradeA, terms } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import { factsOf, line, pay, reaches, signed, standingOf, started, taskKindsOpen } from './steps';
import { workplace } from './workplace';

const place = workplace('cancellation');

const cancel = (order: OrderUnderTest, costFen = 0) =>
  order.say({
    kind: 'cancellationRequested',
    reasonCode: 'not_wanted',
    costFen,
    by: { kind: 'user', userId: 'sam', roles: ['sales'] },
  });
const purposes = (order: OrderUnderTest) =>
  place.firm.filings
    .filter(({ orderNo }) => orderNo === order.no)
    .flatMap(({ postings }) => postings.map(({ purpose }) => purpose));

it('CF-6 an order on hold, in review, returned or waiting for paper or deposit is cancelled at once', async () => {
  const onHold = await place.start(terms({ missing: ['contact'] }));
  const inReview = await place.start(terms());
  const returned = await place.start(terms());
  await returned.decide('review.sales', 'return', { reasonCode: 'price' });
  await reaches(returned, 'returned');
  const forPaper = await place.start(terms({ reviews: [] }));
  await reaches(forPaper, 'awaiting_confirmation');
  const forDeposit = await place.start(terms());
  await signed(forDeposit);
  await reaches(forDeposit, 'awaiting_deposit');
  for (const order of [onHold, inReview, returned, forPaper, forDeposit]) {
    await cancel(order);
    expect(await order.ended()).toBe('cancelled');
  }
});

it('CF-6 before production begins it costs nothing: stock is freed, and the deposit returned', async () => {
  const order = await place.start(terms({ lines: [line('make'), line('stock', 'S', 2)] }));
  await started(order);
  await order.until((dossier) => taskKindsOpen(dossier).includes('production.sign'));
  await cancel(order, 5_000);
  await order.decide('refund.pay', 'done');
  expect(await order.ended()).toBe('cancelled');
  expect(purposes(order)).toEqual(['receipt', 'refund']);
  expect(place.firm.held.has(order.no)).toBe(false);
});

it('CF-6 once production has begun another must approve it, and its costs are kept', async () => {
  const order = await place.start(terms({ lines: [line('make')] }));
  await started(order);
  await order.decide('production.sign', 'done');
  await reaches(order, 'in_production');
  await cancel(order, 5_000);
  const {
    worklist: { tasks },
  } = await order.until((dossier) => taskKindsOpen(dossier).includes('cancellation.approve'));
  const task = tasks.find(({ kind }) => kind === 'cancellation.approve');
  const by = { kind: 'user', userId: 'sam', roles: ['sales_director'] } as const;
  await order.say({ kind: 'decisionMade', id: `${order.no}-own`, taskId: task?.id ?? '', outcome: 'approve', by });
  expect(await standingOf(place.firm, order, `${order.no}-own`)).toBe('four_eyes');
  await order.decide('cancellation.approve');
  await order.decide('refund.pay', 'done');
  expect(await order.ended()).toBe('cancelled');
  expect(purposes(order)).toEqual(['receipt', 'refund', 'retained']);
});

it('CF-6 a refused cancellation lets the order go on', async () => {
  const order = await place.start(terms({ lines: [line('make')] }));
  await started(order);
  await order.decide('production.sign', 'done');
  await cancel(order);
  await order.decide('cancellation.approve', 'reject', { reasonCode: 'too_late' });
  await order.say({ kind: 'progressReported', line: 1, quantity: 10 });
  expect((await reaches(order, 'in_inspection')).closing.cancellation).toBeUndefined();
});

it('CF-6 while the warehouse picks, an approved cancellation stops the shipment', async () => {
  const order = await place.start(gradeA());
  await order.decide('review.sales');
  await order.decide('shipment.pick', 'done');
  await cancel(order);
  await order.decide('cancellation.approve');
  expect(await order.ended()).toBe('cancelled');
  expect(place.firm.held.has(order.no)).toBe(false);
  expect(await place.outcomeOf(`shipment-${order.no}-S1`)).toBe('stopped');
});

it('CF-6 a scan-out that comes first wins, and the cancellation is void', async () => {
  const order = await place.start(gradeA());
  await order.decide('review.sales');
  await order.decide('shipment.pick', 'done');
  await order.decide('shipment.check', 'done');
  await cancel(order);
  await order.until((dossier) => taskKindsOpen(dossier).includes('cancellation.approve'));
  await Promise.all([order.decide('shipment.scan_out', 'done'), order.decide('cancellation.approve')]);
  const { closing, status } = await order.until(
    (one) => shippedAt(one) !== undefined || one.closing.closure !== undefined,
  );
  const { cancellation } = closing;
  const tookStock = !place.firm.held.has(order.no);
  expect({ status, cancellation, tookStock }).toEqual(
    status === 'cancelled'
      ? { status, cancellation: undefined, tookStock }
      : { status: 'shipped_out', cancellation: undefined, tookStock: true },
  );
});

it('Q10 a payment taken back while a cancellation is only asked for does not cancel', async () => {
  const order = await place.start(terms());
  await started(order);
  await reaches(order, 'awaiting_balance');
  await pay(order, 79_100);
  await order.decide('shipment.pick', 'done');
  await cancel(order);
  await order.until((dossier) => taskKindsOpen(dossier).includes('cancellation.approve'));
  await order.say({ kind: 'paymentReversed', paymentId: 'p79100', reasonCode: 'bounced' });
  const back = await reaches(order, 'awaiting_balance');
  expect(back.closing.cancellation?.state).toBe('asked');
  await order.decide('cancellation.approve');
  await order.decide('refund.pay', 'done');
  expect(await order.ended()).toBe('cancelled');
});

it('CF-6 what is paid after the cancellation is returned as well, and finance sees the new amount', async () => {
  const order = await place.start(terms({ lines: [line('make')] }));
  await started(order);
  await reaches(order, 'allocated');
  await cancel(order);
  await order.until((dossier) => taskKindsOpen(dossier).includes('refund.pay'));
  await pay(order, 10_000);
  const {
    worklist: { tasks },
  } = await order.until((dossier) => dossier.worklist.tasks.filter(({ kind }) => kind === 'refund.pay').length === 2);
  expect(tasks.map(({ kind, state, amountFen }) => [kind, state, amountFen]).slice(-2)).toEqual([
    ['refund.pay', 'void', 33_900],
    ['refund.pay', 'open', 43_900],
  ]);
  await order.decide('refund.pay', 'done');
  expect(await order.ended()).toBe('cancelled');
});

it('CF-6 a revised order that is cancelled later frees what each revision held', async () => {
  const order = await place.start(gradeA({ lines: [line('buy'), line('stock', 'S', 2)] }));
  await order.decide('review.sales');
  await reaches(order, 'allocated');
  const freed = () => factsOf(place.firm, `order-${order.no}`).filter(({ fact }) => fact.kind === 'stockFreed').length;
  await order.say({
    kind: 'orderRevised',
    terms: gradeA({ lines: [line('buy'), line('stock', 'S', 2)] }),
    fromRevision: 1,
  });
  await order.until(({ intake, goods }) => intake.revision === 2 && !goods.holdsStock);
  await order.decide('review.sales');
  await reaches(order, 'allocated');
  await cancel(order);
  expect(await order.ended()).toBe('cancelled');
  expect(freed()).toBe(2);
  expect(new Set(place.firm.freeKeys).size).toBe(place.firm.freeKeys.length);
});
