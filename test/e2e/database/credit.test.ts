import type { OrderSummary } from '../../../domain/inside/order-summary';
import { batch, head } from '../../filings';
import { onDatabase } from '../../../scripts/servers/on-database';
import { type Company, openCompany } from './company';

let company: Company;
beforeEach(async () => {
  company = await openCompany();
});
afterEach(async () => company.close());

async function customerWith(creditLimitFen: number): Promise<void> {
  await company.query(
    `insert into customers (id, "legalName", grade, "creditLimitFen") values ('C-1', '宏达机械有限公司', 'A', $1)`,
    [creditLimitFen],
  );
}

/** An order of 1,000.00 yuan under review, its workflow started. */
async function order(no: string): Promise<void> {
  await company.query(
    `insert into orders (no, "customerId", channel, "takenBy", "salespersonId", grade, "policyName", "policyVersion", status,
                         "totalFen", "startedAt", terms)
     values ($1, 'C-1', 'phone', 'u-sales', 'u-sales', 'A', 'default', 1, 'pending_review', 100000, now(), '{}')`,
    [no],
  );
}

const number = (serial: number): string => `20261123-${String(serial).padStart(4, '0')}`;

const reserve = (
  no: string,
  more: {
    readonly key?: string;
    readonly exposureFen?: number;
    readonly askedSeq?: number;
    readonly special?: { readonly by: string; readonly excessFen: number };
  } = {},
) =>
  company.activities.reserveCredit({
    key: `${no}:1:credit`,
    orderNo: no,
    revision: 1,
    customerId: 'C-1',
    exposureFen: 100_000,
    askedSeq: 0,
    ...more,
  });

const because = async (no: string, more = {}): Promise<string> => (await reserve(no, more)).because ?? 'granted';

const told = async (): Promise<readonly string[]> =>
  (await company.query<{ orderNo: string }>(`select "orderNo" from inbox where kind = 'customerStatusChanged'`)).map(
    ({ orderNo }) => orderNo,
  );

test('V8 HG-3 of twenty orders at once against a limit that admits five, exactly five are let through', async () => {
  await customerWith(500_000);
  const numbers = Array.from({ length: 20 }, (_, index) => number(index + 1));
  for (const no of numbers) await order(no);
  const answers = await Promise.all(numbers.map((no) => because(no)));
  expect(answers.filter((answer) => answer === 'granted')).toHaveLength(5);
  expect(answers.filter((answer) => answer === 'over_limit')).toHaveLength(15);
});

test('X4 a request that is repeated has the same answer and takes nothing twice', async () => {
  await customerWith(100_000);
  await order(number(1));
  await order(number(2));
  expect([await because(number(1)), await because(number(1))]).toEqual(['granted', 'granted']);
  expect(await because(number(2))).toBe('over_limit');
});

test('HG-3 what is paid already is no exposure, and a closed or billed order gives its credit back', async () => {
  await customerWith(150_000);
  await order(number(1));
  await order(number(2));
  expect(await because(number(1))).toBe('granted');
  expect(await because(number(2))).toBe('over_limit');
  await company.query(`update orders set "receivedFen" = 50000 where no = $1`, [number(1)]);
  expect(await because(number(2))).toBe('granted');
  await company.query(`update orders set status = 'cancelled' where no = $1`, [number(1)]);
  await order(number(3));
  expect(await because(number(3))).toBe('over_limit');
  await company.query(
    `update orders set "receivedFen" = 90000, "billedFen" = 100000, "outstandingFen" = 10000 where no = $1`,
    [number(2)],
  );
  expect(await because(number(3))).toBe('granted');
});

test('HG-2 closing and opening again, or a copy, asks for its own credit', async () => {
  await customerWith(100_000);
  await order(number(1));
  expect(await because(number(1))).toBe('granted');
  // The same order as another revision holds its credit once.
  expect(await because(number(1), { key: `${number(1)}:2:credit` })).toBe('granted');
  await order(number(2));
  expect(await because(number(2))).toBe('over_limit');
});

