import { randomBytes } from 'node:crypto';
import { countRing, dueMessages } from '../../prisma/inbox';
import { organisationReader } from '../../prisma/organisation';
import { sweepOnce } from '../../worker/sweep';
import { surrounding } from '../harness/surroundings';
import { temporalAddress } from '../harness/temporal';
import { anOrder, answerOf, type ApiUnderTest, freshKey, startApi } from './api-under-test';
import { startLine } from './cut-line';
import { eventually, startWorker } from './worker-under-test';
import { advisoryLocks } from '../../prisma/advisory-locks';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const log = { info: () => undefined, warn: () => undefined };
const sweep = ({ prisma, temporal: client, taskQueue }: ApiUnderTest) =>
  sweepOnce({ prisma, client, log, taskQueue, organisation: organisationReader(prisma) });

async function lineToTemporal() {
  const { hostname: host, port } = new URL(`tcp://${temporalAddress()}`);
  return startLine({ host, port: Number(port) });
}

const readiness = async ({ url }: ApiUnderTest) => (await answerOf(await fetch(`${url}/readyz`))).body;

/** As if it had been written a minute ago: the sweep leaves what is fresh to whoever wrote it. */
async function age({ prisma }: ApiUnderTest): Promise<void> {
  await prisma.$executeRaw`update inbox set "receivedAt" = "receivedAt" - interval '1 minute' where state = 'pending'`;
  await prisma.$executeRaw`update orders set "acceptedAt" = "acceptedAt" - interval '1 minute' where "startedAt" is null`;
}

test('503 while PostgreSQL is away, and 200 again by itself when it is back', async () => {
  const { hostname: host, port } = new URL(surrounding('postgresUrl'));
  const line = await startLine({ host, port: Number(port) });
  const api = await startApi({
    throughUrl: (url) => {
      const through = new URL(url);
      through.port = String(line.port);
      return through.toString();
    },
  });
  const sales = api.as('u-sales-1');
  expect((await sales.get('/orders')).status).toBe(200);
  await line.cut();
  for (const answer of [await sales.get('/orders'), await sales.post('/orders', anOrder(), freshKey())]) {
    expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  }
  expect((await readiness(api)).database).toBe(false);
  expect((await fetch(`${api.url}/livez`)).status).toBe(200);
  await line.mend();
  await eventually(async () => ((await sales.get('/orders')).status === 200 ? true : undefined));
  await eventually(async () => ((await readiness(api)).listener === true ? true : undefined));
  expect((await sales.post('/orders', anOrder(), freshKey())).status).toBe(201);
  await api.stop();
  await line.close();
});

test('X1 with Temporal away a message is answered 202 at once, and applied once when it is back', async () => {
  const line = await lineToTemporal();
  const api = await startApi({ temporalAddress: `127.0.0.1:${line.port}`, settings: { answerWithinMs: 60_000 } });
  const worker = await startWorker(api);
  const { body: order } = await api.as('u-sales-1').post('/orders', anOrder(), freshKey());
  await line.cut();
  const key = freshKey();
  const pay = () =>
    api.as('u-finance-1').post(`/orders/${order.no}/payments`, { amount: yuan('9'), method: 'bank' }, key);
  const began = Date.now();
  const { status, headers, body } = await pay();
  expect([status, body.state]).toEqual([202, 'pending']);
  expect(Date.now() - began).toBeLessThan(20_000);
  const { body: other } = await api.as('u-sales-1').post('/orders', anOrder(), freshKey());
  await age(api);
  await expect(sweep(api)).rejects.toThrow();
  await line.mend();
  await eventually(async () =>
    sweep(api).then(
      () => true,
      () => undefined,
    ),
  );
  const where = String(headers['location']).replace('/api/v1', '');
  await eventually(async () => ((await api.as('u-finance-1').get(where)).body.state === 'applied' ? true : undefined));
  expect((await pay()).status).toBe(200);
  expect((await api.as('u-finance-1').get(`/orders/${order.no}`)).body.received).toEqual(yuan('9.00'));
  const { startedAt } = await api.prisma.order.findUniqueOrThrow({ where: { no: other.no } });
  expect(startedAt).not.toBeNull();
  await worker.stop();
  await api.stop();
  await line.close();
});

describe('a workflow that is not found is not a closed order', () => {
  let api: ApiUnderTest;
  let no: string;
  beforeAll(async () => {
    api = await startApi({ settings: { answerWithinMs: 500 } });
    ({ no } = (await api.as('u-sales-1').post('/orders', anOrder(), freshKey())).body);
    await api.temporal.workflow.getHandle(`order-${no}`).terminate();
  });
  afterAll(() => api.stop());
  const pay = (key = freshKey()) =>
    api.as('u-finance-1').post(`/orders/${no}/payments`, { amount: yuan('9'), method: 'bank' }, key);

  test('X1 its message stays pending and an operator is told, once', async () => {
    expect([(await pay()).status, (await pay()).status]).toEqual([202, 202]);
    await age(api);
    await sweep(api);
    const { body } = await api.as('u-admin-1').get('/incidents');
    expect(body.items).toMatchObject([{ kind: 'workflow_not_found', orderNo: no }]);
    expect(await api.prisma.inboxMessage.count({ where: { state: 'pending' } })).toBe(2);
    const closed = await api
      .as('u-admin-1')
      .patch(`/incidents/${encodeURIComponent(body.items[0].id)}`, { closed: true });
    expect(closed.body.closedBy).toBe('u-admin-1');
  });

  test('X1 once the order has ended its messages are ignored, and their senders told', async () => {
    await api.prisma.order.update({ where: { no }, data: { endedAt: new Date() } });
    const { status, body } = await pay();
    expect([status, body.code]).toEqual([409, 'order_ended']);
    expect(await api.prisma.inboxMessage.count({ where: { state: 'pending' } })).toBe(0);
  });

  test('S6 the sweep does not start an order twice: who ended is taken as started', async () => {
    await api.prisma.order.update({ where: { no }, data: { startedAt: null } });
    await age(api);
    expect(await sweep(api)).toMatchObject({ started: 1 });
    expect((await api.prisma.order.findUniqueOrThrow({ where: { no } })).startedAt).not.toBeNull();
  });

  test('two sweeps at once: one of them works', async () => {
    const both = await Promise.all([sweep(api), sweep(api), sweep(api)]);
    expect(both.filter((result) => result !== 'elsewhere').length).toBeGreaterThan(0);
    await api.prisma.$transaction(async (transaction) => {
      await transaction.$queryRaw`select pg_advisory_xact_lock(${advisoryLocks.sweep})::text`;
      expect(await sweep(api)).toBe('elsewhere');
    });
  });
});

