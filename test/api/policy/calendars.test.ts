import { sweepOnce } from '../../../worker/sweep';
import { organisationReader } from '../../../prisma/organisation';
import { apiAtWork } from '../api-at-work';
import { eventually } from '../worker-under-test';

const place = apiAtWork();

const review = (no: string) =>
  eventually(async () => {
    const { body } = await place.api.as('u-admin-1').get(`/orders/${no}`);
    return (body.tasks as { kind: string; openedAt: string; dueAt: string }[]).find(
      ({ kind }) => kind === 'review.sales',
    );
  });
const seen = async () => (await place.api.as('u-sales-1').get('/calendars/china')).body.document;
const publish = (who: string, basedOn: string | null, document: object) =>
  place.api.as(who).post('/calendars/china/versions', { basedOn, document });
const sweep = () => {
  const { prisma, temporal, taskQueue } = place.api;
  const log = { info: () => undefined, warn: () => undefined };
  return sweepOnce({ prisma, client: temporal, log, organisation: organisationReader(prisma), taskQueue });
};

const nextDays = (count: number): string[] =>
  Array.from({ length: count }, (_, day) => new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10));

test('Z3 a published calendar counts for new orders, and open ones hear of it as a fact that moves their due times', async () => {
  const no = await place.take();
  const before = await review(no);
  const china = await seen();
  const off = nextDays(20);
  const holidays = [...new Set(['2019-10-01', ...china.holidays, ...off])];
  const workdays = china.workdays.filter((day: string) => !off.includes(day));
  const document = { ...china, version: 'company-2027', holidays, workdays, knownUntil: '2099-12-31' };
  expect((await publish('u-sales-1', china.version, document)).status).toBe(403);
  expect((await publish('u-admin-1', 'another', document)).body.code).toBe('calendar_moved_on');
  const wrong = await publish('u-admin-1', china.version, { ...document, weekend: [0, 1, 2, 3, 4, 5, 6] });
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([400, 'document.weekend']);
  const zone = await publish('u-admin-1', china.version, { ...document, offsetMinutes: 0 });
  expect([zone.status, zone.body.errors[0].field]).toEqual([400, 'document.offsetMinutes']);
  const published = await publish('u-admin-1', china.version, document);
  expect([published.status, published.body]).toMatchObject([
    201,
    { version: 'company-2027', publishedBy: 'u-admin-1' },
  ]);
  expect((await publish('u-admin-1', china.version, document)).body.code).toBe('calendar_moved_on');
  expect((await publish('u-admin-1', 'company-2027', document)).body.code).toBe('calendar_moved_on');

  await eventually(async () => {
    await sweep();
    const { dueAt } = await review(no);
    return dueAt > before.dueAt ? dueAt : undefined;
  });
  const heard = { orderNo: no, kind: 'calendarPublished' };
  const [told] = await place.api.prisma.inboxMessage.findMany({ where: heard });
  expect(told).toMatchObject({ state: 'applied', sender: 'calendar:china' });
  // Nobody's clock goes back to the days of years ago: they do not travel.
  const { calendar } = (told?.payload ?? {}) as { calendar: { holidays: string[]; workdays: string[] } };
  expect(calendar.holidays).not.toContain('2019-10-01');
  expect(calendar.holidays).toEqual(expect.arrayContaining(off));
  expect(workdays).toEqual(expect.arrayContaining(calendar.workdays));
  const { body: explained } = await place.api.as('u-sales-1').get(`/orders/${no}/explain`);
  expect(explained.calendarKnownUntil).toBe('2099-12-31');
  const fresh = await review(await place.take());
  expect(Date.parse(fresh.dueAt) - Date.parse(fresh.openedAt)).toBeGreaterThan(18 * 86_400_000);
});

test('Z3 an order that was being taken while a calendar was published hears of it all the same, and once', async () => {
  const no = await place.take();
  await review(no);
  const where = { orderNo: no, kind: 'calendarPublished' };
  await sweep();
  await sweep();
  const told = await place.api.prisma.inboxMessage.findMany({ where });
  expect(told).toHaveLength(1);
});

test('Z3 a version is a name that messages can carry, and of two publications at once one is told that it moved on', async () => {
  const china = await seen();
  for (const version of ['2027#2', 'a\u0000b', 'a b'])
    expect((await publish('u-admin-1', china.version, { ...china, version })).status).toBe(400);
  for (const day of ['0000-01-01', '9999-12-31'])
    expect((await publish('u-admin-1', china.version, { ...china, version: 'far', knownUntil: day })).status).toBe(400);
  const manyHours = Array.from({ length: 60 }, (_, minute) => {
    const [from, to] = [minute, minute + 1].map((one) => `10:${String(one).padStart(2, '0')}`);
    return { from, to: to === '10:60' ? '11:00' : to };
  });
  expect((await publish('u-admin-1', china.version, { ...china, version: 'long', hours: manyHours })).status).toBe(400);
  const names = ['one', 'two', 'three', 'four'];
  const answers = await Promise.all(
    names.map(async (version) => publish('u-admin-1', china.version, { ...china, version })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.code === 'calendar_moved_on')).toHaveLength(3);
});