test('RV-4 a special approval goes over the limit, not over a suspension (Q8)', async () => {
  await customerWith(0);
  await order(number(1));
  expect(await because(number(1), { special: { by: `${number(1)}/2`, excessFen: 100_000 } })).toBe('granted');
  await order(number(2));
  await company.activities.suspendCustomer({ key: 'k', customerId: 'C-1' });
  expect(await because(number(2), { special: { by: `${number(2)}/2`, excessFen: 100_000 } })).toBe('suspended');
});

test('RV-4 a special approval covers the excess that its authority saw, and no more', async () => {
  await customerWith(50_000);
  await order(number(1));
  const special = { by: `${number(1)}/2`, excessFen: 50_000 };
  await order(number(2));
  expect(await because(number(2), { special: { by: `${number(2)}/2`, excessFen: 50_000 } })).toBe('granted');
  expect(await because(number(1), { special })).toBe('over_limit');
});

test('HG-1 a hold of the customer shuts the gate until it is released or its time is over', async () => {
  await customerWith(1_000_000);
  await order(number(1));
  await company.query(
    `insert into customer_holds (id, "customerId", reason, gates, "placedBy") values ('h', 'C-1', 'compliance', '{accept}', 'u-legal')`,
  );
  expect(await because(number(1))).toBe('held');
  await company.query(`update customer_holds set until = now() - interval '1 second' where id = 'h'`);
  expect(await because(number(1))).toBe('granted');
});

test('HG-2 orders are told of a suspension, a hold, a higher limit and freed credit, and only those that it concerns', async () => {
  await customerWith(100_000);
  await order(number(1));
  await order(number(2));
  expect([await because(number(1)), await because(number(2))]).toEqual(['granted', 'over_limit']);
  await company.query(`update orders set "receivedFen" = 10 where no = $1`, [number(1)]);
  expect(await told()).toEqual([number(2)]);
  // One that is not heard yet says it all.
  await company.query(`update customers set "creditLimitFen" = 150000`);
  expect(await told()).toEqual([number(2)]);
  expect(await because(number(2))).toBe('over_limit');
  await company.query(`update customers set "creditLimitFen" = 160000`);
  expect(await told()).toEqual([number(2), number(2)]);
  await company.query(`update customers set "creditLimitFen" = 100`);
  expect(await told()).toHaveLength(2);
  await company.activities.suspendCustomer({ key: 'k', customerId: 'C-1' });
  expect((await told()).slice(2).toSorted()).toEqual([number(1), number(2)]);
  await company.query(`update orders set "endedAt" = now(), status = 'cancelled' where no = $1`, [number(2)]);
  await company.activities.liftSuspension({ key: 'lift', suspension: 'k', customerId: 'C-1' });
  expect((await told()).slice(4)).toEqual([number(1)]);
  // A smaller order leaves more for the others.
  await order(number(3));
  expect(await because(number(3))).toBe('over_limit');
  await company.query(`update orders set "totalFen" = 50000 where no = $1`, [number(1)]);
  expect((await told()).at(-1)).toBe(number(3));
});

/** What changes the books while an order is at the gate waits for it there; the order is refused, and told. */
async function whileRefusing(no: string, change: string): Promise<readonly string[]> {
  // As the owner: what others wait for, a role sees of its own sessions only.
  return onDatabase(company.ownerUrl, async (gate) => {
    await gate.query('begin');
    await gate.query(`select reserve_credit($1, 'C-1', $1, 1, 100000, null, 0, 0)`, [no]);
    const changed = company.query(change).then(() => 'changed' as const);
    const waits = async (): Promise<boolean> => {
      const { rowCount } = await gate.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rowCount === 1;
    };
    for (let isAtIt = true; isAtIt && !(await waits());)
      isAtIt = (await Promise.race([changed, Promise.resolve('not yet' as const)])) === 'not yet';
    await gate.query('commit');
    await changed;
    return told();
  });
}

test.each([
  ['a higher limit', `update customers set "creditLimitFen" = 200000`],
  ['a payment', `update orders set "receivedFen" = 100000 where no = '${number(1)}'`],
])('HG-2 %s that comes while the gate refuses an order is told to it, however they fall', async (_what, change) => {
  await customerWith(100_000);
  await order(number(1));
  await order(number(2));
  expect(await because(number(1))).toBe('granted');
  expect(await whileRefusing(number(2), change)).toEqual([number(2)]);
});

