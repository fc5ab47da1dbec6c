import { randomBytes, randomUUID } from 'node:crypto';
import { Client, type WorkflowHandle } from '@temporalio/client';
import { noOthers, payloadCodec } from '../../config/payloads/codec';
import { sealRegister } from '../../prisma/seal-keys';
import { letterTo } from '../../workflows/messages';
import { testKeys } from '../harness/seal';
import { apiAtWork, yuan } from './api-at-work';
import { decisionOn, type Junk, junkFor, json } from './junk';
import { anOrder, startApi } from './api-under-test';
import { eventually, startWorker } from './worker-under-test';

const place = apiAtWork();

/** Somebody who reaches Temporal and has no key: an SDK, the CLI, the UI. */
const anybody = () => new Client({ connection: place.api.temporal.connection });

async function send(workflowId: string, { name, payloads = [], header = {} }: Junk): Promise<void> {
  await place.api.temporal.workflowService.signalWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId },
    signalName: name,
    input: { payloads: [...payloads] },
    header: { fields: header },
  });
}

const orderNow = async (no: string) => (await place.api.as('u-admin-1').get(`/orders/${no}`)).body;
const factsOf = (orderNo: string) => place.api.prisma.fact.findMany({ where: { orderNo }, orderBy: { seq: 'asc' } });
const incidentsOf = (orderNo: string) => place.api.prisma.incident.findMany({ where: { orderNo } });
/** A real message: answered at once, or the order is jammed. */
const contact = (no: string) => place.api.as('u-sales-supervisor-1').post(`/orders/${no}/contacts`, { answered: true });

test('X7 no signal of any shape that no process of ours sealed counts or jams, and an incident says in which way it was wrong', async () => {
  const { no, id: taskId } = await place.reviewOf();
  const workflowId = `order-${no}`;
  const before = await factsOf(no);
  const junk = await junkFor({ workflowId, taskId });
  for (const [what, signal] of Object.entries(junk)) {
    await send(workflowId, signal);
    const { status } = await contact(no);
    expect({ what, status }).toEqual({ what, status: 200 });
  }
  const filed = (await factsOf(no)).slice(before.length);
  expect(filed.map(({ kind }) => kind)).toEqual(Object.keys(junk).map(() => 'contactLogged'));
  const { status, tasks } = await orderNow(no);
  expect([status, tasks.map(({ id }: { id: string }) => id)]).toEqual(['pending_review', [taskId]]);
  const incidents = await eventually(async () => {
    const found = await incidentsOf(no);
    return found.length > 2 ? found : undefined;
  });
  const said = incidents.map((one) => `${one.kind} ${one.workflowId} ${JSON.stringify(one.detail)}`);
  expect(said.toSorted()).toEqual(
    ['addressed elsewhere', 'not well-formed', 'unsealed'].map(
      (message) => `signal_dropped ${workflowId} ${JSON.stringify({ message })}`,
    ),
  );
  const decided = await place.api
    .as('u-sales-supervisor-1')
    .post(`/orders/${no}/decisions`, { taskId, outcome: 'approve' });
  expect(decided.status).toBe(200);
  await place.untilItIs(no, 'awaiting_confirmation');
});

test('X7 a thousand junk signals at once are one incident, and the order answers its next message', async () => {
  const { no, id: taskId } = await place.reviewOf();
  const junk: Junk = { name: 'decisionMade', payloads: [json(letterTo(`order-${no}`, decisionOn(taskId)))] };
  for (let hundred = 0; hundred < 10; hundred++)
    await Promise.all(Array.from({ length: 100 }, () => send(`order-${no}`, junk)));
  await eventually(async () => ((await contact(no)).status === 200 ? true : undefined));
  await eventually(async () => (await incidentsOf(no))[0]);
  expect(await incidentsOf(no)).toHaveLength(1);
  expect((await orderNow(no)).status).toBe('pending_review');
});

