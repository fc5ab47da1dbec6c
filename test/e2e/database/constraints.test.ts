import { Client } from 'pg';
import { type Company, acceptOrder, openCompany, writeInbox } from './company';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(async () => company.close());

type Legs = readonly (readonly [account: string, amountFen: number])[];

/** Posts an entry in one transaction, as anything with the password could: by hand. */
async function post(key: string, legs: Legs, reverses: string | null = null): Promise<void> {
  const values = legs.map(([account, amount], index) => `('${key}', ${index + 1}, '${account}', ${amount})`).join(', ');
  const insertLegs =
    legs.length === 0 ? '' : `insert into ledger_legs ("entryKey", leg, account, "amountFen") values ${values};`;
  await company.query(
    `insert into ledger_entries (key, purpose, "happenedAt", reverses) values ('${key}', 'receipt', now(), ${reverses === null ? 'null' : `'${reverses}'`}); ${insertLegs}`,
  );
}
const balanced: Legs = [
  ['1002', 100],
  ['2204', -100],
];

test('M1 an entry whose legs do not sum to zero is refused by the database', async () => {
  await expect(
    post('m1-crooked', [
      ['1002', 100],
      ['2204', -99],
    ]),
  ).rejects.toThrow('sum to 1 fen, not to zero');
  expect(await company.query(`select from ledger_entries where key = 'm1-crooked'`)).toEqual([]);
});

test('M1 an entry with fewer than two legs, or a leg of nothing, is refused by the database', async () => {
  await expect(post('m1-none', [])).rejects.toThrow('has 0 legs');
  await expect(
    post('m1-zero', [
      ['1002', 100],
      ['2204', -100],
      ['6001', 0],
    ]),
  ).rejects.toThrow('ledger_legs_amount');
});

test('M1 legs of one transaction may come in any number of statements: what counts is the end', async () => {
  await company.query(`begin;
    insert into ledger_entries (key, purpose, "happenedAt") values ('m1-slow', 'receipt', now());
    insert into ledger_legs values ('m1-slow', 1, '1002', 5);
    insert into ledger_legs values ('m1-slow', 2, '2204', -5);
    commit`);
  expect(await company.query(`select count(*)::int as legs from ledger_legs where "entryKey" = 'm1-slow'`)).toEqual([
    { legs: 2 },
  ]);
});

test('M3 entries and legs cannot be changed, removed, emptied or added to', async () => {
  await post('m3', balanced);
  const refused = 'written once and never changed';
  await expect(company.query(`update ledger_entries set purpose = 'bill' where key = 'm3'`)).rejects.toThrow(refused);
  await expect(company.query(`update ledger_legs set account = '1001' where "entryKey" = 'm3'`)).rejects.toThrow(
    refused,
  );
  await expect(company.query(`delete from ledger_legs where "entryKey" = 'm3'`)).rejects.toThrow(refused);
  await expect(company.query(`delete from ledger_entries where key = 'm3'`)).rejects.toThrow(refused);
  await expect(company.query(`truncate ledger_entries cascade`)).rejects.toThrow(refused);
  await expect(
    company.query(`insert into ledger_legs values ('m3', 3, '1002', 7), ('m3', 4, '2204', -7)`),
  ).rejects.toThrow('is booked, no leg can be added');
});

test('M3 a reversal takes back exactly its target, and each target at most once', async () => {
  await post('m3-target', balanced);
  await expect(
    post(
      'm3-half',
      [
        ['1002', -50],
        ['2204', 50],
      ],
      'm3-target',
    ),
  ).rejects.toThrow('does not take back exactly');
  await expect(
    post(
      'm3-ghost',
      [
        ['1002', -100],
        ['2204', 100],
      ],
      'm3-nothing',
    ),
  ).rejects.toThrow('ledger_entries_reverses_fkey');
  await post(
    'm3-back',
    [
      ['1002', -100],
      ['2204', 100],
    ],
    'm3-target',
  );
  await expect(
    post(
      'm3-again',
      [
        ['1002', -100],
        ['2204', 100],
      ],
      'm3-target',
    ),
  ).rejects.toThrow('ledger_entries_reverses_key');
});

test('M10 one posting per cause, and a bill adds up', async () => {
  await post('m10', balanced);
  await expect(post('m10', balanced)).rejects.toThrow('ledger_entries_pkey');
  await expect(
    company.query(
      `insert into charges (no, "orderNo", purpose, "netFen", "taxFen", "amountFen", "openFen", "raisedAt", "dueAt")
       values ('B', '20261123-0001', 'bill', 100, 13, 112, 112, now(), now())`,
    ),
  ).rejects.toThrow('charges_amount');
});

