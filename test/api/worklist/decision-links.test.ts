import { createHash } from 'node:crypto';
import { type Mailbox, openMailbox } from '../../harness/smtp';
import { organisationReader } from '../../../prisma/organisation';
import type { Outcome } from '../../../domain/inside/kernel/worklist/terms';
import { deliverOnce } from '../../../worker/notices/deliver';
import { linksFor } from '../../../worker/notices/links';
import { deliverySettings } from '../../../worker/notices/settings';
import { apiAtWork } from '../api-at-work';
import { anOrder, type Answer, answerOf, type ApiUnderTest, freshKey, startApi } from '../api-under-test';
import { eventually, startWorker } from '../worker-under-test';

const work = apiAtWork();
let box: Mailbox | undefined;
afterAll(() => box?.stop());
const reviewer = 'u-sales-supervisor-1';
const colleague = 'u-sales-2';

/** An order and its open sales review. */
async function reviewed(api: ApiUnderTest = work.api): Promise<{ no: string; taskId: string }> {
  const { body } = await api.as('u-sales-1').post('/orders', anOrder(), freshKey());
  const task = await eventually(async () =>
    api.prisma.task.findFirst({ where: { orderNo: body.no, kind: 'review.sales' } }).then((row) => row ?? undefined),
  );
  return { no: body.no, taskId: task.id };
}

/** Fresh links for somebody, by what they answer. */
async function links(userId: string, taskId: string, api: ApiUnderTest = work.api): Promise<Record<string, string>> {
  const outcomes: readonly Outcome[] = ['approve', 'return', 'reject', 'ask'];
  const made = await linksFor(api.prisma, api.url, { userId, task: { id: taskId, outcomes } }, new Date());
  return Object.fromEntries(made.map(({ url, says }) => [says.en, url]));
}

const open = async (url = ''): Promise<Answer> => answerOf(await fetch(url));
const submit = async (url = '', fields: Record<string, string> = { outcome: 'approve' }): Promise<Answer> =>
  answerOf(await fetch(url, { method: 'POST', body: new URLSearchParams(fields) }));
const decisionsOn = (no: string) =>
  work.api.prisma.inboxMessage.findMany({ where: { orderNo: no, kind: 'decisionMade' } });

test('HT-15 a mail to who may decide has a link per answer; looking at them decides nothing, the form does', async () => {
  const { api } = work;
  const { no, taskId } = await reviewed();
  await api.prisma.user.update({ where: { id: reviewer }, data: { email: 'chen@dingdan.test' } });
  box = await openMailbox();
  const settings = deliverySettings(
    {
      mail: { smtpUrl: box.url, from: 'orders@dingdan.test', publicUrl: api.url },
      robots: new Map(),
      digestMinutes: 0,
    },
    { prisma: api.prisma, log: { warn: () => undefined } },
  );
  // What presses less waits for others, as long as the policy says.
  for (const minutes of [0, 11])
    await deliverOnce(
      { ...settings, organisation: organisationReader(api.prisma) },
      new Date(Date.now() + minutes * 60_000),
    );
  await api.prisma.user.update({ where: { id: reviewer }, data: { email: null } });
  const mail = box.mails.find(({ subject }) => subject?.startsWith(no));
  expect(mail?.text).toMatch(/^批准 approve: http.*\/t\/decide\/[A-Za-z0-9_-]{43}$/m);
  expect(mail?.text).toMatch(/^其他选项 other answers: http/m);
  expect(mail?.text).not.toContain('退回');
  const urls = [...(mail?.html ?? '').matchAll(/href="([^"]+)"/g)].map(([, url = '']) => url);
  expect(urls).toHaveLength(2);
  for (const url of [...urls, ...urls]) expect((await open(url)).status).toBe(200);
  expect((await api.prisma.task.findUnique({ where: { id: taskId } }))?.state).toBe('open');
  expect(await decisionsOn(no)).toEqual([]);
  const done = await submit(urls[0]);
  expect([done.status, done.body]).toEqual([200, expect.stringContaining('It counted; the link is used')]);
  expect(done.body).toMatch(/Decided by 陈静 at [\d: -]+: approve/);
  await work.untilItIs(no, 'awaiting_confirmation');
  const history = (await api.as(reviewer).get(`/tasks/${encodeURIComponent(taskId)}`)).body.history;
  expect(history).toContainEqual(expect.objectContaining({ kind: 'answered_by_link', actor: reviewer }));
});

