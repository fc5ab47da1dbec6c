import { oneSlot } from '../../../domain/inside/kernel/worklist/task';
import { openMailbox } from '../../harness/smtp';
import { openGroups, robotSecret, wecomKey, type Groups } from '../../harness/robots';
import { approved, head, sales } from '../../filings';
import { eventually } from '../../api/worker-under-test';
import { startNotices } from '../../../worker/notices/loop';
import { type Office, openOffice, taskOf } from './office';

let office: Office;
let groups: Groups;
beforeEach(async () => {
  office = await openOffice();
  await office.hire('u-sales', ['sales']);
  await office.hire('u-taker', ['sales']);
  await office.hire('u-li', ['sales']);
  groups = await openGroups();
});
afterEach(async () => {
  await groups.stop();
  await office.close();
});

const mails = () => office.box.mails;
const mailsTo = (userId: string) => mails().filter(({ to }) => to?.[0]?.address === `${userId}@dingdan.test`);
const remind = (no: string, id: string, more: object = {}) =>
  ({ ...head(`${no}#${id}`), kind: 'rungReached', of: `${no}/1`, rung: 0, do: 'remind', to: [], ...more }) as const;
const decided = (no: string) =>
  ({ ...head(`${no}-m1`, sales), kind: 'decisionMade', taskId: `${no}/1`, outcome: 'approve' }) as const;

