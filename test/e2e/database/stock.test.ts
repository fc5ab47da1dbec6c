import type { Supply, TermsLine } from '../../../domain/inside/intake/terms';
import { type Company, openCompany } from './company';

let company: Company;
beforeEach(async () => {
  company = await openCompany();
});
afterEach(async () => company.close());

const line = (itemId: string, quantity: number, number = 1, supply: Supply = 'stock'): TermsLine => ({
  line: number,
  itemId,
  quantity,
  netFen: 0,
  taxFen: 0,
  supply,
});

async function shelve(id: string, itemId: string, quantity: number, receivedAt = '2026-01-01'): Promise<void> {
  const batch = `${itemId}:${id}`;
  await company.query(`insert into stock_batches values ($1, $2, 'W', '', $3, $4, 0)`, [
    batch,
    itemId,
    receivedAt,
    quantity,
  ]);
  await company.query(
    `insert into stock_movements (key, "batchId", "itemId", kind, quantity) values ($1, $1, $2, 'opening', $3)`,
    [batch, itemId, quantity],
  );
}

const shelves = async () =>
  company.query(`select split_part(id, ':', 2) as id, "inHand", reserved from stock_batches order by stock_batches.id`);

/** The first shipment of an order takes these pieces of its first line. */
const takes = (orderNo: string, quantity: number, key = `${orderNo}-t`) => ({
  key,
  orderNo,
  shipmentNo: `${orderNo}-S1`,
  lines: [{ line: 1, quantity }],
});

/** Q5: what is in hand is the sum of what moved; what is reserved is what somebody holds. */
async function expectConserved(): Promise<void> {
  expect(
    await company.query(`
      select b.id from stock_batches b
      where b."inHand" <> (select coalesce(sum(quantity), 0) from stock_movements m where m."batchId" = b.id)
         or b.reserved <> (select coalesce(sum(quantity), 0) from stock_reservations r where r."batchId" = b.id and state = 'held')`),
  ).toEqual([]);
}

test('AL-1 the oldest batch goes first, over as many batches as it takes', async () => {
  await shelve('new', 'I', 5, '2026-03-01');
  await shelve('old', 'I', 3, '2026-01-01');
  const answer = await company.activities.reserveStock({ key: 'r1', orderNo: 'o1', lines: [line('I', 4)] });
  expect(answer).toEqual([{ line: 1, reserved: 4 }]);
  expect(await shelves()).toEqual([
    { id: 'new', inHand: 5, reserved: 1 },
    { id: 'old', inHand: 3, reserved: 3 },
  ]);
  await expectConserved();
});

test('AL-2 each line gets what is left of its goods, and the books say no more than that', async () => {
  await shelve('b', 'I', 2);
  await shelve('c', 'J', 1);
  const lines = [line('I', 1, 1), line('I', 3, 2, 'buy'), line('J', 4, 3, 'make'), line('K', 2, 4)];
  expect(await company.activities.reserveStock({ key: 'r1', orderNo: 'o1', lines })).toEqual([
    { line: 1, reserved: 1 },
    { line: 2, reserved: 1 },
    { line: 3, reserved: 1 },
    { line: 4, reserved: 0 },
  ]);
});

test('AL-1 twenty orders at once cannot reserve more than is in hand', async () => {
  await shelve('b1', 'I', 3, '2026-01-01');
  await shelve('b2', 'I', 2, '2026-01-02');
  const answers = await Promise.all(
    Array.from({ length: 20 }, async (_, n) =>
      company.activities.reserveStock({ key: `r${n}`, orderNo: `o${n}`, lines: [line('I', 1)] }),
    ),
  );
  expect(answers.flat().reduce((sum, { reserved }) => sum + reserved, 0)).toBe(5);
  expect(await shelves()).toMatchObject([{ reserved: 3 }, { reserved: 2 }]);
  await expectConserved();
});

