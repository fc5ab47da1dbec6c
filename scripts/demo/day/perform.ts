import { randomUUID } from 'node:crypto';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import type { Caller } from '../caller';
import type { OpenCall } from './calls';
import type { Act, DayCustomer, DayOrder } from './day-file';
import { intakeOf, yuan } from './intake';
import type { OrderView } from './order-view';

/** One order of the day and where it stands. */
export interface Scene {
  readonly order: DayOrder;
  readonly customer: DayCustomer;
  readonly view: OrderView;
}

/** Does what a person does about a call: one message, or a few that belong together. */
export async function perform(caller: Caller, act: Act, call: OpenCall, scene: Scene): Promise<void> {
  const { no } = scene.view;
  if (act.does === 'stands_in') return standIn(caller, act);
  for (const { path, body } of messagesOf(act, call, scene))
    await caller.send(path.startsWith('/') ? path : `/orders/${no}/${path}`, body);
}

interface Message {
  readonly path: string;
  readonly body: object;
}

function messagesOf(act: Act, call: OpenCall, scene: Scene): readonly Message[] {
  const { view, order, customer } = scene;
  const said = act.comment === undefined ? {} : { comment: act.comment };
  const one = (path: string, body: object): readonly Message[] => [{ path, body: { ...body, ...said } }];
  switch (act.does) {
    case 'completes':
      return [
        ...one('contacts', { answered: true }),
        revision(scene, { intake: intakeOf(order, customer, { whole: true }) }),
      ];
    case 'revises':
      return [
        revision(scene, {
          intake: intakeOf(order, customer, { whole: true, quantity: act.quantity, wishes: act.wishes }),
          ...said,
        }),
      ];
    case 'signs':
      return one('confirmations', { revision: view.revision });
    case 'pays':
      return one('payments', { amount: yuan(act.amount ?? dueNow(call, view)), method: act.method });
    case 'receives':
      return one('receipts', { line: lineOf(view, 'buy'), quantity: act.quantity ?? call.quantity });
    case 'reports':
      return one('progress', { line: lineOf(view, 'make'), quantity: act.quantity ?? call.quantity });
    case 'inspects':
      return one('inspections', inspectionOf(act, call, view));
    case 'reassigns':
      return one('task-moves', { taskId: call.taskId, how: act.how, to: act.to, reasonCode: act.reason });
    case 'pauses':
      return one('task-pauses', { taskId: call.taskId });
    case 'resumes':
      return one('task-resumptions', { taskId: call.taskId });
    case 'asks_release':
      return one('releases', { reasonCode: act.reason ?? 'asked' });
    case 'cancels':
      return one('cancellation', { reasonCode: act.reason ?? 'asked', cost: yuan(act.amount ?? '0.00') });
    case 'enters_waybill':
      return one(`/shipments/${shipmentOf(call)}/waybill`, {
        carrier: act.carrier,
        waybillNo: `WB-${shipmentOf(call)}`,
      });
    case 'carries':
      return act.events.flatMap((event) => one(`/shipments/${shipmentOf(call)}/events`, { event }));
    case 'confirms':
      return one('delivery-confirmations', {});
    case 'stands_in':
    case 'nothing':
      return [];
    default:
      return one('decisions', { ...decisionOf(act, call), ...statementsOf(act, call, view) });
  }
}

/** Somebody goes away and names who acts for him meanwhile: no message to an order, but a change of the organisation. */
async function standIn(caller: Caller, { who, to }: Act): Promise<void> {
  const body = { absent: who, substitute: to, ...nextHours(8) };
  await caller.post('/substitutions', body, z.object({ id: z.string() }), `stand-in-${randomUUID()}`);
}

/** From now on, for so many hours: how long somebody is away. */
function nextHours(hours: number) {
  const from = new Date();
  return { from: from.toISOString(), until: new Date(from.getTime() + hours * 3_600_000).toISOString() };
}

function decisionOf({ does, reason, amount }: Act, { taskId }: OpenCall) {
  return {
    taskId,
    outcome: does,
    ...(reason === undefined ? {} : { reasonCode: reason }),
    ...(amount === undefined ? {} : { amount: yuan(amount) }),
  };
}

/** What a yes of technical and production states, where they are asked (RV-2). */
function statementsOf({ does, materials, days = 1 }: Act, { taskId }: OpenCall, { tasks }: OrderView): object {
  const mustState = tasks.find(({ id }) => id === taskId)?.signing.mustState ?? [];
  if (does !== 'approve' || mustState.length === 0) return {};
  return { materials, offeredOn: new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10) };
}

const revision = ({ view }: Scene, rest: object): Message => ({
  path: 'revisions',
  body: { fromRevision: view.revision, ...rest },
});

function inspectionOf({ passed, rework, scrapped, reason }: Act, { quantity }: OpenCall, view: OrderView) {
  return {
    line: lineOf(view, 'make'),
    passed: passed ?? quantity - rework - scrapped,
    rework,
    scrapped,
    ...(reason === undefined ? {} : { causeCode: reason }),
  };
}

/** The day has at most one line that is made and one that is bought in an order. */
const lineOf = ({ lines }: OrderView, supply: string): number => lines.find((one) => one.supply === supply)?.line ?? 1;

/** A shipment's task carries its number; the carrier is called for by the number of what he has. */
const shipmentOf = ({ taskId, shipmentNo }: OpenCall): string => taskId?.split('/')[0] ?? shipmentNo ?? '';

/** What is waited for: the deposit, the balance before the goods go, or what the bill leaves open. */
function dueNow({ at }: OpenCall, { deposit, total, received, outstanding }: OrderView): string {
  if (at === 'customer.pays') return outstanding;
  return new Decimal(at === 'customer.deposit' ? deposit : total).minus(received).toFixed(2);
}