test('X7 what the door sealed for one order says nothing to another, and to its own no second time', async () => {
  const [one, other] = [await place.reviewOf(), await place.reviewOf()];
  const paid = await place.api
    .as('u-finance-1')
    .post(`/orders/${one.no}/payments`, { amount: yuan('100'), method: 'bank' }, { 'idempotency-key': randomUUID() });
  expect(paid.status).toBe(200);
  const { events } = await place.api.temporal.workflow.getHandle(`order-${one.no}`).fetchHistory();
  const signalled = events?.flatMap((event) => event.workflowExecutionSignaledEventAttributes ?? []) ?? [];
  const payloads = signalled.find(({ signalName }) => signalName === 'paymentReceived')?.input?.payloads ?? [];
  expect(payloads[0]?.metadata).toHaveProperty('seal');
  for (const { no } of [one, other]) {
    await send(`order-${no}`, { name: 'paymentReceived', payloads });
    expect((await contact(no)).status).toBe(200);
  }
  const [first, second] = [await orderNow(one.no), await orderNow(other.no)];
  expect([first.received, first.payments.length, second.received]).toEqual([yuan('100.00'), 1, yuan('0.00')]);
  const incidents = await eventually(async () => (await incidentsOf(other.no))[0]);
  expect(incidents).toMatchObject({ kind: 'signal_dropped', detail: { message: 'addressed elsewhere' } });
  expect(await incidentsOf(one.no)).toEqual([]);
});

describe('X7 S6 a workflow that is started by hand', () => {
  /** Starts it as the UI does, or with what was sealed for another, and answers how it ended. */
  async function failureOf(
    type: string,
    { client, args }: { client: Client; args: unknown[] },
  ): Promise<WorkflowHandle> {
    const workflowId = `order-29990101-${randomUUID()}`;
    const handle = await client.workflow.start(type, { workflowId, taskQueue: place.api.taskQueue, args });
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'not_ours' } });
    expect((await handle.describe()).status.name).toBe('FAILED');
    return handle;
  }

  test.each(['order', 'shipment', 'collection'])('as %s ends at once, files nothing and asks nobody', async (type) => {
    const { no } = await place.reviewOf();
    const value = { no, first: { takenBy: 'u-sales-1' } };
    for (const [client, args] of [
      [anybody(), []],
      [anybody(), [value]],
      [anybody(), ['unsealed']],
      [place.api.temporal, [value]],
      [place.api.temporal, ['a sealed text']],
      [place.api.temporal, [null]],
    ] as const) {
      const handle = await failureOf(type, { client, args: [...args] });
      expect(await place.api.prisma.fact.count({ where: { workflowId: handle.workflowId } })).toBe(0);
    }
  });

  test('leaves its id to the true order', async () => {
    const day = (await place.take()).slice(0, 8);
    const { last } = await place.api.prisma.orderSerial.findUniqueOrThrow({ where: { day } });
    const next = `${day}-${last + 1}`;
    const forged = await anybody().workflow.start('order', {
      workflowId: `order-${next}`,
      taskQueue: place.api.taskQueue,
      args: [{ no: next }],
    });
    await expect(forged.result()).rejects.toThrow('Workflow execution failed');
    const { no } = await place.reviewOf();
    expect(no).toBe(next);
    expect((await contact(no)).status).toBe(200);
  });
});

test('X7 an activity that no workflow of ours asked for is not done', async () => {
  const { no } = await place.reviewOf();
  const incident = { key: `forged-${no}`, workflowId: `order-${no}`, orderNo: no, kind: 'forged', detail: 'forged' };
  for (const args of [[incident], []])
    await expect(
      anybody().activity.execute('openIncident', {
        id: randomUUID(),
        taskQueue: place.api.taskQueue,
        args,
        scheduleToCloseTimeout: '10s',
      }),
    ).rejects.toMatchObject({ cause: { type: 'unsealed' } });
  expect(await incidentsOf(no)).toEqual([]);
});

