import type { OrderFact } from '../inside/fact';
import type { Filing } from '../inside/filing';
import { rolesOf, usersOf, type Task } from '../inside/task';
import { isOfTask } from './trail-rows';

/**
 * What people are to be told, once per cause (GV-4). The key is the fact and the template; `to` holds roles, user ids,
 * `customer` for a letter, `salesperson` for the order's. Empty: whoever holds the task that `detail.of` names.
 */
export interface NoticeRow {
  readonly key: string;
  readonly template: string;
  readonly to: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The notices that the applied facts of the batch cause. Details hold numbers, dates and codes, no personal data. */
export function noticeRows({ facts, standing, tasks }: Filing): readonly NoticeRow[] {
  const about =
    standing.of === 'shipment'
      ? { shipmentNo: standing.no }
      : standing.of === 'collection'
        ? { billNo: standing.billNo }
        : {};
  return facts.flatMap(({ fact, standing: filed }) => {
    const notice = filed === 'applied' ? noticeOf(fact, tasks) : undefined;
    if (notice === undefined) return [];
    const { template, to, ...detail } = notice;
    return [{ key: `${fact.id}:${template}`, template, to, detail: { ...about, ...detail } }];
  });
}

interface Notice extends Readonly<Record<string, unknown>> {
  readonly template: string;
  readonly to: readonly string[];
}

function noticeOf(fact: OrderFact, tasks: readonly Task[]): Notice | undefined {
  switch (fact.kind) {
    case 'orderAccepted': // IN-8
      return { template: fact.kind, to: ['customer'], confirmationWithin: fact.terms.confirmationWithin };
    case 'confirmationSent': // CF-1
      return { template: fact.kind, to: ['customer'], revision: fact.revision, offeredOn: fact.offeredOn };
    case 'balanceRequested': // BL-1
      return { template: fact.kind, to: ['customer'], amountFen: fact.amountFen };
    case 'billIssued': // ST-1
      return {
        template: fact.kind,
        to: ['customer'],
        billNo: fact.billNo,
        totalFen: fact.netFen + fact.taxFen,
        dueAt: fact.dueAt,
      };
    case 'troubleReported': // PR-1
      return {
        template: fact.kind,
        to: ['salesperson', 'customer'],
        cause: fact.cause,
        newOfferedOn: fact.newOfferedOn,
      };
    case 'waybillEntered': // SH-2
      return { template: fact.kind, to: ['customer'], carrier: fact.carrier, waybillNo: fact.waybillNo };
    case 'carrierEventReceived':
      return ofCarrier(fact);
    case 'shipmentMoved':
      return ofShipment(fact);
    case 'orderEnded': // RV-6: the customer is told; an archived order ended for him long ago.
      return fact.as === 'archived'
        ? undefined
        : { template: `${fact.kind}.${fact.as}`, to: ['customer', 'salesperson'], reasonCode: fact.reasonCode };
    case 'rungRang':
      return ofRung(fact, tasks);
    default:
      return undefined;
  }
}

/** SH-4: the customer at the nodes, the salesperson on arrival; SH-5: trouble and delay. */
function ofCarrier({ kind, event }: Extract<OrderFact, { kind: 'carrierEventReceived' }>): Notice | undefined {
  const template = `${kind}.${event}`;
  switch (event) {
    case 'out_for_delivery':
      return { template, to: ['customer'] };
    case 'arrived':
    case 'delayed':
    case 'failed':
      return { template, to: ['customer', 'salesperson'] };
    case 'collected':
    case 'in_transit':
    case 'delivered': // the order's own fact says so
      return undefined;
  }
}

function ofShipment({ kind, to, shipmentNo }: Extract<OrderFact, { kind: 'shipmentMoved' }>): Notice | undefined {
  const template = `${kind}.${to}`;
  switch (to) {
    case 'shipped_out':
    case 'delivered':
      return { template, to: ['customer', 'salesperson'], shipmentNo };
    case 'unclaimed': // SH-7
    case 'recalled':
    case 'stopped':
      return { template, to: ['salesperson'], shipmentNo };
    case 'in_transit':
      return undefined;
  }
}

/** Reminders and escalations always tell; what else a rung does is told where policy names a notice for it. */
function ofRung(fact: Extract<OrderFact, { kind: 'rungRang' }>, tasks: readonly Task[]): Notice | undefined {
  if (fact.passedOver === true) return undefined;
  const tells = fact.do === 'remind' || fact.do === 'escalate' || fact.do === 'notify';
  if (!tells && fact.notice === undefined) return undefined;
  const to = fact.to.length > 0 ? fact.to : holdersOf(fact.of, tasks);
  return { template: fact.notice ?? `rung.${fact.do}`, to, of: fact.of, rung: fact.rung };
}

/** Who is told where the rung names nobody: the task's holders, if this batch has the task; a wait's is the customer. */
function holdersOf(of: string, tasks: readonly Task[]): readonly string[] {
  if (!isOfTask({ of })) return ['customer'];
  const task = tasks.find(({ id }) => id === of);
  return task === undefined ? [] : [...rolesOf(task), ...usersOf(task)];
}
