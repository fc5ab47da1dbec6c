import { ApplicationFailure } from '@temporalio/common';
import { Client } from 'pg';
import { createActivities } from '../../../activities';
import { oneSlot } from '../../../domain/inside/kernel/worklist/task';
import type { Filing } from '../../../domain/inside/filing';
import { createPrismaClient } from '../../../prisma/client';
import type { PrismaClient } from '../../../prisma/generated/client';
import { readModel } from '../../../scripts/faults/read/tables';
import { type Company, acceptOrder, openCompany, rowsIn, writeInbox } from './company';
import { approved, batch, head, monday, receipt, review, sales } from '../../filings';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(async () => company.close());

let serial = 0;
/** An order of its own per test. */
async function newOrder(): Promise<string> {
  serial += 1;
  const no = `20261123-${String(serial).padStart(4, '0')}`;
  await acceptOrder(company, no);
  return no;
}

async function everything(): Promise<Readonly<Record<string, readonly object[]>>> {
  const rows: Record<string, readonly object[]> = {};
  for (const table of [...readModel, 'inbox']) rows[table] = await rowsIn(company, table);
  return rows;
}

const payment = (id: string, amountFen: number) =>
  ({ ...head(id, sales), kind: 'paymentReceived', paymentId: `pay-${id}`, amountFen, method: 'bank' }) as const;

function firstBatch(orderNo: string): Filing {
  const task = { ...review, id: `${orderNo}/1` };
  return batch({
    orderNo,
    facts: [
      { ...head(`${orderNo}#1`), kind: 'taskOpened', task },
      { ...head(`${orderNo}#2`), kind: 'confirmationSent', revision: 1, offeredOn: '2026-12-01' },
      payment(`${orderNo}-m1`, 50_00),
    ],
    tasks: [task],
    postings: [receipt(`${orderNo}-m1:receipt`, 50_00)],
    summary: { receivedFen: 50_00 },
  });
}

const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test('S3 a batch is filed with all that follows from it: the order, its facts, tasks, notices and money', async () => {
  const no = await newOrder();
  await company.activities.fileFacts(firstBatch(no));
  const [order] = await company.query<Record<string, unknown>>('select * from orders where no = $1', [no]);
  expect(order).toMatchObject({
    filedSeq: 3,
    version: 3,
    waitingFor: ['sales'],
    receivedFen: '5000',
    promisedOn: null,
  });
  expect(order?.['startedAt']).toBeInstanceOf(Date);
  const facts = await company.query(
    'select seq, id, kind, filed, actor, body from facts where "orderNo" = $1 order by seq',
    [no],
  );
  expect(facts).toMatchObject([
    { seq: 1, kind: 'taskOpened', actor: 'process' },
    { seq: 2, kind: 'confirmationSent', body: { revision: 1, offeredOn: '2026-12-01' } },
    { seq: 3, kind: 'paymentReceived', actor: 'u-sales', filed: 'applied', body: { amountFen: 50_00 } },
  ]);
  expect(await company.query('select id, state, roles, excluded, level from tasks where "orderNo" = $1', [no])).toEqual(
    [{ id: `${no}/1`, state: 'open', roles: ['sales'], excluded: review.excluded, level: 1 }],
  );
  expect(
    await company.query('select key, template, "to" from notices where "orderNo" = $1 order by key', [no]),
  ).toEqual([
    { key: `${no}#1:taskOpened`, template: 'taskOpened', to: ['sales'] },
    { key: `${no}#2:confirmationSent`, template: 'confirmationSent', to: ['customer'] },
  ]);
  expect(
    await company.query('select leg, account, "amountFen" from ledger_legs where "entryKey" = $1 order by leg', [
      `${no}-m1:receipt`,
    ]),
  ).toEqual([
    { leg: 1, account: '1002', amountFen: '5000' },
    { leg: 2, account: '2204', amountFen: '-5000' },
  ]);
});

test('S3 a batch filed twice changes nothing', async () => {
  const filing = firstBatch(await newOrder());
  await company.activities.fileFacts(filing);
  const before = await everything();
  await company.activities.fileFacts(filing);
  expect(await everything()).toEqual(before);
});

