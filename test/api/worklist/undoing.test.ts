import { freshKey } from '../api-under-test';
import { apiAtWork } from '../api-at-work';
import { eventually } from '../worker-under-test';

const place = apiAtWork({ settings: { answerWithinMs: 30_000 } });

const openTask = (no: string, kind: string) =>
  eventually(async () => (await place.api.prisma.task.findMany({ where: { orderNo: no, kind, state: 'open' } }))[0]);

it('HT-5 HT-18 the release of a hold is undone with its history kept, and one that had its effect says which', async () => {
  const { no, id: review } = await place.reviewOf();
  const lead = place.api.as('u-finance-lead-1');
  expect((await lead.post(`/orders/${no}/holds`, { reason: 'forced' }, freshKey())).status).toBe(200);
  const { id: taskId } = await openTask(no, 'hold.lift');
  const release = () => lead.post(`/orders/${no}/decisions`, { taskId, outcome: 'approve' }, freshKey());
  const undo = () => lead.post(`/orders/${no}/decision-withdrawals`, { taskId, reasonCode: 'hasty' }, freshKey());
  const holds = async () => (await place.api.as('u-admin-1').get(`/orders/${no}/explain`)).body.holds;
  expect((await release()).status).toBe(200);
  expect(await holds()).toEqual([]);
  expect((await undo()).status).toBe(200);
  expect(await holds()).toMatchObject([{ reason: 'forced' }]);
  expect(await openTask(no, 'hold.lift')).toMatchObject({ id: taskId, decidedBy: null, closedAt: null });
  const told = await place.api.prisma.notice.findMany({ where: { orderNo: no, template: 'decisionWithdrawn' } });
  expect(told).toMatchObject([{ to: ['u-sales-1', 'u-sales-1', 'sales_director', 'finance_lead'] }]);
  expect((await release()).status).toBe(200);
  const history = await place.api.prisma.taskEvent.findMany({ where: { taskId }, orderBy: { at: 'asc' } });
  expect(history.map(({ kind }) => kind)).toEqual(['offered', 'decided', 'taken_back', 'decided']);
  const approval = { taskId: review, outcome: 'approve' };
  await place.api.as('u-sales-supervisor-1').post(`/orders/${no}/decisions`, approval, freshKey());
  await eventually(
    async () => (await place.api.prisma.fact.findMany({ where: { orderNo: no, kind: 'confirmationSent' } }))[0],
  );
  expect(await undo()).toMatchObject({ status: 409, body: { code: 'too_late', after: 'confirmationSent' } });
});

it('HT-5 a request that nobody made is not withdrawn, and others’ roles are not asked', async () => {
  const no = await place.take();
  const withdraw = (user: string, what: string) =>
    place.api.as(user).post(`/orders/${no}/${what}-withdrawals`, { reasonCode: 'mistake' }, freshKey());
  expect(await withdraw('u-sales-1', 'cancellation')).toMatchObject({ status: 409, body: { code: 'nothing_asked' } });
  expect((await withdraw('u-sales-1', 'release')).status).toBe(409);
  expect((await withdraw('u-warehouse-1', 'release')).status).toBe(403);
});
