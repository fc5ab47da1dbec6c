import { apiAtWork } from '../api-at-work';
import { freshKey } from '../api-under-test';

const place = apiAtWork();
const { reviewOf } = place;

const reviewer = 'u-sales-supervisor-1';

const transfer = ({ no, id }: { no: string; id: string }, to: string) =>
  place.api.as(reviewer).post(`/orders/${no}/task-moves`, { taskId: id, how: 'transfer', to }, freshKey());
const slotsOf = async (id: string) => (await place.api.prisma.task.findUniqueOrThrow({ where: { id } })).slots;
const join = async (id: string, roles: string[]) => {
  expect((await place.api.as('u-admin-1').post('/users', { id, name: id, roles })).status).toBe(201);
  const { body } = await place.api.as('u-admin-1').post(`/users/${id}/tokens`, {});
  return body.token as string;
};
const leave = (id: string, successor: string) =>
  place.api.as('u-admin-1').post(`/users/${id}/departure`, { successor, reasonCode: 'left_the_company' });

describe('delegations', () => {
  const moves = (user: string, { no, id }: { no: string; id: string }, move: object) =>
    place.api.as(user).post(`/orders/${no}/task-moves`, { taskId: id, ...move }, freshKey());
  const away = async (user: string) =>
    (await place.api.as(user).get('/tasks?delegated=true')).body as { items: { id: string }[]; delegated: number };

  test('HT-6 HT-17 who delegated a task that was transferred to him sees it away, calls it back and answers it', async () => {
    const task = await reviewOf();
    expect((await transfer(task, 'u-sales-2')).status).toBe(200);
    expect((await moves('u-sales-2', task, { how: 'delegate', to: 'u-quality-1' })).status).toBe(200);
    const claim = await place.api.as('u-quality-1').put(`${task.url}/claim`, {});
    expect(claim.status).toBe(200);
    expect(await away('u-sales-2')).toMatchObject({ items: [{ id: task.id, mayDecide: false }], delegated: 1 });
    expect((await place.api.as('u-sales-2').get(task.url)).body.slots).toMatchObject([{ delegatedBy: 'u-sales-2' }]);
    expect(await away('u-quality-1')).toMatchObject({ items: [], delegated: 0 });
    const refused = await moves(reviewer, task, { how: 'recall' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'not_a_candidate' } });
    expect((await moves('u-sales-2', task, { how: 'recall' })).status).toBe(200);
    expect((await away('u-sales-2')).delegated).toBe(0);
    const { body } = await place.api.as('u-sales-2').get(task.url);
    expect(body.history.at(-1)).toMatchObject({ kind: 'recalled', actor: 'u-sales-2' });
    // Nothing that the delegate had claimed keeps it from him.
    const answer = { taskId: task.id, outcome: 'approve' };
    expect((await place.api.as('u-sales-2').post(`/orders/${task.no}/decisions`, answer, freshKey())).status).toBe(200);
  });

  test('HT-6 HT-7 who stands in for the one who delegated calls it back for him', async () => {
    const task = await reviewOf();
    await moves('u-sales-2', task, { how: 'delegate', to: 'u-legal-1' });
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await place.api.as('u-admin-1').post('/substitutions', { absent: 'u-sales-2', substitute: 'u-quality-1', until });
    expect((await away('u-quality-1')).items).toMatchObject([{ id: task.id }]);
    expect((await moves('u-quality-1', task, { how: 'recall' })).status).toBe(200);
    expect(await slotsOf(task.id)).toMatchObject([{ candidates: [{ role: 'sales' }, { role: 'sales_supervisor' }] }]);
  });
});

