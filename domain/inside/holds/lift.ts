import type { DecidedTask } from '../kernel/organ';
import type { Gate } from '../kernel/vocabulary';
import { isAccepted } from '../credit/credit';
import { bills } from '../money/money';
import type { Hold } from '../intake/terms';
import { conditionsOf, type Holds, type HoldsView, holdsOf, type Placed, stands } from './holds';

/** Somebody lifts a hold: it shuts nothing any more, and is remembered while that may be taken back. */
export function lifted(view: HoldsView, { id: taskId, about, decision }: DecidedTask): Holds {
  const { holds } = view;
  const hold = holdsOf(view).find(({ id }) => id === about);
  if (decision.outcome !== 'approve' || hold === undefined) return holds;
  return {
    ...holds,
    placed: holds.placed.filter(({ id }) => id !== hold.id),
    lifted: { ...holds.lifted, [hold.id]: { hold, taskId, passed: passedGates(view) } },
  };
}

/** What came after a hold was lifted and cannot be undone (HT-5); goods that left are for shipping to say. */
export function whatCameAfterLift(view: HoldsView, { id, about = '' }: DecidedTask): string | undefined {
  const { holds, worklist } = view;
  const was = Object.hasOwn(holds.lifted, about) ? holds.lifted[about] : undefined;
  const isLatest = worklist.tasks.findLast((task) => task.kind === 'hold.lift' && task.about === about)?.id === id;
  if (was === undefined || !isLatest || was.taskId !== id) return 'decisionMade';
  const fell = whatEnded(view, was.hold);
  if (fell !== undefined) return fell;
  const passed = passedGates(view);
  const since = was.hold.gates.find((gate) => passed[gate] > was.passed[gate]);
  if (since !== undefined) return effectBehind[since];
  return stands(view, was.hold) ? undefined : liftedBy(view, was.hold.reason);
}

/** The hold shuts its gates again. */
export function setAgain({ holds }: HoldsView, { about = '' }: DecidedTask): Holds {
  const { [about]: was, ...others } = holds.lifted;
  if (was === undefined) return holds;
  return {
    ...holds,
    lifted: others,
    placed: was.hold.setBy === undefined ? [...holds.placed, was.hold] : holds.placed,
  };
}

/** The kind of fact that tells of what a gate lets through; what passes `new_order` is another order. */
const effectBehind: Readonly<Record<Gate, string>> = {
  accept: 'creditReserved',
  confirm: 'confirmationSent',
  purchase: 'purchaseOrdered',
  produce: 'productionOrdered',
  ship: 'shipmentMoved',
  bill: 'chargeRaised',
  new_order: 'orderAccepted',
};

/** How much has happened behind each gate: each line is ordered, and each part billed, by itself; what is only picked can still be stopped. */
function passedGates(view: HoldsView): Readonly<Record<Gate, number>> {
  const { confirmation, goods, money } = view;
  return {
    accept: isAccepted(view) ? 1 : 0,
    confirm: confirmation.sentAt === undefined ? 0 : 1,
    purchase: goods.lines.filter(({ ordered, toBuy }) => ordered && toBuy > 0).length,
    produce: goods.lines.filter(({ ordered, toMake }) => ordered && toMake > 0).length,
    ship: 0,
    bill: bills(money).length,
    new_order: 0,
  };
}

/** A condition stands and falls with the decision that set it (RV-5). */
function whatEnded(view: HoldsView, { setBy, id, seq }: Placed): string | undefined {
  if (setBy === undefined) return undefined;
  const { [id]: _lifted, ...others } = view.holds.lifted;
  const isDemanded = conditionsOf({ ...view, holds: { ...view.holds, lifted: others } }).some(
    (one) => one.id === id && one.seq === seq,
  );
  if (isDemanded) return undefined;
  const setter = view.worklist.tasks.find((task) => task.id === setBy);
  return setter?.state === 'open' ? 'decisionWithdrawn' : 'decisionMade';
}

function liftedBy({ intake: { terms } }: HoldsView, reason: Hold['reason']): string {
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