test('S3 the same batch filed by twenty at once is filed once', async () => {
  const no = await newOrder();
  await Promise.all(Array.from({ length: 20 }, async () => company.activities.fileFacts(firstBatch(no))));
  expect(await company.query('select count(*)::int as facts from facts where "orderNo" = $1', [no])).toEqual([
    { facts: 3 },
  ]);
});

test('S3 a batch that comes too early is refused, names the gap, and is welcome later', async () => {
  const no = await newOrder();
  const second = batch({ orderNo: no, firstSeq: 4, facts: [payment(`${no}-m2`, 1_00)] });
  const failure = await failureOf(company.activities.fileFacts(second));
  expect(String(failure)).toContain(`order-${no} is filed up to 0: facts 4 to 4 do not follow on`);
  expect(failure).not.toBeInstanceOf(ApplicationFailure); // so Temporal tries again
  await company.activities.fileFacts(firstBatch(no));
  await company.activities.fileFacts(second);
  expect(await company.query('select "filedSeq" from orders where no = $1', [no])).toEqual([{ filedSeq: 4 }]);
});

describe('S3 X2 another attempt at a lost workflow task', () => {
  const paid = (no: string, serial: number) => payment(`${no}-p${serial}`, serial * 100);
  const filing = (no: string, epoch: number, [from, to]: readonly [number, number]): Filing => {
    const serials = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    return batch({
      orderNo: no,
      epoch,
      firstSeq: from,
      facts: serials.map((serial) => paid(no, serial)),
      postings: serials.map((serial) => receipt(`${no}-p${serial}:receipt`, serial * 100)),
      summary: { receivedFen: to * 100 },
    });
  };
  const stands = async (no: string) => {
    const [row] = await company.query(
      `select "filedSeq", "filedEpoch", version, "receivedFen", (select count(*)::int from payments p where p."orderNo" = no) as payments,
              (select count(*)::int from ledger_entries e where e."orderNo" = no) as entries from orders where no = $1`,
      [no],
    );
    return row;
  };
  const file = (one: Filing): Promise<unknown> => failureOf(company.activities.fileFacts(one));

  test('that files more at a time adds what is missing', async () => {
    const no = await newOrder();
    await file(filing(no, 3, [1, 2]));
    expect(await file(filing(no, 7, [1, 4]))).toBeUndefined();
    expect(await stands(no)).toEqual({
      filedSeq: 4,
      filedEpoch: 7,
      version: 4,
      receivedFen: '400',
      payments: 4,
      entries: 4,
    });
  });

  test('that files less at a time changes nothing, and goes on', async () => {
    const no = await newOrder();
    await file(filing(no, 3, [1, 3]));
    for (const part of [
      [1, 1],
      [2, 2],
      [3, 4],
    ] as const)
      expect(await file(filing(no, 7, part))).toBeUndefined();
    expect(await stands(no)).toMatchObject({ filedSeq: 4, filedEpoch: 7, receivedFen: '400', payments: 4, entries: 4 });
  });

  test('overtakes the one before, which files nothing any more', async () => {
    const no = await newOrder();
    await file(filing(no, 3, [1, 2]));
    await file(filing(no, 7, [1, 3]));
    expect(await file(filing(no, 3, [1, 3]))).toBeUndefined();
    const stale = await file(filing(no, 3, [4, 4]));
    expect(String(stale)).toContain('a later attempt filed at 7');
    expect(stale).not.toBeInstanceOf(ApplicationFailure);
    expect(await stands(no)).toMatchObject({ filedSeq: 3, filedEpoch: 7, payments: 3 });
  });

  test('with another fact under a number, or another answer, is a lasting fault, and writes nothing', async () => {
    const no = await newOrder();
    await file(filing(no, 3, [1, 2]));
    const before = await everything();
    const { facts, ...rest } = filing(no, 7, [1, 3]);
    const [first, second, third] = facts;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three facts');
    const otherFact = { ...second, fact: { ...second.fact, id: 'another' } };
    const otherAnswer = { ...second, filed: 'ignored' as const, because: 'too_many' as const };
    const otherWords = { ...second, fact: { ...second.fact, amountFen: 99_900 } };
    for (const other of [otherFact, otherAnswer, otherWords])
      expect(await file({ ...rest, facts: [first, other, third] })).toMatchObject({ type: 'history_diverged' });
    expect(await everything()).toEqual(before);
  });

  test('takes along the postings of the facts that it adds, and of no other whose id begins alike', async () => {
    const no = await newOrder();
    const [longer, shorter] = [payment(`${no}-p:receipt`, 2_00), payment(`${no}-p`, 1_00)];
    const first = batch({ orderNo: no, facts: [longer], postings: [receipt(`${longer.id}:receipt`, 2_00)] });
    await file(first);
    const more = batch({
      orderNo: no,
      epoch: 7,
      firstSeq: 2,
      facts: [shorter],
      postings: [receipt(`${shorter.id}:receipt`, 1_00)],
    });
    const both = {
      ...more,
      firstSeq: 1,
      facts: [...first.facts, ...more.facts],
      postings: [...first.postings, ...more.postings],
    };
    expect(await file(both)).toBeUndefined();
    expect(await stands(no)).toMatchObject({ filedSeq: 2, payments: 2, entries: 2 });
  });

  test('of many at once is filed once', async () => {
    const no = await newOrder();
    const attempts = Array.from({ length: 20 }, (_, index) => filing(no, 3 + (index % 4), [1, 1 + (index % 3)]));
    await Promise.all(attempts.map(file));
    await file(filing(no, 9, [1, 3]));
    expect(await stands(no)).toMatchObject({ filedSeq: 3, version: 3, receivedFen: '300', payments: 3, entries: 3 });
  });

  test('a run that was reset behind what is filed is a lasting fault where it would add something', async () => {
    const no = await newOrder();
    await file(filing(no, 40, [1, 2]));
    const reset = { ...filing(no, 12, [1, 3]), run: 'run-2' };
    expect(await file(reset)).toMatchObject({ type: 'history_diverged' });
    expect(await stands(no)).toMatchObject({ filedSeq: 2, filedEpoch: 40 });
  });
});