test('HG-2 what comes after a refusal that was told of something before is told too', async () => {
  await customerWith(0);
  await order(number(1));
  expect(await because(number(1))).toBe('over_limit');
  await company.query(`update customers set "creditLimitFen" = 10`);
  // The order has heard it and asks again; the row of what it heard is filed later, together with the answer.
  expect(await because(number(1))).toBe('over_limit');
  await company.query(`update customers set "creditLimitFen" = 200000`);
  expect(await told()).toEqual([number(1), number(1)]);
});

test('HG-1 holds placed on one customer at the same time do not wait for each other in a circle', async () => {
  await customerWith(0);
  const place = (id: number) =>
    onDatabase(company.url, (client) =>
      client.query(
        `insert into customer_holds (id, "customerId", reason, gates, "placedBy") values ($1, 'C-1', 'compliance', '{ship}', 'u-legal')`,
        [`h${id}`],
      ),
    );
  await Promise.all(Array.from({ length: 20 }, (_, id) => place(id)));
  expect(await company.query('select from customer_holds')).toHaveLength(20);
});

test('HG-2 what orders are told of a customer is counted, and the gate says up to where it has looked', async () => {
  await customerWith(100_000);
  await order(number(1));
  await order(number(2));
  await company.activities.suspendCustomer({ key: 'k', customerId: 'C-1' });
  await company.activities.liftSuspension({ key: 'lift', suspension: 'k', customerId: 'C-1' });
  const payloads = await company.query<{ no: string; suspended: boolean; version: number; customer: string }>(
    `select "orderNo" as no, (payload->>'suspended')::boolean as suspended, (payload->>'version')::int as version,
            payload->>'customerId' as customer
       from inbox where kind = 'customerStatusChanged' order by 1, 3`,
  );
  const each = (no: string) => [
    { no, suspended: true, version: 1, customer: 'C-1' },
    { no, suspended: false, version: 2, customer: 'C-1' },
  ];
  expect(payloads).toEqual([...each(number(1)), ...each(number(2))]);
  expect((await reserve(number(1))).customer).toEqual({ suspended: false, holds: [], version: 2 });
});

test('HG-3 goods that went unpaid take up credit from the statement that files it until they are billed', async () => {
  await customerWith(120_000);
  await order(number(1));
  await order(number(2));
  expect((await reserve(number(1), { exposureFen: 0 })).because).toBeUndefined();
  const goes = (firstSeq: number, summary: Partial<OrderSummary>) =>
    company.activities.fileFacts(
      batch({ orderNo: number(1), firstSeq, facts: [{ ...head(`a${firstSeq}`), kind: 'stockFreed' }], summary }),
    );
  await goes(1, { totalFen: 90_000, shippedUnpaidFen: 90_000 });
  expect((await reserve(number(2))).usedFen).toBe(90_000);
  // They come back: who waits is told. Billed they are a receivable, and nobody has more credit for it.
  await goes(2, { totalFen: 90_000, shippedUnpaidFen: 0 });
  expect(await told()).toEqual([number(2)]);
  await goes(3, { totalFen: 90_000, shippedUnpaidFen: 90_000 });
  expect(await because(number(2))).toBe('over_limit');
  await goes(4, { totalFen: 90_000, billedFen: 90_000, outstandingFen: 90_000, shippedUnpaidFen: 0 });
  expect((await reserve(number(2))).usedFen).toBe(90_000);
  expect(await told()).toEqual([number(2)]);
});

test('HG-3 an order that goes to another customer frees the former one’s credit, and who waits for it tries once more', async () => {
  await customerWith(100_000);
  await company.query(`insert into customers (id, "legalName", grade) values ('C-2', '远山家具有限公司', 'A')`);
  await order(number(1));
  await order(number(2));
  expect([await because(number(1)), await because(number(2))]).toEqual(['granted', 'over_limit']);
  await company.activities.fileFacts({
    ...batch({
      orderNo: number(1),
      facts: [{ ...head('revised'), kind: 'stockFreed' }],
      // It asks for as much as before.
      summary: { totalFen: 100_000 },
    }),
    customerId: 'C-2',
  });
  expect(await told()).toEqual([number(2)]);
  expect(await because(number(2))).toBe('granted');
});