describe('what is stuck', () => {
  let api: ApiUnderTest;
  const take = async (): Promise<string> => (await api.as('u-sales-1').post('/orders', anOrder(), freshKey())).body.no;
  beforeAll(async () => {
    // No worker: what is rung stays pending.
    api = await startApi({ settings: { answerWithinMs: 100 } });
  });
  afterAll(() => api.stop());
  afterEach(
    () => api.prisma.$executeRaw`update inbox set state = 'applied', "settledAt" = now() where state = 'pending'`,
  );

  const write = async (no: string, id: string, payload: object = { kind: 'contactLogged' }) =>
    api.prisma.$executeRaw`
      insert into inbox (id, "workflowId", "orderNo", kind, payload, sender, digest, "receivedAt")
      values (${id}, ${`order-${no}`}, ${no}, 'contactLogged', ${JSON.stringify(payload)}::jsonb, 'u-sales-1', '\\x00', now() - interval '1 minute')`;

  test('S6 a message that no workflow files is rung 32 times on its first day, not every pass', async () => {
    const no = await take();
    await write(no, 'stuck-0001');
    const { prisma } = api;
    const isDue = async () => (await dueMessages(prisma)).some(({ id }) => id === 'stuck-0001');
    expect(await isDue()).toBe(true);
    let rings = 0;
    for (let second = 5; second <= 86_400; second += Math.min(3600, 5 * 2 ** rings)) {
      await countRing(prisma, 'stuck-0001');
      rings++;
      expect(await isDue()).toBe(false);
      const wait = Math.min(3600, 5 * 2 ** rings);
      await prisma.$executeRaw`
        update inbox set "rungAt" = now() - make_interval(secs => ${wait}) where id = 'stuck-0001'`;
      expect(await isDue()).toBe(true);
    }
    expect(rings).toBe(32);
  });

  test('S6 one message that cannot be sent stops neither the others nor the pass, and an operator is told once', async () => {
    const [no, other] = [await take(), await take()];
    // More than Temporal takes in one signal.
    await write(no, 'stuck-0002', { kind: 'contactLogged', much: 'x'.repeat(3_000_000) });
    await write(other, 'stuck-0003');
    expect(await sweep(api)).toMatchObject({ rung: 1, refused: 1 });
    await api.prisma.$executeRaw`update inbox set "rungAt" = "rungAt" - interval '1 day'`;
    await sweep(api);
    const { body } = await api.as('u-admin-1').get('/incidents');
    expect(body.items).toMatchObject([{ kind: 'refused_by_temporal', orderNo: no }]);
  });

  test('S6 an order whose start Temporal refuses stops no other, is told an operator, and starts once that is closed', async () => {
    const [no, other] = [await take(), await take()];
    const { terms } = await api.prisma.order.findUniqueOrThrow({ where: { no }, select: { terms: true } });
    const isStarted = async (each: string) =>
      (await api.prisma.order.findUniqueOrThrow({ where: { no: each } })).startedAt !== null;
    // More than Temporal takes in one start, however it is deflated: as if neither had been heard of.
    const much = { ...(terms as object), much: randomBytes(3_000_000).toString('base64') };
    await api.prisma.order.update({ where: { no }, data: { terms: much, startedAt: null } });
    await api.prisma.order.update({ where: { no: other }, data: { startedAt: null } });
    await age(api);
    expect(await sweep(api)).toMatchObject({ started: 1, refused: 1 });
    expect([await isStarted(no), await isStarted(other)]).toEqual([false, true]);
    const { body } = await api.as('u-admin-1').get('/incidents');
    const incident = body.items.find(({ workflowId }: { workflowId: string }) => workflowId === `order-${no}`);
    expect(incident).toMatchObject({ kind: 'refused_by_temporal', orderNo: no });
    // It waits for the operator, and is not tried at every pass.
    expect(await sweep(api)).toMatchObject({ started: 0, refused: 0 });
    await api.prisma.order.update({ where: { no }, data: { terms: terms ?? {} } });
    await api.as('u-admin-1').patch(`/incidents/${encodeURIComponent(incident.id)}`, { closed: true });
    expect(await sweep(api)).toMatchObject({ started: 1, refused: 0 });
    expect(await isStarted(no)).toBe(true);
  });

  test('S6 a hundred stuck messages do not keep a fresh one waiting', async () => {
    const [no, other] = [await take(), await take()];
    for (let one = 0; one < 100; one++) await write(no, `stuck-1${String(one).padStart(3, '0')}`);
    await sweep(api);
    await write(other, 'fresh-0001');
    await sweep(api);
    expect(await api.prisma.inboxMessage.findUniqueOrThrow({ where: { id: 'fresh-0001' } })).toMatchObject({
      rings: 1,
    });
  });
});