test('S3 the same sequence numbers with other facts are a lasting fault: the books never say two things', async () => {
  const no = await newOrder();
  await company.activities.fileFacts(firstBatch(no));
  const other = batch({ orderNo: no, firstSeq: 3, facts: [payment(`${no}-m9`, 7_00)] });
  expect(await failureOf(company.activities.fileFacts(other))).toMatchObject({
    type: 'history_diverged',
    nonRetryable: true,
  });
});

test('X2 a message that was applied cannot be applied again under another number', async () => {
  const no = await newOrder();
  await company.activities.fileFacts(firstBatch(no));
  const again = batch({ orderNo: no, firstSeq: 4, facts: [payment(`${no}-m1`, 50_00)] });
  expect(await failureOf(company.activities.fileFacts(again))).toMatchObject({
    type: 'rows_refused',
    nonRetryable: true,
  });
  expect(await company.query('select "filedSeq" from orders where no = $1', [no])).toEqual([{ filedSeq: 3 }]);
});

test('X1 a message filed is settled once, and whoever listens is told after the commit', async () => {
  const no = await newOrder();
  await writeInbox(company, { id: `${no}-m1`, orderNo: no });
  await writeInbox(company, { id: `${no}-m2`, orderNo: no });
  const listener = new Client({ connectionString: company.url });
  await listener.connect();
  const heard: string[] = [];
  const both = new Promise<void>((resolve) => {
    listener.on('notification', ({ channel, payload }) => {
      heard.push(`${channel} ${payload}`);
      if (heard.length === 3) resolve();
    });
  });
  await listener.query('listen inbox; listen orders');
  await company.activities.fileFacts(
    batch({
      orderNo: no,
      facts: [payment(`${no}-m1`, 1_00), { fact: payment(`${no}-m2`, 2_00), filed: 'ignored', because: 'order_ended' }],
    }),
  );
  await both;
  await listener.end();
  expect(heard.map((line) => line.replaceAll(' : ', ':').replaceAll(', ', ','))).toEqual(
    expect.arrayContaining([
      `orders ${no}`,
      `inbox {"id":"${no}-m1","state":"applied","because":null}`,
      `inbox {"id":"${no}-m2","state":"ignored","because":"order_ended"}`,
    ]),
  );
  expect(await company.query('select id, state, because from inbox where "orderNo" = $1 order by id', [no])).toEqual([
    { id: `${no}-m1`, state: 'applied', because: null },
    { id: `${no}-m2`, state: 'ignored', because: 'order_ended' },
  ]);
});