test('HG-3 AR-4 what a customer’s orders take up is one measure: accepted, under review, and neither prepaid nor billed', async () => {
  await customerWith(500_000);
  for (const serial of [1, 2, 3, 4]) await order(number(serial));
  await company.query(`update orders set "exposureFen" = 70000 where no in ($1, $2)`, [number(1), number(2)]);
  await company.query(`update orders set "exposureFen" = 70000, "receivedFen" = 60000 where no = $1`, [number(3)]);
  await reserve(number(1), { exposureFen: 70_000 });
  await company.query(`update orders set "billedFen" = 100000, "outstandingFen" = 30000 where no = $1`, [number(4)]);
  const use = async (butFor: string) =>
    (
      await company.query<Record<string, string>>(
        `select "receivablesFen"::int, "takenFen"::int, "inReviewFen"::int from credit_use('C-1', $1)`,
        [butFor],
      )
    )[0];
  expect(await use('')).toEqual({ receivablesFen: 30_000, takenFen: 70_000, inReviewFen: 110_000 });
  expect(await use(number(2))).toEqual({ receivablesFen: 30_000, takenFen: 70_000, inReviewFen: 40_000 });
  expect((await reserve(number(2), { exposureFen: 70_000 })).usedFen).toBe(100_000);
});

test('HG-3 orders that ended years ago are not looked at one by one when credit is counted', async () => {
  await customerWith(500_000);
  await company.query(
    `insert into orders (no, "customerId", channel, "takenBy", "salespersonId", grade, "policyName", "policyVersion", status,
                         "totalFen", "startedAt", "endedAt", terms)
     select '20201123-' || lpad(n::text, 4, '0'), 'C-1', 'phone', 'u-sales', 'u-sales', 'A', 'default', 1, 'archived', 100000,
            now(), now(), '{}' from generate_series(1, 3000) n`,
  );
  await company.query(
    `insert into credit_reservations ("orderNo", "customerId", revision, "exposureFen", key)
     select no, 'C-1', 1, 100000, no from orders`,
  );
  await order(number(1));
  expect(await because(number(1))).toBe('granted');
  await company.query('analyze orders, credit_reservations');
  const [answer] = await company.query<{ 'QUERY PLAN': readonly { readonly Plan: Record<string, number> }[] }>(
    `explain (analyze, buffers, format json) select * from credit_use('C-1', '')`,
  );
  const { 'Shared Hit Blocks': hit = 0, 'Shared Read Blocks': read = 0 } = answer?.['QUERY PLAN'][0]?.Plan ?? {};
  // Far fewer pages than there are orders.
  expect(hit + read).toBeLessThan(1_000);
  expect(await company.query(`select "takenFen"::int from credit_use('C-1', '')`)).toEqual([{ takenFen: 100_000 }]);
});

test('V8 HT-5 who goes back under review takes up nothing until he asks again, and an answer that is not filed yet counts', async () => {
  await customerWith(100_000);
  await order(number(1));
  await order(number(2));
  const files = (firstSeq: number, usesCredit: boolean, status: OrderSummary['status']) =>
    company.activities.fileFacts(
      batch({
        orderNo: number(1),
        firstSeq,
        facts: [{ ...head(`b${firstSeq}`), kind: 'stockFreed' }],
        summary: { usesCredit, status, totalFen: 100_000, exposureFen: 100_000 },
      }),
    );
  const takenNow = async () =>
    Number((await company.query<{ fen: string }>(`select "takenFen" as fen from credit_use('C-1', '')`))[0]?.fen);
  await files(1, false, 'pending_review');
  // It asks at its third fact: the row knows of the first, and two others are told no.
  expect(await because(number(1), { key: `${number(1)}:1:credit:3`, askedSeq: 3 })).toBe('granted');
  expect([await takenNow(), await because(number(2))]).toEqual([100_000, 'over_limit']);
  await files(2, false, 'pending_review');
  await files(3, true, 'pending_review');
  await files(4, true, 'approved');
  expect([await takenNow(), await told()]).toEqual([100_000, []]);
  await files(5, false, 'pending_review');
  expect([await takenNow(), await told()]).toEqual([0, [number(2)]]);
  expect(await because(number(2))).toBe('granted');
  expect(await because(number(1), { key: `${number(1)}:1:credit:6`, askedSeq: 6 })).toBe('over_limit');
});
