import { randomUUID } from 'node:crypto';
import { anOrder, type Answer, answerOf, freshKey } from './api-under-test';
import { apiAtWork, yuan } from './api-at-work';
import { eventually } from './worker-under-test';

const place = apiAtWork();
const { take } = place;

/** The order's open task of a kind, once it is there. */
const openTask = (no: string, kind: string) =>
  eventually(async () => {
    const { body } = await place.api.as('u-admin-1').get(`/orders/${no}`);
    return (body.tasks as { id: string; kind: string; roles: string[] }[]).find((task) => task.kind === kind);
  });

const decide = (
  user: string,
  no: string,
  taskId: string,
  headers = freshKey(),
  more: object = { outcome: 'approve' },
) => place.api.as(user).post(`/orders/${no}/decisions`, { taskId, ...more }, headers);

const reviewer = 'u-sales-supervisor-1';

test('IN-8 receipt is acknowledged to the customer at once, and who took it is told how long the confirmation takes', async () => {
  const { body } = await place.api.as('u-sales-1').post('/orders', anOrder(), freshKey());
  expect(body.confirmationWithin).toMatch(/PT2H$/);
  await openTask(body.no, 'review.sales');
  const notices = await place.api.prisma.notice.findMany({ where: { orderNo: body.no, template: 'orderAccepted' } });
  expect(notices).toMatchObject([{ to: ['customer'] }]);
});

test('X1 a decision is applied, and whoever sends it reads what it did', async () => {
  const no = await take();
  const task = await openTask(no, 'review.sales');
  const answer = await decide(reviewer, no, task.id);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ state: 'applied', order: { no } });
  await place.untilItIs(no, 'awaiting_confirmation');
  const { body } = await place.api.as('u-sales-1').get(`/orders/${no}`);
  expect(body.version).toBeGreaterThanOrEqual(answer.body.order.version);
  const message = await place.api.as(reviewer).get(`/messages/${answer.body.id}`);
  expect(message.body).toMatchObject({ kind: 'decisionMade', state: 'applied', because: null });
});

test('X2 a message that is sent again is answered the same and counts once, also at the same moment', async () => {
  const no = await take();
  const key = freshKey();
  const pay = () =>
    place.api.as('u-finance-1').post(`/orders/${no}/payments`, { amount: yuan('100'), method: 'bank' }, key);
  await openTask(no, 'review.sales');
  const answers = [...(await Promise.all([pay(), pay(), pay()])), await pay()];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const { body } = await place.api.as('u-finance-1').get(`/orders/${no}`);
  expect([body.received, body.payments.length]).toEqual([yuan('100.00'), 1]);
});

test('X1 a key that was used for another message, or by another sender, is refused', async () => {
  const no = await take();
  const key = freshKey();
  const pay = (user: string, amount: string) =>
    place.api.as(user).post(`/orders/${no}/payments`, { amount: yuan(amount), method: 'bank' }, key);
  expect((await pay('u-finance-1', '5')).status).toBe(200);
  for (const answer of [await pay('u-finance-1', '6'), await pay('u-finance-2', '5')])
    expect([answer.status, answer.body.code]).toEqual([409, 'idempotency_key_reused']);
});

test('RV-6 a decision on a task that is decided is refused, and says who decided what', async () => {
  const no = await take();
  const task = await openTask(no, 'review.sales');
  expect((await decide(reviewer, no, task.id)).status).toBe(200);
  const late = await decide('u-sales-2', no, task.id);
  expect([late.status, late.body.code]).toEqual([409, 'task_closed']);
  expect(late.body.task).toMatchObject({ outcome: 'approve', decidedBy: reviewer });
  const again = await place.api.as('u-sales-2').get(`/messages/${late.body.messageId}`);
  expect(again.body).toMatchObject({ state: 'ignored', because: 'task_closed' });
});

test('V3 who took the order does not review it', async () => {
  const no = await take();
  const task = await openTask(no, 'review.sales');
  const own = await decide('u-sales-1', no, task.id);
  expect([own.status, own.body.code]).toEqual([409, 'four_eyes']);
});

test('V5 HT-4 a rejection without a reason, or without a word why, is refused', async () => {
  const no = await take();
  const task = await openTask(no, 'review.sales');
  const silent = await decide(reviewer, no, task.id, freshKey(), { outcome: 'reject', reasonCode: 'price' });
  expect([silent.status, silent.body.errors]).toMatchObject([400, [{ field: 'comment' }]]);
  const answer = await decide(reviewer, no, task.id, freshKey(), { outcome: 'reject', comment: '价格不对' });
  expect([answer.status, answer.body.code]).toEqual([409, 'reason_required']);
});

test('RV-5 an approval with conditions names them', async () => {
  const no = await take();
  const task = await openTask(no, 'review.sales');
  const answer = await decide(reviewer, no, task.id, freshKey(), { outcome: 'approve_with_conditions' });
  expect([answer.status, answer.body.errors]).toMatchObject([400, [{ field: 'conditions' }]]);
});