test('HT-15 a page shows what is asked, tells no search engine and no other page, and has no token in it', async () => {
  const { no, taskId } = await reviewed();
  const { approve = '' } = await links(reviewer, taskId);
  const { body, headers } = await open(approve);
  expect(body).toContain(no);
  expect(body).toContain('初审 · sales review');
  expect(body).toContain('每单必审 · Sales reviews every order');
  expect(body).toContain('陈静，请确认您的决定');
  expect(body).not.toContain(approve.split('/').at(-1));
  expect(headers).toMatchObject({
    'content-security-policy': expect.stringMatching(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
    ),
    'referrer-policy': 'no-referrer',
    'x-robots-tag': expect.stringContaining('noindex'),
    'cache-control': 'no-store',
  });
  const [, style = ''] = /<style>([^]*)<\/style>/.exec(body) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`);
  for (const personal of ['孔女士', '025-8660', '中山北路']) expect(body).not.toContain(personal);
  const unknown = await open(`${work.api.url}/t/decide/${'a'.repeat(43)}`);
  expect([unknown.status, unknown.body]).toEqual([404, expect.stringContaining('This link is not known')]);
});

test('HT-15 V5 the page asks for words for those answers alone that it offers', async () => {
  const { taskId } = await reviewed();
  const pages = await Promise.all(Object.values(await links(reviewer, taskId)).map(async (url) => open(url)));
  const asks = pages.flatMap(({ body }) => /说明（[^<]*/.exec(body)?.[0].trim() ?? []);
  expect(asks).toEqual(['说明（退回、拒绝、提问时必填）· In words (needed to: return, reject, ask a question)']);
});

test('HT-15 HT-16 the page shows who may answer what he answers: whose order, of what, how much, and why he is asked; a used one does not', async () => {
  const { no, taskId } = await reviewed();
  const { approve = '' } = await links(reviewer, taskId);
  const { body: order } = await work.api.as('u-admin-1').get(`/orders/${no}`);
  const { body: task } = await work.api.as(reviewer).get(`/tasks/${encodeURIComponent(taskId)}`);
  const customer = await work.api.prisma.customer.findUniqueOrThrow({ where: { id: order.customerId } });
  const [{ name, quantity }] = order.lines;
  const about = [customer.legalName, `${name} `, `× ${quantity} ·`, task.rule];
  const { body } = await open(approve);
  for (const part of about) expect(body).toContain(part);
  expect(body.replaceAll(',', '')).toContain(`¥${order.total.amount}`);
  await submit(approve);
  const used = await open(approve);
  for (const part of about) expect(used.body).not.toContain(part);
});

test('HT-15 a link that is used twice, also at the same moment, answers once and says so', async () => {
  const { no, taskId } = await reviewed();
  const { approve, 'other answers': others } = await links(reviewer, taskId);
  const answers = await Promise.all([submit(approve), submit(approve)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await decisionsOn(no)).toHaveLength(1);
  for (const again of [await submit(approve), await open(approve)])
    expect(again.body).toContain('It counted; the link is used');
  expect(await decisionsOn(no)).toHaveLength(1);
  const dead = await submit(others, { outcome: 'reject', words: 'no' });
  expect([dead.status, dead.body]).toEqual([
    410,
    expect.stringMatching(/closed[^]*Decided by 陈静 at [\d: -]+: approve/),
  ]);
});

test('HT-15 a choice that is answered in two ways at once counts in one', async () => {
  const { no, taskId } = await reviewed();
  const { 'other answers': others } = await links(reviewer, taskId);
  const answers = await Promise.all([
    submit(others, { outcome: 'approve' }),
    submit(others, { outcome: 'reject', words: 'no' }),
  ]);
  expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
  expect(await decisionsOn(no)).toHaveLength(1);
});

test('HT-15 who comes after another’s decision is told who decided what', async () => {
  const { no, taskId } = await reviewed();
  const { approve } = await links(reviewer, taskId);
  const decision = { taskId, outcome: 'return', reasonCode: 'price', comment: '价格不对' };
  expect((await work.api.as(colleague).post(`/orders/${no}/decisions`, decision, freshKey())).status).toBe(200);
  for (const late of [await open(approve), await submit(approve)])
    expect([late.status, late.body]).toEqual([410, expect.stringMatching(/Decided by 李强 at [\d: -]+: return/)]);
  expect(await decisionsOn(no)).toHaveLength(1);
});

test('HT-15 of two who submit at once one decides, and the other reads why he did not', async () => {
  const { taskId } = await reviewed();
  const urls = [(await links(reviewer, taskId))['approve'], (await links(colleague, taskId))['approve']];
  const answers = await Promise.all(urls.map((url) => submit(url)));
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)[0]).toBe(200);
  expect(answers.filter(({ status }) => [409, 410].includes(status))).toHaveLength(1);
});

test('HT-15 a link of who left, lost the role or is over his limit decides nothing', async () => {
  const { prisma } = work.api;
  const { no, taskId } = await reviewed();
  const { approve } = await links(colleague, taskId);
  const expectRefused = async (words: string): Promise<void> => {
    for (const answer of [await open(approve), await submit(approve)])
      expect([answer.status, answer.body]).toEqual([403, expect.stringContaining(words)]);
  };
  await prisma.approvalLimit.create({ data: { userId: colleague, amountFen: 1n, setBy: 'u-admin-1' } });
  await expectRefused('it is over your limit');
  await prisma.approvalLimit.delete({ where: { userId: colleague } });
  await prisma.userRole.delete({ where: { userId_role: { userId: colleague, role: 'sales' } } });
  await expectRefused('no longer, for you');
  await prisma.userRole.create({ data: { userId: colleague, role: 'sales' } });
  await prisma.user.update({ where: { id: colleague }, data: { active: false } });
  await expectRefused('not active any more');
  await prisma.user.update({ where: { id: colleague }, data: { active: true } });
  expect(await decisionsOn(no)).toEqual([]);
  expect((await submit(approve)).status).toBe(200);
});

test('HT-15 a link that has expired decides nothing', async () => {
  const { no, taskId } = await reviewed();
  const { approve } = await links(reviewer, taskId);
  await work.api.prisma.decisionLink.updateMany({ where: { taskId }, data: { expiresAt: new Date(Date.now() - 1) } });
  const answer = await submit(approve);
  expect([answer.status, answer.body]).toEqual([410, expect.stringContaining('This link has expired')]);
  expect(await decisionsOn(no)).toEqual([]);
});

test('V5 a return by link needs a reason; its words stay in PostgreSQL', async () => {
  const { no, taskId } = await reviewed();
  const { 'other answers': others, approve } = await links(reviewer, taskId);
  const wrong = [
    await submit(others, { outcome: 'return', words: ' ' }),
    await submit(others, {}),
    await submit(approve, { outcome: 'return', words: 'x' }),
  ];
  expect(wrong.map(({ status }) => status)).toEqual([400, 400, 400]);
  const words = '价格不对 <script>';
  expect((await submit(others, { outcome: 'return', words })).status).toBe(200);
  const [decision] = await decisionsOn(no);
  expect(decision).toMatchObject({ words, sender: reviewer, payload: { outcome: 'return', reasonCode: 'in_words' } });
  expect(JSON.stringify(decision?.payload)).not.toContain('价格');
});

describe('with an API of its own', () => {
  let api: ApiUnderTest;
  let second: { stop(): Promise<void> } | undefined;
  beforeAll(async () => {
    api = await startApi({ settings: { answerWithinMs: 300 } });
  });
  afterAll(async () => {
    await second?.stop();
    await api.stop();
  });

  test('HT-15 an answer that no workflow has filed yet is recorded, and its page says later what came of it', async () => {
    const first = await startWorker(api);
    const { taskId } = await reviewed(api);
    await first.stop();
    const { approve } = await links(reviewer, taskId, api);
    const answer = await submit(approve);
    expect([answer.status, answer.body]).toEqual([202, expect.stringContaining('It is recorded')]);
    second = await startWorker(api);
    // Looked up in the inbox: who opens a page again and again is slowed down.
    const where = { kind: 'decisionMade', state: 'applied', payload: { path: ['taskId'], equals: taskId } };
    await eventually(async () => (await api.prisma.inboxMessage.findFirst({ where })) ?? undefined);
    expect((await open(approve)).status).toBe(200);
  });

  test('HT-15 who tries tokens is slowed down', async () => {
    const url = `${api.url}/t/decide/${'b'.repeat(43)}`;
    const statuses = await Promise.all(Array.from({ length: 70 }, async () => (await open(url)).status));
    expect(statuses).toContain(429);
  });
});

test('HT-15 what is not the page’s form is told what is', async () => {
  const { taskId } = await reviewed();
  const { approve = '' } = await links(reviewer, taskId);
  const headers = { 'content-type': 'application/json' };
  const answer = await answerOf(await fetch(approve, { method: 'POST', headers, body: '{"outcome":"approve"}' }));
  expect([answer.status, answer.body.code]).toEqual([415, 'unsupported_media_type']);
  expect(answer.body.detail).toContain('application/x-www-form-urlencoded');
});
