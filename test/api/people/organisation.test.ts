import { answerOf, type ApiUnderTest, freshKey, startApi } from '../api-under-test';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const admin = () => api.as('u-admin-1');
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const version = async (): Promise<bigint> => (await api.prisma.organisationVersion.findFirstOrThrow()).version;

describe('superiors', () => {
  test('HT-1 somebody’s superior is a user who does not stand below him', async () => {
    const raise = (userId: string, superior: string | null) => admin().patch(`/users/${userId}`, { superior });
    // u-sales-1 → u-sales-supervisor-1 → u-sales-director-1 → u-director-1 → u-general-manager-1
    for (const [userId, superior] of [
      ['u-director-1', 'u-sales-1'],
      ['u-sales-director-1', 'u-sales-supervisor-1'],
      ['u-legal-1', 'u-legal-1'],
    ] as const) {
      const ring = await raise(userId, superior);
      expect([ring.status, ring.body.code]).toEqual([409, 'ring']);
    }
    const unknown = await raise('u-sales-1', 'u-nobody');
    expect([unknown.status, unknown.body.errors[0].field]).toEqual([400, 'superior']);
    expect((await raise('u-legal-1', 'u-director-1')).body.superior).toBe('u-director-1');
    expect((await raise('u-legal-1', null)).body.superior).toBeNull();
    const made = await admin().post('/users', { id: 'u-own', name: '自管', roles: ['sales'], superior: 'u-own' });
    expect([made.status, made.body.code]).toEqual([409, 'ring']);
  });

  test('HT-1 of two changes at once that close a ring together one is refused', async () => {
    const pairs = Array.from({ length: 8 }, (_, index) => [`u-east-${index}`, `u-west-${index}`] as const);
    for (const id of pairs.flat()) await admin().post('/users', { id, name: id, roles: ['sales'] });
    const raise = async (id: string, superior: string) => (await admin().patch(`/users/${id}`, { superior })).status;
    const answers = await Promise.all(
      pairs.map(async ([east, west]) => Promise.all([raise(east, west), raise(west, east)])),
    );
    expect(answers.filter((both) => both.join() !== '200,409' && both.join() !== '409,200')).toEqual([]);
  });
});

describe('approval limits', () => {
  test('HT-11 a limit is set whole, seen with the user, and taken away; each is a change of the organisation', async () => {
    const url = '/users/u-director-1/approval-limit';
    const before = await version();
    const set = await admin().put(url, { amount: yuan('5000'), grades: ['A', 'B'] });
    const limit = { amount: yuan('5000.00'), discountBp: null, grades: ['A', 'B'], setBy: 'u-admin-1' };
    expect([set.status, set.body]).toMatchObject([200, limit]);
    expect((await admin().put(url, { discountBp: 500 })).body).toMatchObject({
      amount: null,
      discountBp: 500,
      grades: [],
    });
    expect((await admin().get('/users/u-director-1')).body.approvalLimit).toMatchObject({ discountBp: 500 });
    expect((await admin().delete(url)).status).toBe(204);
    expect((await admin().get('/users/u-director-1')).body.approvalLimit).toBeNull();
    expect(await version()).toBeGreaterThanOrEqual(before + 3n);
  });

  test('HT-11 a limit that limits nothing, is none, or is set by others is refused', async () => {
    const url = '/users/u-director-1/approval-limit';
    for (const body of [{}, { discountBp: 10_001 }, { amount: yuan('-1') }, { grades: ['D'] }])
      expect((await admin().put(url, body)).status).toBe(400);
    expect((await admin().put('/users/u-nobody/approval-limit', { discountBp: 1 })).status).toBe(404);
    expect((await api.as('u-director-1').put(url, { discountBp: 1 })).status).toBe(403);
  });
});