describe('departures', () => {
  test('HT-7 who leaves may do nothing any more, and what names him goes to his successor, each by itself', async () => {
    const token = await join('u-leaver', ['sales']);
    const [one, other, claimed] = [await reviewOf(), await reviewOf({ customerId: 'c-donghai' }), await reviewOf()];
    for (const task of [one, other]) expect((await transfer(task, 'u-leaver')).status).toBe(200);
    await place.api.prisma.task.update({
      where: { id: claimed.id },
      data: { claimedBy: 'u-leaver', claimedAt: new Date() },
    });
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await place.api.as('u-admin-1').post('/substitutions', { absent: 'u-leaver', substitute: reviewer, until });

    const left = await leave('u-leaver', 'u-sales-2');
    expect([left.status, left.body]).toMatchObject([
      200,
      { revokedTokens: 1, endedSubstitutions: 1, unclaimed: [claimed.id], more: false },
    ]);
    const told = (state: string) =>
      [one, other].map(({ id, no }) => expect.objectContaining({ taskId: id, orderNo: no, slot: 1, state }));
    expect(left.body.tasks).toEqual(expect.arrayContaining(told('applied')));
    expect(left.body.tasks).toHaveLength(2);
    for (const { id } of [one, other])
      expect(await slotsOf(id)).toMatchObject([{ candidates: [{ user: 'u-sales-2' }], state: 'open' }]);
    const history = (await place.api.as('u-admin-1').get(one.url)).body.history.at(-2);
    expect((await place.api.as('u-admin-1').get(one.url)).body.history).toContainEqual(
      expect.objectContaining({
        kind: 'transferred',
        actor: 'u-admin-1',
        detail: expect.objectContaining({ to: 'u-sales-2' }),
      }),
    );
    expect(history).toBeDefined();
    const asked = await fetch(`${place.api.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(asked.status).toBe(401);
    // Done again, nothing is left to do and nothing moves twice.
    const again = await leave('u-leaver', 'u-sales-2');
    expect(again.body).toMatchObject({ departedAt: left.body.departedAt, revokedTokens: 0, tasks: [], unclaimed: [] });
    expect(await place.api.prisma.fact.count({ where: { orderNo: one.no, kind: 'taskReassigned' } })).toBe(2);
  });

  test('HT-7 cut short after the messages were written, a departure goes on with the same messages', async () => {
    await join('u-cut', ['sales']);
    const task = await reviewOf();
    await transfer(task, 'u-cut');
    const slots = await slotsOf(task.id);
    const [first] = (await leave('u-cut', 'u-sales-2')).body.tasks;
    // As if the filing had not been seen yet.
    await place.api.prisma.task.update({ where: { id: task.id }, data: { slots: slots as object[] } });
    const [second] = (await leave('u-cut', 'u-sales-2')).body.tasks;
    expect(second).toEqual(first);
    expect(await place.api.prisma.fact.count({ where: { id: first.messageId } })).toBe(1);
  });

  test('HT-10 a successor whom four eyes keep out gets nothing, and another one can be named', async () => {
    await join('u-out', ['sales']);
    const task = await reviewOf();
    await transfer(task, 'u-out');
    const taker = await leave('u-out', 'u-sales-1');
    expect(taker.body.tasks).toMatchObject([{ taskId: task.id, state: 'ignored', because: 'four_eyes' }]);
    const other = await leave('u-out', 'u-sales-2');
    expect(other.body.tasks).toMatchObject([{ taskId: task.id, state: 'applied', because: null }]);
  });

  test('HT-7 what was delegated to the leaver goes back to whose it is', async () => {
    await join('u-delegate', ['sales']);
    const task = await reviewOf();
    const body = { taskId: task.id, how: 'delegate', to: 'u-delegate' };
    expect((await place.api.as(reviewer).post(`/orders/${task.no}/task-moves`, body, freshKey())).status).toBe(200);
    expect((await leave('u-delegate', 'u-sales-2')).body.tasks).toMatchObject([{ how: 'give_back', state: 'applied' }]);
    expect(await slotsOf(task.id)).toMatchObject([{ candidates: [{ role: 'sales' }, { role: 'sales_supervisor' }] }]);
  });

  test('HT-7 refused: oneself, a successor who is not there, others than admins', async () => {
    expect((await leave('u-admin-1', 'u-sales-2')).status).toBe(400);
    expect((await leave('u-nobody', 'u-sales-2')).status).toBe(404);
    for (const successor of ['u-nobody', 'u-finance-2', 'u-admin-1'])
      expect((await leave('u-finance-2', successor)).body.errors[0].field).toBe('successor');
    const body = { successor: 'u-sales-2', reasonCode: 'left' };
    expect((await place.api.as('u-director-1').post('/users/u-finance-2/departure', body)).status).toBe(403);
    expect((await place.api.as('u-admin-1').get('/users/u-finance-2')).body.active).toBe(true);
  });

  test('HT-7 who is taken on again can leave again', async () => {
    await join('u-twice', ['sales']);
    const first = await leave('u-twice', 'u-sales-2');
    const back = await place.api.as('u-admin-1').patch('/users/u-twice', { active: true });
    expect(back.body).toMatchObject({ active: true, departedAt: null });
    const second = await leave('u-twice', 'u-sales-2');
    expect(Date.parse(second.body.departedAt)).toBeGreaterThan(Date.parse(first.body.departedAt));
  });
});

describe('substitutes', () => {
  test('HT-7 a substitute sees and decides what is pending, and the record says for whom and by which substitution', async () => {
    const { no, id, url } = await reviewOf();
    const substitute = place.api.as('u-legal-1');
    const mine = async (): Promise<string[]> =>
      (await substitute.get('/tasks?limit=100')).body.items.map((task: { id: string }) => task.id);
    expect(await mine()).not.toContain(id);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const { body: substitution } = await place.api
      .as(reviewer)
      .post('/substitutions', { substitute: 'u-legal-1', until });
    expect(await mine()).toContain(id);
    expect((await substitute.get(url)).body).toMatchObject({
      mayDecide: true,
      as: { onBehalfOf: reviewer, substitution: substitution.id },
    });
    // Claimed before he went away, it is his substitute's to decide all the same; and nobody else's.
    await place.api.as(reviewer).put(`${url}/claim`);
    expect((await substitute.get(url)).body.mayDecide).toBe(true);
    expect((await place.api.as('u-sales-2').get(url)).body).toMatchObject({
      mayDecide: false,
      because: 'claimed_by_other',
    });
    const decided = await substitute.post(`/orders/${no}/decisions`, { taskId: id, outcome: 'approve' }, freshKey());
    expect(decided.status).toBe(200);
    const { body } = await substitute.get(url);
    expect(body).toMatchObject({ decidedBy: 'u-legal-1', onBehalfOf: reviewer });
    expect(body.history).toContainEqual(
      expect.objectContaining({
        kind: 'decided',
        detail: expect.objectContaining({ onBehalfOf: reviewer, actingAs: { substitution: substitution.id } }),
      }),
    );
    await place.api.as(reviewer).delete(`/substitutions/${substitution.id}`);
    const late = await reviewOf();
    expect(await mine()).not.toContain(late.id);
  });
});

describe('many decisions', () => {
  const decide = (user: string, body: object, headers = freshKey()) =>
    place.api.as(user).post('/decisions', body, headers);

  test('HT-14 each item is judged and reported by itself, and the same request sends nothing twice', async () => {
    const [one, other, closed, claimed] = [await reviewOf(), await reviewOf(), await reviewOf(), await reviewOf()];
    await place.api
      .as(reviewer)
      .post(`/orders/${closed.no}/decisions`, { taskId: closed.id, outcome: 'approve' }, freshKey());
    await place.api.as('u-sales-2').put(`${claimed.url}/claim`);
    const taskIds = [one.id, closed.id, other.id, claimed.id, '20200101-0001/1'];
    const body = { taskIds, outcome: 'reject', reasonCode: 'out_of_stock', comment: '缺货，统一驳回' };
    const key = freshKey();
    const answer = await decide(reviewer, body, key);
    expect([answer.status, answer.body.items]).toMatchObject([
      207,
      [
        { taskId: one.id, orderNo: one.no, status: 200, state: 'applied', code: null },
        { taskId: closed.id, status: 409, state: 'ignored', code: 'task_closed' },
        { taskId: other.id, status: 200, state: 'applied' },
        { taskId: claimed.id, status: 409, state: 'refused', code: 'claimed_by_other' },
        { taskId: '20200101-0001/1', status: 404, state: 'refused', code: 'not_found' },
      ],
    ]);
    expect((await decide(reviewer, body, key)).body).toEqual(answer.body);
    const facts = await place.api.prisma.fact.findMany({
      where: { orderNo: { in: [one.no, other.no] }, kind: 'decisionMade' },
    });
    expect(facts.map(({ body: fact }) => (fact as { reasonCode?: string }).reasonCode)).toEqual([
      'out_of_stock',
      'out_of_stock',
    ]);
    const [{ messageId }] = answer.body.items;
    expect((await place.api.prisma.inboxMessage.findUniqueOrThrow({ where: { id: messageId } })).words).toBe(
      body.comment,
    );
    const sent = () => place.api.prisma.inboxMessage.count({ where: { kind: 'decisionMade' } });
    const before = await sent();
    for (const change of [{ reasonCode: 'other' }, { taskIds: [one.id] }, { comment: '不要了' }]) {
      const another = await decide(reviewer, { ...body, ...change }, key);
      expect([another.status, another.body.code]).toEqual([409, 'idempotency_key_reused']);
    }
    expect(await sent()).toBe(before);
    // Another person’s key is another key.
    expect((await decide('u-director-1', { ...body, taskIds: ['20200101-0001/1'] }, key)).status).toBe(207);
  });

  test('EX-8 HT-14 a dry run says what each item would be answered, by the same rules, and does nothing', async () => {
    const [one, closed] = [await reviewOf(), await reviewOf()];
    const decision = { taskId: closed.id, outcome: 'approve' };
    await place.api.as(reviewer).post(`/orders/${closed.no}/decisions`, decision, freshKey());
    const rows = async () => [
      await place.api.prisma.inboxMessage.count(),
      await place.api.prisma.fact.count({ where: { orderNo: one.no } }),
    ];
    const before = await rows();
    const taskIds = [one.id, closed.id, '20200101-0001/1'];
    const dry = (user: string, more: object) => decide(user, { taskIds, dryRun: true, ...more });
    const answer = await dry(reviewer, { outcome: 'approve' });
    expect([answer.status, answer.body.items]).toMatchObject([
      207,
      [
        { taskId: one.id, orderNo: one.no, messageId: null, status: 200, state: 'applied', code: null },
        { taskId: closed.id, orderNo: closed.no, status: 409, state: 'ignored', code: 'task_closed' },
        { taskId: '20200101-0001/1', status: 404, state: 'refused', code: 'not_found' },
      ],
    ]);
    expect((await dry(reviewer, { outcome: 'reject', comment: '缺货' })).body.items[0]).toMatchObject({
      code: 'reason_required',
    });
    expect((await dry('u-sales-1', { outcome: 'approve' })).body.items[0]).toMatchObject({ code: 'four_eyes' });
    expect(await rows()).toEqual(before);
    const key = freshKey();
    expect((await decide(reviewer, { taskIds, outcome: 'approve', dryRun: true }, key)).status).toBe(207);
    const real = await decide(reviewer, { taskIds: [one.id], outcome: 'approve' }, key);
    expect(real.body.items).toMatchObject([{ status: 200, state: 'applied' }]);
  });

  test('HT-14 V5 without a reason each rejection is refused; without a key, or with a task twice, the request is', async () => {
    const { id, url } = await reviewOf();
    const key = freshKey();
    const reject = () => decide(reviewer, { taskIds: [id], outcome: 'reject', comment: '缺货' }, key);
    const answer = await reject();
    expect(answer.body.items).toMatchObject([{ status: 409, state: 'ignored', code: 'reason_required' }]);
    // A repeat is answered like the first, whatever the door would say to it by now.
    await place.api.as('u-sales-2').put(`${url}/claim`);
    expect((await reject()).body).toEqual(answer.body);
    await place.api.as('u-sales-2').delete(`${url}/claim`);
    expect((await decide(reviewer, { taskIds: [id, id], outcome: 'approve' })).status).toBe(400);
    expect((await decide(reviewer, { taskIds: [], outcome: 'approve' })).status).toBe(400);
    expect((await decide(reviewer, { taskIds: [id], outcome: 'approve' }, {})).status).toBe(400);
    const own = await decide('u-sales-1', { taskIds: [id], outcome: 'approve' });
    expect(own.body.items).toMatchObject([{ status: 409, code: 'four_eyes' }]);
  });
});
