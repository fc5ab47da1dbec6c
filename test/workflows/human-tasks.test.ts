import { approvalsOf } from '../../domain/inside/review/review';
import type { Terms } from '../../domain/inside/intake/terms';
import type { UserActor } from '../../domain/inside/kernel/actor';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import { rolesOf } from '../../domain/inside/kernel/worklist/task';
import type { TaskTerms } from '../../domain/inside/kernel/worklist/terms';
import type { TaskKind } from '../../domain/inside/processes';
import { hours, taskTerms, terms } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import { bound, reaches, rungs, saidOf, standingOf, taskKindsOpen, threeLevels, threeTasks, openTasks } from './steps';
import { workplace } from './workplace';

const place = workplace('human-tasks');
const levels = terms({ reviews: threeLevels });
const user = (userId: string, ...roles: Role[]): UserActor => ({ kind: 'user', userId, roles });

const withTask = (of: Terms, kind: TaskKind, change: Partial<TaskTerms>): Terms => ({
  ...of,
  tasks: { ...of.tasks, [kind]: { ...(of.tasks[kind] ?? taskTerms(kind)), ...change } },
});

/** The open task of a kind, once it is there. */
async function taskOf(order: OrderUnderTest, kind: TaskKind): Promise<string> {
  const dossier = await order.until((desk) => taskKindsOpen(desk).includes(kind));
  return openTasks(dossier).find((task) => task.kind === kind)?.id ?? '';
}

/** Says it, and answers what became of it. */
async function told(order: OrderUnderTest, message: Parameters<OrderUnderTest['say']>[0]): Promise<string> {
  const id = `${order.no}-${Math.random()}`;
  await order.say({ ...message, id });
  return standingOf(place.firm, order, id);
}

it('RV-10 HT-3 legal and finance sign a contract side by side, each once', async () => {
  const signing = { slots: [['legal'], ['finance']], needed: 2, inSequence: false, onRejection: 'ends' } as const;
  const order = await place.start(withTask(terms(), 'review.sales', { signing }));
  const taskId = await taskOf(order, 'review.sales');
  const sign = (by: UserActor) => told(order, { kind: 'decisionMade', taskId, outcome: 'approve', by });
  expect(await sign(user('l', 'legal'))).toBe('applied');
  expect((await order.dossier()).status).toBe('pending_review');
  expect(await sign(user('l2', 'legal'))).toBe('not_a_candidate');
  expect(await sign(user('l', 'legal', 'finance'))).toBe('four_eyes');
  expect(await sign(user('f', 'finance'))).toBe('applied');
  await reaches(order, 'awaiting_confirmation');
});

it('HT-6 a delegate’s answer comes back to who holds the task', async () => {
  const order = await place.start(levels);
  const taskId = await taskOf(order, 'review.sales');
  const sue = user('sue', 'sales');
  expect(await told(order, { kind: 'taskReassigned', taskId, how: 'delegate', to: 'dan', by: sue })).toBe('applied');
  expect(await told(order, { kind: 'decisionMade', taskId, outcome: 'approve', by: sue })).toBe('not_a_candidate');
  const dan = user('dan');
  expect(await told(order, { kind: 'decisionMade', taskId, outcome: 'approve', by: dan })).toBe('applied');
  expect(taskKindsOpen(await order.dossier())).toEqual(['review.sales']);
  expect(await told(order, { kind: 'decisionMade', taskId, outcome: 'approve', by: sue })).toBe('applied');
  await taskOf(order, 'review.technical');
});

it('HT-6 a signer who was added decides too; once removed the others have decided', async () => {
  const order = await place.start(levels);
  const taskId = await taskOf(order, 'review.sales');
  const sue = user('sue', 'sales');
  await told(order, { kind: 'taskReassigned', taskId, how: 'add_after', to: 'amy', by: sue });
  await told(order, { kind: 'decisionMade', taskId, outcome: 'approve', by: sue });
  expect(taskKindsOpen(await order.dossier())).toEqual(['review.sales']);
  expect(await told(order, { kind: 'taskReassigned', taskId, how: 'remove', slot: 2, by: sue })).toBe('applied');
  await taskOf(order, 'review.technical');
});

it('HT-5 a decision is taken back until the next level acted', async () => {
  const order = await place.start(levels);
  const first = await taskOf(order, 'review.sales');
  const sue = user('sue', 'sales');
  await told(order, { kind: 'decisionMade', taskId: first, outcome: 'approve', by: sue });
  await taskOf(order, 'review.technical');
  const back = { kind: 'decisionWithdrawn', taskId: first, reasonCode: 'hasty' } as const;
  expect(await told(order, { ...back, by: user('sam', 'sales') })).toBe('not_a_candidate');
  expect(await told(order, { ...back, by: sue })).toBe('applied');
  expect(taskKindsOpen(await order.until(({ review: { approvals } }) => approvals.length === 0))).toEqual([
    'review.sales',
  ]);
  await told(order, { kind: 'decisionMade', taskId: first, outcome: 'approve', by: sue });
  await order.decide('review.technical');
  expect(await told(order, { ...back, by: sue })).toBe('too_late');
});

