import { approvalsOf } from '../../domain/inside/review/review';
import { rolesOf } from '../../domain/inside/kernel/worklist/task';
import { terms } from '../builders';
import { hours, reaches, rungs, standingOf, taskKindsOpen, threeLevels, threeTasks, openTasks } from './steps';
import { workplace } from './workplace';

const place = workplace('review');
const levels = terms({ reviews: threeLevels });

it('RV-1 three levels decide one after the other', async () => {
  const order = await place.start(levels);
  const seen: (readonly string[])[] = [];
  for (const task of threeTasks) {
    seen.push(taskKindsOpen(await order.until((dossier) => taskKindsOpen(dossier).includes(task))));
    await order.decide(task);
  }
  await reaches(order, 'awaiting_confirmation');
  expect(seen).toEqual([['review.sales'], ['review.technical'], ['review.management']]);
});

it('RV-6 a returned order is revised, and review starts again', async () => {
  const order = await place.start(levels);
  await order.decide('review.sales');
  await order.decide('review.technical', 'return', { reasonCode: 'drawing_missing' });
  const returned = await reaches(order, 'returned');
  expect(returned.waitingFor).toEqual(['sales']);
  await order.say({ kind: 'orderRevised', terms: levels, fromRevision: 1 });
  const again = await order.until((dossier) => taskKindsOpen(dossier).length > 0 && dossier.intake.revision === 2);
  expect({ open: taskKindsOpen(again), approved: approvalsOf(again) }).toEqual({
    open: ['review.sales'],
    approved: [],
  });
});

it('RV-6 a returned order that nobody revises is cancelled after thirty days', async () => {
  const order = await place.start(levels);
  await order.decide('review.sales', 'return', { reasonCode: 'price' });
  expect(await order.result()).toBe('cancelled');
  expect((await order.dossier()).closing.closure?.reasonCode).toBe('no_answer:returned');
});

it('RV-6 a rejection needs a reason, and ends the order', async () => {
  const order = await place.start(levels);
  const {
    worklist: { tasks },
  } = await order.until((dossier) => dossier.worklist.tasks.length > 0);
  const by = { kind: 'user', userId: 'sue', roles: ['sales'] } as const;
  const answer = { kind: 'decisionMade', taskId: tasks[0]?.id ?? '', outcome: 'reject', by } as const;
  await order.say({ ...answer, id: `${order.no}-bare` });
  expect(await standingOf(place.firm, order, `${order.no}-bare`)).toBe('reason_required');
  await order.say({ ...answer, reasonCode: 'credit' });
  expect(await order.ended()).toBe('rejected');
});

it('RV-6 a question keeps the task open, and its clock going', async () => {
  const order = await place.start(levels);
  await order.decide('review.sales', 'ask');
  const {
    worklist: { tasks },
  } = await order.until((dossier) => dossier.version > 3);
  expect(tasks.map(({ state }) => state)).toEqual(['open']);
  await order.skip('9 hours');
  await order.until(() => rungs(place.firm, `order-${order.no}`).includes('task 1:remind'));
});

it('RV-8 who does not answer is reminded; then the next authority may act', async () => {
  const order = await place.start(levels);
  await order.until((dossier) => dossier.worklist.tasks.length > 0);
  await order.skip(hours(25).seconds * 1000);
  const {
    worklist: { tasks },
  } = await order.until((dossier) => dossier.worklist.tasks[0]?.clock.rung === 2);
  expect(tasks[0] && rolesOf(tasks[0])).toEqual(['sales', 'general_manager']);
  expect(rungs(place.firm, `order-${order.no}`).filter((rung) => rung.startsWith('task'))).toEqual([
    'task 1:remind',
    'task 1:escalate',
  ]);
});

it('RV-7 the taker does not review, nor who decided another level, nor anybody for them', async () => {
  const order = await place.start(levels);
  await order.decide('review.sales', 'approve', { by: 'sue' });
  const dossier = await order.until((one) => taskKindsOpen(one).includes('review.technical'));
  const [task] = openTasks(dossier);
  const decide = (id: string, userId: string, onBehalfOf?: string) =>
    order.say({
      kind: 'decisionMade',
      id: `${order.no}-${id}`,
      taskId: task?.id ?? '',
      outcome: 'approve',
      by: { kind: 'user', userId, roles: ['technical'], ...(onBehalfOf === undefined ? {} : { onBehalfOf }) },
    });
  await decide('taker', 'tina');
  await decide('sue', 'sue');
  await decide('for-sue', 'tom', 'sue');
  await decide('tom', 'tom');
  const standings = await Promise.all(
    ['taker', 'sue', 'for-sue', 'tom'].map((id) => standingOf(place.firm, order, `${order.no}-${id}`)),
  );
  expect(standings).toEqual(['four_eyes', 'four_eyes', 'four_eyes', 'applied']);
});

it('RV-9 a second decision on a task, and one that comes after the revision, are ignored', async () => {
  const order = await place.start(levels);
  const {
    worklist: { tasks },
  } = await order.until((dossier) => dossier.worklist.tasks.length > 0);
  const by = { kind: 'user', userId: 'sue', roles: ['sales'] } as const;
  const answer = { kind: 'decisionMade', taskId: tasks[0]?.id ?? '', outcome: 'approve', by } as const;
  await order.say({ ...answer, id: `${order.no}-1` });
  await order.say({ ...answer, id: `${order.no}-2` });
  expect(await standingOf(place.firm, order, `${order.no}-2`)).toBe('task_closed');
  await order.until((dossier) => taskKindsOpen(dossier).includes('review.technical'));
  await order.say({ kind: 'orderRevised', terms: levels, fromRevision: 1 });
  await order.say({ ...answer, taskId: `${order.no}/2`, id: `${order.no}-3` });
  expect(await standingOf(place.firm, order, `${order.no}-3`)).toBe('task_closed');
});

it('RV-1 an order that needs no level goes on by the rule that says so', async () => {
  const order = await place.start(terms({ reviews: [] }));
  const {
    worklist: { tasks },
  } = await reaches(order, 'awaiting_confirmation');
  expect(tasks).toEqual([]);
});
