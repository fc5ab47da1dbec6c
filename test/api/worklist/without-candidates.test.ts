import { oneSlot } from '../../../domain/inside/kernel/worklist/task';
import { organisationReader } from '../../../prisma/organisation';
import { judgeCandidates } from '../../../worker/without-candidates';
import { anOrder, type ApiUnderTest, freshKey, startApi } from '../api-under-test';

let api: ApiUnderTest;
let no: string;
beforeAll(async () => {
  api = await startApi();
  no = (await api.as('u-sales-1').post('/orders', anOrder(), freshKey())).body.no;
});
afterAll(() => api.stop());

const judge = () =>
  judgeCandidates({ prisma: api.prisma, organisation: organisationReader(api.prisma) }, Date.now() + 5000);

let serial = 0;
/** An open task in the book, as a filing would have written it. */
const open = async (role: 'legal' | 'analyst', fallback: string[] = ['general_manager']): Promise<string> => {
  serial += 1;
  const id = `${no}/${100 + serial}`;
  const { slots, signing } = oneSlot([{ role }]);
  await api.prisma.task.create({
    data: {
      id,
      workflowId: `order-${no}`,
      orderNo: no,
      kind: 'review.technical',
      revision: 1,
      level: serial,
      roles: [role],
      users: [],
      excluded: [],
      outcomes: ['approve', 'reject'],
      rule: 'test',
      evidence: {},
      openedAt: new Date(),
      dueAt: new Date(Date.now() + 3_600_000),
      state: 'open',
      slots: slots as object[],
      signing: { ...signing },
      fallback,
    },
  });
  return id;
};
const leave = (userId: string, active: boolean) => api.as('u-admin-1').patch(`/users/${userId}`, { active });
const inboxOf = async (user: string): Promise<string[]> =>
  (await api.as(user).get('/tasks?limit=100')).body.items.map(({ id }: { id: string }) => id);
const noticesOf = async (id: string) =>
  (
    await api.prisma.notice.findMany({ where: { template: 'task.without_candidates', key: { startsWith: `${id}:` } } })
  ).map(({ to }) => to);
const historyOf = async (taskId: string) =>
  (await api.prisma.taskEvent.findMany({ where: { taskId }, orderBy: { at: 'asc' } })).map(({ kind }) => kind);

test('HT-2 a task that nobody holds comes to its fallback, who is told once; and goes back when somebody is there', async () => {
  const id = await open('legal');
  await judge();
  expect(await inboxOf('u-general-manager-1')).not.toContain(id);
  expect(await judge()).toBe(0);
  await leave('u-legal-1', false);
  try {
    expect(await judge()).toBeGreaterThan(0);
    expect(await inboxOf('u-general-manager-1')).toContain(id);
    expect((await api.as('u-general-manager-1').get(`/tasks/${encodeURIComponent(id)}`)).body).toMatchObject({
      withoutCandidates: true,
      mayDecide: true,
      as: { asFallback: true },
    });
    expect(await noticesOf(id)).toEqual([['general_manager']]);
    // The organisation changes, and still nobody is there: they know already.
    await leave('u-analyst-1', true);
    await judge();
    expect(await noticesOf(id)).toHaveLength(1);
  } finally {
    await leave('u-legal-1', true);
  }
  await judge();
  expect(await inboxOf('u-general-manager-1')).not.toContain(id);
  expect(await historyOf(id)).toEqual(['without_candidates', 'seen', 'manned']);
});

test('HT-2 a task that is opened with nobody there is judged at the next pass, others are not looked at again', async () => {
  await leave('u-legal-1', false);
  try {
    await judge();
    const id = await open('legal');
    expect(await judge()).toBe(1);
    expect(await noticesOf(id)).toHaveLength(1);
  } finally {
    await leave('u-legal-1', true);
    await judge();
  }
});

test('HT-2 who is asked has changed: the task is judged again, whoever wrote it', async () => {
  const id = await open('legal');
  await judge();
  const { slots } = oneSlot([{ user: 'u-nobody' }]);
  await api.prisma.task.update({ where: { id }, data: { slots: slots as object[], roles: [], users: ['u-nobody'] } });
  expect(await judge()).toBe(1);
  expect((await api.prisma.task.findUniqueOrThrow({ where: { id } })).withoutCandidates).toBe(true);
});

test('HT-2 where the fallback is nobody either, the admins are told', async () => {
  await leave('u-legal-1', false);
  try {
    const id = await open('legal', []);
    await judge();
    expect(await noticesOf(id)).toEqual([['admin']]);
  } finally {
    await leave('u-legal-1', true);
  }
});

test('HT-2 a company full of tasks is judged in one pass, and a pass without a change is one look into an index', async () => {
  await judge();
  await Promise.all(Array.from({ length: 450 }, async () => open('analyst')));
  expect(await judge()).toBe(450);
  expect(await judge()).toBe(0);
  const plan = await api.prisma.$transaction(async (transaction) => {
    // So few rows are read whole by any planner: what counts is that it can do better.
    await transaction.$executeRaw`set local enable_seqscan = off`;
    return transaction.$queryRaw`
      explain select t.id from organisation_version v join tasks t on t.state = 'open' and t."candidatesAsOf" < v.version`;
  });
  expect(JSON.stringify(plan)).toContain('tasks_to_judge');
});
