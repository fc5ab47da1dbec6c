import { explain } from '../../domain/inside/explain';
import type { Calendar } from '../../domain/inside/kernel/calendar';
import type { TaskTerms } from '../../domain/inside/kernel/worklist/terms';
import { loadCalendar } from '../../config/load-policy';
import { gradeA, hours, rung, taskTerms, terms } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import { billed, collectionOf, openTasks, reaches, shipmentOf, standingOf, taskKindsOpen } from './steps';
import { workplace } from './workplace';

const place = workplace('calendars');
const working = (count: number) => ({ kind: 'working', seconds: count * 3600 }) as const;
const china = loadCalendar('china');
const byTheHour: Partial<TaskTerms> = {
  due: working(8),
  ladder: [rung(working(6), 'remind'), rung(working(8), 'escalate', ['general_manager'])],
  pausable: true,
};
const of = terms();
const reckoned = terms({
  calendar: china,
  tasks: { ...of.tasks, 'review.sales': { ...taskTerms('review.sales'), ...byTheHour } },
});

/** The calendar of the company with every day off until that much later. */
function offUntil(calendar: Calendar, from: string, days: number, publishedAt: string): Calendar {
  const holidays = Array.from({ length: days }, (_, index) =>
    new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10),
  );
  return {
    ...calendar,
    version: `off-${days}`,
    publishedAt,
    holidays: [...new Set([...calendar.holidays, ...holidays])],
    workdays: calendar.workdays.filter((day) => !holidays.includes(day)),
  };
}

async function publish(order: OrderUnderTest, calendar: Calendar, workflowId?: string): Promise<string> {
  const id = `${order.no}-${Math.random()}`;
  await order.say({ kind: 'calendarPublished', calendar, id, by: { kind: 'process' } }, workflowId);
  return standingOf(place.firm, order, id);
}

const sales = async (order: OrderUnderTest) => {
  const dossier = await order.until((desk) => taskKindsOpen(desk).includes('review.sales'));
  const [task] = openTasks(dossier);
  if (task === undefined) throw new Error('no task');
  return task;
};

it('Z3 HT-8 a newly published calendar moves due time and rungs that are not reached, and a repeated or older one nothing', async () => {
  const order = await place.start(reckoned);
  const before = await sales(order);
  const today = before.openedAt;
  expect(await publish(order, offUntil(china, today, 30, '2026-12-01T00:00:00.000Z'))).toBe('applied');
  const after = await sales(order);
  expect(Date.parse(after.dueAt) - Date.parse(before.dueAt)).toBeGreaterThan(20 * 86_400_000);
  expect(after.clock.rungs.map(({ at }) => at > before.dueAt)).toEqual([true, true]);
  expect(after.clock.rungs[1]?.at).toBe(after.dueAt);
  expect(await publish(order, offUntil(china, today, 1, '2026-11-30T00:00:00.000Z'))).toBe('overtaken');
  expect((await sales(order)).dueAt).toBe(after.dueAt);
  await order.skip('21 days');
  expect((await sales(order)).clock.rung).toBe(0);
  await order.skip('30 days');
  expect((await sales(order)).clock.rung).toBe(2);
});

it('Z3 T2 EX-1 while the customer is waited for, the new calendar lays out what was left when the clock stopped', async () => {
  const order = await place.start(reckoned);
  const before = await sales(order);
  const by = { kind: 'user', userId: 'sue', roles: ['sales'] } as const;
  await order.say({ kind: 'taskPaused', taskId: before.id, by });
  const paused = await order.until((desk) => openTasks(desk).some(({ pausedAt }) => pausedAt !== undefined));
  const [shown] = explain(paused).waiting.filter(({ what }) => what === 'review.sales');
  expect(shown).toMatchObject({ dueAt: null, next: [], pausedAt: openTasks(paused)[0]?.pausedAt });
  const holidays = offUntil(china, before.openedAt, 10, '2026-12-01T00:00:00.000Z');
  expect(await publish(order, holidays)).toBe('applied');
  await order.skip('40 days');
  await order.say({ kind: 'taskResumed', taskId: before.id, by });
  const after = await order.until((desk) => openTasks(desk).every(({ pausedAt }) => pausedAt === undefined));
  const [task] = openTasks(after);
  expect(task?.clock.rung).toBe(0);
  expect(task?.clock.rungs[1]?.at).toBe(task?.dueAt);
});

it('Z3 what counts every second stays where it is', async () => {
  const order = await place.start({ ...reckoned, tasks: of.tasks });
  const before = await sales(order);
  expect(await publish(order, offUntil(china, before.openedAt, 30, '2026-12-01T00:00:00.000Z'))).toBe('applied');
  expect((await sales(order)).dueAt).toBe(before.dueAt);
});

it('Z3 shipments and collections hear of it too', async () => {
  const pick: Partial<TaskTerms> = { due: working(8), ladder: [rung(working(6), 'remind'), rung(hours(9), 'remind')] };
  const order = await place.start(
    gradeA({ calendar: china, tasks: { ...of.tasks, 'shipment.pick': { ...taskTerms('shipment.pick'), ...pick } } }),
  );
  await order.decide('review.sales');
  const shipment = shipmentOf(await order.until((one) => shipmentOf(one) !== undefined));
  const picking = () =>
    place.firm.filings.flatMap(({ tasks }) => tasks).findLast(({ kind }) => kind === 'shipment.pick');
  await order.until(() => picking() !== undefined);
  const { openedAt = '', dueAt: before = '' } = picking() ?? {};
  const calendar = offUntil(china, openedAt, 60, '2026-12-01T00:00:00.000Z');
  expect(await publish(order, calendar, `shipment-${shipment?.no}`)).toBe('applied');
  expect(Date.parse(picking()?.dueAt ?? '') - Date.parse(before)).toBeGreaterThan(40 * 86_400_000);
  await order.say({ kind: 'confirmationReturned', revision: 1 });
  await billed(order);
  const collection = collectionOf(await order.until((one) => collectionOf(one) !== undefined));
  expect(await publish(order, calendar, `collection-${collection?.no}`)).toBe('applied');
  await reaches(order, 'in_settlement');
});

it('X1 Z3 a calendar without working time, sent by hand, is not heard, and the order goes on', async () => {
  const order = await place.start(reckoned);
  const by = { kind: 'process' } as const;
  const published = { ...china, publishedAt: '2026-12-01T00:00:00.000Z' };
  for (const hours of [[], [{ from: '18:00', to: '09:00' }], [{ from: '09:00', to: '24:30' }]])
    await order.say({ kind: 'calendarPublished', calendar: { ...published, hours }, id: `bad-${hours.length}`, by });
  await order.decide('review.sales');
  expect((await reaches(order, 'awaiting_confirmation')).intake.terms.calendar).toEqual(china);
});
