import { personsBehind } from './actor';
import { isWithinLimits } from './authority';
import { civilDate } from './calendar';
import { close } from './closing';
import { closeTasks, openTasks, taskOf, withoutWait, type Effect } from './desk';
import { type Dossier, without } from './dossier';
import type { Message, RefusalCode, Step } from './fact';
import type { Hold } from './gate';
import type { SentBack } from './sent-back';
import { withoutPapersFor } from './lifting';
import { isYes, type Decision, type Task } from './task';
import type { ReviewLevel, TaskKind, Terms } from './terms';
import type { CivilDate } from './vocabulary';

/** One level's approval. A change that does not touch its inputs keeps it (HT-12); a skipped level says so (HT-11). */
export interface Approval {
  readonly level: number;
  readonly task: TaskKind;
  /** The persons behind it, for four eyes over revisions. */
  readonly by: readonly string[];
  /** Of the inputs it was given on; absent: bound to everything. */
  readonly fingerprint?: string;
  /** Later levels that the same person may decide too, by the roles and limits he signed with (HT-11). */
  readonly alsoCovers: readonly TaskKind[];
  readonly how: 'signed' | 'skipped';
  /** The date of completion that was signed for (RV-2). */
  readonly offeredOn?: CivilDate;
}

/** The date of completion that stands: what the last approval signed for, else what was computed at the door (RV-2, CF-3). */
export const offeredBy = (approvals: readonly Approval[], terms: Terms): CivilDate =>
  approvals.findLast(({ offeredOn }) => offeredOn !== undefined)?.offeredOn ?? terms.offeredOn;

/** The next level that has not approved; one at a time, in sequence (V1). */
export const nextLevel = ({ terms, approvals }: Dossier): ReviewLevel | undefined =>
  terms.reviews.find((row) => !approvals.some(({ level }) => level === row.level));

/** Whose earlier approval stands for the next level too, where policy lets it pass and four eyes do not forbid it (HT-11). */
export function passesAgain(dossier: Dossier): { readonly level: ReviewLevel; readonly by: Approval } | undefined {
  const level = nextLevel(dossier);
  if (level === undefined || dossier.terms.review.sameApprover === 'asks' || asksForContract(dossier, level))
    return undefined;
  const apart = dossier.terms.tasks[level.task].notAlso;
  const kept = apart.includes('taker') ? [dossier.takenBy, ...dossier.lastEditors] : [];
  const by = dossier.approvals.find(
    (approval) =>
      approval.alsoCovers.includes(level.task) &&
      !apart.includes(approval.task) &&
      !approval.by.some((userId) => kept.includes(userId)),
  );
  return by === undefined ? undefined : { level, by };
}

/** Whether a level looks at a paper that no other level has before it. */
const asksForContract = ({ terms }: Dossier, { task }: ReviewLevel): boolean =>
  task === 'review.contract' && terms.contract === true;

/** What a decided level means for the order: the next one, back to somebody, or the end (RV-6, HT-4). */
export function reviewDecided(dossier: Dossier, task: Task, decision: Decision): Dossier {
  const { level = 0 } = task;
  if (decision.outcome === 'reject') return close(dossier, 'rejected', decision.reasonCode ?? 'unspecified');
  if (decision.outcome === 'return')
    return typeof decision.returnTo === 'number'
      ? sendBackTo(dossier, decision.returnTo)
      : sendBack(dossier, sentBackBy(task, decision));
  const approval: Approval = {
    level,
    task: task.kind,
    by: task.slots.flatMap(({ signature }) => (signature === undefined ? [] : personsBehind(signature.by))),
    ...fingerprintOf(dossier, level),
    alsoCovers: alsoCoveredBy(dossier, task, decision),
    how: 'signed',
    ...(decision.offeredOn === undefined ? {} : { offeredOn: decision.offeredOn }),
  };
  return withApprovals(withConditions(dossier, task), [...dossier.approvals, approval]);
}

/** The order with these approvals, and the date that they offer. */
export const withApprovals = (dossier: Dossier, approvals: readonly Approval[]): Dossier => ({
  ...dossier,
  approvals,
  offeredOn: offeredBy(approvals, dossier.terms),
});