test('V5 RV-2 HT-4 an answer that says two things is refused with what does not belong to it, and decides nothing', async () => {
  const no = await take();
  const task = await openTask(no, 'review.sales');
  const said: readonly (readonly [object, string])[] = [
    [{ outcome: 'approve', returnTo: 'taker' }, 'returnTo'],
    [{ outcome: 'approve', conditions: ['guarantee'] }, 'conditions'],
    [{ outcome: 'reject', reasonCode: 'price', comment: '不行', offeredOn: '2031-01-01' }, 'offeredOn'],
    [{ outcome: 'ask', comment: '何时？', materials: 'in_hand' }, 'materials'],
  ];
  for (const [answer, field] of said) {
    const { status, body } = await decide(reviewer, no, task.id, freshKey(), answer);
    expect([status, body.errors]).toMatchObject([400, [{ field }]]);
  }
  expect((await openTask(no, 'review.sales')).id).toBe(task.id);
});

test('W2 S3 an order of two hundred lines is filed in parts, each with what had counted by then', async () => {
  const line = { itemId: 'hinge-110', quantity: 1, unitPrice: yuan('12.00') };
  const no = await take({ lines: Array.from({ length: 200 }, () => line) });
  const task = await openTask(no, 'review.sales');
  expect((await decide(reviewer, no, task.id)).status).toBe(200);
  const { body } = await place.api.as('u-admin-1').get(`/orders/${no}?limit=100`);
  const facts = body.timeline.items as { filed: string }[];
  expect(body.version).toBe(facts.filter(({ filed }) => filed === 'applied').length);
  expect(await place.api.prisma.incident.findMany({ where: { orderNo: no } })).toEqual([]);
});

test('RV-7 of two who claim a task at once one has it, and only he decides', async () => {
  const no = await take({ salespersonId: 'u-sales-2' });
  const { id } = await openTask(no, 'review.sales');
  const url = `/tasks/${encodeURIComponent(id)}`;
  const users = ['u-sales-2', reviewer];
  const claims = await Promise.all(
    users.map(async (user) => [user, await place.api.as(user).put(`${url}/claim`)] as const),
  );
  const [winner] = claims.find(([, { status }]) => status === 200) ?? ['nobody'];
  const [loser, refused] = claims.find(([, { status }]) => status !== 200) ?? ['nobody', undefined];
  expect([refused?.status, refused?.body.code, refused?.body.claimedBy]).toEqual([409, 'claimed_by_other', winner]);
  const meddled = await decide(loser, no, id);
  expect([meddled.status, meddled.body.code]).toEqual([409, 'claimed_by_other']);
  expect((await place.api.as(winner).delete(`${url}/claim`)).body.claimedBy).toBeNull();
  expect((await place.api.as(loser).put(`${url}/claim`)).status).toBe(200);
  const { body } = await place.api.as(loser).get(url);
  expect(body.history.map(({ kind }: { kind: string }) => kind)).toEqual(
    expect.arrayContaining(['offered', 'claimed', 'unclaimed', 'seen']),
  );
});

test('HT-17 the inbox shows my tasks with counts, and nobody else’s', async () => {
  const no = await take();
  const { id } = await openTask(no, 'review.sales');
  const ids = (answer: Answer) => answer.body.items.map((task: { id: string }) => task.id);
  const mine = await place.api.as(reviewer).get('/tasks?kind=review.sales&limit=100');
  expect(ids(mine)).toContain(id);
  expect(mine.body.counts.find(({ kind }: { kind: string }) => kind === 'review.sales').open).toBeGreaterThan(0);
  // Taken by u-sales-1: four eyes keep him out.
  expect(ids(await place.api.as('u-sales-1').get('/tasks?limit=100'))).not.toContain(id);
  expect(ids(await place.api.as('u-warehouse-1').get('/tasks?limit=100'))).not.toContain(id);
  const first = await place.api.as(reviewer).get('/tasks?limit=1');
  const second = await place.api.as(reviewer).get(`/tasks?limit=1&after=${encodeURIComponent(first.body.next)}`);
  expect(ids(second)).not.toEqual(ids(first));
});

test('IN-5 an order on hold is completed by a revision and goes on by itself', async () => {
  const no = await take({ phone: undefined });
  await openTask(no, 'intake.contact');
  const intake = anOrder({ packagingRemark: '防潮' });
  const answer = await place.api
    .as('u-sales-1')
    .post(`/orders/${no}/revisions`, { fromRevision: 1, intake }, freshKey());
  expect([answer.status, answer.body.order?.revision]).toEqual([200, 2]);
  await openTask(no, 'review.sales');
  const { body } = await place.api.as('u-sales-1').get(`/orders/${no}`);
  expect(body).toMatchObject({ revision: 2, intake: { packagingRemark: '防潮' }, lines: [{ quantity: 100 }] });
  const stale = await place.api
    .as('u-sales-1')
    .post(`/orders/${no}/revisions`, { fromRevision: 1, intake }, freshKey());
  expect([stale.status, stale.body.code]).toEqual([409, 'stale_revision']);
});

