import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Caller } from '../caller';
import { createOnce } from '../create-once';
import { productAt, type Whereabouts } from '../product';
import { table } from '../table';
import { type Day, readDay } from './day-file';
import { yuan } from './intake';
import { type Ending, playDayOrder } from './play-order';
import { statusName } from './story';

/** Plays the day's orders, all at once, and shows how each ended beside how it should have. */
export async function playDay(
  whereabouts: Whereabouts,
  {
    file,
    say = (line: string) => console.log(line),
  }: { readonly file: string | undefined; readonly say?: (line: string) => void },
): Promise<boolean> {
  const day = readDay(file);
  const product = productAt(whereabouts);
  const admin = product.as(day.taker);
  await prepare(admin, day);
  const names = await namesOf(admin);
  const stage = { product, day, say, name: (userId: string) => `${names.get(userId) ?? ''} ${userId}`.trim() };
  const customers = new Map(day.customers.map((one) => [one.id, one]));
  const endings = await Promise.all(
    day.orders.flatMap((order) => {
      const customer = customers.get(order.customer);
      return customer === undefined ? [] : [playDayOrder(stage, order, customer)];
    }),
  );
  say(`\n${table([['order', 'number', 'grade', 'end', 'expected', ''], ...endings.map(cells)])}`);
  const right = endings.filter(({ wrong }) => wrong.length === 0).length;
  say(`\n${right} of ${endings.length} orders ended as the day says.`);
  return right === endings.length;
}

const cells = ({ order, no, grade, status, wrong }: Ending): readonly string[] => [
  order.name,
  no,
  grade,
  statusName(status),
  statusName(order.expect.end),
  wrong.length === 0 ? '✓' : `✗ ${wrong.join('; ')}`,
];

/** The day's customers, and stock for what it sells from stock: a batch of its own, so that the day can be played again. */
async function prepare(admin: Caller, { customers, orders }: Day): Promise<void> {
  for (const { salesperson, creditLimit, ...rest } of customers)
    await createOnce(admin, '/customers', { ...rest, creditLimit: yuan(creditLimit), salespersonId: salesperson });
  const run = randomUUID().slice(0, 8);
  const [warehouse] = (await admin.get('/warehouses?limit=1', warehouses)).items;
  for (const [itemId, quantity] of quantities(orders)) {
    const { supply } = await admin.get(`/items/${itemId}`, item);
    if (supply !== 'stock' || warehouse === undefined) continue;
    await createOnce(admin, '/stock', { batchId: `day-${run}`, itemId, warehouseId: warehouse.id, quantity });
  }
}

const warehouses = z.object({ items: z.array(z.object({ id: z.string() })) });
const item = z.object({ supply: z.string() });

function quantities(orders: Day['orders']): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { item: itemId, quantity } of orders.flatMap(({ lines }) => lines))
    sums.set(itemId, (sums.get(itemId) ?? 0) + quantity);
  return sums;
}

const users = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

async function namesOf(admin: Caller): Promise<ReadonlyMap<string, string>> {
  const { items } = await admin.get('/users?limit=100', users);
  return new Map(items.map(({ id, name }) => [id, name]));
}
