import { fenOf, revisedBody, yuan } from '../order-body';
import { type Move, type Situation, once } from './move';
import { confirmation } from './task-moves';

/** What the taker, the customer, finance and the carrier do because of where the order stands. */
export async function moveOfStatus(situation: Situation): Promise<Move | undefined> {
  const { plan, view } = situation;
  const { status } = view.order;
  if (plan.cancelAt === status && once(situation, 'cancel')) return cancellation(situation);
  if (plan.reviseAt === status && once(situation, 'revise')) return revision(situation);
  if (plan.reverseAt === status && once(situation, 'reverse')) return reversal(situation);
  if (plan.trouble === true && status === 'in_production' && once(situation, 'trouble')) return trouble(situation);
  switch (status) {
    case 'on_hold':
      return completion(situation);
    case 'returned':
      return revision(situation);
    case 'awaiting_confirmation':
      return confirmation(situation);
    case 'awaiting_deposit':
      return deposit(situation);
    case 'awaiting_balance':
      return balance(situation);
    case 'delivered':
      return plan.confirmsReceipt === true ? receipt(situation) : undefined;
    case 'in_settlement':
      return settlement(situation);
    default:
      // Parts of an order may be on their way while others are still bought or made.
      return carrierEvent(situation);
  }
}

/** A payment, remembered once it counted. */
export function payment({ view: { order }, memory, canary }: Situation, fen: number, what: string): Move {
  return {
    tag: `${what} of ${fen}`,
    who: 'u-finance-1',
    path: `/orders/${order.no}/payments`,
    body: {
      amount: yuan(fen),
      method: 'bank',
      // A bank's number is booked once (M10): one per payment, the same when it is sent again.
      reference: `${canary.words('payment reference')} ${order.no} ${memory.payments.length}`,
      comment: canary.words('comment on the payment'),
    },
    whenKnown: ({ status }, key) => {
      if (status === 200) memory.payments.push({ id: key, fen });
    },
  };
}

function cancellation({ plan, view: { order }, canary }: Situation): Move {
  return {
    tag: 'cancellation',
    who: order.takenBy,
    path: `/orders/${order.no}/cancellation`,
    body: {
      reasonCode: 'no_longer_wanted',
      cost: yuan(plan.cancelCostFen ?? 0),
      comment: canary.words('why cancelled'),
    },
  };
}

function revision({ plan, view: { order }, canary }: Situation): Move {
  return {
    tag: `revision of ${order.revision}`,
    who: order.takenBy,
    path: `/orders/${order.no}/revisions`,
    body: {
      fromRevision: order.revision,
      intake: revisedBody(plan, canary),
      comment: canary.words('why revised'),
    },
  };
}

function completion(situation: Situation): Move | undefined {
  const { plan, view, canary } = situation;
  if (once(situation, 'contact'))
    return {
      tag: 'contact',
      who: 'u-service',
      path: `/orders/${view.order.no}/contacts`,
      body: { answered: plan.incomplete === 'completed', comment: canary.words('what the customer said') },
    };
  return plan.incomplete === 'completed' ? revision(situation) : undefined;
}

function reversal(situation: Situation): Move | undefined {
  const { memory, view, canary } = situation;
  const last = memory.payments.pop();
  if (last === undefined) return undefined;
  return {
    tag: 'reversal',
    who: 'u-finance-2',
    path: `/orders/${view.order.no}/payment-reversals`,
    body: { paymentId: last.id, reasonCode: 'wrong_order', comment: canary.words('why taken back') },
  };
}

function trouble({ view: { order }, canary }: Situation): Move {
  return {
    tag: 'trouble',
    who: 'u-production',
    path: `/orders/${order.no}/troubles`,
    body: { cause: 'material', newOfferedOn: '2027-03-01', comment: canary.words('what the trouble is') },
  };
}

async function deposit(situation: Situation): Promise<Move | undefined> {
  const { plan, view, details } = situation;
  if (plan.deposit === 'never') return undefined;
  const missing = fenOf((await details()).deposit) - fenOf(view.order.received);
  if (missing <= 0) return undefined;
  if (plan.deposit === 'parts' && once(situation, 'first part'))
    return payment(situation, Math.ceil(missing / 2), 'part');
  return payment(situation, plan.deposit === 'over' ? missing + 5_000 : missing, 'deposit');
}

function balance(situation: Situation): Move | undefined {
  const { plan, view, canary, memory } = situation;
  const { order, tasks } = view;
  const missing = fenOf(order.total) - fenOf(order.received);
  if (tasks.some(({ kind }) => kind === 'release.balance' || kind === 'small.guarantee')) return undefined;
  const asks = plan.balance === 'release' || plan.balance === 'refused release';
  if (asks && !memory.done.has('reverse') && once(situation, 'release'))
    return {
      tag: 'release',
      who: order.takenBy,
      path: `/orders/${order.no}/releases`,
      body: { reasonCode: 'good_customer', comment: canary.words('why released') },
    };
  return plan.balance === 'never' || missing <= 0 ? undefined : payment(situation, missing, 'balance');
}

const usual = ['collected', 'in_transit', 'out_for_delivery', 'arrived', 'delivered'] as const;

function carrierEvent(situation: Situation): Move | undefined {
  const { memory, canary } = situation;
  const [shipmentNo, events] = [...memory.events].find(([, left]) => left.length > 0) ?? [];
  const event = events?.shift();
  if (shipmentNo === undefined || event === undefined) return undefined;
  return {
    tag: `event ${event} of ${shipmentNo}`,
    who: 'u-logistics',
    path: `/shipments/${shipmentNo}/events`,
    body: { event, comment: canary.words('what the carrier said') },
  };
}

/** SH-4: in any order, repeated, late. */
export function eventsOf({ carrier }: Situation['plan'], dice: Situation['dice']): string[] {
  if (carrier === 'unclaimed') return ['collected', 'in_transit', 'arrived'];
  if (carrier !== 'any order') return [...usual];
  const mixed = ['failed', 'arrived', 'collected', 'in_transit', 'in_transit', 'out_for_delivery', 'delayed'];
  return [...mixed.sort(() => dice.throw() - 0.5), 'delivered'];
}

function receipt({ view: { order }, canary }: Situation): Move {
  return {
    tag: 'receipt confirmed',
    who: order.takenBy,
    path: `/orders/${order.no}/delivery-confirmations`,
    body: { comment: canary.words('what the customer said of the goods') },
  };
}

function settlement(situation: Situation): Move | undefined {
  const { plan, view } = situation;
  const owed = fenOf(view.order.outstanding);
  if (owed <= 0) return undefined;
  const reached = view.tasks.some(({ kind }) => kind === 'collection.legal');
  if (plan.settle === 'late' && !reached && !situation.memory.done.has('paid late')) return undefined;
  situation.memory.done.add('paid late');
  if (plan.settle === 'parts' && owed > 1_000 && once(situation, 'first instalment'))
    return payment(situation, Math.floor(owed / 3), 'part');
  return payment(situation, plan.settle === 'over' ? owed + 700 : owed, 'bill');
}
