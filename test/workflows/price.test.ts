import type { Terms } from '../../domain/inside/intake/terms';
import type { UserActor } from '../../domain/inside/kernel/actor';
import { rolesOf, usersOf } from '../../domain/inside/kernel/worklist/task';
import type { Outcome, TaskTerms } from '../../domain/inside/kernel/worklist/terms';
import { hours, rung, taskTerms, terms } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import { openTasks, reaches, saidOf, standingOf, taskKindsOpen } from './steps';
import { workplace } from './workplace';

const place = workplace('price');

const user = (userId: string, ...roles: UserActor['roles']): UserActor => ({ kind: 'user', userId, roles });
const [sam, cleo, dora] = [
  user('sam', 'sales'),
  user('cleo', 'customer_service_supervisor'),
  user('dora', 'sales_director'),
];

/** An order whose price is in doubt, before sales reviews it. */
function inDoubt(but: Partial<TaskTerms> = {}): Terms {
  const { tasks, ...rest } = terms();
  return {
    ...rest,
    tasks: { ...tasks, 'review.price': { ...taskTerms('review.price'), ...but } },
    reviews: [
      { level: 1, task: 'review.price', rule: 'price_doubt', evidence: { flags: 'price_below_list' } },
      { level: 2, task: 'review.sales', rule: 'every_order', evidence: {} },
    ],
  };
}

const priceTask = async (order: OrderUnderTest) => {
  const dossier = await order.until((desk) => taskKindsOpen(desk).includes('review.price'));
  const [task] = openTasks(dossier);
  if (task === undefined) throw new Error('there is no task');
  return task;
};

let serial = 0;
async function answer(order: OrderUnderTest, by: UserActor, outcome: Outcome): Promise<string> {
  const id = `${order.no}-${++serial}`;
  const { id: taskId } = await priceTask(order);
  await order.say({ kind: 'decisionMade', id, taskId, outcome, by, reasonCode: 'below_cost' });
  return standingOf(place.firm, order, id);
}

it('IN-9 the salesperson settles a doubtful price, be he the taker or not, and the review begins', async () => {
  const order = await place.start(inDoubt());
  expect(usersOf(await priceTask(order))).toEqual(['sam']);
  expect(await answer(order, cleo, 'approve')).toBe('not_your_turn');
  expect(await answer(order, sam, 'approve')).toBe('applied');
  expect(taskKindsOpen(await order.until(({ review: { approvals } }) => approvals.length === 1))).toEqual([
    'review.sales',
  ]);
});

it('IN-9 what he does not settle goes to the supervisor, then to the director, and is rejected when nobody does', async () => {
  const order = await place.start(inDoubt());
  expect(await answer(order, sam, 'reject')).toBe('applied');
  expect(rolesOf(await priceTask(order))).toEqual(['customer_service_supervisor']);
  expect(await answer(order, dora, 'approve')).toBe('not_your_turn');
  expect(await answer(order, cleo, 'reject')).toBe('applied');
  expect((await order.dossier()).status).toBe('pending_review');
  expect(await answer(order, dora, 'reject')).toBe('applied');
  await reaches(order, 'rejected');
});

it('IN-9 a price sent back for change is the taker’s at once', async () => {
  const order = await place.start(inDoubt());
  expect(await answer(order, sam, 'return')).toBe('applied');
  await reaches(order, 'returned');
});

it('IN-9 who is silent is passed over, and who has it already is not told that it was passed to him', async () => {
  const ladder = [
    rung(hours(6), 'remind'),
    rung(hours(8), 'take_over', ['customer_service_supervisor']),
    rung(hours(16), 'take_over', ['sales_director']),
    rung(hours(24), 'escalate', ['general_manager']),
  ];
  const order = await place.start(inDoubt({ ladder }));
  await priceTask(order);
  await order.skip(hours(9).seconds * 1000);
  await order.until(({ worklist: { tasks } }) => tasks[0]?.clock.rung === 2);
  const { slots } = await priceTask(order);
  expect(slots.map(({ state }) => state)).toEqual(['removed', 'open', 'open']);
  expect(await answer(order, sam, 'approve')).toBe('not_a_candidate');
  expect(await answer(order, cleo, 'reject')).toBe('applied');
  await order.skip(hours(8).seconds * 1000);
  await order.until(({ worklist: { tasks } }) => tasks[0]?.clock.rung === 3);
  expect(rolesOf(await priceTask(order))).toEqual(['sales_director']);
  const rang = saidOf(place.firm, `order-${order.no}`, 'rungReached');
  expect(rang.filter(({ of }) => of.includes('/')).map(({ passedOver = false }) => passedOver)).toEqual([
    false,
    false,
    true,
  ]);
  expect(await answer(order, dora, 'approve')).toBe('applied');
  await order.until((desk) => taskKindsOpen(desk).includes('review.sales'));
});

it('V3 where policy keeps the taker out, his turn as salesperson passes on at once', async () => {
  const order = await place.start({ ...inDoubt({ separateFrom: ['taker'] }), salespersonId: 'tina' });
  expect((await order.dossier()).intake.takenBy).toBe('tina');
  expect(rolesOf(await priceTask(order))).toEqual(['customer_service_supervisor']);
});
