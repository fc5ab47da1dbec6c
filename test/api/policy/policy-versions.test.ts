import { laidOver } from '../../../config/differences';
import { publishPolicies } from '../../../scripts/publish-policies';
import { anOrder, freshKey } from '../api-under-test';
import { apiAtWork } from '../api-at-work';
import { eventually } from '../worker-under-test';

const place = apiAtWork();

test('GV-3 an open order that is changed keeps the policy it was taken under; a new one gets the new version', async () => {
  const sales = place.api.as('u-sales-1');
  const admin = place.api.as('u-admin-1');
  const no = await place.take();
  await eventually(
    async () => (await place.api.prisma.task.findMany({ where: { orderNo: no, kind: 'review.sales' } }))[0],
  );
  const { body } = await admin.get('/policies/default');
  const { version } = body;
  const document = { ...body.document, grades: { ...body.document.grades } };
  document.grades.B = { ...document.grades.B, depositBp: 4_000 };
  expect((await admin.post('/policies/default/versions', { basedOn: version, document })).status).toBe(201);

  expect((await sales.post(`/orders/${no}/review-withdrawals`, { reasonCode: 'more' }, freshKey())).status).toBe(200);
  const { intake } = { intake: anOrder({ packagingRemark: 'two boxes' }) };
  expect((await sales.post(`/orders/${no}/revisions`, { fromRevision: 1, intake }, freshKey())).status).toBe(200);
  const kept = (await sales.get(`/orders/${no}`)).body;
  expect([kept.policy, kept.deposit.amount, kept.revision]).toEqual([{ name: 'default', version }, '406.80', 2]);

  const fresh = (await sales.get(`/orders/${await place.take()}`)).body;
  expect(fresh.policy).toEqual({ name: 'default', version: version + 1 });
  expect(fresh.deposit.amount).toBe('542.40');
});

test('GV-3 a policy may be published as what it differs in from another, and is kept whole', async () => {
  const admin = place.api.as('u-admin-1');
  const publish = (name: string, basedOn: number, document: object) =>
    admin.post(`/policies/${name}/versions`, { basedOn, document });
  const newest = async (name: string) => (await admin.get(`/policies/${name}`)).body;
  const base = await newest('default');
  const title = { zh: '快', en: 'Quick' };
  const first = await publish('quick', 0, { differsFrom: 'default', title, confirmedAfter: 'P5D' });
  expect([first.status, first.body.differedFrom]).toEqual([201, { name: 'default', version: base.version }]);
  const whole = { ...base.document, name: 'quick', version: 1, title, confirmedAfter: 'P5D' };
  expect((await newest('quick')).document).toEqual(whole);

  // A later version of what it differed from changes nothing about it.
  const later = await publish('default', base.version, { ...base.document, archivedAfter: 'P9D' });
  expect([later.status, later.body.differedFrom]).toEqual([201, null]);
  expect((await newest('quick')).document).toEqual(whole);
  // It may differ from its own newest version, too.
  const second = await publish('quick', 1, { differsFrom: 'quick', archivedAfter: 'P8D' });
  expect([second.status, second.body.differedFrom]).toEqual([201, { name: 'quick', version: 1 }]);
  expect((await newest('quick')).document).toEqual({ ...whole, version: 2, archivedAfter: 'P8D' });
});

test('GV-3 differences that change nothing, or from nothing, are refused with their place', async () => {
  const publish = async (document: object) => {
    const { status, body } = await place.api
      .as('u-admin-1')
      .post('/policies/differing/versions', { basedOn: 0, document });
    return [status, body.code, body.errors?.map(({ field }: { field: string }) => field)];
  };
  for (const [document, field] of [
    [{ differsFrom: 'default', backdating: 'P30D' }, 'backdating'],
    [{ differsFrom: 'default', surprise: 1 }, 'surprise'],
    [{ differsFrom: 'default', tasks: { '*': { ladder: { remind: { when: 1 } } } } }, 'tasks.*.ladder.remind.when'],
    [{ differsFrom: 'default', calendar: 'moon' }, 'calendar'],
    [{ differsFrom: 'differing' }, 'differsFrom'],
    [{ differsFrom: ['default'] }, 'differsFrom'],
    [{ differsFrom: '\0' }, 'differsFrom'],
  ] as const)
    expect(await publish(document)).toEqual([400, 'invalid_policy', [field]]);
});

describe('X1 what no order could carry out', () => {
  const endless = 'working P36525D';
  const lapse = { after: endless, do: 'lapse', to: [] };
  const hold = { gates: ['ship'], releasedBy: ['admin'], isCondition: false };
  test.each<[string, object, string]>([
    ['a time without an end', { archivedAfter: endless }, 'archivedAfter'],
    ['a backdating without an end', { backdating: endless }, 'backdating'],
    ['a clock without an end', { clocks: { deposit: [lapse] } }, 'clocks.deposit.0.after'],
    [
      'a collection without an end',
      { collection: { ladder: { legal: { after: endless } } } },
      'collection.ladder.5.after',
    ],
    ['a task without an end', { tasks: { 'bill.review': { due: endless } } }, 'tasks.bill.review.due'],
    ['a calendar whose name is none', { calendar: '\0' }, 'calendar'],
    ['a calendar with a word of the language', { calendar: 'constructor' }, 'calendar'],
    ['a hold with a word of the language', { holds: { valueOf: hold } }, 'holds.valueOf'],
    ['a text with half a character', { title: { zh: '\ud83d' } }, 'title.zh'],
  ])('GV-3 %s is refused with its place, whole or as a difference', async (_what, document, field) => {
    const admin = place.api.as('u-admin-1');
    const publish = (body: object) => admin.post('/policies/endless/versions', { basedOn: 0, document: body });
    const base = (await admin.get('/policies/default')).body.document;
    const answers = [
      await publish({ ...document, differsFrom: 'default' }),
      await publish(laidOver(base, { ...document }) as object),
    ];
    for (const { status, body } of answers) {
      expect([status, body.code]).toEqual([400, 'invalid_policy']);
      expect(body.errors.map((error: { field: string }) => error.field)).toContain(field);
    }
  });

  test('GV-3 a version beyond any number of versions is refused', async () => {
    const admin = place.api.as('u-admin-1');
    const document = (await admin.get('/policies/default')).body.document;
    for (const basedOn of [1_000_000, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
      const { status, body } = await admin.post('/policies/default/versions', { basedOn, document });
      expect([status, body.code, body.errors[0].field]).toEqual([400, 'invalid_policy', 'version']);
    }
  });
});

test('GV-3 a company that has a policy does not get the shipped one over it with the next start', async () => {
  const { prisma } = place.api;
  await place.api.asOwner(`update policy_versions set version = 1 where name = 'northwind'`);
  await publishPolicies(prisma, 'u-admin-1');
  expect(await prisma.policyVersion.findMany({ where: { name: 'northwind' } })).toMatchObject([{ version: 1 }]);
});
