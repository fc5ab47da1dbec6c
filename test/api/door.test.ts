import { connect } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createApi } from '../../api/create-api';
import type { ApiSettings } from '../../api/dependencies';
import { messages } from '../../api/messages';
import { anOrder, answerOf, type ApiUnderTest, freshKey, startApi } from './api-under-test';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const raw = async (path: string, options: RequestInit = {}) => answerOf(await fetch(`${api.url}${path}`, options));
const asSales = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  raw('/api/v1/orders', {
    method: 'POST',
    body,
    headers: {
      authorization: `Bearer ${api.tokens['u-sales-1']}`,
      'content-type': 'application/json',
      ...freshKey(),
      ...headers,
    },
  });

/** One more door to the same company, which hears nothing of filings. */
function another({
  settings = {},
  logger,
}: {
  readonly settings?: Partial<ApiSettings>;
  readonly logger?: FastifyBaseLogger;
} = {}): Promise<FastifyInstance> {
  const subscribe = () => ({ settled: new Promise<never>(() => undefined), close: () => undefined });
  return createApi({
    prisma: api.prisma,
    temporal: api.temporal,
    now: () => new Date(),
    listener: { subscribe, listens: () => true, stop: async () => undefined },
    settings: {
      taskQueue: 'none',
      policy: 'default',
      rateLimit: 10,
      trustedProxies: [],
      answerWithinMs: 10,
      webhookSecret: () => undefined,
      ...settings,
    },
    ...(logger === undefined ? {} : { logger }),
  });
}