/** Levels after this one that ask one signature of a role which the signer has, and no statement that he has not made (RV-2). */
function alsoCoveredBy({ terms }: Dossier, task: Task, { by }: Decision): readonly TaskKind[] {
  if (by.kind !== 'user' || task.slots.length > 1 || !isWithinLimits(task, by)) return [];
  const makes = terms.lines.some(({ supply }) => supply === 'make');
  const isStated = (kind: TaskKind): boolean =>
    !makes || (terms.tasks[kind].asks ?? []).every((one) => task.signing.asks?.includes(one) === true);
  return terms.reviews
    .filter(({ task: kind }) => isStated(kind))
    .filter(({ level, task: kind }) => level > (task.level ?? 0) && terms.tasks[kind].signing === undefined)
    .filter(({ task: kind }) => terms.tasks[kind].roles.some((role) => by.roles.includes(role)))
    .map(({ task: kind }) => kind);
}

/** What a reviewer demands shuts gates until it is met (RV-5). */
function withConditions(dossier: Dossier, { id, decision }: Task): Dossier {
  const holds = (decision?.conditions ?? []).flatMap((reason) => {
    const row = dossier.terms.holds[reason];
    return row === undefined
      ? []
      : [{ id: `${id}:${reason}`, reason, gates: row.gates, setBy: id, ...placedBy(decision) }];
  });
  const reasons = holds.map(({ reason }) => reason);
  return { ...withoutPapersFor(dossier, reasons), holds: [...dossier.holds, ...holds] };
}

const placedBy = (decision: Decision | undefined): Pick<Hold, 'placedAt' | 'placedBy'> => {
  const [userId] = decision === undefined ? [] : personsBehind(decision.by);
  return decision === undefined ? {} : { placedAt: decision.at, ...(userId === undefined ? {} : { placedBy: userId }) };
};

/** A level that the same approver has answered already passes without asking again. */
export function levelSkipped(dossier: Dossier, fact: Extract<Step, { kind: 'levelSkipped' }>): Dossier {
  const approval: Approval = {
    level: fact.level,
    task: fact.task,
    by: fact.sameAs,
    ...fingerprintOf(dossier, fact.level),
    alsoCovers: [],
    how: 'skipped',
  };
  return withApprovals(dossier, [...dossier.approvals, approval]);
}

/** Back to the taker, to revise and resubmit; who did it and why is remembered. */
export const sendBack = (dossier: Dossier, sentBack: SentBack): Dossier => ({
  ...withoutCredit(closeTasks(dossier, () => true)),
  status: 'returned',
  sentBack,
});

/** By the answer to a task. */
export const sentBackBy = ({ id, kind, level }: Task, { at, by, reasonCode, factId }: Decision): SentBack => ({
  how: 'decision',
  at,
  by,
  ...(reasonCode === undefined ? {} : { reasonCode }),
  factId,
  task: { id, kind, ...(level === undefined ? {} : { level }) },
});

/** Back to a level: it and those after it are asked anew. */
export function sendBackTo(dossier: Dossier, toLevel: number): Dossier {
  return {
    ...withApprovals(
      dossier,
      dossier.approvals.filter(({ level }) => level < toLevel),
    ),
    holds: withoutConditionsFrom(dossier, toLevel),
    // Answered anew: what these levels said before no longer counts (V2).
    tasks: dossier.tasks.map((task) =>
      task.revision === dossier.revision && (task.level ?? 0) >= toLevel && task.state === 'decided'
        ? { ...task, state: 'void' as const }
        : task,
    ),
  };
}

/** A condition that no policy row enforces would bind nobody. */
export function judgeConditions(
  { terms }: Dossier,
  { conditions = [] }: Extract<Message, { kind: 'decisionMade' }>,
): RefusalCode | undefined {
  return conditions.every((reason) => Object.hasOwn(terms.holds, reason) && terms.holds[reason]?.isCondition === true)
    ? undefined
    : 'unknown_condition';
}