test('AL-1 orders that want the same goods in opposite order do not lock each other out', async () => {
  await shelve('b1', 'I', 50);
  await shelve('b2', 'J', 50);
  const lines = [line('I', 1, 1), line('J', 1, 2)];
  await Promise.all(
    Array.from({ length: 20 }, async (_, n) =>
      company.activities.reserveStock({
        key: `r${n}`,
        orderNo: `o${n}`,
        lines: n % 2 === 0 ? lines : lines.toReversed(),
      }),
    ),
  );
  expect(await shelves()).toMatchObject([{ reserved: 20 }, { reserved: 20 }]);
});

test('X4 a key repeated, also twenty times at once, is one reservation and one answer', async () => {
  await shelve('b', 'I', 5);
  const request = { key: 'r', orderNo: 'o', lines: [line('I', 3)] };
  const answers = await Promise.all(Array.from({ length: 20 }, async () => company.activities.reserveStock(request)));
  await shelve('later', 'I', 5);
  answers.push(await company.activities.reserveStock(request));
  for (const answer of answers) expect(answer).toEqual([{ line: 1, reserved: 3 }]);
  expect(await shelves()).toMatchObject([{ reserved: 3 }, { reserved: 0 }]);
});

test('X4 an answer of nothing stays nothing, though goods have come since', async () => {
  const request = { key: 'r', orderNo: 'o', lines: [line('I', 3)] };
  await company.activities.reserveStock(request);
  await shelve('b', 'I', 5);
  expect(await company.activities.reserveStock(request)).toEqual([{ line: 1, reserved: 0 }]);
});

test('X4 a key is not taken for another request', async () => {
  await shelve('b', 'I', 1);
  await company.activities.reserveStock({ key: 'r', orderNo: 'o', lines: [line('I', 1)] });
  await company.activities.takeStock(takes('o', 1, 'k'));
  await expect(company.activities.freeStock({ key: 'k', orderNo: 'o' })).rejects.toMatchObject({
    type: 'rows_refused',
    nonRetryable: true,
  });
});

test('Q5 goods received belong to the order that waits for them, once', async () => {
  const receipt = { key: 'in', orderNo: 'o1', line: 1, itemId: 'I', quantity: 4, batchId: 'b' };
  await company.activities.stockIn(receipt);
  await company.activities.stockIn(receipt);
  await company.activities.stockIn({ ...receipt, key: 'in2', quantity: 1 });
  expect(await shelves()).toEqual([{ id: 'b', inHand: 5, reserved: 5 }]);
  expect(await company.activities.reserveStock({ key: 'r', orderNo: 'o2', lines: [line('I', 1)] })).toMatchObject([
    { reserved: 0 },
  ]);
  await expectConserved();
});

test('PU-1 a batch is of one item: goods of two items that come in under one new number at once are two batches', async () => {
  const receipt = (itemId: string) => ({
    key: `in-${itemId}`,
    orderNo: `o-${itemId}`,
    line: 1,
    itemId,
    quantity: 4,
    batchId: '2026-11',
  });
  await Promise.all(['I', 'J'].map(async (itemId) => company.activities.stockIn(receipt(itemId))));
  expect(await company.query('select id, "itemId", reserved from stock_batches order by id')).toEqual([
    { id: 'I:2026-11', itemId: 'I', reserved: 4 },
    { id: 'J:2026-11', itemId: 'J', reserved: 4 },
  ]);
  await expectConserved();
});

test('Q5 goods leave once, come back once, and add up', async () => {
  await shelve('b1', 'I', 3);
  await shelve('b2', 'I', 3, '2026-02-01');
  await company.activities.reserveStock({ key: 'r', orderNo: 'o', lines: [line('I', 2, 1), line('I', 2, 2)] });
  const take = {
    ...takes('o', 2, 't'),
    lines: [
      { line: 1, quantity: 2 },
      { line: 2, quantity: 2 },
    ],
  };
  await Promise.all([company.activities.takeStock(take), company.activities.takeStock(take)]);
  expect(await shelves()).toEqual([
    { id: 'b1', inHand: 0, reserved: 0 },
    { id: 'b2', inHand: 2, reserved: 0 },
  ]);
  await company.activities.freeStock({ key: 'f', orderNo: 'o' }); // taken goods stay taken
  await expectConserved();
  const back = { key: 'p', orderNo: 'o', shipmentNo: 'o-S1' };
  await company.activities.putBackStock(back);
  await company.activities.putBackStock(back);
  await company.activities.putBackStock({ ...back, key: 'p2' });
  expect(await shelves()).toEqual([
    { id: 'b1', inHand: 3, reserved: 0 },
    { id: 'b2', inHand: 3, reserved: 0 },
  ]);
  await expectConserved();
});

