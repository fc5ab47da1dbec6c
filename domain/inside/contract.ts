import { type Actor, personsBehind } from './actor';
import { isKeptOut, slotFor } from './authority';
import { closeTasks, doneBy, openTasks } from './desk';
import { type Dossier, without } from './dossier';
import type { TaskDuty } from './duty';
import type { Message, RefusalCode } from './fact';
import { sendBackTo, unpassed, withoutCredit } from './review';
import type { Decision, Task } from './task';
import type { TaskKind, Terms } from './terms';

type Filed = Extract<Message, { kind: 'attachmentFiled' }>;
type Revised = Extract<Message, { kind: 'orderRevised' }>;

/** 合同: drafted, co-signed inside, signed for the company, signed by the customer and filed (RV-10); each by its attachment or fact. */
export interface Contract {
  readonly draft: string;
  /** The persons behind the draft: they neither co-sign it nor sign it for the company (HT-10). */
  readonly draftedBy: readonly string[];
  /** The decision by which somebody signed for the company. */
  readonly ours?: string;
  /** The paper with both signatures. */
  readonly filed?: string;
}

/** Under which purpose the papers of a contract are filed, and whose task that is. */
const papers = { contract_draft: 'contract.draft', contract_signed: 'contract.file' } as const satisfies Readonly<
  Record<string, TaskKind>
>;

export const taskOfPaper = (purpose: string): TaskKind | undefined =>
  isPurpose(purpose) ? papers[purpose] : undefined;

/** Nothing is confirmed to the customer of a contract order before both sides have signed; other orders have no contract. */
export const contractIsSigned = ({ terms, contract }: Dossier): boolean =>
  terms.contract !== true || contract?.filed !== undefined;

/** Legal and finance sign what is drafted, so there is no level of theirs before. */
export const awaitsDraft = ({ terms, contract }: Dossier): boolean => terms.contract === true && contract === undefined;

/** The draft is asked for while other levels review, and where no level looks at it; the signatures once all have approved. */
export function contractDuties(dossier: Dossier): readonly TaskDuty[] {
  const { status, contract } = dossier;
  const task = (kind: TaskKind, rule: string, saw: TaskDuty['saw'] = {}): TaskDuty => ({
    what: 'task',
    kind,
    rule,
    saw,
  });
  if (contractIsSigned(dossier)) return [];
  const isReviewed = status === 'approved';
  if (contract === undefined)
    return isReviewed || status === 'pending_review' ? [task('contract.draft', ...whyDrafted(dossier))] : [];
  if (!isReviewed) return [];
  return contract.ours === undefined
    ? [
        {
          ...task('contract.sign', 'the contract is approved'),
          saw: { draft: contract.draft },
          excluded: draftersOf(dossier),
        },
      ]
    : [{ ...task('contract.file', 'the contract is signed for the company'), saw: { draft: contract.draft } }];
}

