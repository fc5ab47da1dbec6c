import { reachedAllocation } from './closing';
import { closeTasks, taskOf } from './desk';
import { personsBehind } from './actor';
import { type Dossier, without } from './dossier';
import type { Message } from './fact';
import { measuresOf } from './duties';
import { type CustomerSeen, isOlder } from './gate';
import { keepsContract } from './contract';
import { newerCalendar } from './new-calendar';
import type { TaskKind, Terms } from './terms';
import { keptApprovals, keptTasks, offeredBy } from './review';

/** A change makes a new revision: what it touched is void and asked for again; what it did not touch stands (V6, HT-12). */
export function revise(dossier: Dossier, fact: Extract<Message, { kind: 'orderRevised' }>): Dossier {
  const { dispatch } = dossier.waits;
  const kept = keptTasks(dossier, fact);
  const keeps = keepsContract(dossier, fact);
  // Nobody has approved a contract that is not written yet (RV-10).
  const isBound = (task: TaskKind): boolean => fact.terms.contract === true && task === 'review.contract' && !keeps;
  const approvals = keptApprovals(dossier, fact).filter(({ task }) => !isBound(task));
  const editors = personsBehind(fact.by);
  const cleared = without(
    closeTasks(dossier, (task) => !kept.has(task.id)),
    'papers',
    ...(keeps ? [] : (['contract'] as const)),
    'credit',
    'sentBack',
    'confirmation',
    'promisedOn',
    'release',
    'undoable',
  );
  return {
    ...cleared,
    waits: dispatch === undefined ? {} : { dispatch },
    terms: { ...fact.terms, calendar: newerCalendar(fact.terms, dossier.terms) },
    revision: dossier.revision + 1,
    customer: customerAfter(dossier, fact.terms),
    // While anything that an earlier editor wrote stands approved, he counts as one (V3).
    lastEditors:
      editors.length === 0
        ? dossier.lastEditors
        : approvals.length + kept.size > 0
          ? [...new Set([...dossier.lastEditors, ...editors])]
          : editors,
    offeredOn: offeredBy(approvals, fact.terms),
    tasks: cleared.tasks.map((task) => {
      const level = kept.get(task.id);
      if (level === undefined) return task;
      const isApart = fact.terms.tasks[task.kind].notAlso.includes('taker');
      const excluded = [
        ...task.excluded,
        ...(isApart ? editors : []).map((userId) => ({ userId, because: 'took or last changed the order' })),
      ];
      return { ...task, level, revision: dossier.revision + 1, excluded, measures: measuresOf(fact.terms) };
    }),
    approvals,
    reviewPassed: false,
    // A condition falls with the approval that set it; what somebody stopped stays stopped.
    holds: dossier.holds.filter(({ setBy }) => {
      const kind = setBy === undefined ? undefined : taskOf(dossier, setBy)?.kind;
      return kind === undefined || approvals.some((approval) => approval.task === kind);
    }),
    allocated: false,
    mayHoldStock: reachedAllocation(dossier),
    // What came in and is not in stock yet still has to be put there before it is freed.
    goods: dossier.goods.filter((line) => line.batches.length > 0),
    goodsReady: false,
    status: fact.terms.missing.length > 0 ? 'on_hold' : 'pending_review',
  };
}

/** What is newer of the same customer; another's standing is counted anew: as the door saw it, or as the gate will say. */
function customerAfter(
  { customer: known, terms: before }: Dossier,
  { customerId, customer: seen }: Terms,
): CustomerSeen {
  if (customerId === before.customerId) return seen === undefined || isOlder(seen, known) ? known : seen;
  return seen ?? { suspended: known.suspended, holds: known.holds };
}