/** A date of completion that is signed for lies ahead (RV-2). */
export function judgeOffer(
  dossier: Dossier,
  { taskId, offeredOn, at }: Extract<Message, { kind: 'decisionMade' }>,
): RefusalCode | undefined {
  const isAsked = taskOf(dossier, taskId)?.signing.asks?.includes('offeredOn') === true;
  const isPast = offeredOn !== undefined && offeredOn < civilDate(dossier.terms.calendar, at);
  return isAsked && isPast ? 'date_passed' : undefined;
}

/** A level can only go back to one that comes before it. */
export function judgeReturn(
  dossier: Dossier,
  fact: Extract<Message, { kind: 'decisionMade' }>,
): RefusalCode | undefined {
  const { kind, level = 0 } = taskOf(dossier, fact.taskId) ?? {};
  // A contract goes back to its draft, and to nobody else.
  if (kind === 'contract.sign' && fact.returnTo !== undefined) return 'unknown_level';
  if (typeof fact.returnTo !== 'number') return undefined;
  const known = dossier.terms.reviews.some((row) => row.level === fact.returnTo);
  return fact.outcome === 'return' && known && fact.returnTo < level ? undefined : 'unknown_level';
}

/** A decided level is taken back until somebody acted upon it: a later signature, a resubmission, the confirmation (HT-5). */
export function levelActedUpon(dossier: Dossier, task: Task): Effect | undefined {
  const { status, confirmation, contract } = dossier;
  const { level = 0 } = task;
  if (status === 'returned')
    return task.decision?.outcome === 'return' && latestReview(dossier) === task ? undefined : 'decisionMade';
  const laterSigned = dossier.tasks.some(
    (other) => (other.level ?? 0) > level && other.revision === task.revision && other.slots.some(hasSignature),
  );
  if (!isYes(task.decision) || laterSigned || latestOf(dossier, level) !== task) return 'decisionMade';
  if (status === 'pending_review') return undefined;
  // Approved, while a contract is still to be signed or a hold keeps the confirmation back.
  if (status !== 'approved' || confirmation !== undefined) return 'confirmationSent';
  return contract?.ours === undefined ? undefined : 'decisionMade';
}

/** The level is open again, and what it let open is void. */
export function levelTakenBack(dossier: Dossier, { level = 0 }: Task): Dossier {
  const closed = closeTasks(dossier, (task) => (task.level ?? 0) > level || task.kind === 'credit.special');
  return {
    ...withApprovals(
      unpassed(closed),
      dossier.approvals.filter((approval) => approval.level < level),
    ),
    holds: withoutConditionsFrom(dossier, level),
    status: 'pending_review',
  };
}

/** Neither accepted nor returned: under review again. */
export const unpassed = (dossier: Dossier): Dossier => ({
  ...without(
    withoutWait(withoutCredit(closeTasks(dossier, ({ kind }) => kind === 'contract.sign')), 'returned'),
    'sentBack',
  ),
  reviewPassed: false,
});

/** The question to the books is asked anew when the levels are. */
export const withoutCredit = (dossier: Dossier): Dossier => without(withoutWait(dossier, 'credit'), 'credit');

/** Conditions fall with the decisions that set them. */
export const withoutConditionsFrom = (dossier: Dossier, level: number): Dossier['holds'] =>
  dossier.holds.filter(({ setBy }) => setBy === undefined || (taskOf(dossier, setBy)?.level ?? 0) < level);

/** 撤回申请: by who took, last changed or looks after the order, before anybody signed this revision (HT-5). */
export function judgeWithdrawal(
  dossier: Dossier,
  fact: Extract<Message, { kind: 'reviewWithdrawn' }>,
): RefusalCode | undefined {
  const requesters = [dossier.takenBy, ...dossier.lastEditors, dossier.terms.salespersonId];
  if (!personsBehind(fact.by).some((userId) => requesters.includes(userId))) return 'not_a_candidate';
  const signed = dossier.tasks.some(
    (task) => task.level !== undefined && task.revision === dossier.revision && task.slots.some(hasSignature),
  );
  return signed ? 'too_late' : undefined;
}

