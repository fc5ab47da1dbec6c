import { isYes, openSlots, quorumIsReached, type Decision, type Slot, type Task } from './task';

/** A slot is signed; the task is decided as soon as its signing says so (HT-3, V2). */
export function sign(task: Task, slotNo: number, signature: Decision): Task {
  const slot = task.slots.find(({ no }) => no === slotNo);
  if (slot?.delegated !== undefined) return { ...task, slots: replace(task.slots, advised(slot, signature)) };
  const signed: Task = {
    ...task,
    slots: task.slots.map((one) => (one.no === slotNo ? { ...one, state: 'signed' as const, signature } : one)),
  };
  return isDecidedBy(signed, signature) ? decide(signed, signature) : signed;
}

/** Takes a signature back: the slot is open again, and so is the task that it had decided (HT-5). */
export function takeBack(task: Task, slotNo: number): Task {
  const { decision: _undone, ...rest } = task;
  const slots = task.slots.map((slot) => {
    if (slot.no !== slotNo) return slot;
    const { signature: _taken, ...open } = slot;
    return { ...open, state: 'open' as const };
  });
  return { ...rest, slots, state: 'open' };
}

/** A task whose last missing signer was removed is decided by the signatures that it has (HT-6). */
export function decidedIfComplete(task: Task): Task {
  const signatures = task.slots.flatMap(({ signature }) => (signature === undefined ? [] : [signature]));
  const last = quorumIsReached(task) ? signatures.filter(isYes).at(-1) : signatures.at(-1);
  return last !== undefined && task.state === 'open' && isDecidedBy(task, last) ? decide(task, last) : task;
}

/** What a delegate answers is advice; the slot is again whose it was (HT-6). */
function advised(slot: Slot, advice: Decision): Slot {
  const { delegated, ...held } = slot;
  return { ...held, candidates: delegated?.former ?? slot.candidates, advice };
}

function isDecidedBy(task: Task, signature: Decision): boolean {
  if (isYes(signature)) return quorumIsReached(task) && openSlots(task).length === 0;
  const { onRejection } = task.signing;
  const added = task.slots.some((slot) => slot.addedBy !== undefined && slot.signature === signature);
  // Sent back is settled: the taker has it, and nobody else is to be asked (IN-9).
  if (onRejection === 'passes_on' && signature.outcome === 'return') return true;
  return added || onRejection === 'ends' || !quorumIsInReach(task);
}

const quorumIsInReach = ({ slots, signing }: Task): boolean =>
  slots.filter((slot) => slot.addedBy === undefined && (slot.state === 'open' || isYes(slot.signature))).length >=
  signing.needed;

/** Conditions that any signer set hold for the whole decision (RV-5). */
function decide(task: Task, signature: Decision): Task {
  const conditions = [...new Set(task.slots.flatMap((slot) => slot.signature?.conditions ?? []))];
  const outcome = isYes(signature) && conditions.length > 0 ? 'approve_with_conditions' : signature.outcome;
  return {
    ...task,
    state: 'decided',
    decision: { ...signature, outcome, ...(conditions.length > 0 ? { conditions } : {}) },
  };
}

const replace = (slots: readonly Slot[], by: Slot): readonly Slot[] =>
  slots.map((slot) => (slot.no === by.no ? by : slot));
