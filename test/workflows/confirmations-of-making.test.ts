import { offeredOn } from '../../domain/inside/confirmation/confirmation';
import { holdsOf } from '../../domain/inside/holds/holds';
import type { Said } from './said';
import type { Terms } from '../../domain/inside/intake/terms';
import type { UserActor } from '../../domain/inside/kernel/actor';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import { taskTerms, terms } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import { factsOf, reaches, standingOf, taskKindsOpen, openTasks } from './steps';
import { workplace } from './workplace';

const place = workplace('confirmations-of-making');
const user = (userId: string, ...roles: Role[]): UserActor => ({ kind: 'user', userId, roles });
const peter = user('peter', 'production');
const tom = user('tom', 'technical');

const of = terms();
/** An order of made goods: technical and production sign for it, each with materials and a date. */
const made = terms({
  lines: [{ line: 1, itemId: 'I1', quantity: 10, netFen: 100_000, taxFen: 13_000, supply: 'make' }],
  reviews: [
    { level: 1, task: 'review.technical', rule: 'made', evidence: {}, fingerprint: 'technical' },
    { level: 2, task: 'review.production', rule: 'made', evidence: {}, fingerprint: 'production' },
  ],
  tasks: {
    ...of.tasks,
    'review.technical': {
      ...taskTerms('review.technical'),
      outcomes: ['approve', 'approve_with_conditions', 'return', 'reject'],
      mustState: ['materials', 'offeredOn'],
    },
  },
  holds: {
    ...of.holds,
    recipe_confirmation: {
      gates: ['produce'],
      releasedBy: ['sales_director'],
      filedBy: ['sales', 'technical'],
      liftsWhen: 'filed',
      isCondition: true,
    },
  },
});

type Answer = Partial<Omit<Extract<Said, { kind: 'decisionMade' }>, 'kind' | 'id' | 'at'>>;

/** Answers the level that is open, and says what became of it. */
async function answer(order: OrderUnderTest, kind: string, body: Answer): Promise<string> {
  const dossier = await order.until((desk) => taskKindsOpen(desk).includes(kind));
  const taskId = openTasks(dossier).find((task) => task.kind === kind)?.id ?? '';
  const id = `${order.no}-${Math.random()}`;
  await order.say({ kind: 'decisionMade', taskId, outcome: 'approve', by: tom, ...body, id });
  return standingOf(place.firm, order, id);
}

const stated = (offeredOn: string): Answer => ({ materials: 'in_hand', offeredOn });
const signs = (order: OrderUnderTest, by: UserActor, offeredOn: string): Promise<string> =>
  answer(order, by === tom ? 'review.technical' : 'review.production', { by, ...stated(offeredOn) });

it('RV-2 Q3 technical and production sign with materials and date, before the confirmation goes out with the date', async () => {
  const order = await place.start(made);
  expect(await answer(order, 'review.technical', {})).toBe('materials_required');
  expect(await answer(order, 'review.technical', { materials: 'to_be_bought' })).toBe('date_required');
  expect(await answer(order, 'review.technical', stated('2020-01-01'))).toBe('date_passed');
  expect(await signs(order, tom, '2031-03-01')).toBe('applied');
  expect((await order.dossier()).confirmation.sentAt).toBeUndefined();
  expect(await signs(order, peter, '2031-03-05')).toBe('applied');
  const dossier = await reaches(order, 'awaiting_confirmation');
  expect(offeredOn(dossier)).toBe('2031-03-05');
  await order.say({ kind: 'confirmationReturned', revision: 1 });
  await reaches(order, 'awaiting_deposit');
  const sent = factsOf(place.firm, `order-${order.no}`).find(({ fact }) => fact.kind === 'confirmationSent');
  expect(sent?.fact).toMatchObject({ offeredOn: '2031-03-05' });
});

it('RV-2 goods in stock are approved without a date', async () => {
  const order = await place.start({ ...made, lines: of.lines });
  expect(await answer(order, 'review.technical', {})).toBe('applied');
});

it('RV-2 HT-12 a change that production’s answer does not depend on keeps the date that it offered', async () => {
  const order = await place.start(made);
  await signs(order, tom, '2031-03-01');
  await signs(order, peter, '2031-03-05');
  await reaches(order, 'awaiting_confirmation');
  const revised: Terms = { ...made, depositFen: 10_000 };
  await order.say({
    kind: 'orderRevised',
    terms: revised,
    fromRevision: 1,
    changed: ['lines'],
    by: user('ann', 'sales'),
  });
  const dossier = await order.until((desk) => desk.intake.revision === 2 && desk.confirmation.sentAt !== undefined);
  expect(offeredOn(dossier)).toBe('2031-03-05');
});

it('RV-2 HT-5 a date goes with the answer that offered it when that is taken back', async () => {
  const order = await place.start(made);
  await signs(order, tom, '2031-03-01');
  const before = await order.until((desk) => taskKindsOpen(desk).includes('review.production'));
  expect(offeredOn(before)).toBe('2031-03-01');
  const taskId = before.worklist.tasks[0]?.id ?? '';
  await order.say({ kind: 'decisionWithdrawn', taskId, reasonCode: 'drawing', by: tom });
  const after = await order.until((desk) => taskKindsOpen(desk).includes('review.technical'));
  expect(offeredOn(after)).toBe(made.offeredOn);
});

it('RV-2 RV-5 nothing is made before the customer’s word on the recipe is filed, where technical demands it', async () => {
  const order = await place.start({ ...made, depositFen: 0 });
  const demand = { outcome: 'approve_with_conditions', conditions: ['recipe_confirmation'] } as const;
  expect(await answer(order, 'review.technical', { ...demand, ...stated('2031-03-01') })).toBe('applied');
  await signs(order, peter, '2031-03-05');
  await reaches(order, 'awaiting_confirmation');
  await order.say({ kind: 'confirmationReturned', revision: 1 });
  const waiting = await order.until((desk) => desk.goods.allocatedFor !== null);
  expect(waiting.goods.lines.every(({ ordered }) => !ordered)).toBe(true);
  await order.say({ kind: 'attachmentFiled', attachmentId: 'a1', purpose: 'drawing' });
  const paper = { kind: 'attachmentFiled', attachmentId: 'a2', purpose: 'recipe_confirmation' } as const;
  await order.say({ ...paper, id: `${order.no}-taker`, by: { kind: 'user', userId: 'tina', roles: ['sales'] } });
  expect(await standingOf(place.firm, order, `${order.no}-taker`)).toBe('four_eyes');
  await order.say({ ...paper, id: `${order.no}-finance` });
  expect(await standingOf(place.firm, order, `${order.no}-finance`)).toBe('not_a_candidate');
  await order.say({ ...paper, by: tom });
  const going = await order.until((desk) => desk.goods.lines.some(({ ordered }) => ordered));
  expect(holdsOf(going)).toEqual([]);
  expect(taskKindsOpen(going)).not.toContain('hold.lift');
});