/** While levels decide, only the fields that policy lists may change; anything else is returned or withdrawn first (HT-12). */
export function isLocked({ status, terms }: Dossier, { changed }: Extract<Message, { kind: 'orderRevised' }>): boolean {
  const { openFields } = terms.review;
  if (status !== 'pending_review' || openFields === 'all') return false;
  return changed === undefined || !changed.every((field) => openFields.includes(field));
}

/**
 * The approvals that a change leaves standing: same task, same fingerprint (HT-12, V6); none after a return that walks again
 * (HT-4), and none of who made the change himself, where the taker may not approve (V3).
 */
export function keptApprovals(
  dossier: Dossier,
  { terms, by }: Extract<Message, { kind: 'orderRevised' }>,
): readonly Approval[] {
  if (dossier.status === 'returned' && dossier.terms.review.afterReturn === 'walk_again') return [];
  const editors = personsBehind(by);
  return terms.reviews.flatMap((row) => {
    const before = dossier.approvals.find(
      ({ task, fingerprint }) => task === row.task && fingerprint !== undefined && fingerprint === row.fingerprint,
    );
    const isOwn =
      terms.tasks[row.task].notAlso.includes('taker') && before?.by.some((userId) => editors.includes(userId));
    // What else its author may pass was judged by the amounts of that time (HT-11).
    return before === undefined || isOwn === true ? [] : [{ ...before, level: row.level, alsoCovers: [] }];
  });
}

/**
 * Open levels whose inputs a change did not touch go on being asked, with their clocks, for the new revision; unless a level
 * before them is to be asked again (V1).
 */
export function keptTasks(
  dossier: Dossier,
  fact: Extract<Message, { kind: 'orderRevised' }>,
): ReadonlyMap<string, number> {
  const kept = keptApprovals(dossier, fact);
  const next = fact.terms.reviews.find(({ level }) => !kept.some((approval) => approval.level === level));
  return new Map(
    openTasks(dossier).flatMap((task) => {
      const { fingerprint } = fingerprintOf(dossier, task.level ?? 0);
      const goesOn = task.kind === next?.task && fingerprint !== undefined && next.fingerprint === fingerprint;
      // What somebody has signed, or was handed to somebody, is asked anew: the change may be his own (V3).
      const untouched = task.slots.every(isAsPolicyMadeIt) && !passesToAnother(task, fact);
      return task.level === undefined || !goesOn || !untouched ? [] : [[task.id, next.level] as const];
    }),
  );
}

/** Kept out as who changed the order, its salesperson is passed over, so the level is asked anew (IN-9, V3). */
function passesToAnother(task: Task, { terms, by }: Extract<Message, { kind: 'orderRevised' }>): boolean {
  const isApart = terms.tasks[task.kind].notAlso.includes('taker');
  const isHis = task.slots.some(
    ({ state, candidates }) =>
      state === 'open' && candidates.every((one) => 'user' in one && personsBehind(by).includes(one.user)),
  );
  return isApart && isHis;
}

function fingerprintOf({ terms }: Dossier, level: number): { readonly fingerprint?: string } {
  const fingerprint = terms.reviews.find((row) => row.level === level)?.fingerprint;
  return fingerprint === undefined ? {} : { fingerprint };
}

const reviewTasksOf = (dossier: Dossier): readonly Task[] =>
  dossier.tasks.filter((task) => task.level !== undefined && task.revision === dossier.revision);

const latestReview = (dossier: Dossier): Task | undefined => reviewTasksOf(dossier).at(-1);

const latestOf = (dossier: Dossier, level: number): Task | undefined =>
  reviewTasksOf(dossier)
    .filter((task) => task.level === level)
    .at(-1);

const hasSignature = ({ signature }: Task['slots'][number]): boolean => signature !== undefined;

/** Neither signed nor moved nor added to. */
const isAsPolicyMadeIt = ({ signature, addedBy, advice, origin, delegated }: Task['slots'][number]): boolean =>
  [signature, addedBy, advice, origin, delegated].every((mark) => mark === undefined);