test('X2 a message heard twice and ignored the second time stays as it was filed first', async () => {
  const no = await newOrder();
  await writeInbox(company, { id: `${no}-m1`, orderNo: no });
  const first = payment(`${no}-m1`, 1_00);
  const echo = { fact: first, filed: 'ignored', because: 'duplicate' } as const;
  await company.activities.fileFacts(batch({ orderNo: no, facts: [first, echo], summary: { version: 1 } }));
  await company.activities.fileFacts(batch({ orderNo: no, firstSeq: 3, facts: [echo], summary: { version: 1 } }));
  expect(await company.query('select state from inbox where id = $1', [first.id])).toEqual([{ state: 'applied' }]);
  expect(await company.query('select seq, filed from facts where id = $1', [first.id])).toEqual([
    { seq: 1, filed: 'applied' },
  ]);
});

test('HT-18 a task is offered, escalated and decided, with its history', async () => {
  const no = await newOrder();
  const task = { ...review, id: `${no}/1` };
  await company.activities.fileFacts(
    batch({ orderNo: no, facts: [{ ...head(`${no}#1`), kind: 'taskOpened', task }], tasks: [task] }),
  );
  await company.query(`update tasks set "claimedBy" = 'u-sales' where id = $1`, [task.id]);
  const wider = { ...task, ...oneSlot([{ role: 'sales' }, { role: 'sales_director' }]) };
  const reminded = { ...head(`${no}#2`), kind: 'rungReached', of: task.id, rung: 0, do: 'remind', to: [] } as const;
  await company.activities.fileFacts(batch({ orderNo: no, firstSeq: 2, facts: [reminded] }));
  const escalated = { ...reminded, id: `${no}#3`, rung: 1, do: 'escalate', to: ['sales_director'] } as const;
  await company.activities.fileFacts(batch({ orderNo: no, firstSeq: 3, facts: [escalated], tasks: [wider] }));
  const decision = { ...head(`${no}-m1`, sales), kind: 'decisionMade', taskId: task.id, outcome: 'approve' } as const;
  const late = { ...decision, id: `${no}-m2` };
  await company.activities.fileFacts(
    batch({
      orderNo: no,
      firstSeq: 4,
      facts: [decision, { fact: late, filed: 'ignored', because: 'task_closed' }],
      tasks: [approved(wider, decision.id)],
    }),
  );
  expect(
    await company.query('select state, roles, outcome, "decidedBy", "claimedBy" from tasks where id = $1', [task.id]),
  ).toEqual([
    {
      state: 'decided',
      roles: ['sales', 'sales_director'],
      outcome: 'approve',
      decidedBy: 'u-sales',
      claimedBy: 'u-sales',
    },
  ]);
  expect(
    await company.query('select id, kind, actor from task_events where "taskId" = $1 order by id', [task.id]),
  ).toEqual(
    [
      { id: `${no}#1:offered`, kind: 'offered', actor: 'process' },
      { id: `${no}#2:reminded`, kind: 'reminded', actor: 'process' },
      { id: `${no}#3:escalated`, kind: 'escalated', actor: 'process' },
      { id: `${no}-m1:decided:${task.id}`, kind: 'decided', actor: 'u-sales' },
      { id: `${no}-m2:refused`, kind: 'refused', actor: 'u-sales' },
    ].sort((one, other) => (one.id < other.id ? -1 : 1)),
  );
  expect(
    await company.query('select template, "to" from notices where "orderNo" = $1 order by template', [no]),
  ).toEqual([
    { template: 'rung.escalate', to: ['sales_director'] },
    { template: 'rung.remind', to: ['sales'] }, // nobody named: whoever holds the task
    { template: 'taskOpened', to: ['sales'] },
  ]);
});