test('M2 a transaction committed half-way leaves no half entry', async () => {
  const slow = new Client({ connectionString: company.url });
  await slow.connect();
  await slow.query('begin');
  await slow.query(`insert into ledger_entries (key, purpose, "happenedAt") values ('m2', 'receipt', now())`);
  await slow.query(`insert into ledger_legs values ('m2', 1, '1002', 5)`);
  // The client believes that it is done, as one whose own time ran out does (invariants, rule 4).
  await expect(slow.query('commit')).rejects.toThrow('has 1 legs');
  await slow.end();
  expect(await company.query(`select from ledger_entries where key = 'm2'`)).toEqual([]);
});

test('Q5 goods in hand are never negative, nor is more reserved than is in hand', async () => {
  await company.query(`insert into stock_batches values ('I:q5', 'I', 'W', '', now(), 5, 0)`);
  await expect(company.query(`update stock_batches set "inHand" = -1 where id = 'I:q5'`)).rejects.toThrow(
    'stock_batches',
  );
  await expect(company.query(`update stock_batches set reserved = 6 where id = 'I:q5'`)).rejects.toThrow(
    'stock_batches_reserved',
  );
  await expect(company.query(`update stock_batches set reserved = -1 where id = 'I:q5'`)).rejects.toThrow(
    'stock_batches_reserved',
  );
  await expect(company.query(`update stock_batches set "itemId" = 'J' where id = 'I:q5'`)).rejects.toThrow(
    'stock_batches_of_item',
  );
});

describe('tasks', () => {
  const task = (id: string, columns: string, values: string) =>
    company.query(
      `insert into tasks (id, "workflowId", "orderNo", kind, revision, level, roles, users, excluded, outcomes, rule, evidence, "openedAt", "dueAt", ${columns})
       values ('${id}', 'w', '20261123-0001', 'review.sales', 1, 1, '{sales}', '{}', '[]', '{}', '', '{}', now(), now(), ${values})`,
    );
  const decidedBy = `state, "decidedBy", "decidedAt", "closedAt", outcome`;

  test('V2 a decided task says what was decided and by whom', async () => {
    await expect(task('t1', 'state', `'decided'`)).rejects.toThrow('tasks_state');
    await expect(task('t1', 'state, outcome', `'open', 'approve'`)).rejects.toThrow('tasks_state');
    await expect(task('t1', 'state', `'perhaps'`)).rejects.toThrow('tasks_state');
  });

  test('V2 one effective decision per order, revision and level', async () => {
    await task('t2', decidedBy, `'decided', 'u', now(), now(), 'approve'`);
    await expect(task('t3', decidedBy, `'decided', 'v', now(), now(), 'approve'`)).rejects.toThrow(
      'tasks_one_decision',
    );
    await task('t4', `state, "closedAt"`, `'void', now()`);
  });

  test('V5 a rejection or return has a reason', async () => {
    await expect(task('t5', decidedBy, `'decided', 'v', now(), now(), 'reject'`)).rejects.toThrow('tasks_reason');
  });

  test('S5 a task that nobody may answer is refused', async () => {
    await task('t6', 'state', `'open'`);
    await expect(company.query(`update tasks set roles = '{}' where id = 't6'`)).rejects.toThrow('tasks_somebody');
  });
});

test('X2 facts are written once: an id cannot stand twice, and nothing is changed or removed', async () => {
  const fact = (seq: number) =>
    company.query(
      `insert into facts ("workflowId", seq, "orderNo", id, kind, filed, body, at, "happenedAt", actor)
       values ('w', ${seq}, '20261123-0001', 'x2', 'reviewPassed', 'applied', '{}', now(), now(), 'process')`,
    );
  await fact(1);
  await expect(fact(2)).rejects.toThrow('facts_id_key');
  await expect(company.query(`update facts set filed = 'applied' where id = 'x2'`)).rejects.toThrow('never changed');
  await expect(company.query(`delete from facts`)).rejects.toThrow('never changed');
  await expect(company.query(`truncate facts`)).rejects.toThrow('never changed');
});

test('IN-2 an order has a number of date and serial', async () => {
  await acceptOrder(company, '20261123-0001');
  await acceptOrder(company, '20261123-12345');
  for (const no of ['20261123-001', '2026-11-23-0001', 'order', '20261123-0001 ']) {
    await expect(acceptOrder(company, no)).rejects.toThrow('orders_number');
  }
});

test('X1 a message is pending, applied, or ignored for a reason, and settled once', async () => {
  await writeInbox(company, { id: 'x1', orderNo: '20261123-0001' });
  await expect(company.query(`update inbox set state = 'ignored', "settledAt" = now()`)).rejects.toThrow('inbox_state');
  await expect(company.query(`update inbox set state = 'lost'`)).rejects.toThrow('inbox_state');
  await company.query(`update inbox set state = 'applied', "settledAt" = now()`);
  await expect(company.query(`update inbox set state = 'pending', "settledAt" = null`)).rejects.toThrow(
    'is settled as applied',
  );
});

test('S1 a status that is not of the vocabulary cannot be written', async () => {
  await acceptOrder(company, '20261123-0009');
  await expect(company.query(`update orders set status = 'lost' where no = '20261123-0009'`)).rejects.toThrow(
    'orders_status',
  );
});