test('SH-3 each shipment takes its own pieces, the oldest batch first, and only its own come back', async () => {
  await shelve('old', 'I', 3);
  await company.activities.reserveStock({ key: 'r', orderNo: 'o', lines: [line('I', 3)] });
  const came = { key: 'in', orderNo: 'o', line: 1, itemId: 'I', quantity: 4, batchId: 'new' };
  await company.activities.stockIn(came);
  await company.activities.stockIn({ ...came, key: 'in2', quantity: 1 });
  await company.activities.takeStock(takes('o', 2, 't1'));
  expect(await shelves()).toEqual([
    { id: 'new', inHand: 5, reserved: 5 },
    { id: 'old', inHand: 1, reserved: 1 },
  ]);
  await company.activities.takeStock({ ...takes('o', 6, 't2'), shipmentNo: 'o-S2' });
  expect(await shelves()).toEqual([
    { id: 'new', inHand: 0, reserved: 0 },
    { id: 'old', inHand: 0, reserved: 0 },
  ]);
  await expectConserved();
  await company.activities.putBackStock({ key: 'p', orderNo: 'o', shipmentNo: 'o-S2' });
  expect(await shelves()).toEqual([
    { id: 'new', inHand: 5, reserved: 0 },
    { id: 'old', inHand: 1, reserved: 0 },
  ]);
  await expectConserved();
});

test('Q5 a shipment takes nothing that its order does not hold, and then nothing at all', async () => {
  await shelve('b', 'I', 5);
  await company.activities.reserveStock({ key: 'r', orderNo: 'o', lines: [line('I', 3)] });
  await expect(company.activities.takeStock(takes('o', 4))).rejects.toMatchObject({
    type: 'rows_refused',
    nonRetryable: true,
  });
  expect(await shelves()).toEqual([{ id: 'b', inHand: 5, reserved: 3 }]);
  await expectConserved();
});

test('CF-4 what a cancelled order held is free for others', async () => {
  await shelve('b', 'I', 3);
  await company.activities.reserveStock({ key: 'r', orderNo: 'o1', lines: [line('I', 3)] });
  await company.activities.freeStock({ key: 'f', orderNo: 'o1' });
  expect(await company.activities.reserveStock({ key: 'r2', orderNo: 'o2', lines: [line('I', 3)] })).toMatchObject([
    { reserved: 3 },
  ]);
  await company.activities.freeStock({ key: 'f', orderNo: 'o1' });
  expect(await shelves()).toEqual([{ id: 'b', inHand: 3, reserved: 3 }]);
});

test('Q5 reserving, taking, freeing and returning at once neither lose nor make goods', async () => {
  for (const n of [1, 2, 3]) await shelve(`b${n}`, n === 3 ? 'J' : 'I', 10, `2026-01-0${n}`);
  await Promise.all(
    Array.from({ length: 16 }, async (_, n) => {
      const orderNo = `o${n}`;
      await company.activities.reserveStock({ key: `r${n}`, orderNo, lines: [line('I', 2, 1), line('J', 1, 2)] });
      await Promise.all([
        // What is freed first cannot leave any more.
        company.activities.takeStock(takes(orderNo, 2)).catch(() => undefined),
        company.activities.freeStock({ key: `f${n}`, orderNo }),
      ]);
      if (n % 3 === 0) await company.activities.putBackStock({ key: `p${n}`, orderNo, shipmentNo: `${orderNo}-S1` });
    }),
  );
  await expectConserved();
  expect(await company.query(`select 1 from stock_reservations where state = 'held'`)).toEqual([]);
});