test('GV-4 whoever may answer a task is told by mail in both languages, once, and four eyes are not asked', async () => {
  const no = await office.order();
  await office.deliver();
  await office.deliver();
  expect(
    mails()
      .map(({ to }) => to?.[0]?.address)
      .toSorted((one, other) => (one ?? '').localeCompare(other ?? '')),
  ).toEqual(['u-li@dingdan.test', 'u-sales@dingdan.test']);
  const [mail] = mailsTo('u-li');
  expect(mail?.subject).toBe(`${no} 请处理：初审 · Please answer: sales review`);
  expect(mail?.from).toMatchObject({ name: '订单', address: 'orders@dingdan.test' });
  expect(mail?.text).toContain('期限 Due: 2026-11-24 09:00');
  expect(mail?.html).toContain('Please answer: sales review');
  expect(mail?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  expect(await office.deliveries(no)).toMatchObject(
    ['app', 'app', 'mail', 'mail'].map((channel) => ({ channel, state: 'sent' })),
  );
});

test('GV-4 without a mail server the notices are in the app', async () => {
  const no = await office.order();
  await office.deliver(0, { ...office.settings(), mail: undefined });
  expect((await office.deliveries(no)).map(({ channel, state }) => [channel, state])).toEqual([
    ['app', 'sent'],
    ['app', 'sent'],
  ]);
});

test('HT-7 who stands in for a candidate is told too, and only while he does', async () => {
  await office.hire('u-wang', ['finance']);
  const [from, until] = [new Date(Date.now() - 6e4), new Date(Date.now() + 6e5)];
  await office.query(
    `insert into substitutions (id, absent, substitute, "fromAt", "untilAt", "createdBy") values ('s1', 'u-li', 'u-wang', $1, $2, 'u-li')`,
    [from, until],
  );
  await office.order();
  await office.deliver();
  expect(mailsTo('u-wang')).toHaveLength(1);
  await office.order();
  await office.deliver(11);
  expect(mailsTo('u-wang')).toHaveLength(1);
});

test('HT-1 a superior who is asked is told; HT-2 where nobody is there the fallback is', async () => {
  await office.hire('u-boss', []);
  await office.query(`update users set superior = 'u-boss' where id = 'u-li'`);
  await office.order({ ...oneSlot([{ superiorOf: 'u-li' }]) });
  await office.deliver();
  expect(mails().map(({ to }) => to?.[0]?.address)).toEqual(['u-boss@dingdan.test']);
  await office.hire('u-admin', ['admin']);
  await office.order({ ...oneSlot([{ role: 'legal' }]) });
  await office.deliver();
  expect(mailsTo('u-admin')).toHaveLength(1);
});

test('HT-9 an escalation goes at once to whom it names, a reminder to who holds the task', async () => {
  const digest = office.settings({ digestMinutes: 10 });
  await office.hire('u-director', ['director']);
  const no = await office.order();
  await office.deliver(0, digest);
  const task = taskOf(no, { ...oneSlot([{ role: 'sales' }, { role: 'director' }]) });
  await office.file(no, [remind(no, '2', { do: 'escalate', to: ['director'] })], [task]);
  await office.deliver(0, digest);
  expect(mails().map(({ subject }) => subject)).toEqual([
    expect.stringContaining('Escalated: sales review was not answered in time'),
  ]);
  expect(mailsTo('u-director')).toHaveLength(1);
  await office.deliver(11, digest);
  await office.file(no, [remind(no, '3')], [taskOf(no)]);
  await office.deliver(12, digest);
  await office.deliver(23, digest);
  expect(mailsTo('u-li').at(-1)?.subject).toContain('Reminder: sales review is still open');
});

test('GV-3 GV-4 the policy of its order says how long a notice waits for others', async () => {
  const publish = (version: number, document: object) =>
    office.query(
      `insert into policy_versions (name, version, document, "publishedAt", "publishedBy") values ('default', $1, $2, now(), 'u-li')
       on conflict (name, version) do update set document = excluded.document`,
      [version, JSON.stringify(document)],
    );
  await publish(1, { notices: { digestAfter: 'PT30M' } });
  await publish(2, { notices: { digestAfter: 'PT0S' } });
  await publish(3, {});
  const digest = office.settings({ digestMinutes: 10 });
  const kept = await office.order();
  await office.deliver(0, digest);
  await office.deliver(29, digest);
  expect(mailsTo('u-li')).toHaveLength(0);
  await office.deliver(31, digest);
  expect(mailsTo('u-li').map(({ subject }) => subject)).toEqual([expect.stringContaining(kept)]);
  // An order keeps its policy; others are of a newer one, or of one that says nothing.
  for (const [version, minute, count] of [
    [2, 40, 2],
    [3, 50, 2],
    [3, 61, 3],
  ] as const) {
    if (minute !== 61) {
      const no = await office.order();
      await office.query('update orders set "policyVersion" = $2 where no = $1', [no, version]);
    }
    await office.deliver(minute, digest);
    expect(mailsTo('u-li')).toHaveLength(count);
  }
});

test('RV-6 who took the order and who looks after it hear of a return, and who decided does not', async () => {
  await office.query(`delete from user_roles where "userId" = 'u-taker'`);
  const no = await office.order();
  await office.query(`update orders set "takenBy" = 'u-taker', "salespersonId" = 'u-sales' where no = $1`, [no]);
  await office.deliver();
  const fact = { ...decided(no), outcome: 'return', reasonCode: 'price' } as const;
  const task = approved(taskOf(no), fact.id);
  await office.file(no, [fact], [{ ...task, decision: { ...fact, by: sales, factId: fact.id } }]);
  await office.deliver();
  expect(mailsTo('u-taker').map(({ subject }) => subject)).toEqual([`${no} 初审：退回 · sales review: return`]);
  expect(mailsTo('u-sales')).toHaveLength(1);
});

test('HT-9 a task that is closed is not announced any more, also not one whose mail was queued', async () => {
  const digest = office.settings({ digestMinutes: 10 });
  const no = await office.order();
  await office.deliver(0, digest);
  await office.file(no, [remind(no, '2'), decided(no)], [approved(taskOf(no), `${no}-m1`)]);
  await office.deliver(1, digest);
  await office.deliver(30, digest);
  expect(mails()).toEqual([]);
  const rows = await office.deliveries(no);
  expect(rows.filter(({ channel }) => channel === 'mail').map(({ state }) => state)).toEqual([
    'withdrawn',
    'withdrawn',
  ]);
  expect(rows.filter(({ template }) => template === 'rung.remind')).toEqual([]);
});

test('HT-7 who left or lost the role while his mail waited does not get it', async () => {
  const digest = office.settings({ digestMinutes: 10 });
  await office.order();
  await office.deliver(0, digest);
  await office.query(`update users set active = false where id = 'u-li'`);
  await office.query(`delete from user_roles where "userId" = 'u-sales'`);
  await office.deliver(11, digest);
  expect(mails()).toEqual([]);
});

test('GV-4 what one person gets within ten minutes of the first is one mail, and what comes later another', async () => {
  const digest = office.settings({ digestMinutes: 10 });
  const one = await office.order();
  await office.deliver(0, digest);
  const later = [await office.order(), await office.order()];
  await office.deliver(9, digest);
  expect(mails()).toEqual([]);
  await office.deliver(10, digest);
  expect(mailsTo('u-li').map(({ subject }) => subject)).toEqual(['订单通知 3 则 · 3 order notices']);
  for (const no of [one, ...later]) expect(mailsTo('u-li')[0]?.text).toContain(no);
  await office.order();
  await office.deliver(11, digest);
  expect(mailsTo('u-li')).toHaveLength(1);
  await office.deliver(21.5, digest);
  expect(mailsTo('u-li')).toHaveLength(2);
});

test('X4 whoever is killed between sending and marking sends again under the same Message-ID', async () => {
  const no = await office.order({ ...oneSlot([{ user: 'u-li' }]) });
  const whole = office.settings();
  const channel = whole.mail?.channel;
  if (whole.mail === undefined || channel === undefined) throw new Error('no mail');
  // From the moment that the server has the mail, nothing of this worker reaches the books any more.
  const dying = office.settings();
  const killed = {
    ...dying,
    mail: {
      ...whole.mail,
      channel: {
        ...channel,
        send: async (message: Parameters<typeof channel.send>[0]) => {
          await channel.send(message);
          throw new Error('killed');
        },
      },
    },
  };
  await expect(office.deliver(0, killed)).rejects.toThrow('killed');
  expect(await office.deliveries(no)).toMatchObject([{ channel: 'app' }, { state: 'queued', attempts: 0 }]);
  await office.order({ ...oneSlot([{ user: 'u-li' }]) });
  await office.deliver(1);
  const ids = mails().map(({ messageId }) => messageId);
  expect(ids).toHaveLength(3);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[0]).toMatch(/^<[0-9a-f]{40}@dingdan\.test>$/);
  // What came meanwhile is a mail of its own: a bundle stays what it was.
  expect(ids[2]).not.toBe(ids[0]);
});

