import { personsBehind } from '../actor';
import { isKeptOut, slotFor } from './authority';
import type { RefusalCode } from '../refusal';
import type { WorklistFact } from './facts';
import { decidedIfComplete } from './signing';
import { openSlots, type Slot, type Task } from './task';

type TaskReassigned = Extract<WorklistFact, { kind: 'taskReassigned' }>;

/** No question needs more signatures than this; a list without end would never be answered. */
const mostSlots = 20;

/** Why a move does not count: who moves must hold the slot (or be an admin), whom it goes to must be free to act. */
export function judgeReassignment(task: Task | undefined, fact: TaskReassigned): RefusalCode | undefined {
  if (task === undefined) return 'unknown_task';
  if (task.state !== 'open') return 'task_closed';
  const slot = slotToReassign(task, fact);
  if (typeof slot === 'string') return slot;
  switch (fact.how) {
    case 'give_back':
      return slot.delegated === undefined ? 'wrong_state' : undefined;
    case 'remove':
    case 'recall':
      return undefined;
    case 'transfer':
    case 'delegate':
      return judgeTarget(task, fact) ?? (slot.delegated === undefined ? undefined : 'wrong_state');
    case 'add_before':
    case 'add_beside':
    case 'add_after':
      return judgeTarget(task, fact) ?? (task.slots.length < mostSlots ? undefined : 'too_many');
  }
}

/** The task after a move that counts. */
export function reassigned(task: Task, fact: TaskReassigned): Task {
  const slot = slotToReassign(task, fact);
  if (typeof slot === 'string') return task;
  const { to = '' } = fact;
  const candidates = [{ user: to }];
  switch (fact.how) {
    case 'transfer':
      return withSlot(task, { ...slot, candidates, origin: slot.origin ?? slot.candidates });
    case 'delegate': {
      const by = fact.by.kind === 'user' ? (fact.by.onBehalfOf ?? fact.by.userId) : '';
      return withSlot(task, { ...slot, candidates, delegated: { by, former: slot.candidates } });
    }
    case 'give_back':
    case 'recall': {
      const { delegated, ...held } = slot;
      return withSlot(task, { ...held, candidates: delegated?.former ?? slot.candidates });
    }
    case 'remove':
      return decidedIfComplete(withSlot(task, { ...slot, state: 'removed' }));
    case 'add_before':
      return withAdded(shiftTurns(task, slot.turn), { candidates, turn: slot.turn, addedBy: adder(fact) });
    case 'add_beside':
      return withAdded(task, { candidates, turn: slot.turn, addedBy: adder(fact) });
    case 'add_after':
      return withAdded(shiftTurns(task, slot.turn + 1), { candidates, turn: slot.turn + 1, addedBy: adder(fact) });
  }
}

/** The slot that a move is about: the mover's own, or the one that an admin or who added it names. */
function slotToReassign(task: Task, fact: TaskReassigned): Slot | RefusalCode {
  const named = fact.slot === undefined ? undefined : openSlots(task).find(({ no }) => no === fact.slot);
  if (fact.slot !== undefined && named === undefined) return 'unknown_slot';
  if (fact.how === 'remove') return slotToRemove(named, fact);
  if (fact.how === 'recall') return slotToRecall(named === undefined ? openSlots(task) : [named], fact);
  if (named !== undefined && isAdmin(fact)) return fact.reasonCode === undefined ? 'reason_required' : named;
  const mine = slotFor(task, fact.by);
  if (typeof mine === 'string') return mine;
  return named === undefined || named.no === mine.no ? mine : 'not_a_candidate';
}

/** Who delegated calls it back, whenever he likes; who gave it away by a transfer has nothing to call back. */
function slotToRecall(slots: readonly Slot[], { by }: TaskReassigned): Slot | RefusalCode {
  const away = slots.filter(({ delegated }) => delegated !== undefined);
  if (away.length === 0) return 'wrong_state';
  return away.find(({ delegated }) => personsBehind(by).includes(delegated?.by ?? '')) ?? 'not_a_candidate';
}

/** Only a signer who was added can be removed again, by who added him or by an admin: policy's own slots stay. */
function slotToRemove(named: Slot | undefined, fact: TaskReassigned): Slot | RefusalCode {
  if (named === undefined) return 'unknown_slot';
  if (named.addedBy === undefined) return 'wrong_state';
  const mayRemove = isAdmin(fact) || personsBehind(fact.by).includes(named.addedBy);
  return mayRemove ? named : 'not_a_candidate';
}

/** Whom a task goes to may not be somebody whom four eyes keep out, nor who has it already (HT-10). */
function judgeTarget(task: Task, { to, by }: TaskReassigned): RefusalCode | undefined {
  if (to === undefined) return 'target_required';
  if (isKeptOut(task, { kind: 'user', userId: to, roles: [] })) return 'four_eyes';
  return personsBehind(by).includes(to) ? 'target_required' : undefined;
}

const isAdmin = ({ by }: TaskReassigned): boolean => by.kind === 'user' && by.roles.includes('admin');

const adder = ({ by }: TaskReassigned): string => personsBehind(by)[0] ?? '';

const withSlot = (task: Task, slot: Slot): Task => ({
  ...task,
  slots: task.slots.map((one) => (one.no === slot.no ? slot : one)),
});

const withAdded = (task: Task, slot: Pick<Slot, 'candidates' | 'turn'> & { readonly addedBy: string }): Task => ({
  ...task,
  slots: [...task.slots, { ...slot, no: task.slots.length + 1, state: 'open' }],
});

/** Makes room for a turn: this one and all later ones act one turn later. */
const shiftTurns = (task: Task, from: number): Task => ({
  ...task,
  slots: task.slots.map((slot) => (slot.turn >= from ? { ...slot, turn: slot.turn + 1 } : slot)),
});