/** Why there is to be a draft: because it is a contract, or since somebody would not sign the former one (HT-16). */
function whyDrafted({ tasks, revision }: Dossier): readonly [rule: string, saw: TaskDuty['saw']] {
  const refused = tasks.findLast(({ kind, revision: of }) => kind === 'contract.sign' && of === revision);
  if (refused?.decision?.outcome !== 'return') return ['the order is a contract', {}];
  const { by, reasonCode } = refused.decision;
  const [userId, onBehalfOf] = personsBehind(by);
  const saw = {
    ...(userId === undefined ? {} : { by: userId }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(reasonCode === undefined ? {} : { reason: reasonCode }),
    task: refused.kind,
    taskId: refused.id,
  };
  return ['the contract was sent back to its draft', saw];
}

/** Nobody approves what he wrote (HT-10). */
export const draftersOf = ({ contract }: Dossier): NonNullable<TaskDuty['excluded']> =>
  (contract?.draftedBy ?? []).map((userId) => ({ userId, because: 'drafted the contract' }));

/** What is not signed for the company as it stands is drafted anew; who approved the former wording is asked again (RV-10). */
export function draftAnew(dossier: Dossier): Dossier {
  const undrafted = without(dossier, 'contract');
  const level = contractLevel(dossier);
  // Where no level looks at it, nothing but the draft is asked for anew.
  if (level === undefined) return undrafted;
  return { ...unpassed(sendBackTo(undrafted, level)), status: 'pending_review' };
}

/** The level that looks at the contract; none where policy waives the review. */
export const contractLevel = ({ terms }: Pick<Dossier, 'terms'>): number | undefined =>
  terms.reviews.find(({ task }) => task === 'review.contract')?.level;

/**
 * A draft comes before the approval that it is given on, the customer's signature after ours: what is approved inside and
 * what the customer signs are never mistaken for each other.
 */
export function judgePaper(dossier: Dossier, { purpose, by }: Filed): RefusalCode | undefined {
  const { terms, contract, status } = dossier;
  if (terms.contract !== true || !isPurpose(purpose)) return undefined;
  const refusal = judgeFiler(dossier, papers[purpose], by);
  if (refusal !== undefined) return refusal;
  if (purpose === 'contract_draft') return mayDraft(dossier);
  return status === 'approved' && contract?.ours !== undefined ? undefined : 'not_yet';
}

/** Whom policy names, and who has the task: by escalation, transfer, substitution or as its fallback (HT-2, HT-6, HT-7, HT-9). */
function judgeFiler(dossier: Dossier, kind: TaskKind, by: Actor): RefusalCode | undefined {
  if (by.kind !== 'user') return 'not_a_candidate';
  const { roles, alsoSalesperson } = dossier.terms.tasks[kind];
  const open = openTasks(dossier).find((task) => task.kind === kind);
  if (open !== undefined && isKeptOut(open, by)) return 'four_eyes';
  const isNamed =
    by.roles.some((role) => roles.includes(role)) ||
    (alsoSalesperson && personsBehind(by).includes(dossier.terms.salespersonId));
  const hasIt = open !== undefined && typeof slotFor(open, by) !== 'string';
  return isNamed || hasIt ? undefined : 'not_a_candidate';
}

/** Somebody signed for the company. */
export const signedForUs = (dossier: Dossier, { factId }: Decision): Dossier =>
  dossier.contract === undefined ? dossier : { ...dossier, contract: { ...dossier.contract, ours: factId } };

/** A newer draft is another contract: who approved or signed the former one is asked again. */
export function fileContract(dossier: Dossier, fact: Filed): Dossier {
  const { contract } = dossier;
  if (dossier.terms.contract !== true || !isPurpose(fact.purpose)) return dossier;
  const answered = (kind: TaskKind): Dossier => closeTasks(dossier, (task) => task.kind === kind, doneBy(fact));
  if (fact.purpose === 'contract_signed' && contract !== undefined)
    return { ...answered('contract.file'), contract: { ...contract, filed: fact.attachmentId } };
  const drafted = {
    ...answered('contract.draft'),
    contract: { draft: fact.attachmentId, draftedBy: personsBehind(fact.by) },
  };
  const level = contractLevel(drafted);
  return contract === undefined || level === undefined ? drafted : askedAgain(drafted, level);
}

/** From this level on everybody is asked anew: what they saw is not what stands. */
function askedAgain(dossier: Dossier, from: number): Dossier {
  const isLater = ({ level, kind }: Task): boolean => kind === 'credit.special' || (level ?? 0) >= from;
  return withoutCredit(sendBackTo(closeTasks(dossier, isLater), from));
}

/**
 * A change that leaves what legal and finance looked at as it was leaves the contract standing (HT-12). An order that is
 * resubmitted unchanged asks for another wording: what the customer would not sign is drafted anew.
 */
export function keepsContract({ terms: before, contract }: Dossier, { terms: after, changed }: Revised): boolean {
  const fingerprintOf = ({ reviews }: Terms): string | undefined =>
    reviews.find(({ task }) => task === 'review.contract')?.fingerprint;
  const now = fingerprintOf(after);
  if (changed?.length === 0) return false;
  return contract !== undefined && after.contract === true && now !== undefined && now === fingerprintOf(before);
}

function mayDraft({ status, contract }: Dossier): RefusalCode | undefined {
  if (status === 'on_hold' || status === 'returned') return 'not_yet';
  const isAsked = status === 'approved' && contract === undefined;
  return status === 'pending_review' || isAsked ? undefined : 'too_late';
}

const isPurpose = (purpose: string): purpose is keyof typeof papers => Object.hasOwn(papers, purpose);
