import { publishPolicies } from '../../scripts/publish-policies';
import { anOrder, freshKey } from './api-under-test';
import { apiAtWork } from './api-at-work';
import { eventually } from './worker-under-test';

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

test('GV-3 a company that has a policy does not get the shipped one over it with the next start', async () => {
  const { prisma } = place.api;
  await place.api.asOwner(`update policy_versions set version = 1 where name = 'northwind'`);
  await publishPolicies(prisma, 'u-admin-1');
  expect(await prisma.policyVersion.findMany({ where: { name: 'northwind' } })).toMatchObject([{ version: 1 }]);
});
