import { billing } from './billing/rules';
import { clearance } from './clearance/rules';
import { closing } from './closing/rules';
import { collections, underWay } from './collection/collections';
import { confirmation } from './confirmation/rules';
import type { Contract } from './contract/contract';
import { contract } from './contract/rules';
import { credit } from './credit/rules';
import { deposit } from './deposit/deposit';
import { goods } from './goods/goods';
import { holdsOn } from './holds/holds';
import { holds } from './holds/rules';
import { type Intake, intake } from './intake/intake';
import { isClosed } from './kernel/closed';
import type { DossierOf, TasksOf } from './kernel/process';
import { processOf } from './kernel/process-of';
import { remembered } from './kernel/remembered';
import { type Gate, nextStatuses, type Role } from './kernel/vocabulary';
import type { Opening } from './kernel/worklist/requirement';
import { isYes } from './kernel/worklist/task';
import type { WorklistTerms } from './kernel/worklist/terms';
import { money } from './money/rules';
import { production } from './production/production';
import { purchase } from './purchase/purchase';
import { quality } from './quality/quality';
import { approvalsOf, type Review, takersOf } from './review/review';
import { review } from './review/rules';
import { shipping } from './shipping/rules';
import { shipmentsOf, type ShipmentState, type Shipping } from './shipping/shipping';
import { supply } from './supply/supply';

/** What an order goes through, in this order: the story, the layering, the precedence of the status and the order of effects. */
const organs = [
  intake,
  money,
  goods,
  contract,
  review,
  credit,
  confirmation,
  deposit,
  holds,
  supply,
  purchase,
  production,
  quality,
  clearance,
  shipping,
  billing,
  collections,
  closing,
] as const;

/** Everything an order's facts say about it. */
export type Dossier = DossierOf<typeof organs>;

/** The kinds of tasks that an order opens on its own worklist. */
export type OrderTask = TasksOf<typeof organs>;

/** 订单: one order, from intake to archive. The one pure reducer of the product: workflow, door, tests and checkers use it. */
export const order = processOf(organs, {
  name: 'order',
  rest: 'completed',
  next: nextStatuses,
  ends: ({ closing: { closure, ended } }) => ended?.as ?? closure?.as,
  opening,
  backdatingSeconds: ({ intake: { terms } }) => terms.backdatingSeconds,
  isOver: ({ closing: { ended } }) => ended !== undefined,
  isClosed,
  shut,
  elsewhere,
});

/** What an order opens tasks and clocks with. */
function opening({ intake: taken, contract: drafted, review: reviewed }: Dossier): Opening {
  return openingFrom(taken, drafted, reviewed);
}

/** Every fact asks for it, and few change what it is made of. */
const openingFrom = remembered((taken: Intake, drafted: Contract, reviewed: Review): Opening => {
  const view = { intake: taken, contract: drafted, review: reviewed };
  const approvals = approvalsOf(view);
  return {
    revision: taken.revision,
    takers: takersOf(view),
    deciders: approvals.flatMap(({ task, by }) => by.map((userId) => ({ userId, because: task }))),
    terms: taken.terms,
    // A level that was asked anew is answered by whoever answers it now: of yeses only approvals that stand count (V2, V3).
    stillCounts: ({ level, id }, decision) => {
      if (level === undefined || decision.outcome === 'reject') return true;
      return isYes(decision) ? approvals.some(({ taskId }) => taskId === id) : reviewed.returned?.task?.id === id;
    },
  };
});

/** Holds of the order and of its customer shut gates (HG-1); a cancellation that was asked for is answered before goods go. */
function shut(dossier: Dossier, gate: Gate): readonly string[] {
  const held = holdsOn(dossier, gate).map(({ reason }) => reason);
  return gate === 'ship' && dossier.closing.cancellation !== undefined ? [...held, 'cancellation_pending'] : held;
}

/** Who has to act while a shipment or a collection has the order: the order says so too, so that operators find it (S5). */
function elsewhere(dossier: Dossier): readonly Role[] {
  const { tasks } = dossier.intake.terms;
  return [
    ...rolesAtShipments(tasks, dossier.shipping),
    ...(underWay(dossier).length > 0 ? (tasks['bill.review']?.roles ?? []) : []),
  ];
}

/** What people are asked of a shipment while it stands there; undefined: nothing any more. */
const taskWhile: Readonly<Record<ShipmentState, string | undefined>> = {
  picking: 'shipment.pick',
  shipped_out: 'shipment.waybill',
  in_transit: 'shipment.waybill',
  unclaimed: 'shipment.recall',
  stopped: undefined,
  delivered: undefined,
  recalled: undefined,
};

const rolesAtShipments = remembered((tasks: WorklistTerms['tasks'], shipments: Shipping): readonly Role[] => {
  const kinds = new Set(shipmentsOf({ shipping: shipments }).map(({ state }) => taskWhile[state]));
  return [...kinds].flatMap((kind) => (kind === undefined ? [] : (tasks[kind]?.roles ?? [])));
});
