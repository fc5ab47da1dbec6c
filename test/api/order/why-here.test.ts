import { apiAtWork } from '../api-at-work';
import { freshKey } from '../api-under-test';
import { eventually } from '../worker-under-test';

const place = apiAtWork();
const { reviewOf } = place;
const reviewer = 'u-sales-supervisor-1';

const explain = async (no: string) => (await place.api.as('u-admin-1').get(`/orders/${no}/explain`)).body;

/** What the Temporal UI has of an order: what it is filtered by, and its details. */
async function inTemporal(no: string): Promise<{ readonly waitingFor: unknown; readonly details: string }> {
  const handle = place.api.temporal.workflow.getHandle(`order-${no}`);
  const { typedSearchAttributes } = await handle.describe();
  const pairs = typedSearchAttributes.getAll();
  const metadata = await handle.query<{ readonly currentDetails: string }>('__temporal_workflow_metadata');
  return { waitingFor: pairs.find(({ key }) => key.name === 'WaitingFor')?.value, details: metadata.currentDetails };
}

test('RV-8 HT-17 a task that went to one person stays on the lists of its role, with his name beside it', async () => {
  const { no, id, url } = await reviewOf();
  const body = { taskId: id, how: 'transfer', to: 'u-sales-2' };
  expect((await place.api.as(reviewer).post(`/orders/${no}/task-moves`, body, freshKey())).status).toBe(200);
  const found = await place.api.as('u-admin-1').get('/orders?waitingFor=sales&limit=100');
  expect(found.body.items.map((row: { no: string }) => row.no)).toContain(no);
  const answer = await explain(no);
  expect(answer).toMatchObject({
    waitingFor: [{ role: 'sales' }, { role: 'sales_supervisor' }],
    persons: ['u-sales-2'],
  });
  const [review] = answer.waiting.filter(({ taskId }: { taskId: string }) => taskId === id);
  const asked = { responsible: ['sales', 'sales_supervisor'], roles: [], users: ['u-sales-2'], claimedBy: null };
  expect(review).toMatchObject(asked);
  const shown = await inTemporal(no);
  expect(shown.waitingFor).toEqual(['sales', 'sales_supervisor']);
  expect(shown.details).toContain('(u-sales-2)');
  // It is nobody else's to decide all the same.
  const others = await place.api.as('u-sales-1').get('/tasks?limit=100');
  expect(others.body.items.map((task: { id: string }) => task.id)).not.toContain(id);
  await place.api.as('u-sales-2').put(`${url}/claim`);
  const [claimed] = (await explain(no)).waiting.filter(({ taskId }: { taskId: string }) => taskId === id);
  expect(claimed.claimedBy).toBe('u-sales-2');
});

test('HT-16 EX-1 what policy notes to a rule stands with it in the inbox, the explanation and the Temporal UI', async () => {
  const { no, id, url } = await reviewOf();
  const ruleNotes = [{ zh: '每单必审', en: 'Sales reviews every order' }];
  expect((await place.api.as(reviewer).get(url)).body).toMatchObject({ rule: 'every_order', ruleNotes });
  const inbox = await place.api.as(reviewer).get('/tasks?limit=100');
  expect(inbox.body.items.find((task: { id: string }) => task.id === id)).toMatchObject({ ruleNotes });
  expect((await explain(no)).waiting[0]).toMatchObject({ taskId: id, rule: 'every_order', ruleNotes });
  expect((await inTemporal(no)).details).toContain('because every_order · 每单必审 Sales reviews every order');
});

test('HT-4 EX-1 a returned order says the same by API and in the Temporal UI: who, why, from which task, what then', async () => {
  const { no, id } = await reviewOf();
  const body = { taskId: id, outcome: 'return', reasonCode: 'address', comment: '地址不全' };
  expect((await place.api.as(reviewer).post(`/orders/${no}/decisions`, body, freshKey())).status).toBe(200);
  const { returned, waiting, waitsFor } = await eventually(async () => {
    const answer = await explain(no);
    return answer.waiting.length === 0 ? undefined : answer;
  });
  expect(waitsFor).toBe('the taker, to revise and resubmit');
  const who = { by: reviewer, reasonCode: 'address', taskId: id, task: 'review.sales', asks: ['review.sales'] };
  expect(returned).toMatchObject(who);
  expect(waiting.find(({ what }: { what: string }) => what === 'returned')).toMatchObject({
    rule: 'a reviewer sent it back',
    evidence: { by: reviewer, reason: 'address', taskId: id },
  });
  const { details } = await inTemporal(no);
  for (const words of [`Returned by ${reviewer}`, id, 'address', 'a reviewer sent it back'])
    expect(details).toContain(words);
});

