import { openMailbox } from '../../harness/smtp';
import { deliverOnce } from '../../../worker/notices/deliver';
import { deliverySettings } from '../../../worker/notices/settings';
import { anOrder, type Answer, type ApiUnderTest, freshKey, startApi } from '../api-under-test';

let api: ApiUnderTest;
let no: string;
beforeAll(async () => {
  api = await startApi();
  no = (await api.as('u-sales-1').post('/orders', anOrder(), freshKey())).body.no;
  await api.prisma.user.update({ where: { id: 'u-sales-2' }, data: { email: 'li@dingdan.test' } });
  for (const [key, to] of Object.entries({ 'f1:troubleReported': 'u-sales-2', 'f2:collection.notice': 'finance' }))
    await api.prisma.notice.create({
      data: { key, orderNo: no, template: key.slice(3), to: [to], detail: { of: 'collection' } },
    });
  const box = await openMailbox();
  const mail = { smtpUrl: box.url, from: 'orders@dingdan.test', publicUrl: 'https://dingdan.test' };
  const settings = deliverySettings(
    { mail, robots: new Map(), digestMinutes: 0 },
    { prisma: api.prisma, log: { warn: () => undefined } },
  );
  // What presses less waits for others, as long as the policy says.
  for (const minutes of [0, 11]) await deliverOnce(settings, new Date(Date.now() + minutes * 60_000));
  await box.stop();
});
afterAll(() => api.stop());

const seen = ({ body }: Answer) =>
  body.items.map(({ template, channel, addressee }: Record<string, string>) => [template, channel, addressee]);

test('GV-4 one reads in the app what one is told, in both languages, until it is read', async () => {
  const mine = await api.as('u-sales-2').get('/notices?unread=true');
  expect(mine.body.items).toMatchObject([
    {
      orderNo: no,
      template: 'troubleReported',
      says: { zh: '生产异常，交期变更', en: 'Trouble in production, the date moves' },
      state: 'sent',
      readAt: null,
    },
  ]);
  const [{ id }] = mine.body.items;
  expect((await api.as('u-finance-1').put(`/notices/${id}/read`)).status).toBe(404);
  const read = await api.as('u-sales-2').put(`/notices/${id}/read`);
  expect([read.status, read.body.readAt]).toEqual([200, expect.any(String)]);
  expect((await api.as('u-sales-2').put(`/notices/${id}/read`)).body.readAt).toBe(read.body.readAt);
  expect((await api.as('u-sales-2').get('/notices?unread=true')).body.items).toEqual([]);
  expect((await api.as('u-sales-2').get('/notices')).body.items).toHaveLength(1);
});

test('Y1 the ledger of an order shows an admin everything that was sent, and others what they were sent', async () => {
  const all = seen(await api.as('u-admin-1').get(`/notices?order=${no}`));
  expect(all).toEqual(
    expect.arrayContaining([
      ['troubleReported', 'app', 'u-sales-2'],
      ['troubleReported', 'mail', 'u-sales-2'],
      ['collection.notice', 'app', 'u-finance-1'],
    ]),
  );
  expect(seen(await api.as('u-sales-2').get(`/notices?order=${no}`))).toEqual([
    ['troubleReported', 'mail', 'u-sales-2'],
    ['troubleReported', 'app', 'u-sales-2'],
  ]);
  expect(seen(await api.as('u-warehouse-1').get(`/notices?order=${no}`))).toEqual([]);
});

test('GV-4 the ledger is read page by page, the newest first', async () => {
  const admin = api.as('u-admin-1');
  const whole = seen(await admin.get(`/notices?order=${no}`));
  const first = await admin.get(`/notices?order=${no}&limit=2`);
  const second = await admin.get(`/notices?order=${no}&limit=2&after=${first.body.next}`);
  expect([...seen(first), ...seen(second)]).toEqual(whole.slice(0, 4));
});