it('HT-5 the taker takes the order out of review before anybody signed, not after', async () => {
  const order = await place.start(levels);
  await taskOf(order, 'review.sales');
  const withdraw = { kind: 'reviewWithdrawn', reasonCode: 'wrong_price' } as const;
  expect(await told(order, { ...withdraw, by: user('sue', 'sales') })).toBe('not_a_candidate');
  expect(await told(order, { ...withdraw, by: user('tina', 'sales') })).toBe('applied');
  await reaches(order, 'returned');
  await order.say({ kind: 'orderRevised', terms: levels, fromRevision: 1 });
  await order.decide('review.sales');
  expect(await told(order, { ...withdraw, by: user('tina', 'sales') })).toBe('too_late');
});

it('HT-4 a return goes to the level that is named, which decides anew', async () => {
  const order = await place.start(levels);
  await order.decide('review.sales', 'approve', { by: 'sue' });
  const second = await taskOf(order, 'review.technical');
  const tom = user('tom', 'technical');
  const answer = { kind: 'decisionMade', taskId: second, outcome: 'return', reasonCode: 'price', by: tom } as const;
  expect(await told(order, { ...answer, returnTo: 3 })).toBe('unknown_level');
  expect(await told(order, { ...answer, returnTo: 1 })).toBe('applied');
  const again = await order.until((dossier) => taskKindsOpen(dossier).includes('review.sales'));
  expect(again.status).toBe('pending_review');
  for (const task of threeTasks) await order.decide(task);
  await reaches(order, 'awaiting_confirmation');
});

it('HT-12 V6 a change asks only those again whose inputs it touched', async () => {
  const order = await place.start(bound('v1'));
  await order.decide('review.sales', 'approve', { by: 'sue' });
  await order.decide('review.technical', 'approve', { by: 'tom' });
  await taskOf(order, 'review.management');
  const revise = { kind: 'orderRevised', terms: bound('v2'), fromRevision: 1, by: user('tina', 'sales') } as const;
  expect(await told(order, { ...revise, changed: ['lines', 'customerId'] })).toBe('locked_under_review');
  expect(await told(order, { ...revise, changed: ['lines'] })).toBe('applied');
  const second = await order.until(({ intake: { revision } }) => revision === 2);
  expect(approvalsOf(second).map(({ task }) => task)).toEqual(['review.sales']);
  await order.decide('review.technical', 'approve', { by: 'tom' });
  // Who approved the level that stands is still kept apart from the next one.
  const third = await taskOf(order, 'review.management');
  const sue = user('sue', 'general_manager');
  expect(await told(order, { kind: 'decisionMade', taskId: third, outcome: 'approve', by: sue })).toBe('four_eyes');
  await order.decide('review.management');
  await reaches(order, 'awaiting_confirmation');
});

it('HT-11 an earlier approver passes a later level by policy, and it is recorded', async () => {
  const passing = withTask(
    withTask(levels, 'review.technical', { roles: ['technical', 'sales'], separateFrom: ['taker'] }),
    'review.sales',
    { separateFrom: ['taker'] },
  );
  const review = { ...passing.review, sameApprover: 'passes' } as const;
  const order = await place.start({ ...passing, review });
  await order.decide('review.sales', 'approve', { by: 'sue' });
  await taskOf(order, 'review.management');
  const skipped = () => saidOf(place.firm, `order-${order.no}`, 'levelSkipped')[0];
  await order.until(() => skipped() !== undefined);
  expect(skipped()).toMatchObject({ level: 2, task: 'review.technical', sameAs: ['sue'] });
});

it('HT-11 V4 who approves more than his limit is refused; he may still reject', async () => {
  const order = await place.start(levels);
  const taskId = await taskOf(order, 'review.sales');
  const sue: UserActor = { ...user('sue', 'sales'), actingAs: { limits: { amountFen: 112_999 } } };
  expect(await told(order, { kind: 'decisionMade', taskId, outcome: 'approve', by: sue })).toBe('over_limit');
  const rejects = { kind: 'decisionMade', taskId, outcome: 'reject', reasonCode: 'credit', by: sue } as const;
  expect(await told(order, rejects)).toBe('applied');
  expect(await order.ended()).toBe('rejected');
});