test('X7 a query with junk is answered, an update that nobody knows is refused, and the order goes on', async () => {
  const { no } = await place.reviewOf();
  const handle = anybody().workflow.getHandle(`order-${no}`);
  await handle.query('dossier', 'junk');
  await expect(handle.executeUpdate('approve', { args: ['junk'] })).rejects.toThrow('Workflow Update failed');
  expect((await contact(no)).status).toBe(200);
});

test('X7 a worker that lacks a key in use waits for it: what was sealed with it is not dropped, and counts once', async () => {
  const api = await startApi();
  const [test] = testKeys.sealKeys;
  const fresh = { id: 'fresh', key: randomBytes(32) };
  const withBoth = payloadCodec({ sealKeys: [fresh, test], payloadKeys: [] }, sealRegister(api.prisma, [fresh, test]));
  const withOne = payloadCodec(testKeys, { ...noOthers, holds: sealRegister(api.prisma, [test]).holds });
  const before = await startWorker(api, { codec: withOne });
  const { body: order } = await api.as('u-sales-1').post('/orders', anOrder(), { 'idempotency-key': randomUUID() });
  const workflowId = `order-${order.no}`;
  const filed = (id: string) => api.prisma.fact.count({ where: { orderNo: order.no, id } });
  const say = async (id: string, dataConverter: object) => {
    const { connection } = api.temporal;
    const message = {
      kind: 'contactLogged',
      id,
      at: new Date().toISOString(),
      by: { kind: 'process' },
      answered: true,
    };
    const client = new Client({ connection, dataConverter });
    await client.workflow.getHandle(workflowId).signal('contactLogged', letterTo(workflowId, message));
  };
  await say('first', { payloadCodecs: [withOne] });
  await eventually(async () => ((await filed('first')) > 0 ? true : undefined));
  await say('second', { payloadCodecs: [withBoth] });
  await eventually(async () => {
    const { events } = await api.temporal.workflow.getHandle(workflowId).fetchHistory();
    return events?.find((event) => event.workflowTaskFailedEventAttributes);
  });
  await before.stop();
  expect(await filed('second')).toBe(0);
  const after = await startWorker(api, { codec: withBoth });
  await eventually(async () => ((await filed('second')) > 0 ? true : undefined));
  expect([await filed('first'), await filed('second'), await api.prisma.incident.count()]).toEqual([1, 1, 0]);
  await after.stop();
  await api.stop();
});

test('W2 X7 what an order starts with is readable on the server but for its terms, which take a quarter or less', async () => {
  const { no } = await place.reviewOf();
  const { events } = await place.api.temporal.workflow.getHandle(`order-${no}`).fetchHistory();
  const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const sent = Buffer.from(payload?.data ?? []);
  expect(JSON.parse(sent.toString())).toMatchObject({ no, first: { terms: { deflated: expect.any(String) } } });
  const { terms } = await place.api.prisma.order.findUniqueOrThrow({ where: { no } });
  expect(sent.length).toBeLessThan(JSON.stringify(terms).length / 4);
});

test('W2 an order whose payload would be too large is refused at the door with the field', async () => {
  const { prisma } = place.api;
  const customerId = 'c-held-often';
  await prisma.customer.create({ data: { id: customerId, legalName: '常扣公司', grade: 'B' } });
  await prisma.customerHold.createMany({
    data: Array.from({ length: 500 }, (_, index) => ({
      id: `hold-${index}-${'x'.repeat(40)}`,
      customerId,
      reason: 'manual',
      gates: ['bill'],
      placedBy: 'u-finance-1',
    })),
  });
  const { status, body } = await place.api
    .as('u-sales-1')
    .post('/orders', anOrder({ customerId }), { 'idempotency-key': randomUUID() });
  expect([status, body.code, body.errors]).toMatchObject([
    400,
    'invalid_input',
    [{ field: 'customerId', code: 'too_large' }],
  ]);
  expect(await prisma.order.count({ where: { customerId } })).toBe(0);
});
