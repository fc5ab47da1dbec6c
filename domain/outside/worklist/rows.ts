import type { Filing } from '../../inside/filing';
import type { Fen, Instant } from '../../inside/kernel/vocabulary';
import {
  type Measures,
  rolesOf,
  superiorKey,
  superiorsAsked,
  type Task,
  usersOf,
} from '../../inside/kernel/worklist/task';
import type { Outcome } from '../../inside/kernel/worklist/terms';
import { actorName, endOf, principalOf } from '../filing/applied';
import { historyRows } from './task-history';

/** A task's row, but for who claimed it: that only says who looks, and no workflow knows it. */
interface TaskRow {
  readonly id: string;
  readonly workflowId: string;
  readonly orderNo: string;
  readonly kind: string;
  readonly revision: number;
  readonly level: number | null;
  readonly roles: readonly string[];
  readonly users: readonly string[];
  readonly excluded: Task['excluded'];
  readonly outcomes: readonly Outcome[];
  readonly rule: string;
  readonly evidence: Task['because']['evidence'];
  readonly ruleNotes: NonNullable<Task['because']['notes']>;
  readonly amountFen: Fen | null;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly state: Task['state'];
  readonly outcome: Outcome | null;
  readonly decidedBy: string | null;
  readonly onBehalfOf: string | null;
  readonly decidedAt: Instant | null;
  readonly reasonCode: string | null;
  readonly closedAt: Instant | null;
  readonly slots: Task['slots'];
  readonly signing: Task['signing'];
  /** `li`, or `li>sales_director`: whose superiors are asked now. */
  readonly superiors: readonly string[];
  readonly fallback: readonly string[];
  readonly measures: Measures;
  readonly pausedAt: Instant | null;
  readonly about: string | null;
}

/** The tasks of a batch, and what happened to them. */
export const worklistRows = (filing: Filing) => ({ tasks: taskRows(filing), history: historyRows(filing) });

/** The tasks of the batch as they stand after it. */
function taskRows(filing: Filing): readonly TaskRow[] {
  return filing.tasks.map((task) => ({
    id: task.id,
    workflowId: filing.workflowId,
    orderNo: filing.orderNo,
    kind: task.kind,
    revision: task.revision,
    level: task.level ?? null,
    roles: rolesOf(task),
    users: usersOf(task),
    excluded: task.excluded,
    outcomes: task.outcomes,
    rule: task.because.rule,
    evidence: task.because.evidence,
    ruleNotes: task.because.notes ?? [],
    amountFen: task.amountFen ?? null,
    openedAt: task.openedAt,
    dueAt: task.dueAt,
    slots: task.slots,
    signing: task.signing,
    superiors: superiorsAsked(task).map(superiorKey),
    fallback: task.fallback,
    measures: task.measures ?? {},
    pausedAt: task.pausedAt ?? null,
    about: task.about ?? null,
    ...closing(task, endOf(filing)),
  }));
}

function closing(task: Task, batchEndsAt: Instant | null) {
  const { state, decision } = task;
  if (decision === undefined) {
    const undecided = { outcome: null, decidedBy: null, onBehalfOf: null, decidedAt: null, reasonCode: null };
    return { state, ...undecided, closedAt: state === 'open' ? null : batchEndsAt };
  }
  return {
    state,
    outcome: decision.outcome,
    decidedBy: actorName(decision.by),
    onBehalfOf: principalOf(decision.by),
    decidedAt: decision.at,
    reasonCode: decision.reasonCode ?? null,
    closedAt: decision.at,
  };
}
