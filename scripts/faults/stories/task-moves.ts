import type { TaskOnBoard } from '../board';
import { yuan } from '../order-body';
import { peopleIn } from '../people';
import { type Move, type Situation, once } from './move';

/** What somebody does about an open task; undefined: leaves it to somebody else, or to time. */
export async function moveOfTask(task: TaskOnBoard, situation: Situation): Promise<Move | undefined> {
  const { plan } = situation;
  switch (task.kind) {
    case 'review.price':
    case 'review.sales':
    case 'review.technical':
    case 'review.production':
    case 'review.contract':
    case 'review.credit':
    case 'review.compliance':
    case 'review.management':
      return review(task, situation);
    case 'release.balance':
      return plan.balance === 'refused release'
        ? decide(task, situation, 'reject')
        : decide(task, situation, 'approve');
    case 'credit.special':
    case 'hold.lift':
    case 'small.guarantee':
    case 'bill.review':
    case 'cancellation.approve':
      return decide(task, situation, 'approve');
    case 'deposit.ask':
    case 'confirmation.call':
    case 'production.sign':
    case 'shipment.pick':
    case 'shipment.scan_out':
    case 'shipment.trouble':
    case 'refund.pay':
    case 'customer.grade_review':
    case 'collection.call':
      return decide(task, situation, 'done');
    case 'shipment.check':
      return plan.wrongPick === true && once(situation, 'wrong pick')
        ? decide(task, situation, 'wrong')
        : decide(task, situation, 'done');
    case 'shipment.recall':
      return decide(task, situation, 'done', { amount: yuan(4_400) });
    case 'shipment.waybill':
      return waybill(task, situation);
    case 'confirmation.paper':
      return confirmation(situation);
    case 'purchase.receive':
      return receipt(situation);
    case 'production.report':
      return progress(task, situation);
    case 'quality.inspect':
      return inspection(task, situation);
    default:
      return undefined;
  }
}

/** The signed paper came back. */
export function confirmation({ view: { order }, canary }: Situation): Move {
  return {
    tag: 'confirmation',
    who: order.takenBy,
    path: `/orders/${order.no}/confirmations`,
    body: { revision: order.revision, comment: canary.words('comment on the confirmation') },
  };
}

function review(task: TaskOnBoard, situation: Situation): Move {
  const { review: planned } = situation.plan;
  if (planned?.at !== task.kind || !once(situation, 'review')) return decide(task, situation, 'approve');
  switch (planned.first) {
    case 'return':
      return decide(task, situation, 'return');
    case 'reject':
      return decide(task, situation, 'reject');
    case 'ask':
      return decide(task, situation, 'ask');
    case 'opposite': {
      const approve = decide(task, situation, 'approve');
      const against = decide(task, situation, situation.dice.chance(0.5) ? 'return' : 'reject');
      const other = candidates(task).find((who) => who !== approve.who) ?? approve.who;
      return { ...approve, rival: { ...against, who: other } };
    }
  }
}

function decide(task: TaskOnBoard, { canary, dice }: Situation, outcome: string, more: object = {}): Move {
  const reason = ['return', 'reject', 'wrong'].includes(outcome) ? { reasonCode: 'not_as_agreed' } : {};
  return {
    tag: `${task.id} ${outcome}`,
    who: dice.pick(candidates(task)),
    path: `/orders/${task.orderNo}/decisions`,
    body: {
      taskId: task.id,
      outcome,
      comment: canary.words(`words on ${task.kind}`),
      ...reason,
      ...(outcome === 'approve' && (task.signing.mustState ?? []).length > 0 ? statements : {}),
      ...more,
    },
  };
}

/** What technical and production sign for: a day that no run lives to see. */
const statements = { materials: 'in_hand', offeredOn: '2099-12-31' };

/** Who may decide it; nobody is a bug of the run's policy, and the admin shows it. */
function candidates(task: TaskOnBoard): readonly string[] {
  const may = peopleIn(
    task.roles,
    task.excluded.map(({ userId }) => userId),
  );
  return may.length > 0 ? may : ['u-admin'];
}

function waybill(task: TaskOnBoard, { canary }: Situation): Move {
  const no = shipmentOf(task);
  return {
    tag: `waybill ${no}`,
    who: 'u-logistics',
    path: `/shipments/${no}/waybill`,
    body: { carrier: 'sf', waybillNo: `SF${no}`, comment: canary.words('comment on the waybill') },
  };
}

/** `20261121-0001-S1/2` is a task of `20261121-0001-S1`. */
export const shipmentOf = (task: TaskOnBoard): string => task.id.split('/')[0] ?? '';

async function receipt({ view: { order }, details, dice, canary }: Situation): Promise<Move | undefined> {
  const { purchaseOrders } = await details();
  const open = purchaseOrders.find(({ state, received, quantity }) => state === 'ordered' && received < quantity);
  if (open === undefined) return undefined;
  const missing = open.quantity - open.received;
  return {
    tag: `receipt of line ${open.line}`,
    who: 'u-warehouse-1',
    path: `/orders/${order.no}/receipts`,
    body: {
      line: open.line,
      quantity: dice.chance(0.5) ? missing : dice.between(1, missing),
      comment: canary.words('comment on the receipt'),
    },
  };
}

/** Only one line of an order is made: what the task states is that line's. */
function madeLine({ plan }: Situation): number {
  return 1 + plan.lines.findIndex(({ itemId }) => itemId === 'cabinet' || itemId === 'shelf');
}

function progress(task: TaskOnBoard, situation: Situation): Move | undefined {
  const { view, canary } = situation;
  if (!once(situation, `progress of ${task.id}`)) return undefined;
  return {
    tag: `progress of ${task.id}`,
    who: 'u-production',
    path: `/orders/${view.order.no}/progress`,
    body: {
      line: madeLine(situation),
      quantity: task.evidence['quantity'],
      comment: canary.words('comment on progress'),
    },
  };
}

function inspection(task: TaskOnBoard, situation: Situation): Move | undefined {
  const { plan, view, canary } = situation;
  if (!once(situation, `inspection of ${task.id}`)) return undefined;
  const quantity = Number(task.evidence['quantity']);
  const bad = plan.rework === true && quantity > 2 && once(situation, 'rework') ? 1 : 0;
  return {
    tag: `inspection of ${task.id}`,
    who: 'u-quality',
    path: `/orders/${view.order.no}/inspections`,
    body: {
      line: madeLine(situation),
      passed: quantity - 2 * bad,
      rework: bad,
      scrapped: bad,
      ...(bad > 0 ? { causeCode: 'scratched' } : {}),
      comment: canary.words('comment on the inspection'),
    },
  };
}