describe('substitutions', () => {
  const name = (user: string, body: object) =>
    api.as(user).post('/substitutions', { until: inDays(3), ...body }, freshKey());

  test('HT-7 everybody names his own substitute, an admin anybody’s; both see it, and it ends early', async () => {
    const own = await name('u-finance-1', { substitute: 'u-finance-2', kinds: ['bill.review'] });
    expect([own.status, own.body]).toMatchObject([
      201,
      { absent: 'u-finance-1', kinds: ['bill.review'], endedAt: null },
    ]);
    expect((await name('u-finance-1', { absent: 'u-legal-1', substitute: 'u-finance-2' })).status).toBe(403);
    const others = await name('u-admin-1', { absent: 'u-legal-1', substitute: 'u-finance-2' });
    expect(others.status).toBe(201);
    const seen = async (user: string, query = '') =>
      (await api.as(user).get(`/substitutions${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(new Set(await seen('u-finance-2'))).toEqual(new Set([own.body.id, others.body.id]));
    expect(await seen('u-finance-1')).toEqual([own.body.id]);
    expect(await seen('u-sales-1')).toEqual([]);
    const url = `/substitutions/${own.body.id}`;
    expect((await api.as('u-sales-1').delete(url)).status).toBe(404);
    expect((await api.as('u-finance-2').delete(url)).status).toBe(403);
    const ended = await api.as('u-finance-1').delete(url);
    expect(ended.body).toMatchObject({ endedBy: 'u-finance-1', endedAt: expect.any(String) });
    expect((await admin().delete(url)).body).toEqual(ended.body);
    expect(await seen('u-finance-2', '?current=true')).toEqual([others.body.id]);
  });

  test('HT-7 refused: oneself, a ring, who is unknown or gone, a time that is over or too long', async () => {
    const refusal = async (body: object) => {
      const answer = await name('u-quality-1', body);
      return [answer.status, answer.body.errors?.[0].field ?? answer.body.code];
    };
    expect(await refusal({ substitute: 'u-quality-1' })).toEqual([400, 'substitute']);
    expect(await refusal({ substitute: 'u-nobody' })).toEqual([400, 'substitute']);
    await admin().post('/users', { id: 'u-gone', name: '离职', roles: ['quality'] });
    await admin().patch('/users/u-gone', { active: false });
    expect(await refusal({ substitute: 'u-gone' })).toEqual([400, 'substitute']);
    expect(await refusal({ substitute: 'u-checker-1', until: inDays(-1) })).toEqual([400, 'until']);
    expect(await refusal({ substitute: 'u-checker-1', from: inDays(4) })).toEqual([400, 'until']);
    expect(await refusal({ substitute: 'u-checker-1', until: inDays(400) })).toEqual([400, 'until']);
    expect(await refusal({ substitute: 'u-checker-1', kinds: ['no.such'] })).toEqual([400, 'kinds.0']);
    expect((await name('u-quality-1', { substitute: 'u-checker-1' })).status).toBe(201);
    expect((await name('u-checker-1', { substitute: 'u-technical-1' })).status).toBe(201);
    const ring = await name('u-technical-1', { substitute: 'u-quality-1' });
    expect([ring.status, ring.body.code]).toEqual([409, 'ring']);
    expect(
      (await name('u-technical-1', { substitute: 'u-quality-1', from: inDays(3.5), until: inDays(4) })).status,
    ).toBe(201);
  });

  test('HT-7 nobody can be made to have stood in: what was to begin in the past begins now', async () => {
    const { body } = await name('u-analyst-1', { substitute: 'u-legal-1', from: inDays(-2) });
    expect(Date.parse(body.from)).toBeGreaterThan(Date.now() - 60_000);
  });
});

describe('import', () => {
  const send = async (content: string | Buffer, user = 'u-admin-1', headers: Record<string, string> = {}) =>
    answerOf(
      await fetch(`${api.url}/api/v1/users/import`, {
        method: 'POST',
        body: new Uint8Array(Buffer.from(content)),
        headers: { authorization: `Bearer ${api.tokens[user]}`, 'content-type': 'text/csv', ...headers },
      }),
    );
  const csv = (...rows: string[]) =>
    ['id,name,email,roles,superior,limitAmount,limitDiscountBp,limitGrades', ...rows].join('\r\n');

  test('MD-1 users come from a file with a mark, superiors of the file among them; again it changes nothing twice', async () => {
    const file = `\uFEFF${csv(
      'u-i-1,"于, 一",yi@example.com,sales;finance,u-i-2,5000.5,,A;B',
      'u-i-2,于二,,sales_supervisor,u-director-1,,,',
    )}`;
    const key = freshKey();
    expect((await send(file, 'u-admin-1', key)).body).toEqual({ added: 2, changed: 0 });
    expect((await send(file, 'u-admin-1', key)).body).toEqual({ added: 2, changed: 0 });
    expect((await send(file)).body).toEqual({ added: 0, changed: 2 });
    expect((await admin().get('/users/u-i-1')).body).toMatchObject({
      name: '于, 一',
      email: 'yi@example.com',
      roles: ['finance', 'sales'],
      superior: 'u-i-2',
      approvalLimit: { amount: yuan('5000.50'), discountBp: null, grades: ['A', 'B'] },
    });
    // Columns that the file has not change nothing.
    expect((await send('id,name,roles\nu-i-1,于一,sales')).body).toEqual({ added: 0, changed: 1 });
    expect((await admin().get('/users/u-i-1')).body).toMatchObject({
      name: '于一',
      email: 'yi@example.com',
      roles: ['sales'],
      approvalLimit: { amount: yuan('5000.50') },
    });
  });

  test('MD-1 a file in GBK with Chinese titles and words is read', async () => {
    // 工号,姓名,角色 / u-gbk,张三,销售、财务
    const gbk = Buffer.from('b9a4bac52cd0d5c3fb2cbdc7c9ab0d0a752d67626b2cd5c5c8fd2ccffacadba1a2b2c6cef1', 'hex');
    expect((await send(gbk)).body).toEqual({ added: 1, changed: 0 });
    expect((await admin().get('/users/u-gbk')).body).toMatchObject({ name: '张三', roles: ['finance', 'sales'] });
  });

  test('MD-1 one wrong row keeps the whole file out, and every wrong place is named by row, column and reason', async () => {
    const answer = await send(
      csv('u-ok,好,,sales,,,,', 'u bad,,nowhere,boss,u-nobody,-1,99999,D', 'u-ok,再,,sales,,,,'),
    );
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_file']);
    const places = answer.body.rows.map(({ row, column }: { row: number; column: string }) => `${row} ${column}`);
    const wrong = ['id', 'name', 'email', 'roles', 'limitAmount', 'limitDiscountBp', 'limitGrades'];
    expect(places.toSorted()).toEqual([...wrong.map((column) => `3 ${column}`), '4 id'].toSorted());
    expect(answer.body.rows[0].reason).toEqual(expect.any(String));
    expect((await admin().get('/users/u-ok')).status).toBe(404);
    const superiors = await send(csv('u-r-1,甲,,sales,u-r-2,,,', 'u-r-2,乙,,sales,u-r-1,,,', 'u-r-3,丙,,sales,u-x,,,'));
    expect(superiors.body.rows).toMatchObject([
      { row: 2, column: 'superior' },
      { row: 3, column: 'superior' },
      { row: 4, column: 'superior' },
    ]);
    expect(await api.prisma.user.count({ where: { id: { startsWith: 'u-r-' } } })).toBe(0);
  });

  test('MD-1 what is no such file, or comes from others, is refused', async () => {
    expect((await send('name,surprise,name\nx,y,z')).body.rows).toMatchObject([
      { row: 1, column: 'surprise' },
      { row: 1, column: 'name' },
      { row: 1, column: 'id' },
      { row: 1, column: 'roles' },
    ]);
    expect((await send(csv())).body.code).toBe('invalid_file');
    expect((await send(csv('u-1,"x'))).body.code).toBe('invalid_file');
    expect((await send(Buffer.from([0x81, 0xff, 0xff, 0xff]))).body.code).toBe('invalid_file');
    expect((await send(csv('u-1,x,,sales,,,,'), 'u-sales-1')).status).toBe(403);
    expect((await admin().post('/users/import', {})).status).toBe(415);
  });
});

describe('the log of the organisation', () => {
  interface Change {
    readonly id: string;
    readonly cause: string;
    readonly subject: string;
    readonly userId: string;
    readonly fields: readonly string[];
    readonly before: object | null;
    readonly after: object | null;
  }
  const changesOf = async (userId: string, query = '') =>
    (await admin().get(`/organisation-changes?user=${userId}${query}`)).body as {
      items: readonly Change[];
      next: string | null;
    };

  test('GV-3 each change is kept with who asked for it, in which request, and what was before and after', async () => {
    const made = await admin().post('/users', {
      id: 'u-log',
      name: '记录',
      email: 'log@example.com',
      roles: ['sales'],
    });
    await admin().patch('/users/u-log', { roles: ['technical', 'sales'], superior: 'u-director-1', name: '另名' });
    await admin().patch('/users/u-log', { roles: ['sales', 'technical'] });
    await admin().put('/users/u-log/approval-limit', { discountBp: 300 });
    await admin().delete('/users/u-log/approval-limit');
    await admin().patch('/users/u-log', { superior: 'u-log' });
    const { items, next } = await changesOf('u-log');
    expect(next).toBeNull();
    expect(items.toReversed()).toMatchObject([
      {
        cause: 'user_added',
        by: 'u-admin-1',
        requestId: made.headers['x-request-id'],
        subject: 'user',
        before: null,
        after: { roles: ['sales'], active: true },
      },
      {
        cause: 'user_changed',
        fields: expect.arrayContaining(['name', 'roles', 'superior']),
        before: { roles: ['sales'], superior: null },
        after: { roles: ['sales', 'technical'], superior: 'u-director-1' },
      },
      { cause: 'limit_set', fields: ['limit'], before: { limit: null }, after: { limit: { discountBp: 300 } } },
      { cause: 'limit_removed', fields: ['limit'], after: { limit: null } },
    ]);
    // What people are called is nobody's business here; that it changed is.
    expect(JSON.stringify(items)).not.toMatch(/记录|另名|example\.com/);
    const first = await changesOf('u-log', '&limit=3');
    const second = await changesOf('u-log', `&limit=3&after=${first.next}`);
    expect([...first.items, ...second.items]).toEqual(items);
  });

  test('HT-7 GV-3 substitutes, leavers and imports are in it too', async () => {
    for (const id of ['u-log-a', 'u-log-b']) await admin().post('/users', { id, name: id, roles: ['sales'] });
    const stand = (substitute: string) =>
      admin().post('/substitutions', { absent: 'u-log-a', substitute, until: inDays(3) });
    const { id } = (await stand('u-log-b')).body;
    await admin().delete(`/substitutions/${id}`);
    await stand('u-log-b');
    await admin().post('/users/u-log-a/departure', { successor: 'u-log-b', reasonCode: 'resigned' });
    const body = 'id,name,roles\nu-log-b,u-log-b,technical\nu-log-c,新人,sales\n';
    const headers = { authorization: `Bearer ${api.tokens['u-admin-1']}`, 'content-type': 'text/csv' };
    const imported = await answerOf(await fetch(`${api.url}/api/v1/users/import`, { method: 'POST', body, headers }));
    expect([imported.status, imported.body]).toEqual([200, { added: 1, changed: 1 }]);
    const causes = async (userId: string) =>
      (await changesOf(userId)).items.map(({ cause, subject }) => `${cause} ${subject}`).toReversed();
    expect(await causes('u-log-a')).toEqual([
      'user_added user',
      'substitution_added substitution',
      'substitution_ended substitution',
      'substitution_added substitution',
      'departure user',
      'departure substitution',
    ]);
    const left = (await changesOf('u-log-a')).items.find(({ fields }) => fields.includes('departedAt'));
    expect(left).toMatchObject({
      before: { active: true, departedAt: null },
      after: { active: false },
      detail: { successor: 'u-log-b', reasonCode: 'resigned' },
    });
    expect(await causes('u-log-b')).toEqual(['user_added user', 'import user']);
    expect((await changesOf('u-log-b')).items[0]).toMatchObject({
      before: { roles: ['sales'] },
      after: { roles: ['technical'] },
    });
    expect(await causes('u-log-c')).toEqual(['import user']);
  });

  test('GV-1 Y2 admins and directors read it, and nobody changes it', async () => {
    expect((await api.as('u-sales-1').get('/organisation-changes')).status).toBe(403);
    expect((await api.as('u-director-1').get('/organisation-changes')).status).toBe(200);
    const { prisma } = api;
    const before = await prisma.organisationChange.count();
    await expect(prisma.organisationChange.updateMany({ data: { by: 'nobody' } })).rejects.toThrow(/permission denied/);
    await expect(prisma.organisationChange.deleteMany()).rejects.toThrow(/permission denied/);
    await expect(api.asOwner('delete from organisation_changes')).rejects.toThrow(/never changed/);
    expect((await admin().patch('/users/u-sales-1', { superior: 'u-nobody' })).status).toBe(400);
    expect((await admin().get('/users/u-nobody')).status).toBe(404);
    expect(await prisma.organisationChange.count()).toBe(before);
  });
});
