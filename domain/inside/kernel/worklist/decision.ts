import { personsBehind, type Actor } from '../actor';
import type { RefusalCode } from '../refusal';
import { isWithinLimits, slotFor } from './authority';
import type { WorklistFactOf } from './facts';
import { isYes, type Decision, type Task } from './task';
import { outcomesWithReason } from './terms';

type DecisionMade = WorklistFactOf<'decisionMade'>;

/** Why an answer to a task does not count; undefined when it does (HT-4, HT-10, HT-11, V5). */
export function judgeDecision(task: Task | undefined, fact: DecisionMade): RefusalCode | undefined {
  if (task === undefined) return 'unknown_task';
  if (task.state !== 'open') return 'task_closed';
  if (!task.outcomes.includes(fact.outcome)) return 'outcome_not_offered';
  if (outcomesWithReason.includes(fact.outcome) && fact.reasonCode === undefined) return 'reason_required';
  if (!isListed(task, fact)) return 'unknown_reason';
  const slot = slotFor(task, fact.by);
  if (typeof slot === 'string') return slot;
  if (!isYes(fact)) return undefined;
  return isWithinLimits(task, fact.by) ? judgeStatements(task, fact) : 'over_limit';
}

/** The decision that an answer is. */
export function decisionOf(fact: DecisionMade): Decision {
  const { outcome, by, at, reasonCode, conditions, amountFen, happenedAt, returnTo, offeredOn, materials } = fact;
  return {
    outcome,
    by,
    at,
    factId: fact.id,
    ...(reasonCode === undefined ? {} : { reasonCode }),
    ...(conditions === undefined ? {} : { conditions }),
    ...(amountFen === undefined ? {} : { amountFen }),
    ...(happenedAt === undefined ? {} : { happenedAt }),
    ...(returnTo === undefined ? {} : { returnTo }),
    ...(offeredOn === undefined ? {} : { offeredOn }),
    ...(materials === undefined ? {} : { materials }),
  };
}

/** The slot that the author of a fact, or whom he acts for, has signed. */
export const signedSlot = (task: Task, by: Actor): Task['slots'][number] | undefined =>
  task.slots.find(
    ({ signature }) =>
      signature !== undefined && personsBehind(signature.by).some((userId) => personsBehind(by).includes(userId)),
  );

/** What somebody, or whom he acts for, has signed of a task. */
export const signatureOf = (task: Task, by: Actor): Decision | undefined => signedSlot(task, by)?.signature;

/** Whoever comes after him in turn has signed on what he signed (HT-5). */
export function laterTurnHasSigned(task: Task, by: Actor): boolean {
  const own = signedSlot(task, by);
  return own !== undefined && task.slots.some(({ turn, signature }) => turn > own.turn && signature !== undefined);
}

/** A yes says what it is asked to say; whether a date lies ahead is for the organ to judge (RV-2). */
function judgeStatements(
  { signing: { mustState = [] } }: Task,
  { materials, offeredOn }: DecisionMade,
): RefusalCode | undefined {
  if (mustState.includes('materials') && materials === undefined) return 'materials_required';
  return mustState.includes('offeredOn') && offeredOn === undefined ? 'date_required' : undefined;
}

/** Where policy lists the reasons of a task, a return or a rejection names one of them (HT-4). */
const isListed = ({ reasons }: Task, { outcome, reasonCode = '' }: DecisionMade): boolean =>
  reasons === undefined || !outcomesWithReason.includes(outcome) || reasons.includes(reasonCode);
