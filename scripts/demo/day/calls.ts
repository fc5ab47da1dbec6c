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
}

/** All that the order calls for as it stands, tasks first. */
export function callsOf(view: OrderView): readonly OpenCall[] {
  const tasks = view.tasks.flatMap(({ id, kind, saw }) => {
    const known = taskKinds.find((one) => one === kind);
    return known === undefined ? [] : [{ at: known, taskId: id, quantity: Number(saw['quantity'] ?? 0) }];
  });
  return [...tasks, ...waitsOf(view).map((at) => ({ at, taskId: undefined, quantity: 0 }))];
}

function waitsOf({ status, outstanding, shipments, tasks }: OrderView): readonly Call[] {
  const onTheWay = shipments.some(
    (one) => ['shipped_out', 'in_transit', 'arrived'].includes(one.status) && one.waybillNo,
  );
  const troubled = tasks.some(({ kind }) => kind === 'shipment.trouble');
  switch (status) {
    case 'awaiting_confirmation':
      return ['customer.signs'];
    case 'awaiting_deposit':
      return ['customer.deposit'];
    case 'awaiting_balance':
      return ['customer.balance'];
    case 'returned':
      return ['taker.revises'];
    case 'delivered':
      return ['customer.receives'];
    case 'in_settlement':
      return Number(outstanding) > 0 ? ['customer.pays'] : [];
    default:
      return onTheWay && !troubled ? ['carrier'] : [];
  }
}

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
