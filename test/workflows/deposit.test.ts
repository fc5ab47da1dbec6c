import { receivedFen } from '../../domain/inside/money/money';
import { terms } from '../builders';
import { factsOf, line, pay, reaches, rungs, signed, standingOf, started, taskKindsOpen } from './steps';
import { workplace } from './workplace';

const place = workplace('deposit');

it('CF-4 an unpaid deposit is reminded after an hour, asked about after a day, and cancelled after seven', async () => {
  const order = await place.start(terms());
  await signed(order);
  await reaches(order, 'awaiting_deposit');
  expect(await order.result()).toBe('cancelled');
  const rang = rungs(place.firm, `order-${order.no}`).filter((rung) => rung.startsWith('deposit'));
  expect(rang).toEqual(['deposit:remind', 'deposit:call', 'deposit:lapse']);
  expect((await order.dossier()).closing.closure?.reasonCode).toBe('no_answer:deposit');
  expect(place.firm.held.has(order.no)).toBe(false);
});

it('CF-4 who says that the order is not wanted any more has it cancelled', async () => {
  const order = await place.start(terms());
  await signed(order);
  await reaches(order, 'awaiting_deposit');
  await order.skip('25 hours');
  await order.decide('deposit.ask', 'reject', { reasonCode: 'not_wanted' });
  expect(await order.ended()).toBe('cancelled');
});

it('CF-4 a deposit in two parts is covered by the second, and closes the question', async () => {
  const order = await place.start(terms({ lines: [line('make')] }));
  await signed(order);
  await reaches(order, 'awaiting_deposit');
  await pay(order, 10_000);
  await order.skip('25 hours');
  await order.until((dossier) => taskKindsOpen(dossier).includes('deposit.ask'));
  await pay(order, 23_900);
  const { worklist } = await reaches(order, 'allocated');
  expect(worklist.tasks.find(({ kind }) => kind === 'deposit.ask')?.state).toBe('decided');
  expect(Object.keys(worklist.clocks)).toEqual(['dispatch']);
});

it('M10 the same payment twice counts once', async () => {
  const order = await place.start(terms());
  await signed(order);
  await reaches(order, 'awaiting_deposit');
  await pay(order, 10_000);
  await order.say({
    kind: 'paymentReceived',
    id: `${order.no}-again`,
    paymentId: 'p10000',
    amountFen: 10_000,
    method: 'bank',
  });
  expect(await standingOf(place.firm, order, `${order.no}-again`)).toBe('duplicate');
  expect(receivedFen((await order.dossier()).money)).toBe(10_000);
});

it('HG-4 a deposit taken back before production begins is waited for again', async () => {
  const order = await place.start(terms({ lines: [line('make')] }));
  await started(order);
  await order.until((dossier) => taskKindsOpen(dossier).includes('production.sign'));
  await order.say({ kind: 'paymentReversed', paymentId: 'p33900', reasonCode: 'bounced' });
  const waiting = await reaches(order, 'awaiting_deposit');
  expect(taskKindsOpen(waiting)).toEqual([]);
  await pay(order, 33_900, 'second');
  await order.decide('production.sign', 'done');
  await reaches(order, 'in_production');
});

it('CF-4 when it is never paid again, the stock that was reserved is freed', async () => {
  const order = await place.start(terms({ lines: [line('buy')] }));
  await started(order);
  await order.until((dossier) => taskKindsOpen(dossier).includes('purchase.receive'));
  await order.say({ kind: 'paymentReversed', paymentId: 'p33900', reasonCode: 'bounced' });
  await reaches(order, 'awaiting_deposit');
  expect(await order.result()).toBe('cancelled');
  expect(factsOf(place.firm, `order-${order.no}`).map(({ fact }) => fact.kind)).toContain('stockFreed');
});
