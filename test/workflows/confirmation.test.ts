import { receivedFen } from '../../domain/inside/money/money';
import { gradeA, terms } from '../builders';
import { line, pay, reaches, rungs, signed, standingOf, taskKindsOpen } from './steps';
import { workplace } from './workplace';

const place = workplace('confirmation');

it('CF-1 the confirmation goes out after review, and special wishes are confirmed by phone', async () => {
  const order = await place.start(terms({ specialWishes: true }));
  await order.decide('review.sales');
  const dossier = await order.until((one) => taskKindsOpen(one).includes('confirmation.call'));
  expect(dossier.status).toBe('awaiting_confirmation');
  await order.decide('confirmation.call', 'done');
  await order.until((one) => taskKindsOpen(one).length === 0);
});

it('CF-3 the promised date slides by the days until the paper is back', async () => {
  const order = await place.start(terms());
  await order.decide('review.sales');
  await reaches(order, 'awaiting_confirmation');
  await order.skip('3 days');
  await order.say({ kind: 'confirmationReturned', revision: 1 });
  const { confirmation } = await reaches(order, 'awaiting_deposit');
  expect(confirmation.promisedOn).toBe('2026-12-13');
});

it('CF-3 a paper that is back the same day moves nothing', async () => {
  const order = await place.start(terms());
  await signed(order);
  expect((await reaches(order, 'awaiting_deposit')).confirmation.promisedOn).toBe('2026-12-10');
});

it('CF-1 a paper that does not come back is asked for, then escalated', async () => {
  const order = await place.start(terms());
  await order.decide('review.sales');
  await reaches(order, 'awaiting_confirmation');
  await order.skip('73 hours');
  await order.until(() => rungs(place.firm, `order-${order.no}`).includes('confirmation:escalate'));
  expect(rungs(place.firm, `order-${order.no}`)).toEqual(['confirmation:remind', 'confirmation:escalate']);
});

it('CF-1 a paper of an older revision, and one that is back already, are ignored', async () => {
  const order = await place.start(terms());
  await signed(order);
  await reaches(order, 'awaiting_deposit');
  await order.say({ kind: 'confirmationReturned', id: `${order.no}-twice`, revision: 1 });
  await order.say({ kind: 'confirmationReturned', id: `${order.no}-old`, revision: 0 });
  expect(await standingOf(place.firm, order, `${order.no}-twice`)).toBe('already_requested');
  expect(await standingOf(place.firm, order, `${order.no}-old`)).toBe('stale_revision');
});

it('CF-2 grade A production starts at once, and the paper follows as a task', async () => {
  const order = await place.start(gradeA({ lines: [line('make')] }));
  await order.decide('review.sales');
  const dossier = await order.until((one) => taskKindsOpen(one).includes('production.sign'));
  expect(taskKindsOpen(dossier)).toContain('confirmation.paper');
  await order.skip('2 days');
  await order.say({ kind: 'confirmationReturned', revision: 1 });
  const back = await order.until((one) => !taskKindsOpen(one).includes('confirmation.paper'));
  expect(back.confirmation.promisedOn).toBe('2026-12-10');
});

it('CF-2 for grade B nothing starts before paper and deposit, in either order', async () => {
  const order = await place.start(terms({ lines: [line('make')] }));
  await order.decide('review.sales');
  await reaches(order, 'awaiting_confirmation');
  await pay(order, 33_900);
  expect((await order.until(({ money }) => receivedFen(money) > 0)).goods.allocatedFor).toBeNull();
  await order.say({ kind: 'confirmationReturned', revision: 1 });
  await reaches(order, 'allocated');
});
