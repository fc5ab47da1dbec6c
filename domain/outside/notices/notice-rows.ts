import type { Filing } from '../../inside/filing';
import type { EveryFact, FactNamed } from '../../inside/every-fact';
import type { Fact } from '../../inside/kernel/fact';
import { rolesOf, type Task, usersOf } from '../../inside/kernel/worklist/task';
import type { NoticeTemplate } from './texts';
import { actorName } from '../filing/applied';
import { isOfTask } from '../worklist/task-history';

/**
 * What people are to be told, once per cause (GV-4). The key is the fact and the template; `to` holds roles, user ids,
 * `customer` for a letter, `salesperson` and `taker` for the order's. Empty: whoever holds the task that `detail.of` names.
 */
export interface NoticeRow {
  readonly key: string;
  readonly template: string;
  readonly to: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The notices that the applied facts of the batch cause. Details hold numbers, dates and codes, no personal data. */
export function noticeRows({ facts, summary, tasks }: Filing): readonly NoticeRow[] {
  const about =
    summary.of === 'shipment'
      ? { shipmentNo: summary.no }
      : summary.of === 'collection'
        ? { chargeNo: summary.chargeNo }
        : {};
  return facts.flatMap(({ fact, filed }) => {
    const notice = filed === 'applied' ? noticeOf(everyFact(fact), tasks) : undefined;
    if (notice === undefined) return [];
    const { template, to, ...detail } = notice;
    return [{ key: `${fact.id}:${template}`, template, to, detail: { ...about, ...detail } }];
  });
}

interface Notice extends Readonly<Record<string, unknown>> {
  /** The product's own, which has a text in both languages, or one that the policy names. */
  readonly template: NoticeTemplate | (string & Record<never, never>);
  readonly to: readonly string[];
}

function noticeOf(fact: EveryFact, tasks: readonly Task[]): Notice | undefined {
  switch (fact.kind) {
    case 'taskOpened':
      return {
        template: fact.kind,
        to: [...rolesOf(fact.task), ...usersOf(fact.task)],
        of: fact.task.id,
      };
    case 'taskReassigned': // HT-6: who was added, or has it now; what was given back is its holder's.
      // Who called it back has it, and knows.
      if (fact.how === 'remove' || fact.how === 'recall') return undefined;
      return { template: fact.kind, to: fact.to === undefined ? [] : [fact.to], of: fact.taskId };
    case 'decisionMade':
      return ofDecision(fact, tasks);
    case 'decisionWithdrawn':
      return ofWithdrawal(fact, tasks);
    case 'orderAccepted': // IN-8
      return { template: fact.kind, to: ['customer'], confirmationWithin: fact.terms.confirmationWithin };
    case 'confirmationSent': // CF-1
      return { template: fact.kind, to: ['customer'], revision: fact.revision, offeredOn: fact.offeredOn };
    case 'chargeRaised':
      return ofCharge(fact);
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
    case 'rungReached':
      return ofRung(fact, tasks);
    default:
      return undefined;
  }
}

/** The customer is told what he is to pay: the balance before the goods go (BL-1), and a bill (ST-1); a deposit stands in the confirmation. */
function ofCharge({ kind, purpose, chargeNo, netFen, taxFen, dueAt }: FactNamed<'chargeRaised'>): Notice | undefined {
  if (purpose === 'deposit') return undefined;
  return { template: `${kind}.${purpose}`, to: ['customer'], chargeNo, amountFen: netFen + taxFen, dueAt };
}

/** Every fact that was filed as applied has the shape of its kind: the reducer looked at it. */
const everyFact = (fact: Fact): EveryFact => fact as EveryFact;

/** An answer that comes back to who asked is told him (HT-9); one signature of several is told whose turn is next (HT-3). */
function ofDecision(fact: FactNamed<'decisionMade'>, tasks: readonly Task[]): Notice | undefined {
  const { taskId, outcome, reasonCode } = fact;
  const task = tasks.find(({ id }) => id === taskId);
  const decides = task?.decision?.factId === fact.id;
  const passes = outcome === 'approve' || outcome === 'done';
  // A question changes no task, so that its batch has none.
  if (outcome === 'ask' || (decides && (!passes || asked.includes(task.kind)))) {
    const [of, by] = [taskId, actorName(fact.by)];
    return { template: 'taskDecided', to: ['salesperson', 'taker'], of, outcome, reasonCode, by };
  }
  if (task === undefined) return undefined;
  const signed = task.slots.find(({ signature }) => signature?.factId === fact.id);
  if (signed === undefined || decides || !endsTurn(task, signed.turn, fact.at)) return undefined;
  return { template: 'turnCame', to: [], of: task.id };
}

/** What was decided is open again: who was told of the decision, and who is asked anew, hear of it (HT-5). */
function ofWithdrawal(
  { kind, taskId, by, reasonCode }: FactNamed<'decisionWithdrawn'>,
  tasks: readonly Task[],
): Notice | undefined {
  const task = tasks.find(({ id }) => id === taskId);
  if (task === undefined) return undefined;
  const asked = task.state === 'open' ? [...rolesOf(task), ...usersOf(task)] : [];
  return { template: kind, to: ['salesperson', 'taker', ...asked], of: taskId, reasonCode, by: actorName(by) };
}

/** What somebody asked for himself, so that he waits for a yes too. */
const asked: readonly string[] = ['release.balance', 'small.guarantee', 'cancellation.approve'];

/** Whether a signature was the last of its turn, and another turn follows; the same whatever came after it in the batch. */
function endsTurn({ slots }: Task, turn: number, at: string): boolean {
  const there = slots.filter(({ state }) => state !== 'removed');
  return (
    there.some((slot) => slot.turn > turn) &&
    there.every((slot) => slot.turn > turn || (slot.signature !== undefined && slot.signature.at <= at))
  );
}

/** SH-4: the customer at the nodes, the salesperson on arrival; SH-5: trouble and delay. */
function ofCarrier({ kind, event }: FactNamed<'carrierEventReceived'>): Notice | undefined {
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

function ofShipment({ kind, to, shipmentNo }: FactNamed<'shipmentMoved'>): Notice | undefined {
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

/** Reminders, escalations and hand-overs always tell; what else a rung does is told where policy names a notice for it. */
function ofRung(fact: FactNamed<'rungReached'>, tasks: readonly Task[]): Notice | undefined {
  if (fact.passedOver === true) return undefined;
  const template = fact.notice ?? ownTemplate(fact);
  if (template === undefined) return undefined;
  const to = fact.to.length > 0 ? fact.to : holdersOf(fact.of, tasks);
  return { template, to, of: fact.of, rung: fact.rung };
}

function ownTemplate({ do: action }: FactNamed<'rungReached'>): NoticeTemplate | undefined {
  switch (action) {
    case 'remind':
    case 'escalate':
    case 'take_over':
    case 'notify':
      return `rung.${action}`;
    case 'send_back':
    case 'call':
    case 'suspend':
    case 'legal':
    case 'lapse': // What follows from these tells by itself: a task that opens, an order that ends.
      return undefined;
  }
}

/** Who is told where the rung names nobody: the task's holders, if this batch has the task; a clock's is the customer. */
function holdersOf(of: string, tasks: readonly Task[]): readonly string[] {
  if (!isOfTask({ of })) return ['customer'];
  const task = tasks.find(({ id }) => id === of);
  return task === undefined ? [] : [...rolesOf(task), ...usersOf(task)];
}
