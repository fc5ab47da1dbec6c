import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Trouble } from '../../servers/trouble';
import { Refusal } from '../caller';
import type { Order } from './files';
import * as ids from './ids';
import { addressOf } from './library';
import { nextMove } from './next-move';
import { moneyOf } from './numbers';
import type { People } from './people';
import { fen, type View, viewOf } from './view';

/** Where an order was left. */
export interface Played {
  readonly externalNo: string;
  readonly no: string;
  readonly as: 'completed' | 'stays';
}

/** Takes the order, unless it was taken before, and has everybody do his part until it is completed or stays where it is. */
export async function playOrder(people: People, order: Order, contact: Contact): Promise<Played> {
  const taken = await take(people, order, contact);
  const { no } = taken;
  const scene = { order, people, ...taken };
  let view = unseen;
  let pauses = [...pausesMs];
  for (;;) {
    const move = nextMove(scene, view);
    if (move === 'completed' || move === 'stays') return { externalNo: order.order_id, no, as: move };
    if (move === 'ended otherwise') throw new Trouble(`Order ${no} (${order.order_id}) is ${view.status}.`);
    const before = view;
    if (move !== 'under way') {
      const { order: after } = await move().catch(ifOvertaken);
      if (after?.tasks !== undefined) view = { status: after.status, tasks: after.tasks };
    }
    if (isSame(view, before)) {
      const pauseMs = pauses.shift();
      if (pauseMs === undefined) throw stuck(no, order, view);
      await sleep(pauseMs);
      view = await viewOf(people.admin, no);
    } else pauses = [...pausesMs];
  }
}

const isSame = (one: View, other: View): boolean =>
  one.status === other.status && one.tasks.map(({ id }) => id).join() === other.tasks.map(({ id }) => id).join();

/** Its process has hardly begun, or it was played before: the first look will tell. */
const unseen: View = { status: 'pending_review', tasks: [] };

/** Looking costs the product as much as a message: rarely, then; others are played meanwhile. A minute in all. */
const pausesMs: readonly number[] = [150, 250, 400, 700, ...Array.from({ length: 60 }, () => 1000)];

/** The process was quicker than we looked: what was asked for has happened. */
function ifOvertaken(error: unknown): { readonly order: undefined } {
  if (error instanceof Refusal && error.status === 409) return { order: undefined };
  throw error;
}

/** How a customer is reached. */
export interface Contact {
  readonly contact: string;
  readonly phone: string;
}

/** An order that is taken, with the money that will be asked for. */
const accepted = z
  .object({ no: z.string(), total: fen, deposit: fen })
  .transform(({ no, total, deposit }) => ({ no, totalFen: total, depositFen: deposit }));
type Taken = z.output<typeof accepted>;

async function take(people: People, order: Order, contact: Contact): Promise<Taken> {
  try {
    return await people.admin.post('/orders', intakeOf(order, contact), accepted, ids.orderKey(order.order_id));
  } catch (error) {
    const known = ['external_no_taken', 'idempotency_key_reused'];
    if (error instanceof Refusal && known.includes(error.code)) return find(people, order);
    throw error;
  }
}

const page = z.object({ items: z.array(z.object({ no: z.string() })) });

/** It was brought in before, by somebody else or from other files: its number there finds it. */
async function find({ admin }: People, { order_id: id }: Order): Promise<Taken> {
  const { items } = await admin.get(`/orders?channel=${ids.channel}&externalNo=${id}`, page);
  const [found] = items;
  if (found === undefined) throw new Trouble(`Order ${id} was taken before and is not found now.`);
  return admin.get(`/orders/${found.no}?limit=1`, accepted);
}

function intakeOf(order: Order, { contact, phone }: Contact) {
  const place = {
    address: order.ship_address,
    city: order.ship_city,
    region: order.ship_region,
    postal_code: order.ship_postal_code,
    country: order.ship_country,
  };
  return {
    policy: ids.policyName,
    channel: ids.channel,
    externalNo: order.order_id,
    orderedOn: order.order_date,
    salespersonId: ids.employeeId(order.employee_id),
    customerId: ids.customerId(order.customer_id),
    contact,
    phone,
    address: addressOf(place),
    lines: order.lines.map((line) => ({
      itemId: ids.itemId(line.product_id),
      quantity: line.quantity,
      unitPrice: moneyOf(line.unit_price),
      discountBp: line.discount,
    })),
    freight: moneyOf(order.freight),
    paymentState: 'on_account',
    deliveryWish: { date: order.required_date, method: 'freight_line' },
    packagingRemark: `Ship to: ${order.ship_name}`,
  };
}

function stuck(no: string, order: Order, view: View): Trouble {
  const tasks = view.tasks.map(({ kind }) => kind).join(', ') || 'no task';
  return new Trouble(`Order ${no} (${order.order_id}) does not move: ${view.status}, ${tasks}.`);
}