test('HT-2 EX-1 where nobody is there whom a task asks, the explanation says that its fallback may act', async () => {
  const { no, id } = await reviewOf();
  const rowOf = async () => (await explain(no)).waiting.find(({ taskId }: { taskId: string }) => taskId === id);
  const before = await rowOf();
  expect(before).toMatchObject({ withoutCandidates: false, signed: [], needed: 1 });
  expect(before.fallback.length).toBeGreaterThan(0);
  expect(before.roles).not.toEqual(before.fallback);
  await place.api.prisma.task.update({ where: { id }, data: { withoutCandidates: true } });
  const { responsible, fallback } = before;
  expect(await rowOf()).toMatchObject({ withoutCandidates: true, roles: fallback, users: [], responsible });
});

const decide = async (no: string, body: object) =>
  (await place.api.as(reviewer).post(`/orders/${no}/decisions`, body, freshKey())).status;

test('RV-6 EX-1 the words of a question stand in the history of its task and in the explanation, until it is answered', async () => {
  const { no, id, url } = await reviewOf();
  const comment = '图纸是哪一版？';
  expect(await decide(no, { taskId: id, outcome: 'ask', comment })).toBe(200);
  const questions = async () =>
    (await explain(no)).waiting.find(({ taskId }: { taskId: string }) => taskId === id).questions;
  const question = { by: reviewer, onBehalfOf: null, words: comment };
  expect(await questions()).toMatchObject([{ ...question, answeredAt: null }]);
  const history = async (user: string) => (await place.api.as(user).get(url)).body.history;
  expect((await history('u-admin-1')).find(({ kind }: { kind: string }) => kind === 'asked').words).toBe(comment);
  const { details } = await inTemporal(no);
  expect(details).toContain(`question by ${reviewer} at`);
  expect(details).not.toContain(comment);
  const note = { text: '第三版' };
  expect((await place.api.as('u-sales-1').post(`${url}/notes`, note, freshKey())).status).toBe(201);
  const [answered] = await questions();
  expect(answered.answeredAt).toEqual(expect.any(String));
});

test('HT-4 EX-1 the words of a return stand in the history of its task, and with who returned the order', async () => {
  const { no, id, url } = await reviewOf();
  const comment = '门牌号缺失';
  expect(await decide(no, { taskId: id, outcome: 'return', reasonCode: 'address', comment })).toBe(200);
  expect((await explain(no)).returned).toMatchObject({ by: reviewer, taskId: id, words: comment });
  const { history } = (await place.api.as('u-admin-1').get(url)).body;
  const words = history.map(({ kind, words: said }: { kind: string; words: string | null }) => [kind, said]);
  expect(words).toContainEqual(['decided', comment]);
  expect(words).toContainEqual(['offered', null]);
});

test('RV-6 GV-1 who may see the task but not its order is shown no words of it', async () => {
  const { no, id, url } = await reviewOf();
  expect(await decide(no, { taskId: id, outcome: 'ask', comment: '客户是谁？' })).toBe(200);
  // Another salesperson: the task asks his role, the order is not his.
  await place.api.prisma.task.update({ where: { id }, data: { roles: ['sales'] } });
  expect((await place.api.as('u-sales-2').get(`/orders/${no}`)).status).toBe(404);
  const seen = await place.api.as('u-sales-2').get(url);
  expect(seen.status).toBe(200);
  const asked = seen.body.history.find(({ kind }: { kind: string }) => kind === 'asked');
  expect(asked).toMatchObject({ actor: reviewer, words: null });
});
