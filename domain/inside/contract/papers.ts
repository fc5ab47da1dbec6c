import { type Actor, personsBehind } from '../kernel/actor';
import type { FactHead } from '../kernel/fact';
import type { RefusalCode } from '../kernel/refusal';
import { isKeptOut, slotFor } from '../kernel/worklist/authority';
import { rowOf } from '../kernel/worklist/requirement';
import { openTasks } from '../kernel/worklist/worklist';
import type { ContractView } from './contract';

/** Under which purpose the papers of a contract are filed, and whose task that is. */
const papers = { contract_draft: 'contract.draft', contract_signed: 'contract.file' } as const;

const isPurpose = (purpose: string): purpose is keyof typeof papers => Object.hasOwn(papers, purpose);

/** The task that a paper of this purpose answers; undefined where it is none of a contract's. */
export const paperIs = (purpose: string): (typeof papers)[keyof typeof papers] | undefined =>
  isPurpose(purpose) ? papers[purpose] : undefined;

/**
 * A draft comes before the approval that it is given on, the customer's signature after ours: what is approved inside and
 * what the customer signs are never mistaken for each other.
 */
export function judgePaper(
  view: ContractView,
  { purpose, by }: FactHead & { readonly purpose: string },
): RefusalCode | undefined {
  const { status, contract, intake } = view;
  const kind = paperIs(purpose);
  if (intake.terms.contract !== true || kind === undefined) return undefined;
  const refusal = judgeFiler(view, kind, by);
  if (refusal !== undefined) return refusal;
  if (kind === 'contract.file') return status === 'approved' && contract.ours !== undefined ? undefined : 'not_yet';
  if (status === 'on_hold' || status === 'returned') return 'not_yet';
  const isAsked = status === 'approved' && contract.draft === undefined;
  return status === 'pending_review' || isAsked ? undefined : 'too_late';
}

/** Whom policy names, and who has the task: by escalation, transfer, substitution or as its fallback (HT-2, HT-6, HT-7, HT-9). */
function judgeFiler({ worklist, intake: { terms } }: ContractView, kind: string, by: Actor): RefusalCode | undefined {
  if (by.kind !== 'user') return 'not_a_candidate';
  const { roles, alsoSalesperson } = rowOf(terms, kind);
  const open = openTasks(worklist).find((task) => task.kind === kind);
  if (open !== undefined && isKeptOut(open, by)) return 'four_eyes';
  const isNamed =
    by.roles.some((role) => roles.includes(role)) ||
    (alsoSalesperson && personsBehind(by).includes(terms.salespersonId));
  const hasIt = open !== undefined && typeof slotFor(open, by) !== 'string';
  return isNamed || hasIt ? undefined : 'not_a_candidate';
}
