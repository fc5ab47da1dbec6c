import type { Applied, Caller } from '../caller';
import { moneyOf } from './numbers';
import type { Order } from './files';
import { carrierId, paymentKey, waybillNo } from './ids';
import type { People } from './people';
import type { View } from './view';

/** Somebody does something to the order; or it is over; or it stays where it is; or its process is still at it. */
export type Move = (() => Promise<Applied>) | 'completed' | 'stays' | 'ended otherwise' | 'under way';

interface Scene {
  readonly order: Order;
  readonly no: string;
  readonly people: People;
  readonly totalFen: number;
  readonly depositFen: number;
}

/**
 * The scripted company: what is next for an order that stands like this. Everybody approves, papers and money come in
 * when they are waited for, goods leave on the day that the files say; what the files never shipped is not picked.
 */
export function nextMove(scene: Scene, view: View): Move {
  const moves = view.tasks.flatMap((task) => taskMove(scene, task) ?? []);
  const done = moves.find((move) => move !== 'stays');
  return done ?? moves[0] ?? statusMove(scene, view);
}

function taskMove(scene: Scene, task: { readonly id: string; readonly kind: string }): Move | undefined {
  const { order, no, people } = scene;
  const decide = (who: Caller, outcome: 'approve' | 'done', on: string) => () =>
    who.send(`/orders/${no}/decisions`, { taskId: task.id, outcome, happenedAt: morning(on) });
  const handle = (who: Caller): Move =>
    order.shipped_date === null ? 'stays' : decide(who, 'done', order.shipped_date);
  switch (task.kind) {
    case 'review.sales':
      return decide(people.supervisor, 'approve', order.order_date);
    case 'review.technical':
      return decide(people.technical, 'approve', order.order_date);
    case 'review.management':
      return decide(people.director, 'approve', order.order_date);
    case 'confirmation.paper':
      return () => signedPaper(scene);
    case 'shipment.pick':
    case 'shipment.scan_out':
      return handle(people.warehouse);
    case 'shipment.check':
      return handle(people.checker);
    case 'shipment.waybill':
      return () => departure(scene, task.id.split('/')[0] ?? '');
    case 'bill.review':
      return decide(people.finance, 'approve', shippingDay(order));
    default:
      return undefined;
  }
}

function statusMove(scene: Scene, { status, onItsWay }: View): Move {
  const { order, totalFen, depositFen } = scene;
  switch (status) {
    case 'completed':
    case 'archived':
      return 'completed';
    case 'cancelled':
    case 'rejected':
    case 'dead':
    case 'on_hold':
    case 'returned':
      return 'ended otherwise';
    case 'awaiting_confirmation':
      return () => signedPaper(scene);
    case 'awaiting_deposit':
      return () => payment(scene, { what: 'deposit', amountFen: depositFen, on: order.order_date });
    case 'awaiting_balance':
      return () => payment(scene, { what: 'rest', amountFen: totalFen - depositFen, on: shippingDay(order) });
    case 'in_settlement':
      // Without a deposit the goods went on account: the bill asks for the money.
      if (depositFen > 0) return 'under way';
      return () => payment(scene, { what: 'rest', amountFen: totalFen, on: shippingDay(order) });
    default:
      return onItsWay === undefined ? 'under way' : () => arrival(scene, onItsWay);
  }
}

async function departure(scene: Scene, shipmentNo: string): Promise<Applied> {
  const { order, people } = scene;
  const body = { carrier: carrierId(order.ship_via), waybillNo: waybillNo(order.order_id) };
  const happenedAt = morning(shippingDay(order));
  await people.logistics.send(`/shipments/${shipmentNo}/waybill`, { ...body, happenedAt });
  return arrival(scene, shipmentNo);
}

async function signedPaper({ order, no, people }: Scene): Promise<Applied> {
  return people.salesperson(order.employee_id).send(`/orders/${no}/confirmations`, { revision: 1 });
}

/** The files know no payments: money comes when it is waited for. The key keeps a restart from paying twice. */
async function payment(
  { order, no, people }: Scene,
  { what, amountFen, on }: { readonly what: string; readonly amountFen: number; readonly on: string },
): Promise<Applied> {
  const body = { amount: moneyOf(amountFen), method: 'bank', happenedAt: morning(on) };
  return people.cashier.send(`/orders/${no}/payments`, body, paymentKey(order.order_id, what));
}

/** The files know no day of arrival: it is the day of shipping. */
async function arrival({ order, people }: Scene, shipmentNo: string): Promise<Applied> {
  const body = { event: 'delivered', happenedAt: morning(shippingDay(order)) };
  return people.logistics.send(`/shipments/${shipmentNo}/events`, body);
}

const shippingDay = (order: Order): string => order.shipped_date ?? order.order_date;

/** Days in the company's zone; the files know no hours. */
const morning = (day: string): string => `${day}T10:00:00+08:00`;