test('HG-4 a payment that was entered wrongly is taken back, once', async () => {
  const no = await take();
  await openTask(no, 'review.sales');
  const finance = place.api.as('u-finance-1');
  const { body: paid } = await finance.post(
    `/orders/${no}/payments`,
    { amount: yuan('30.01'), method: 'cash' },
    freshKey(),
  );
  const reversal = { paymentId: paid.id, reasonCode: 'wrong_order' };
  expect((await finance.post(`/orders/${no}/payment-reversals`, reversal, freshKey())).status).toBe(200);
  const twice = await finance.post(`/orders/${no}/payment-reversals`, reversal, freshKey());
  expect([twice.status, twice.body.code]).toEqual([409, 'already_reversed']);
  expect((await finance.get(`/orders/${no}`)).body.received).toEqual(yuan('0.00'));
  const notMine = await place.api.as('u-sales-1').post(`/orders/${no}/payments`, { amount: yuan('1'), method: 'cash' });
  expect(notMine.status).toBe(403);
});

test('DL-1 a file is filed with the order, checked for what it is, and read back unchanged', async () => {
  const no = await take();
  await openTask(no, 'review.sales');
  const file = async (bytes: string, type: string, key = randomUUID()) => {
    const form = new FormData();
    form.set('purpose', 'contract');
    form.set('file', new Blob([bytes], { type }), '合同.pdf');
    const headers = { authorization: `Bearer ${place.api.tokens['u-sales-1']}`, 'idempotency-key': key };
    return answerOf(
      await fetch(`${place.api.url}/api/v1/orders/${no}/attachments`, { method: 'POST', body: form, headers }),
    );
  };
  const key = randomUUID();
  const filed = await file('%PDF-1.7 hello', 'application/pdf', key);
  expect([filed.status, filed.body.state]).toEqual([200, 'applied']);
  expect((await file('%PDF-1.7 hello', 'application/pdf', key)).status).toBe(200);
  expect((await file('%PDF-1.7 other', 'application/pdf', key)).body.code).toBe('idempotency_key_reused');
  expect((await file('<script>', 'application/pdf')).status).toBe(415);
  expect((await file('<script>', 'text/html')).status).toBe(415);
  expect((await file('x'.repeat(10 * 1024 * 1024 + 1), 'text/plain')).status).toBe(413);
  const two = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\r\n'.repeat(2);
  const damaged: readonly (readonly [string, string, string])[] = [
    ['multipart/form-data', '--x--', 'malformed_request'],
    ['multipart/form-data; boundary=', '--x--', 'malformed_request'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Dispo', 'malformed_request'],
    ['multipart/form-data; boundary=x', two, 'malformed_request'],
    ['multipart/form-data; boundary=x', `${two}--x--\r\n`, 'invalid_input'],
  ];
  for (const [type, body, code] of damaged) {
    const headers = {
      authorization: `Bearer ${place.api.tokens['u-sales-1']}`,
      'idempotency-key': randomUUID(),
      'content-type': type,
    };
    const answer = await answerOf(
      await fetch(`${place.api.url}/api/v1/orders/${no}/attachments`, { method: 'POST', body, headers }),
    );
    expect([answer.status, answer.body.code, answer.body.errors[0].field]).toEqual([400, code, 'file']);
  }
  const { body: list } = await place.api.as('u-sales-1').get(`/orders/${no}/attachments`);
  expect(list.items).toMatchObject([{ fileName: '合同.pdf', purpose: 'contract', size: 14 }]);
  const read = await place.api.as('u-sales-1').get(`/attachments/${list.items[0].id}`);
  expect([read.body, read.headers['content-type']]).toEqual(['%PDF-1.7 hello', 'application/pdf']);
  expect((await place.api.as('u-sales-2').get(`/attachments/${list.items[0].id}`)).status).toBe(404);
});

test('EX-1 AX-1 an order explains itself, and its file is whole', async () => {
  const no = await take();
  await openTask(no, 'review.sales');
  await place.api.as('u-sales-1').post(`/orders/${no}/notes`, { text: '客户要求加急' }, freshKey());
  const explained = await place.api.as('u-sales-1').get(`/orders/${no}/explain`);
  expect(explained.body).toMatchObject({
    status: 'pending_review',
    words: { zh: '待审核' },
    waitingFor: [{ role: 'sales' }, {}],
  });
  const review = explained.body.waiting.find(({ what }: { what: string }) => what === 'review.sales');
  expect(review).toMatchObject({
    rule: 'every_order',
    notAllowed: [{ userId: 'u-sales-1' }],
    next: [{ do: 'remind' }, { do: 'escalate' }],
  });
  const { body } = await place.api.as('u-sales-1').get(`/orders/${no}/file`);
  expect(body.completeness).toEqual({ complete: true, gaps: [] });
  expect(body.intakes).toMatchObject([{ revision: 1, body: { contact: '孔女士' } }]);
  expect(body.decisions).toMatchObject([{ kind: 'review.sales', state: 'open' }]);
  expect(body.history).toMatchObject([{ kind: 'offered', actor: 'process' }]);
  expect(body.ledger).toEqual([]);
  expect(body.notes).toMatchObject([{ text: '客户要求加急' }]);
  expect(body.facts[0]).toMatchObject({ kind: 'orderAccepted', filed: 'applied' });
});
