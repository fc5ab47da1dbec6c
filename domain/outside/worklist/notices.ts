import type { FactNamed } from '../../inside/every-fact';
import { rolesOf, type Task, usersOf } from '../../inside/kernel/worklist/task';
import { askOf } from '../../inside/processes';
import { actorName } from '../filing/applied';
import type { Notice, OrganNotices } from '../notices/notice';
import { isOfTask } from './task-history';

export const worklistNotices = {
  told: {
    taskOpened: ({ kind, task }) => ({ template: kind, to: [...rolesOf(task), ...usersOf(task)], of: task.id }),
    taskReassigned: ofReassignment,
    decisionMade: ofDecision,
    decisionWithdrawn: ofWithdrawal,
    rungReached: ofRung,
  },
  texts: {
    taskOpened: { zh: '请处理：{what}', en: 'Please answer: {what}', asksToAct: true },
    taskReassigned: { zh: '转给您处理：{what}', en: 'Handed to you: {what}', asksToAct: true },
    turnCame: { zh: '轮到您签核：{what}', en: 'Your turn to sign: {what}', asksToAct: true },
    taskDecided: { zh: '{what}：{outcome}', en: '{what}: {outcome}' },
    decisionWithdrawn: {
      zh: '决定已撤回，重新处理：{what}',
      en: 'The decision was taken back, and is asked anew: {what}',
    },
    'rung.remind': { zh: '提醒：{what} 尚未处理', en: 'Reminder: {what} is still open', asksToAct: true },
    'rung.escalate': {
      zh: '升级：{what} 逾期未处理',
      en: 'Escalated: {what} was not answered in time',
      asksToAct: true,
      isUrgent: true,
    },
    'rung.take_over': {
      zh: '改派给您：{what} 逾期未处理',
      en: 'Passed on to you: {what} was not answered in time',
      asksToAct: true,
      isUrgent: true,
    },
    'rung.notify': { zh: '请知悉：{what} 尚未完成', en: 'For your information: {what} is still open' },
    'task.without_candidates': {
      zh: '无人可处理，转由您处理：{what}',
      en: 'Nobody else can answer: {what}',
      asksToAct: true,
    },
    'task.nudged': { zh: '催办：{what}', en: 'You are asked to hurry: {what}', asksToAct: true },
    'task.copied': { zh: '抄送：{what}', en: 'For your information: {what}' },
  },
} satisfies OrganNotices;

/** HT-6: who was added, or has it now; what was given back is its holder's. Who called it back has it, and knows. */
function ofReassignment({ kind, how, to, taskId }: FactNamed<'taskReassigned'>): Notice | undefined {
  if (how === 'remove' || how === 'recall') return undefined;
  return { template: kind, to: to === undefined ? [] : [to], of: taskId };
}

/** An answer that comes back to who asked is told him (HT-9); one signature of several is told whose turn is next (HT-3). */
function ofDecision(fact: FactNamed<'decisionMade'>, tasks: readonly Task[]): Notice | undefined {
  const { taskId, outcome, reasonCode } = fact;
  const task = tasks.find(({ id }) => id === taskId);
  const decides = task?.decision?.factId === fact.id;
  const passes = outcome === 'approve' || outcome === 'done';
  // A question changes no task, so that its batch has none.
  if (outcome === 'ask' || (decides && (!passes || askOf(task.kind)?.isApplication === true))) {
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
  const anew = task.state === 'open' ? [...rolesOf(task), ...usersOf(task)] : [];
  return { template: kind, to: ['salesperson', 'taker', ...anew], of: taskId, reasonCode, by: actorName(by) };
}

/** Whether a signature was the last of its turn, and another turn follows; the same whatever came after it in the batch. */
function endsTurn({ slots }: Task, turn: number, at: string): boolean {
  const there = slots.filter(({ state }) => state !== 'removed');
  return (
    there.some((slot) => slot.turn > turn) &&
    there.every((slot) => slot.turn > turn || (slot.signature !== undefined && slot.signature.at <= at))
  );
}

/** Reminders, escalations and hand-overs always tell; what else a rung does is told where policy names a notice for it. */
function ofRung(fact: FactNamed<'rungReached'>, tasks: readonly Task[]): Notice | undefined {
  if (fact.passedOver === true) return undefined;
  const template = fact.notice ?? ownTemplate(fact);
  if (template === undefined) return undefined;
  const to = fact.to.length > 0 ? fact.to : holdersOf(fact.of, tasks);
  return { template, to, of: fact.of, rung: fact.rung };
}

function ownTemplate({ do: action }: FactNamed<'rungReached'>): string | undefined {
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