test('V2 a second effective decision of one review level is refused by the database', async () => {
  const no = await newOrder();
  const [one, other] = [
    { ...review, id: `${no}/1` },
    { ...review, id: `${no}/2` },
  ];
  await company.activities.fileFacts(batch({ orderNo: no, tasks: [approved(one, 'm1')] }));
  const second = company.activities.fileFacts(batch({ orderNo: no, tasks: [approved(other, 'm2')] }));
  expect(await failureOf(second)).toMatchObject({ type: 'rows_refused', nonRetryable: true });
});

test('M1 postings that do not balance leave nothing of their batch behind', async () => {
  const no = await newOrder();
  const crooked = {
    ...receipt(`${no}:receipt`, 10_00),
    legs: [
      { account: '1002', amountFen: 10_00 },
      { account: '2204', amountFen: -9_99 },
    ],
  } as const;
  const failure = await failureOf(
    company.activities.fileFacts(batch({ orderNo: no, facts: [payment(`${no}-m1`, 10_00)], postings: [crooked] })),
  );
  expect(failure).toMatchObject({
    type: 'rows_refused',
    nonRetryable: true,
    message: expect.stringContaining('sum to 1 fen'),
  });
  expect(
    await company.query(
      'select "filedSeq", (select count(*)::int from facts f where f."orderNo" = no) as facts from orders where no = $1',
      [no],
    ),
  ).toEqual([{ filedSeq: 0, facts: 0 }]);
});

test('M10 a payment is booked once: the same one in a later batch is refused', async () => {
  const no = await newOrder();
  await company.activities.fileFacts(firstBatch(no));
  const again = batch({ orderNo: no, firstSeq: 4, facts: [], postings: [receipt(`${no}-m1:receipt`, 50_00)] });
  expect(await failureOf(company.activities.fileFacts(again))).toMatchObject({ type: 'rows_refused' });
});

test('HG-4 a payment taken back is marked, by another batch or by the same', async () => {
  const no = await newOrder();
  const back = (id: string, of: string) =>
    ({ ...head(id, sales), kind: 'paymentReversed', paymentId: of, reasonCode: 'typo' }) as const;
  await company.activities.fileFacts(firstBatch(no));
  await company.activities.fileFacts(
    batch({
      orderNo: no,
      firstSeq: 4,
      facts: [back(`${no}-m2`, `pay-${no}-m1`), payment(`${no}-m3`, 5), back(`${no}-m4`, `pay-${no}-m3`)],
    }),
  );
  expect(await company.query('select id, "reversedBy" from payments where "orderNo" = $1 order by id', [no])).toEqual([
    { id: `pay-${no}-m1`, reversedBy: `${no}-m2` },
    { id: `pay-${no}-m3`, reversedBy: `${no}-m4` },
  ]);
});

test('PU-1 goods are bought, made, received, inspected and voided, whichever batch says so', async () => {
  const no = await newOrder();
  await company.activities.fileFacts(
    batch({
      orderNo: no,
      facts: [
        { ...head(`${no}#1`), kind: 'purchaseOrdered', purchaseNo: `${no}-P1`, line: 1, itemId: 'item-1', quantity: 5 },
        {
          ...head(`${no}#2`),
          kind: 'productionOrdered',
          productionNo: `${no}-M1`,
          line: 2,
          itemId: 'item-2',
          quantity: 4,
        },
        { ...head(`${no}-m1`), kind: 'goodsReceived', line: 1, quantity: 2, batchId: 'b' },
      ],
    }),
  );
  const goods = async () => ({
    bought: await company.query('select "itemId", received, state from purchase_orders where "orderNo" = $1', [no]),
    made: await company.query(
      'select "itemId", reported, passed, scrapped, state from production_orders where "orderNo" = $1',
      [no],
    ),
  });
  expect(await goods()).toEqual({
    bought: [{ itemId: 'item-1', received: 2, state: 'ordered' }],
    made: [{ itemId: 'item-2', reported: 0, passed: 0, scrapped: 0, state: 'ordered' }],
  });
  await company.activities.fileFacts(
    batch({
      orderNo: no,
      firstSeq: 4,
      facts: [
        { ...head(`${no}-m2`), kind: 'goodsReceived', line: 1, quantity: 3, batchId: 'b' },
        { ...head(`${no}-m3`), kind: 'progressReported', line: 2, quantity: 4 },
        { ...head(`${no}-m4`), kind: 'inspectionRecorded', line: 2, passed: 3, rework: 0, scrapped: 1 },
      ],
    }),
  );
  await company.activities.fileFacts(
    batch({ orderNo: no, firstSeq: 7, facts: [{ ...head(`${no}#7`), kind: 'stockFreed' }] }),
  );
  expect(await goods()).toEqual({
    bought: [{ itemId: 'item-1', received: 5, state: 'received' }],
    made: [{ itemId: 'item-2', reported: 4, passed: 3, scrapped: 1, state: 'void' }],
  });
});

