import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { grades, orderStatuses } from '../../../domain/inside/kernel/vocabulary';
import { reassignments } from '../../../domain/inside/kernel/worklist/terms';
import { materials } from '../../../domain/inside/kernel/worklist/terms';
import { taskKinds } from '../../../domain/inside/processes';
import { Trouble } from '../../servers/trouble';

/** What an order can call for besides its tasks. */
const otherCalls = [
  'customer.signs',
  'customer.deposit',
  'customer.balance',
  'customer.pays',
  'customer.receives',
  'taker.revises',
  'carrier',
] as const;

/** What people do about it. */
const acts = [
  'approve',
  'ask',
  'reassigns',
  'pauses',
  'resumes',
  'stands_in',
  'return',
  'reject',
  'done',
  'wrong',
  'completes',
  'revises',
  'signs',
  'pays',
  'receives',
  'reports',
  'inspects',
  'asks_release',
  'cancels',
  'enters_waybill',
  'carries',
  'confirms',
  'nothing',
] as const;

const at = z.enum([...taskKinds, ...otherCalls]);
const money = z.string().regex(/^\d{1,9}\.\d{2}$/);
const quantity = z.int().min(1);

const act = z.strictObject({
  /** A user's id, or `salesperson`: that of the order. */
  who: z.string().default('salesperson'),
  does: z.enum(acts),
  reason: z.string().optional(),
  comment: z.string().optional(),
  amount: money.optional(),
  method: z.enum(['bank', 'alipay', 'wechat', 'cash', 'cash_on_delivery']).default('bank'),
  /** Of the line that is made, bought or changed; all of it unless said. */
  quantity: quantity.optional(),
  passed: z.int().min(0).optional(),
  rework: z.int().min(0).default(0),
  scrapped: z.int().min(0).default(0),
  /** Of a task that goes to somebody else, and of who stands in: to whom. */
  to: z.string().optional(),
  how: z.enum(reassignments).optional(),
  /** Special requirements, where they change. */
  wishes: z.string().optional(),
  /** What technical and production sign for: the materials, and in how many days the goods are made. */
  materials: z.enum(materials).optional(),
  days: z.int().min(1).max(300).optional(),
  carrier: z.string().default('sf'),
  events: z
    .array(z.enum(['collected', 'in_transit', 'out_for_delivery', 'arrived', 'delivered', 'failed', 'delayed']))
    .default([]),
});

const customer = z.strictObject({
  id: z.string(),
  legalName: z.string(),
  grade: z.enum(grades),
  creditLimit: money,
  taxRateBp: z.int().optional(),
  salesperson: z.string(),
  contact: z.string(),
  phone: z.string(),
  address: z.record(z.string(), z.string()),
});

const order = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,30}$/),
  zh: z.string(),
  en: z.string(),
  customer: z.string(),
  path: z.enum(['prepaid', 'guarantor', 'cash_on_delivery']).optional(),
  lines: z.array(z.strictObject({ item: z.string(), quantity, price: money, discountBp: z.int().default(0) })).min(1),
  freight: money.default('0.00'),
  wishes: z.string().optional(),
  /** Each part goes as it lies ready. */
  inParts: z.boolean().default(false),
  /** What the taker forgot to ask. */
  leavesOut: z.array(z.enum(['phone', 'contact', 'address'])).default([]),
  instead: z.array(act.extend({ at, until: z.string().optional() })).default([]),
  expect: z.strictObject({
    end: z.enum(orderStatuses),
    seen: z.array(z.string()).default([]),
    /** What of each payment, in their order, went to which bill: `B1` is the order's first. */
    payments: z.array(z.record(z.string(), money)).optional(),
  }),
});

const day = z.strictObject({
  policy: z.string(),
  taker: z.string(),
  routine: z.partialRecord(at, act),
  customers: z.array(customer),
  orders: z.array(order).min(1),
});

export type Day = z.output<typeof day>;
export type DayOrder = Day['orders'][number];
export type DayCustomer = Day['customers'][number];
export type Call = z.output<typeof at>;
export type Act = z.output<typeof act>;
export type Instead = DayOrder['instead'][number];

/** The day that comes with the product. */
const usualFile = join(__dirname, '..', 'day.yaml');

/** Reads a day, or says what in it cannot be. */
export function readDay(file: string = usualFile): Day {
  const read = day.safeParse(documentIn(file));
  if (!read.success) throw new Trouble(`${file} makes no sense: ${z.prettifyError(read.error).replaceAll('\n', ' ')}`);
  const customers = new Set(read.data.customers.map(({ id }) => id));
  const stray = read.data.orders.find((one) => !customers.has(one.customer));
  if (stray !== undefined)
    throw new Trouble(`${file}: the order ${stray.name} names the unknown customer ${stray.customer}.`);
  return read.data;
}

function documentIn(file: string): unknown {
  try {
    return parse(contentOf(file));
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new Trouble(`${file} is no YAML: ${error.message.split('\n')[0] ?? ''}`);
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Trouble(`There is no file ${file}.`);
  }
}
