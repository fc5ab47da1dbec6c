import { apiAtWork, yuan } from './api-at-work';
import { type Answer, freshKey } from './api-under-test';

let clock = 0;
const place = apiAtWork({ now: () => new Date(Date.now() + clock) });
const { reviewOf } = place;

const reviewer = 'u-sales-supervisor-1';

const see = (user: string, { url }: { url: string }) => place.api.as(user).get(url);
const idsOf = ({ body }: Answer): string[] => body.items.map(({ id }: { id: string }) => id);

describe('who may decide', () => {
  test('HT-17 the inbox says as whom I may decide; who may not is told why, and who can by name', async () => {
    const task = await reviewOf();
    const mine = (await place.api.as(reviewer).get('/tasks?limit=100')).body.items.find(
      ({ id }: { id: string }) => id === task.id,
    );
    const byRole = { onBehalfOf: null, substitution: null, asFallback: false, slot: 1 };
    expect(mine).toMatchObject({ mayDecide: true, as: byRole, because: null, candidates: [] });
    expect((await see('u-sales-1', task)).body).toMatchObject({
      mayDecide: false,
      as: null,
      because: 'four_eyes',
      candidates: [
        { userId: 'u-sales-2', name: '李强' },
        { userId: reviewer, name: '陈静' },
      ],
    });
    expect((await see('u-legal-1', task)).body).toMatchObject({ mayDecide: false, because: 'not_a_candidate' });
    await place.api.as('u-sales-2').put(`${task.url}/claim`);
    expect((await see(reviewer, task)).body).toMatchObject({
      mayDecide: false,
      because: 'claimed_by_other',
      candidates: [{ userId: 'u-sales-2' }],
    });
  });

  test('HT-11 who may approve less than the task is about sees it, and that it is over his limit', async () => {
    const task = await reviewOf();
    const url = `/users/${reviewer}/approval-limit`;
    await place.api.as('u-admin-1').put(url, { amount: yuan('1') });
    try {
      expect((await see(reviewer, task)).body).toMatchObject({ mayDecide: false, because: 'over_limit' });
      expect((await see('u-sales-1', task)).body.candidates).toEqual([{ userId: 'u-sales-2', name: '李强' }]);
      const body = { taskId: task.id, outcome: 'approve' };
      const refused = await place.api.as(reviewer).post(`/orders/${task.no}/decisions`, body, freshKey());
      expect([refused.status, refused.body.code]).toEqual([409, 'over_limit']);
    } finally {
      await place.api.as('u-admin-1').delete(url);
    }
    expect((await see(reviewer, task)).body.mayDecide).toBe(true);
  });

  test('HT-3 HT-6 signatures are shown slot by slot, with whose turn it is', async () => {
    const task = await reviewOf();
    const add = { taskId: task.id, how: 'add_before', to: 'u-legal-1' };
    await place.api.as(reviewer).post(`/orders/${task.no}/task-moves`, add, freshKey());
    expect((await see(reviewer, task)).body).toMatchObject({ mayDecide: false, because: 'not_your_turn' });
    const sign = (user: string) =>
      place.api.as(user).post(`/orders/${task.no}/decisions`, { taskId: task.id, outcome: 'approve' }, freshKey());
    expect((await sign('u-legal-1')).status).toBe(200);
    const { body } = await see(reviewer, task);
    expect(body).toMatchObject({
      mayDecide: true,
      signing: { needed: 1 },
      slots: [
        { no: 1, turn: 2, state: 'open', signature: null, addedBy: null },
        { no: 2, turn: 1, state: 'signed', addedBy: reviewer, signature: { by: 'u-legal-1', outcome: 'approve' } },
      ],
    });
    expect((await sign(reviewer)).status).toBe(200);
    expect((await see(reviewer, task)).body).toMatchObject({ mayDecide: false, because: 'task_closed' });
  });
});

describe('priority and follow-up', () => {
  test('HT-8 what presses more comes first, on every page, and the history says who said so', async () => {
    const tasks = [await reviewOf(), await reviewOf(), await reviewOf()];
    const last = tasks[2];
    const followed = await place.api.as(reviewer).put(`${last?.url}/follow-up`, { on: '2026-12-24', priority: 3 });
    expect(followed.body).toMatchObject({ followUpOn: '2026-12-24', priority: 3 });
    const first = await place.api.as(reviewer).get('/tasks?limit=1');
    expect(idsOf(first)).toEqual([last?.id]);
    const seen = [...idsOf(first)];
    for (let next = first.body.next; next !== null;) {
      const page = await place.api.as(reviewer).get(`/tasks?limit=1&after=${encodeURIComponent(next)}`);
      seen.push(...idsOf(page));
      next = page.body.next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(tasks.map(({ id }) => id)));
    expect((await see(reviewer, { url: last?.url ?? '' })).body.history).toContainEqual(
      expect.objectContaining({ kind: 'followed_up', actor: reviewer, detail: { on: '2026-12-24', priority: 3 } }),
    );
    const other = await place.api.as('u-legal-1').put(`${last?.url}/follow-up`, { priority: 1 });
    expect([other.status, other.body.code]).toEqual([403, 'not_a_candidate']);
    expect((await place.api.as(reviewer).put(`${last?.url}/follow-up`, { priority: 4 })).status).toBe(400);
    expect((await place.api.as(reviewer).put(`${last?.url}/follow-up`, {})).body).toMatchObject({
      followUpOn: null,
      priority: 0,
    });
  });
});

