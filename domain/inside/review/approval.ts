import { personsBehind } from '../kernel/actor';
import type { CivilDate, Instant } from '../kernel/vocabulary';
import { isWithinLimits } from '../kernel/worklist/authority';
import type { Decision, Task } from '../kernel/worklist/task';
import { type Contract, contractLevel } from '../contract/contract';
import type { Intake } from '../intake/intake';
import { makesGoods, type ReviewLevel, type Terms } from '../intake/terms';

/** One level's approval. A change that does not touch its inputs keeps it (HT-12); a skipped level says so (HT-11). */
export interface Approval {
  readonly level: number;
  readonly task: string;
  /** The task that was decided; for a skipped level, the task of the approval that stands for it too. */
  readonly taskId: string;
  /** When it was given, and as which fact of the order: what it demands is met by what comes later. */
  readonly at: Instant;
  readonly seq: number;
  /** The persons behind it, for four eyes over revisions. */
  readonly by: readonly string[];
  /** Of the inputs it was given on; absent: bound to everything. */
  readonly fingerprint?: string;
  /** The draft of the contract that it was given on, or that there was none; only of levels that look at one. */
  readonly draft?: string;
  /** Later levels that the same person may decide too, by the roles and limits he signed with (HT-11). */
  readonly alsoCovers: readonly string[];
  readonly how: 'signed' | 'skipped';
  /** The date of completion that was signed for (RV-2). */
  readonly offeredOn?: CivilDate;
  /** What it demands: reasons of holds that shut gates until they are met (RV-5). */
  readonly conditions: readonly string[];
}

/** What levels are looked at with: the order, and the contract where it has one. */
export interface Reviewed {
  readonly intake: Intake;
  readonly contract: Contract;
}

/** The draft that a level's approval rests on, where it looks at one: another draft asks it, and those after it, anew. */
export function draftFor({ intake: { terms }, contract }: Reviewed, level: number): string | undefined {
  const from = contractLevel(terms);
  return terms.contract === true && from !== undefined && level >= from ? (contract.draftId ?? 'none') : undefined;
}

/** Whether an approval still stands: on the draft that it was given on. */
export const stands = (reviewed: Reviewed, approval: Approval): boolean =>
  approval.draft === draftFor(reviewed, approval.level);

/** The approval that a decision of a level is. */
export function approvalBy(reviewed: Reviewed & { readonly seq: number }, task: Task, decision: Decision): Approval {
  const { level = 0, kind } = task;
  const { terms } = reviewed.intake;
  const draft = draftFor(reviewed, level);
  return {
    level,
    task: kind,
    taskId: task.id,
    at: decision.at,
    seq: reviewed.seq,
    by: task.slots.flatMap(({ signature }) => (signature === undefined ? [] : personsBehind(signature.by))),
    ...fingerprintOf(terms, level),
    ...(draft === undefined ? {} : { draft }),
    alsoCovers: alsoCoveredBy(terms, task, decision),
    how: 'signed',
    ...(decision.offeredOn === undefined ? {} : { offeredOn: decision.offeredOn }),
    conditions: decision.conditions ?? [],
  };
}

function fingerprintOf({ reviews }: Terms, level: number): { readonly fingerprint?: string } {
  const fingerprint = reviews.find((row) => row.level === level)?.fingerprint;
  return fingerprint === undefined ? {} : { fingerprint };
}

/** Levels after this one that ask one signature of a role which the signer has, and no statement that he has not made (RV-2). */
function alsoCoveredBy(terms: Terms, task: Task, { by }: Decision): readonly string[] {
  if (by.kind !== 'user' || task.slots.length > 1 || !isWithinLimits(task, by)) return [];
  const isStated = (kind: string): boolean =>
    !makesGoods(terms) ||
    (terms.tasks[kind]?.mustState ?? []).every((one) => task.signing.mustState?.includes(one) === true);
  return terms.reviews
    .filter(({ level, task: kind }: ReviewLevel) => level > (task.level ?? 0) && isStated(kind))
    .filter(({ task: kind }) => terms.tasks[kind]?.signing === undefined)
    .filter(({ task: kind }) => terms.tasks[kind]?.roles.some((role) => by.roles.includes(role)) === true)
    .map(({ task: kind }) => kind);
}