test('GV-4 a mail that is refused for now is tried again, later each time; one refused for good is failed', async () => {
  const no = await office.order({ ...oneSlot([{ user: 'u-li' }]) });
  office.box.refuseWith = 451;
  await office.deliver(0);
  await office.deliver(0.5);
  await office.deliver(1.1);
  const mail = async () => (await office.deliveries(no)).find(({ channel }) => channel === 'mail');
  expect(await mail()).toMatchObject({ state: 'queued', attempts: 2, answer: '451' });
  await office.deliver(2.5);
  expect(await mail()).toMatchObject({ attempts: 2 });
  office.box.refuseWith = undefined;
  await office.deliver(3.2);
  expect(await mail()).toMatchObject({ state: 'sent', attempts: 3, answer: '250' });
  const other = await office.order({ ...oneSlot([{ user: 'u-sales' }]) });
  office.box.refuseWith = 550;
  await office.deliver(4);
  expect((await office.deliveries(other)).at(-1)).toMatchObject({ state: 'failed', attempts: 1, answer: '550' });
});

test('GV-4 a mail server that is away holds everything back, and everything leaves when it is there', async () => {
  await office.box.stop();
  const port = Number(new URL(office.box.url).port);
  const no = await office.order();
  for (const at of [0, 1.1, 2.2]) await office.deliver(at);
  expect((await office.deliveries(no)).slice(2)).toMatchObject([
    { state: 'queued', attempts: 0, answer: 'ESOCKET' },
    { state: 'queued', attempts: 0 },
  ]);
  const back = await openMailbox(port);
  await office.deliver(3.3);
  expect(back.mails).toHaveLength(2);
  await back.stop();
});