it('HT-8 T2 the clock stands while the customer is waited for, and goes on with what was left', async () => {
  const order = await place.start(withTask(levels, 'review.sales', { pausable: true }));
  const taskId = await taskOf(order, 'review.sales');
  const sue = user('sue', 'sales');
  const dueBefore = openTasks(await order.dossier())[0]?.dueAt ?? '';
  expect(await told(order, { kind: 'taskPaused', taskId, by: sue })).toBe('applied');
  await order.skip(hours(100).seconds * 1000);
  expect(rungs(place.firm, `order-${order.no}`).filter((rung) => rung.startsWith('task'))).toEqual([]);
  expect(await told(order, { kind: 'taskResumed', taskId, by: sue })).toBe('applied');
  const dueAfter = openTasks(await order.dossier())[0]?.dueAt ?? '';
  const laterHours = (Date.parse(dueAfter) - Date.parse(dueBefore)) / 3_600_000;
  expect(Math.round(laterHours)).toBe(100);
  await order.skip(hours(9).seconds * 1000);
  await order.until(() => rungs(place.firm, `order-${order.no}`).includes('task 1:remind'));
});

it('HT-9 the last rung hands the task to the next authority, or sends the order back; it never approves', async () => {
  const ladder = [
    { after: hours(8), do: 'remind', to: [] },
    { after: hours(16), do: 'take_over', to: ['sales_director'] },
    { after: hours(24), do: 'send_back', to: [] },
  ] as const;
  const order = await place.start(withTask(levels, 'review.sales', { ladder }));
  await taskOf(order, 'review.sales');
  await order.skip(hours(17).seconds * 1000);
  const taken = await order.until(({ worklist: { tasks } }) => tasks[0]?.clock.rung === 2);
  expect(taken.worklist.tasks[0] && rolesOf(taken.worklist.tasks[0])).toEqual(['sales_director']);
  await order.skip(hours(8).seconds * 1000);
  await reaches(order, 'returned');
  expect(approvalsOf(await order.dossier())).toEqual([]);
});

it('V3 who changes an order while it is reviewed does not approve it, nor does his earlier approval stand', async () => {
  const bound = terms({
    reviews: threeLevels.map((row) => ({ ...row, fingerprint: `same ${row.level}` })),
    review: { openFields: ['contact'], afterReturn: 'resume', sameApprover: 'asks' },
  });
  const order = await place.start(bound);
  await order.decide('review.sales', 'approve', { by: 'sue' });
  await taskOf(order, 'review.technical');
  const revise = { kind: 'orderRevised', terms: bound, changed: ['contact'] } as const;
  await told(order, { ...revise, fromRevision: 1, by: user('tom', 'technical') });
  const taskId = await taskOf(order, 'review.technical');
  const answer = { kind: 'decisionMade', taskId, outcome: 'approve' } as const;
  expect(await told(order, { ...answer, by: user('tom', 'technical') })).toBe('four_eyes');
  await told(order, { ...revise, fromRevision: 2, by: user('sue', 'sales') });
  expect(approvalsOf(await order.until(({ intake: { revision } }) => revision === 3))).toEqual([]);
});

it('V4 who a task is transferred to signs it only with the authority that policy asked for', async () => {
  const order = await place.start(levels);
  const taskId = await taskOf(order, 'review.sales');
  const transfer = (from: UserActor, to: string) =>
    told(order, { kind: 'taskReassigned', taskId, how: 'transfer', to, by: from });
  const approve = (by: UserActor) => told(order, { kind: 'decisionMade', taskId, outcome: 'approve', by });
  expect(await transfer(user('sue', 'sales'), 'dan')).toBe('applied');
  expect(await approve(user('dan', 'warehouse'))).toBe('not_a_candidate');
  expect(await approve(user('dan', 'warehouse', 'sales'))).toBe('applied');
  await taskOf(order, 'review.technical');
});

it('HT-6 V4 who a task was transferred to may have it prepared by anybody', async () => {
  const order = await place.start(levels);
  const taskId = await taskOf(order, 'review.sales');
  const [sue, ann, dan] = [user('sue', 'sales'), user('ann', 'sales'), user('dan', 'warehouse')];
  expect(await told(order, { kind: 'taskReassigned', taskId, how: 'transfer', to: 'ann', by: sue })).toBe('applied');
  expect(await told(order, { kind: 'taskReassigned', taskId, how: 'delegate', to: 'dan', by: ann })).toBe('applied');
  expect(await told(order, { kind: 'decisionMade', taskId, outcome: 'approve', by: dan })).toBe('applied');
  expect(taskKindsOpen(await order.dossier())).toEqual(['review.sales']);
  expect(await told(order, { kind: 'decisionMade', taskId, outcome: 'approve', by: ann })).toBe('applied');
  await taskOf(order, 'review.technical');
});

it('HT-4 a return names one of the reasons that policy lists, where it lists them', async () => {
  const order = await place.start(withTask(levels, 'review.sales', { reasons: ['price', 'date'] }));
  const taskId = await taskOf(order, 'review.sales');
  const back = (reasonCode: string) =>
    told(order, { kind: 'decisionMade', taskId, outcome: 'return', reasonCode, by: user('sue', 'sales') });
  expect(await back('mood')).toBe('unknown_reason');
  expect(await back('price')).toBe('applied');
  await reaches(order, 'returned');
});
