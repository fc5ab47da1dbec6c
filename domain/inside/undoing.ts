import { contractLevel } from './contract';
import { closeTasks, taskOf, type Effect } from './desk';
import { type Before, type Dossier, without } from './dossier';
import { gates, type Gate, type Hold } from './gate';
import { balanceFen, mayBegin, shipLeave } from './leave';
import { withoutLifted } from './lifting';
import { levelActedUpon, levelTakenBack, nextLevel, unpassed, withApprovals, withoutConditionsFrom } from './review';
import { isClosed } from './stage';
import { isYes, type Decision, type Task } from './task';
import type { TaskKind } from './terms';
import type { Instant } from './vocabulary';

/**
 * What undoing the decision of a task does, by its kind, and until when (HT-5). `after`: the effect that came since and
 * cannot be undone; `undone`: the order as if nobody had decided. The kinds that name an effect instead are answered by it, or
 * their decision is it.
 */
interface Undoing {
  readonly after: (dossier: Dossier, of: Decided) => Effect | undefined;
  readonly undone: (dossier: Dossier, of: Decided & { readonly at: Instant }) => Dossier;
  /** What has to be kept of the order as it stood before. */
  readonly before?: (dossier: Dossier, task: Task) => Before;
}

interface Decided {
  readonly task: Task;
  readonly decision: Decision;
  readonly before: Before;
}

const review: Undoing = {
  after: (dossier, { task }) => levelActedUpon(dossier, task),
  undone: (dossier, { task }) => levelTakenBack(dossier, task),
};

/** What only says that somebody has done or answered something. */
const word = (after: Undoing['after']): Undoing => ({ after, undone: (dossier) => dossier });

const undoings: Readonly<Record<TaskKind, Undoing | Effect>> = {
  'review.price': review,
  'review.sales': review,
  'review.technical': review,
  'review.production': review,
  'review.contract': review,
  'review.credit': review,
  'review.compliance': review,
  'review.management': review,
  'intake.contact': 'orderEnded',
  'credit.special': {
    before: ({ credit }) => (credit === undefined ? {} : { credit }),
    after: (dossier, { task, decision }) => {
      const { credit, status } = dossier;
      if (decision.outcome === 'return') return status === 'returned' ? undefined : 'decisionMade';
      if (credit?.state === 'again') return credit.special?.by === task.id ? undefined : 'customerStandingChanged';
      if (credit?.state !== 'reserved' || credit.specialBy !== task.id) return 'creditRefused';
      return nothingWentOut(dossier);
    },
    undone: (dossier, { before: { credit } }) => ({
      ...unpassed(dossier),
      ...(credit === undefined ? {} : { credit }),
      status: 'pending_review',
    }),
  },
  'hold.release': {
    before: (dossier, { about }) => {
      const lifted = dossier.holds.find(({ id }) => id === about);
      return lifted === undefined ? {} : { lifted, passed: passedGates(dossier) };
    },
    after: (dossier, { task, before: { lifted, passed = [] } }) => {
      if (lifted === undefined || isHeldAnew(dossier, task)) return 'decisionMade';
      const fell = whatEnded(dossier, lifted);
      if (fell !== undefined) return fell;
      const since = passedGates(dossier).find((gate) => lifted.gates.includes(gate) && !passed.includes(gate));
      if (since !== undefined) return effectBehind[since];
      const held = { ...dossier, holds: [lifted] };
      return withoutLifted(held) === held ? undefined : liftedBy(dossier, lifted.reason);
    },
    undone: (dossier, { before: { lifted } }) => ({
      ...dossier,
      holds: [...dossier.holds, ...(lifted === undefined ? [] : [lifted])],
    }),
  },
  'release.balance': {
    before: ({ release }) => (release === undefined ? {} : { release }),
    after: (dossier, { task, decision }) => {
      if (latestOf(dossier, task)?.id !== task.id || dossier.release?.state === 'asked') return 'releaseRequested';
      if (isYes(decision)) return goneOrPaid(dossier, 'released');
      return dossier.release === undefined ? pastBalance(dossier) : 'releaseRequested';
    },
    undone: (dossier, { before: { release }, at }) =>
      withoutLeave({ ...dossier, ...(release === undefined ? {} : { release }) }, at),
  },
  'small.guarantee': {
    after: (dossier, { decision }) =>
      isYes(decision) ? goneOrPaid(dossier, 'small_order_path') : pastBalance(dossier),
    undone: (dossier, { at }) => withoutLeave(without(dossier, 'guarantee'), at),
  },
  'contract.draft': 'attachmentFiled',
  'contract.sign': {
    before: (dossier, { decision }) => (decision?.outcome === 'return' ? asApproved(dossier) : {}),
    after: (dossier, { decision }) => {
      const { contract } = dossier;
      if (decision.outcome !== 'return')
        return contract?.ours === undefined || contract.filed !== undefined ? 'attachmentFiled' : undefined;
      if (contract !== undefined) return 'attachmentFiled';
      const next = nextLevel(dossier)?.task ?? 'review.contract';
      return next === 'review.contract' ? undefined : 'decisionWithdrawn';
    },
    undone: (dossier, { decision, before }) => {
      if (decision.outcome === 'return') return approvedAsBefore(voided(dossier, 'contract.draft'), before);
      const open = voided(dossier, 'contract.file');
      if (open.contract === undefined) return open;
      const { ours: _unsigned, ...contract } = open.contract;
      return { ...open, contract };
    },
  },
  'contract.file': 'attachmentFiled',
  'confirmation.call': word(({ shippedAt }) => (shippedAt === undefined ? undefined : 'shipmentMoved')),
  'confirmation.paper': 'confirmationReturned',
  'deposit.ask': word(({ status }) => (status === 'awaiting_deposit' ? undefined : 'paymentReceived')),
  'purchase.receive': 'goodsReceived',
  'production.sign': {
    after: ({ status, goods }) =>
      status === 'in_production' && goods.every(({ reported }) => reported === 0) ? undefined : 'progressReported',
    undone: (dossier) => {
      const idle = voided(dossier, 'production.report');
      const goods = idle.goods.map((line) => ({ ...line, begun: false }));
      // A deposit that was taken back meanwhile is waited for first (Q1).
      if (mayBegin(dossier)) return { ...idle, goods, status: 'allocated' };
      return { ...voided(idle, 'production.sign'), goods, status: 'awaiting_deposit' };
    },
  },
  'production.report': 'progressReported',
  'quality.inspect': 'inspectionRecorded',
  // Tasks of a shipment and of a collection are undone at theirs: `parcel.ts`, `dunning.ts`.
  'shipment.pick': 'shipmentMoved',
  'shipment.check': 'shipmentMoved',
  'shipment.scan_out': 'shipmentMoved',
  'shipment.waybill': 'waybillEntered',
  'shipment.trouble': 'carrierEventReceived',
  'shipment.recall': 'shipmentMoved',
  'bill.review': word(({ bill }) => (bill === undefined ? undefined : 'billIssued')),
  'collection.call': 'collectionTold',
  'collection.legal': 'collectionTold',
  'cancellation.approve': {
    before: ({ cancellation }) => (cancellation === undefined ? {} : { cancellation }),
    after: (dossier, { decision }) => {
      const { cancellation, shipment, shippedAt } = dossier;
      if (shippedAt !== undefined) return 'shipmentMoved';
      if (isYes(decision)) return shipment?.state === 'stopping' ? undefined : 'shipmentMoved';
      return cancellation === undefined ? undefined : 'cancellationRequested';
    },
    undone: (dossier, { before: { cancellation } }) => ({
      ...dossier,
      ...(cancellation === undefined ? {} : { cancellation }),
    }),
  },
  // The money is in the books; an entry is never edited (M3).
  'refund.pay': 'decisionMade',
  'customer.grade_review': word(() => undefined),
};