describe('group robots', () => {
  const robots = () =>
    new Map([
      ['sales', { vendor: 'dingtalk', url: `${groups.url}/dingtalk?access_token=abc`, secret: robotSecret }],
      ['finance', { vendor: 'feishu', url: `${groups.url}/feishu`, secret: robotSecret }],
      ['legal', { vendor: 'wecom', url: `${groups.url}/wecom?key=${wecomKey}`, secret: undefined }],
    ] as const);

  test('GV-4 a role’s group is told by its robot, signed as each vendor asks for it', async () => {
    const settings = office.settings({ robots: robots() });
    for (const role of ['sales', 'finance', 'legal'] as const)
      await office.order({ ...oneSlot([{ role }]), kind: role === 'finance' ? 'bill.review' : 'review.sales' });
    await office.deliver(0, settings);
    expect(groups.heard).toEqual([
      { vendor: 'dingtalk', text: '20261123-0001 请处理：初审 Please answer: sales review 期限 due 2026-11-24 09:00' },
      { vendor: 'feishu', text: expect.stringContaining('20261123-0002 请处理：审核结算单') },
      { vendor: 'wecom', text: expect.stringContaining('20261123-0003') },
    ]);
  });

  test('GV-4 a wrong secret fails for good, a busy robot is asked again', async () => {
    const wrong = new Map([['sales', { vendor: 'dingtalk', url: `${groups.url}/dingtalk`, secret: 'other' }]] as const);
    const no = await office.order();
    await office.deliver(0, office.settings({ robots: wrong }));
    const robot = async (of: string) => (await office.deliveries(of)).find(({ channel }) => channel === 'dingtalk');
    expect(await robot(no)).toMatchObject({ addressee: 'role:sales', state: 'failed', answer: '310000' });
    const settings = office.settings({ robots: robots() });
    const busy = await office.order();
    groups.answers.push({ errcode: 130101 }, 503);
    await office.deliver(0, settings);
    expect(await robot(busy)).toMatchObject({ state: 'queued', attempts: 1, answer: '130101' });
    await office.deliver(1.1, settings);
    expect(await robot(busy)).toMatchObject({ state: 'queued', attempts: 2, answer: 'HTTP 503' });
    await office.deliver(4, settings);
    expect(await robot(busy)).toMatchObject({ state: 'sent', attempts: 3, answer: '0' });
  });

  test('GV-2 nothing of a customer is said in a chat, and nothing but his order’s number in a mail', async () => {
    const canary = 'CANARY-孔女士-02586602002';
    const no = await office.order();
    await office.query(
      `insert into customers (id, "legalName", grade, contact, phone) values ('C-1', $1, 'B', $1, $1)`,
      [canary],
    );
    await office.query(
      `insert into order_intakes ("orderNo", revision, body, "enteredBy") values ($1, 1, $2, 'u-sales')`,
      [no, JSON.stringify({ contact: canary, phone: canary, specialRequirements: canary })],
    );
    await office.file(no, [remind(no, '2')], [taskOf(no)]);
    await office.deliver(0, office.settings({ robots: robots() }));
    expect(groups.heard).toHaveLength(1);
    expect(mails()).toHaveLength(2);
    expect(JSON.stringify([groups.heard, mails(), await office.query('select * from notices')])).not.toContain(
      'CANARY',
    );
  });
});

describe('the loop', () => {
  test('GV-4 hears of a notice and sends it at once, and one worker at a time does', async () => {
    const settings = { ...office.settings(), databaseUrl: office.url };
    const holds = () =>
      eventually(async () => {
        const rows = await office.query(
          `select from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`,
        );
        return rows.length === 1 ? true : undefined;
      });
    const sent = (count: number) => eventually(async () => (mails().length === count ? true : undefined));
    // The first has the lock and would sleep for an hour; the second looks every tenth of a second whether it may.
    const first = startNotices({ ...settings, slowlyMs: 3.6e6 });
    await holds();
    const second = startNotices({ ...settings, slowlyMs: 100 });
    await office.order();
    await sent(2);
    await office.order();
    await sent(4);
    await first.stop();
    await office.order();
    await sent(6);
    await second.stop();
    expect(new Set(mails().map(({ messageId }) => messageId)).size).toBe(6);
  });
});