test('SH-3 a shipment has a row from its first filing on, and none before', async () => {
  const no = await newOrder();
  const shipment = (firstSeq: number): Filing => ({
    ...batch({
      orderNo: no,
      firstSeq,
      facts: [{ ...head(`s${no}-${firstSeq}`), kind: 'waybillEntered', carrier: 'SF', waybillNo: 'W1' }],
    }),
    workflowId: `shipment-${no}-S1`,
    summary: {
      of: 'shipment',
      no: `${no}-S1`,
      status: 'shipped_out',
      version: firstSeq,
      carrier: 'SF',
      waybillNo: 'W1',
      clearance: 'paid',
      shippedAt: monday,
      arrivedAt: null,
      deliveredAt: null,
    },
  });
  expect(String(await failureOf(company.activities.fileFacts(shipment(2))))).toContain('has no row yet');
  await company.activities.fileFacts(shipment(1));
  await company.activities.fileFacts(shipment(1));
  await company.activities.fileFacts(shipment(2));
  expect(await company.query('select "filedSeq", status from shipments where "orderNo" = $1', [no])).toEqual([
    { filedSeq: 2, status: 'shipped_out' },
  ]);
  expect(await company.query('select "filedSeq" from orders where no = $1', [no])).toEqual([{ filedSeq: 0 }]);
});

test('AR-2 a collection has a row of its own that follows its ladder', async () => {
  const no = await newOrder();
  const collection = (firstSeq: number, level: string): Filing => ({
    ...batch({
      orderNo: no,
      firstSeq,
      facts: [{ ...head(`c${no}-${firstSeq}`), kind: 'owedChanged', owedFen: 9_00 }],
    }),
    workflowId: `collection-${no}-B1`,
    summary: {
      of: 'collection',
      no: `${no}-B1`,
      chargeNo: `${no}-B1`,
      version: firstSeq,
      level,
      owedFen: 9_00,
      dueAt: monday,
      nextAt: null,
      endedAt: null,
    },
  });
  await company.activities.fileFacts(collection(1, 'reminder'));
  await company.activities.fileFacts(collection(2, 'notice'));
  expect(
    await company.query('select level, "filedSeq", "customerId" from collections where "orderNo" = $1', [no]),
  ).toEqual([{ level: 'notice', filedSeq: 2, customerId: 'C-1' }]);
});

test('design 13 a filing is one call to the database, whatever it writes', async () => {
  const calls: string[] = [];
  const counted = company.prisma.$extends({
    query: {
      $allOperations: async ({ operation, args, query }) => {
        calls.push(operation);
        return query(args);
      },
    },
  });
  // An extended client has all that activities use; only its type is another.
  const activities = createActivities({ prisma: counted as unknown as PrismaClient, log: { warn: () => undefined } });
  await activities.fileFacts(firstBatch(await newOrder()));
  expect(calls).toEqual(['$queryRawUnsafe']);
});

test('design 12 a locked row is a passing fault: nothing is filed, and the next attempt files it', async () => {
  const no = await newOrder();
  const impatient = createPrismaClient(company.url, { lockTimeoutMs: 50 });
  const activities = createActivities({ prisma: impatient, log: { warn: () => undefined } });
  await company.query('begin');
  await company.query('select from orders where no = $1 for update', [no]);
  const failure = await failureOf(activities.fileFacts(firstBatch(no)));
  expect(String(failure)).toContain('lock timeout');
  expect(failure).not.toBeInstanceOf(ApplicationFailure);
  await company.query('commit');
  await activities.fileFacts(firstBatch(no));
  await impatient.$disconnect();
  expect(await company.query('select "filedSeq" from orders where no = $1', [no])).toEqual([{ filedSeq: 3 }]);
});