/** What came after a decision and cannot be undone; undefined while its signer may still undo it (HT-5). */
export function effectAfter(dossier: Dossier, task: Task, signature: Decision): Effect | undefined {
  const { decision } = task;
  if (decision === undefined) return 'decisionMade';
  if (task.revision !== dossier.revision) return 'orderRevised';
  // What is over only winds up (S2).
  if (isClosed(dossier.status) && task.kind !== 'customer.grade_review') return 'orderEnded';
  if (isYes(signature) !== isYes(decision)) return 'decisionMade';
  const undoing = undoings[task.kind];
  return typeof undoing === 'string'
    ? undoing
    : undoing.after(dossier, { task, decision, before: beforeOf(dossier, task) });
}

/** The order as it stood before a task was decided, which is open again; nothing changes where it was not decided yet. */
export function undo(dossier: Dossier, task: Task, at: Instant): Dossier {
  const undoing = undoings[task.kind];
  if (task.decision === undefined || typeof undoing === 'string')
    return task.level === undefined ? dossier : levelTakenBack(dossier, task);
  const before = beforeOf(dossier, task);
  const { [task.id]: _undone, ...undoable } = dossier.undoable ?? {};
  const rest = dossier.undoable === undefined ? dossier : { ...dossier, undoable };
  return undoing.undone(rest, { task, decision: task.decision, before, at });
}

/** After a decision: what stood before it is kept, where undoing it needs that. */
export function keepBefore(before: Dossier, after: Dossier, task: Task): Dossier {
  const undoing = undoings[task.kind];
  if (isClosed(after.status) || typeof undoing === 'string' || undoing.before === undefined) return after;
  return { ...after, undoable: { ...after.undoable, [task.id]: undoing.before(before, task) } };
}

