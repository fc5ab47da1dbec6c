import { taskKinds } from '../../../domain/inside/processes';
import type { Act, Call, Day, Instead } from './day-file';
import type { OrderView } from './order-view';

/** Something that the order calls for now. */
export interface OpenCall {
  readonly at: Call;
  /** The task, where it is one. */
  readonly taskId: string | undefined;
  /** How many pieces it is about, where it is about goods. */
  readonly quantity: number;
  /** The shipment, where it is about one and no task. */
  readonly shipmentNo?: string;
}

/** All that the order calls for as it stands, tasks first; `seen` is what its timeline has shown so far. */
export function callsOf(view: OrderView, seen: ReadonlySet<string>): readonly OpenCall[] {
  const tasks = view.tasks.flatMap(({ id, kind, evidence }) => {
    const known = taskKinds.find((one) => one === kind);
    return known === undefined ? [] : [{ at: known, taskId: id, quantity: Number(evidence['quantity'] ?? 0) }];
  });
  return [...tasks, ...waitsOf(view, seen).map((wait) => ({ ...wait, taskId: undefined, quantity: 0 }))];
}

type Wait = Pick<OpenCall, 'at' | 'shipmentNo'>;

function waitsOf(view: OrderView, seen: ReadonlySet<string>): readonly Wait[] {
  const ofStatus = waitOf(view.status);
  return [
    ...(ofStatus === undefined ? [] : [{ at: ofStatus }]),
    ...onTheWay(view).map((shipmentNo) => ({ at: 'carrier' as const, shipmentNo })),
    ...(isToConfirm(view, seen) ? [{ at: 'customer.receives' as const }] : []),
    ...(isOpen(view.status) && Number(view.outstanding) > 0 ? [{ at: 'customer.pays' as const }] : []),
  ];
}

function waitOf(status: string): Call | undefined {
  switch (status) {
    case 'awaiting_confirmation':
      return 'customer.signs';
    case 'awaiting_deposit':
      return 'customer.deposit';
    case 'awaiting_balance':
      return 'customer.balance';
    case 'returned':
      return 'taker.revises';
    default:
      return undefined;
  }
}

/** Shipments that the carrier has, whatever else of the order is still bought or made; where something went wrong, somebody is asked first. */
const onTheWay = ({ shipments, tasks }: OrderView): readonly string[] =>
  shipments
    .filter(({ status, waybillNo }) => ['shipped_out', 'in_transit', 'arrived'].includes(status) && waybillNo !== null)
    .map(({ no }) => no)
    .filter((no) => !tasks.some(({ id, kind }) => kind === 'shipment.trouble' && id.startsWith(`${no}/`)));

/** Something was delivered, as the order has heard, and is on no bill nor before finance for one. */
const isToConfirm = ({ status, shipments, charges, tasks }: OrderView, seen: ReadonlySet<string>): boolean =>
  isOpen(status) &&
  shipments.some(
    ({ no }) =>
      seen.has(`shipmentMoved/delivered@${no.split('-')[2] ?? ''}`) &&
      !charges.some(({ purpose, about }) => purpose === 'bill' && about === no) &&
      !tasks.some(({ kind, evidence }) => kind === 'bill.review' && evidence['shipment'] === no),
  );

const isOpen = (status: string): boolean => !['cancelled', 'rejected', 'dead', 'archived'].includes(status);

/** How the people of one order behave: the routine of the day, and what they do instead, used up from top to bottom. */
export interface Script {
  /** What somebody does about this call now; undefined: nobody does anything. */
  next(call: OpenCall, seen: ReadonlySet<string>): Act | undefined;
  /** It is done. */
  done(call: OpenCall): void;
}

export function scriptOf(routine: Day['routine'], instead: readonly Instead[]): Script {
  const left = [...instead];
  const first = (call: OpenCall) => left.findIndex(({ at }) => at === call.at);
  return {
    next: (call, seen) => {
      const special = left[first(call)];
      const act = special ?? routine[call.at];
      if (special?.until !== undefined && !seen.has(special.until)) return undefined;
      return act?.does === 'nothing' ? undefined : act;
    },
    done: (call) => {
      const index = first(call);
      if (index >= 0) left.splice(index, 1);
    },
  };
}