describe('Y1 who is not known or not allowed gets nothing', () => {
  test.each([
    ['no token', undefined],
    ['another scheme', 'Basic dTpw'],
    ['a token of wrong form', 'Bearer x'],
    ['an unknown token', `Bearer ${'a'.repeat(43)}`],
  ])('%s is answered 401', async (_, authorization) => {
    const answer = await raw('/api/v1/orders', authorization === undefined ? {} : { headers: { authorization } });
    expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated']);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  test('a route that does not say whom it allows does not build', async () => {
    const { app } = api;
    const fresh = await another();
    expect(() => fresh.get('/open', () => 'anybody')).toThrow(/does not say whom it allows/);
    await fresh.close();
    expect(app.hasRoute({ method: 'GET', url: '/api/v1/orders' })).toBe(true);
  });

  test('a role that a route does not name is refused', async () => {
    const { status, body } = await api.as('u-sales-1').get('/users');
    expect([status, body.code]).toEqual([403, 'forbidden']);
  });

  test('GV-1 a salesperson does not see another’s order, in lists, details, files or messages', async () => {
    const { body } = await api.as('u-sales-2').post('/orders', anOrder({ salespersonId: 'u-sales-2' }), freshKey());
    const other = api.as('u-sales-1');
    for (const path of ['', '/explain', '/file', '/notes', '/attachments']) {
      const answer = await other.get(`/orders/${body.no}${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await other.post(`/orders/${body.no}/contacts`, { answered: true })).status).toBe(404);
    expect((await other.get('/orders')).body.items.map(({ no }: { no: string }) => no)).not.toContain(body.no);
    expect((await api.as('u-sales-2').get(`/orders/${body.no}`)).status).toBe(200);
    expect((await api.as('u-finance-1').get(`/orders/${body.no}`)).status).toBe(200);
  });

  test('GV-2 contact, phone and address are masked for who does not need them', async () => {
    const { body } = await api.as('u-sales-1').post('/orders', anOrder(), freshKey());
    const seen = JSON.stringify((await api.as('u-production-1').get(`/orders/${body.no}`)).body);
    expect(seen).not.toMatch(/孔女士|8660 2002|中山北路/);
    const customer = await api.as('u-analyst-1').get('/customers/c-xinyuan');
    expect(customer.body).toMatchObject({ contact: null, phone: null, address: null, masked: true });
    expect((await api.as('u-sales-1').get('/customers/c-xinyuan')).body.contact).toBe('孔女士');
  });
});

describe('Y3 users and tokens', () => {
  test('MD-1 an admin makes a user and a token that opens, and revokes it', async () => {
    const admin = api.as('u-admin-1');
    const made = await admin.post('/users', { id: 'u-new', name: '新人', roles: ['sales'] });
    expect([made.status, made.body.roles]).toEqual([201, ['sales']]);
    expect((await admin.post('/users', { id: 'u-new', name: '新人', roles: ['sales'] })).body.code).toBe(
      'already_exists',
    );
    const { body: printed, headers } = await admin.post('/users/u-new/tokens', {});
    expect(headers['cache-control']).toBe('no-store');
    const me = () => raw('/api/v1/me', { headers: { authorization: `Bearer ${printed.token}` } });
    expect((await me()).body).toEqual({ id: 'u-new', name: '新人', roles: ['sales'] });
    const row = await api.prisma.apiToken.findUniqueOrThrow({ where: { id: printed.id } });
    expect(JSON.stringify(row)).not.toContain(printed.token);
    expect((await admin.delete(`/users/u-new/tokens/${printed.id}`)).status).toBe(204);
    expect((await me()).status).toBe(401);
  });

  test('a token that has expired and a user who has left are not let in', async () => {
    const admin = api.as('u-admin-1');
    const { body: printed } = await admin.post('/users/u-analyst-1/tokens', {});
    const me = () => raw('/api/v1/me', { headers: { authorization: `Bearer ${printed.token}` } });
    expect((await me()).status).toBe(200);
    await admin.patch('/users/u-analyst-1', { active: false });
    expect((await me()).status).toBe(401);
    await admin.patch('/users/u-analyst-1', { active: true });
    await api.prisma.apiToken.update({ where: { id: printed.id }, data: { expiresAt: new Date(0) } });
    expect((await me()).status).toBe(401);
  });
});

describe('whatever comes in, the answer is a problem with a code and never 500', () => {
  test.each([
    ['malformed JSON', '{"a":', 400, 'malformed_json'],
    ['an empty body', '', 400, 'malformed_json'],
    ['a list', '[]', 400, 'invalid_input'],
    ['null', 'null', 400, 'invalid_input'],
    ['prototype pollution', '{"__proto__":{"x":1}}', 400, 'malformed_json'],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, 'invalid_input'],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 400, 'malformed_json'],
    ['five megabytes', `{"contact":"${'x'.repeat(5_000_000)}"}`, 413, 'body_too_large'],
  ])('%s', async (_, body, status, code) => {
    const answer = await asSales(body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test.each([
    ['a NUL character', { contact: 'a\0b' }, 'contact'],
    ['half a surrogate pair', { contact: 'a\ud800b' }, 'contact'],
    ['a NUL in a line', { lines: [{ name: '\0' }] }, 'lines.0.name'],
    ['nothing that can be seen', { contact: '\u200b\u200d' }, 'contact'],
    ['too large a number', { lines: [{ quantity: 1e308 }] }, 'lines.0.quantity'],
    ['a fraction of a piece', { lines: [{ quantity: 1.5 }] }, 'lines.0.quantity'],
    ['too much money', { freight: { amount: '1e9', currency: 'CNY' } }, 'freight.amount'],
    ['another currency', { freight: { amount: '1', currency: 'USD' } }, 'freight.currency'],
    ['a date that is none', { deliveryWish: { date: '2026-02-30' } }, 'deliveryWish.date'],
    ['a year that PostgreSQL does not know', { deliveryWish: { date: '0000-01-01' } }, 'deliveryWish.date'],
    [
      'more worth than can be counted',
      { lines: [{ quantity: 1_000_000, unitPrice: { amount: '999999999', currency: 'CNY' } }] },
      'lines',
    ],
  ])('%s is refused and its field named', async (_, wrong, field) => {
    const answer = await asSales(JSON.stringify({ ...anOrder(), ...wrong }));
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, field]);
  });

  test.each([
    ['GET', '/api/v1/nothing', 404],
    ['DELETE', '/api/v1/orders', 405],
    ['GET', '/api/v1/orders/%00', 400],
    ['GET', '/api/v1/orders/%ff', 400],
    ['GET', '/api/v1/orders/20990101-0001', 404],
    ['GET', `/api/v1/orders/${'9'.repeat(300)}`, 414],
    ['GET', '/api/v1/orders?limit=0', 400],
    ['GET', '/api/v1/orders?limit=1&limit=2', 400],
    ['GET', '/api/v1/orders?limit=99999999999999999999', 400],
    ['GET', '/api/v1/orders?text=%00', 400],
    ['GET', '/api/v1/orders?text=%25_%5C', 200],
    ['GET', '/api/v1/orders?nonsense=1', 400],
    ['GET', '/api/v1/orders?from=0000-01-01&to=9999-12-31', 200],
    ['GET', '/api/v1/customers?after=%F0%9F%98%80', 400],
    ['GET', '/api/v1/tasks/20261121-0001%2F1', 404],
    ['GET', '/api/v1/tasks?after=20261121-0001%2F1', 200],
    ['GET', '/api/v1/messages/none', 400],
  ])('%s %s → %i', async (method, path, status) => {
    const answer = await raw(path, { method, headers: { authorization: `Bearer ${api.tokens['u-admin-1']}` } });
    expect(answer.status).toBe(status);
    if (status >= 400) expect(answer.body).toMatchObject({ status, code: expect.any(String) });
    if (status === 405) expect(answer.headers['allow']).toBe('GET, HEAD, POST');
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
    '%s where JSON is asked for is answered 415',
    async (type) => {
      const answer = await asSales('--x--', { 'content-type': type });
      expect([answer.status, answer.body.code]).toEqual([415, 'unsupported_media_type']);
    },
  );

  test('fields that nobody knows are named, each once, and so is one that is wrong in two ways', async () => {
    const wrong = { nonsense: 1, address: { planet: 'Mars' }, lines: [{ quantity: 1e308 }] };
    const { body } = await asSales(JSON.stringify({ channel: 'phone', ...wrong }));
    const fields = body.errors.map(({ field }: { field: string }) => field);
    expect(fields.toSorted()).toEqual(['address.planet', 'lines.0.quantity', 'nonsense']);
  });

  test('an address that is too long is not repeated to who asked', async () => {
    const { body } = await raw(`/api/v1/orders/${'9'.repeat(5000)}`);
    expect([body.code, body.detail.length < 100]).toEqual(['malformed_url', true]);
  });

  test('a header that is too large is answered 431, and bytes that are not HTTP 400', async () => {
    const big = await raw('/api/v1/me', { headers: { authorization: 'x'.repeat(20_000) } });
    expect([big.status, big.body.code]).toEqual([431, 'headers_too_large']);
    const { port } = new URL(api.url);
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('nonsense\r\n\r\n'));
      socket.on('data', (data) => resolve(data.toString()));
      socket.on('error', reject);
    });
    expect(said).toMatch(/^HTTP\/1.1 400 [^]*malformed_request/);
  });
});

test('every answer has a request id and security headers, and a given id is kept', async () => {
  const answer = await raw('/livez', { headers: { 'x-request-id': 'my-request-1' } });
  expect(answer.headers).toMatchObject({ 'x-request-id': 'my-request-1', 'x-content-type-options': 'nosniff' });
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect((await raw('/livez')).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test('too many requests of one token are answered 429 with Retry-After, and leave others alone', async () => {
  const narrow = await startApi({ settings: { rateLimit: 5 } });
  const answers = await Promise.all(Array.from({ length: 8 }, () => narrow.as('u-sales-1').get('/me')));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(3);
  expect(refused[0]?.body.code).toBe('too_many_requests');
  expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
  expect((await narrow.as('u-sales-2').get('/me')).status).toBe(200);
  await narrow.stop();
});

test('requests with ever other tokens are counted against their address', async () => {
  const narrow = await startApi({ settings: { rateLimit: 5 } });
  const guess = async (one: number) =>
    (await fetch(`${narrow.url}/api/v1/me`, { headers: { authorization: `Bearer ${String(one).repeat(43)}` } })).status;
  const statuses = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(guess));
  expect(statuses.filter((status) => status === 429)).toHaveLength(3);
  expect((await narrow.as('u-sales-1').get('/me')).status).toBe(200);
  await narrow.stop();
});

describe('rule 6 (bounded everything): the address that requests are counted against', () => {
  /** So many guesses, each said to come from another address; answers the number that is refused. */
  const refused = async (trustedProxies: readonly string[], from: (guess: number) => string): Promise<number> => {
    const narrow = await another({ settings: { rateLimit: 5, trustedProxies } });
    const url = await narrow.listen({ host: '127.0.0.1', port: 0 });
    const guess = async (one: number): Promise<number> => {
      const headers = { authorization: `Bearer ${'g'.repeat(43)}`, 'x-forwarded-for': from(one) };
      return (await fetch(`${url}/api/v1/me`, { headers })).status;
    };
    const statuses = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(guess));
    await narrow.close();
    return statuses.filter((status) => status === 429).length;
  };
  const other = (guess: number): string => `192.0.2.${guess}`;

  test('is the one that a trusted proxy saw', async () => {
    expect(await refused(['127.0.0.1'], other)).toBe(0);
    expect(await refused(['127.0.0.0/8'], () => '192.0.2.1')).toBe(3);
  });

  test('is the sender’s own where he is no trusted proxy, whatever he claims', async () => {
    expect(await refused([], other)).toBe(3);
    expect(await refused(['192.0.2.0/24'], other)).toBe(3);
  });

  test('is not what a client behind a trusted proxy claims before it', async () => {
    expect(await refused(['127.0.0.1'], (guess) => `${other(guess)}, 198.51.100.9`)).toBe(3);
  });

  test('is the client’s behind a row of trusted proxies', async () => {
    expect(await refused(['127.0.0.1', '10.0.0.0/8'], (guess) => `${other(guess)}, 10.1.2.3`)).toBe(0);
  });
});

test('GV-2 what is asked for by name is not logged', async () => {
  const lines: string[] = [];
  const logged = await another({ logger: pino({}, { write: (line: string) => void lines.push(line) }) });
  const url = await logged.listen({ host: '127.0.0.1', port: 0 });
  const headers = { authorization: `Bearer ${api.tokens['u-sales-1']}` };
  await fetch(`${url}/api/v1/customers?text=canary`, { headers });
  await fetch(`${url}/api/v1/nowhere?text=canary`);
  // HT-15: what stands behind /t/ is a key.
  for (const path of ['/t/decide/canary', '/%74/decide/canary', '/t/nowhere/canary', '/t%2fcanary'])
    await fetch(`${url}${path}`);
  await fetch(`${url}/t/decide/canary`, { method: 'POST', body: 'canary' });
  await logged.close();
  expect(lines.join('')).toContain('/api/v1/customers');
  expect(lines.join('')).toContain('"path":"/t/…"');
  expect(lines.join('')).not.toContain('canary');
});

test('the OpenAPI document says 3.1 and names every route with its problem answers', async () => {
  const { body } = await raw('/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  const answerOf = (path: string) =>
    body.paths[`/api/v1/orders/{no}${path}`].get.responses['200'].content['application/json'].schema;
  expect(answerOf('/explain')).toMatchObject({
    additionalProperties: false,
    required: expect.arrayContaining(['waiting']),
  });
  expect(answerOf('/explain').properties.waiting.items.properties).toHaveProperty('next');
  expect(answerOf('/file')).toMatchObject({
    additionalProperties: false,
    required: expect.arrayContaining(['ledger']),
  });
  expect(answerOf('/file').properties.decisions.items.properties).toHaveProperty('outcome');
  expect(Object.keys(body.paths).length).toBeGreaterThan(45);
  expect(Object.keys(body.paths['/api/v1/orders/{no}/payments'].post.responses)).toEqual(
    expect.arrayContaining(['200', '202', '4XX']),
  );
  const page = await raw('/docs');
  expect(page.headers['content-security-policy']).not.toContain('unsafe');
  expect((await raw('/docs/swagger-ui-bundle.js')).status).toBe(200);
});

test('readiness says what is missing: here, that no worker polls', async () => {
  const { status, body } = await raw('/readyz');
  expect([status, body]).toEqual([
    503,
    { ready: false, database: true, temporal: true, workers: false, listener: true },
  ]);
});

test('X1 every message that somebody sends has its route, and the description shows it', async () => {
  const { paths } = (await raw('/openapi.json')).body;
  const missing = messages.flatMap(({ kind, comes }) => {
    if (!('url' in comes)) return [];
    const path = `/api/v1${comes.url.replaceAll(/:(\w+)/g, '{$1}')}`;
    return paths[path]?.post === undefined ? [`${kind}: ${path}`] : [];
  });
  expect(missing).toEqual([]);
});