/** What sending a contract back to its draft takes away. */
function asApproved(dossier: Dossier): Before {
  const { contract, approvals, credit, tasks, revision } = dossier;
  const level = contractLevel(dossier) ?? Infinity;
  const levels = tasks.filter((task) => task.revision === revision && (task.level ?? 0) >= level);
  // Only these fall: what somebody lifts meanwhile of the others stays lifted.
  const stay = withoutConditionsFrom(dossier, level);
  return {
    approvals,
    conditions: dossier.holds.filter((hold) => !stay.includes(hold)),
    levels: levels.filter(({ state }) => state === 'decided').map(({ id }) => id),
    ...(contract === undefined ? {} : { contract }),
    ...(credit === undefined ? {} : { credit }),
  };
}

function approvedAsBefore(
  dossier: Dossier,
  { contract, credit, approvals = [], conditions = [], levels = [] }: Before,
): Dossier {
  const fallen = conditions.filter(({ id }) => dossier.holds.every((hold) => hold.id !== id));
  return {
    ...withApprovals(dossier, approvals),
    ...(contract === undefined ? {} : { contract }),
    ...(credit === undefined ? {} : { credit }),
    holds: [...dossier.holds, ...fallen],
    tasks: dossier.tasks.map((task) => (levels.includes(task.id) ? { ...task, state: 'decided' } : task)),
    status: 'approved',
    reviewPassed: true,
  };
}

const beforeOf = ({ undoable = {} }: Dossier, { id }: Task): Before =>
  Object.hasOwn(undoable, id) ? (undoable[id] ?? {}) : {};

/** The fact that tells of what a gate lets through; what passes `new_order` is another order. */
const effectBehind: Readonly<Record<Gate, Effect>> = {
  accept: 'creditReserved',
  confirm: 'confirmationSent',
  purchase: 'purchaseOrdered',
  produce: 'productionOrdered',
  ship: 'shipmentMoved',
  bill: 'billIssued',
  new_order: 'orderAccepted',
};

/** The gates behind which something has happened; goods that are only being picked can still be stopped. */
function passedGates({ reviewPassed, confirmation, goods, shippedAt, bill }: Dossier): readonly Gate[] {
  const isPassed: Readonly<Record<Gate, boolean>> = {
    accept: reviewPassed,
    confirm: confirmation !== undefined,
    purchase: goods.some(({ ordered, toBuy }) => ordered && toBuy > 0),
    produce: goods.some(({ ordered, toMake }) => ordered && toMake > 0),
    ship: shippedAt !== undefined,
    bill: bill !== undefined,
    new_order: false,
  };
  return gates.filter((gate) => isPassed[gate]);
}

/** The condition was set once more since, and its release is another question. */
const isHeldAnew = ({ tasks }: Dossier, { id, kind, about }: Task): boolean =>
  tasks.findLast((task) => task.kind === kind && task.about === about)?.id !== id;

/** A condition stands and falls with the decision that set it (RV-5). */
function whatEnded(dossier: Dossier, { setBy, reason }: Hold): Effect | undefined {
  const setter = setBy === undefined ? undefined : taskOf(dossier, setBy);
  const isDemanded = setter?.state === 'decided' && setter.decision?.conditions?.includes(reason) === true;
  if (setBy === undefined || isDemanded) return undefined;
  return setter?.state === 'open' ? 'decisionWithdrawn' : 'decisionMade';
}

function liftedBy({ terms }: Dossier, reason: string): Effect {
  switch (terms.holds[reason]?.liftsWhen) {
    case 'signed_paper':
      return 'confirmationReturned';
    case 'filed':
      return 'attachmentFiled';
    case 'paid_in_full':
    case undefined:
      return 'paymentReceived';
  }
}

/** An approved order whose confirmation waits for a contract or a hold: nobody has acted on it, and nobody outside was told. */
function nothingWentOut({ status, confirmation, contract }: Dossier): Effect | undefined {
  if (confirmation !== undefined || status !== 'approved') return 'confirmationSent';
  return contract?.ours === undefined ? undefined : 'decisionMade';
}

/** A leave to ship is undone until the goods are gone, and where they go for another reason there is none. */
function goneOrPaid(dossier: Dossier, leave: 'released' | 'small_order_path'): Effect | undefined {
  const { shippedAt, shipment } = dossier;
  if (shippedAt !== undefined) return 'shipmentMoved';
  if (balanceFen(dossier) === 0) return 'paymentReceived';
  return shipment === undefined || shipment.leave === leave ? undefined : 'shipmentReleased';
}

const pastBalance = ({ status }: Dossier): Effect | undefined =>
  status === 'awaiting_balance' ? undefined : 'paymentReceived';

/** Goods that lie ready wait again; what the warehouse has in hand is stopped by the workflow, which sees that its leave is lost. */
const withoutLeave = (dossier: Dossier, at: Instant): Dossier =>
  dossier.status === 'ready_to_ship' && dossier.shipment === undefined && shipLeave(dossier, at) === undefined
    ? { ...dossier, status: 'awaiting_balance' }
    : dossier;

const voided = (dossier: Dossier, kind: TaskKind): Dossier => closeTasks(dossier, (task) => task.kind === kind);

const latestOf = ({ tasks, revision }: Dossier, { kind }: Task): Task | undefined =>
  tasks.findLast((task) => task.kind === kind && task.revision === revision);