describe('around a task', () => {
  test('HT-13 a note on a task tells whom it mentions, and nobody who may not see the order', async () => {
    const task = await reviewOf();
    const note = (body: object, key = freshKey()) => place.api.as('u-sales-2').post(`${task.url}/notes`, body, key);
    const key = freshKey();
    const body = { text: '价格请法务确认', mentions: ['u-legal-1', 'u-sales-1'] };
    const made = await note(body, key);
    expect([made.status, made.body]).toMatchObject([201, { author: 'u-sales-2', ...body }]);
    expect((await note(body, key)).body).toEqual(made.body);
    const notices = await place.api.prisma.notice.findMany({ where: { key: `note:${made.body.id}` } });
    expect(notices).toMatchObject([
      { template: 'note.mentioned', to: body.mentions, detail: { of: task.id, by: 'u-sales-2' } },
    ]);
    expect(JSON.stringify(notices)).not.toContain('价格');
    expect((await see(reviewer, task)).body.notes).toEqual([made.body]);
    for (const stranger of ['u-sales-2', 'u-nobody']) {
      const refused = await note({ text: 'x', mentions: [stranger] });
      expect([refused.status, refused.body.errors[0].field]).toEqual([400, 'mentions']);
    }
  });

  test('HT-13 a carbon copy is told once, found in a list of its own, and says when it was read', async () => {
    const task = await reviewOf();
    const copy = (userId: string) => place.api.as(reviewer).put(`${task.url}/copies/${userId}`);
    expect((await copy('u-legal-1')).body.items).toMatchObject([{ userId: 'u-legal-1', by: reviewer, seenAt: null }]);
    await copy('u-legal-1');
    expect(
      await place.api.prisma.notice.count({ where: { template: 'task.copied', key: { startsWith: `${task.id}:` } } }),
    ).toBe(1);
    const copied = await place.api.as('u-legal-1').get('/tasks?copied=true');
    expect(copied.body.items).toMatchObject([{ id: task.id, mayDecide: false }]);
    expect(idsOf(await place.api.as('u-legal-1').get('/tasks'))).not.toContain(task.id);
    await see('u-legal-1', task);
    const { body } = await see(reviewer, task);
    expect(body.copies).toMatchObject([{ userId: 'u-legal-1', name: '高峰', seenAt: expect.any(String) }]);
    expect(body.seen).toContainEqual({ userId: 'u-legal-1', name: '高峰', at: body.copies[0].seenAt });
    expect((await copy('u-nobody')).status).toBe(400);
  });

  test('HT-9 the requester nudges whoever can decide, once an hour, also at the same moment', async () => {
    const task = await reviewOf();
    const nudge = (user = 'u-sales-1') => place.api.as(user).post(`${task.url}/nudges`, {});
    const answers = await Promise.all([nudge(), nudge(), nudge()]);
    expect(answers.map(({ status }) => `${status}`).toSorted()).toEqual(['201', '429', '429']);
    const [late] = answers.filter(({ status }) => status === 429);
    expect(Number(late?.headers['retry-after'])).toBeGreaterThan(3500);
    const notices = await place.api.prisma.notice.findMany({ where: { orderNo: task.no, template: 'task.nudged' } });
    expect(notices).toMatchObject([{ to: ['u-sales-2', reviewer], detail: { of: task.id, by: 'u-sales-1' } }]);
    expect((await nudge('u-legal-1')).status).toBe(403);
    clock = 3_601_000;
    try {
      expect((await nudge()).status).toBe(201);
    } finally {
      clock = 0;
    }
    const body = { taskId: task.id, outcome: 'approve' };
    await place.api.as(reviewer).post(`/orders/${task.no}/decisions`, body, freshKey());
    expect((await nudge()).body.code).toBe('task_closed');
  });
});

describe('approvers', () => {
  test('HT-17 per approver: how much, since when, and what will be late by the end of the next working day', async () => {
    const task = await reviewOf();
    const report = async () => (await place.api.as('u-director-1').get('/reports/approvers?limit=100')).body;
    const of = async (userId: string) =>
      (await report()).items.find((one: { userId: string }) => one.userId === userId) ?? {
        open: 0,
        dueSoon: 0,
        overdue: 0,
      };
    const before = await of(reviewer);
    expect(before).toMatchObject({ name: '陈静', oldest: expect.any(String) });
    const book = (dueAt: Date) => place.api.prisma.task.update({ where: { id: task.id }, data: { dueAt } });
    await book(new Date(Date.now() - 60_000));
    const late = await of(reviewer);
    expect(late.overdue).toBe(before.overdue + 1);
    await book(new Date(Date.now() + 30 * 86_400_000));
    const calm = await of(reviewer);
    expect([calm.overdue, calm.open]).toEqual([before.overdue, before.open]);
    await place.api.as('u-sales-2').put(`${task.url}/claim`);
    expect((await of(reviewer)).open).toBe(before.open - 1);
    expect((await of('u-sales-2')).claimed).toBeGreaterThan(0);
    const { soon, asOf } = await report();
    expect(Date.parse(soon)).toBeGreaterThan(Date.parse(asOf));
    expect((await place.api.as('u-sales-1').get('/reports/approvers')).status).toBe(403);
  });
});
