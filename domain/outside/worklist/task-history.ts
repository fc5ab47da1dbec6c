import type { Filing } from '../../inside/filing';
import type { FactNamed } from '../../inside/every-fact';
import type { Actor } from '../../inside/kernel/actor';
import type { RungAction } from '../../inside/kernel/ladder';
import type { Instant } from '../../inside/kernel/vocabulary';
import type { Reassignment } from '../../inside/kernel/worklist/terms';
import { rolesOf, type Task, usersOf } from '../../inside/kernel/worklist/task';
import type { FactHead } from '../../inside/kernel/fact';
import { actorName, applied, endOf, isOneOf } from '../filing/applied';

/** One line of a task's history (HT-18). The id derives from its cause: filed again, it is the same line. */
export interface HistoryRow {
  readonly id: string;
  readonly taskId: string;
  readonly kind: string;
  readonly actor: string;
  readonly at: Instant;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What happened to tasks in this batch: offered, reminded, escalated, asked, refused, decided, voided. */
export function historyRows(filing: Filing): readonly HistoryRow[] {
  return [
    ...applied(filing.facts, 'taskOpened').map(offered),
    ...applied(filing.facts, 'rungReached').filter(isOfTask).map(rang),
    ...filing.facts.flatMap(({ fact, filed, because }) => {
      if (!isOneOf(fact, ['decisionMade'])) return [];
      if (filed === 'ignored') return [line(fact, fact.taskId, 'refused', { outcome: fact.outcome, because })];
      if (fact.outcome === 'ask') return [line(fact, fact.taskId, 'asked', {})];
      return filing.tasks.some(({ decision }) => decision?.factId === fact.id) ? [] : [signed(fact)];
    }),
    ...applied(filing.facts, 'taskReassigned').map(reassigned),
    ...applied(filing.facts, 'decisionWithdrawn').map((fact) =>
      line(fact, fact.taskId, 'taken_back', { reasonCode: fact.reasonCode }),
    ),
    ...applied(filing.facts, 'taskPaused').map((fact) => line(fact, fact.taskId, 'paused', {})),
    ...applied(filing.facts, 'taskResumed').map((fact) => line(fact, fact.taskId, 'resumed', {})),
    ...filing.tasks.flatMap((task) => closed(task, endOf(filing))),
  ];
}

/** A ladder belongs to a task or to a wait; only a task's id has a serial (`20261121-0001/3`). */
export const isOfTask = ({ of }: { readonly of: string }): boolean => of.includes('/');

function offered(fact: FactNamed<'taskOpened'>): HistoryRow {
  const { task } = fact;
  return line(fact, task.id, 'offered', { roles: rolesOf(task), users: usersOf(task), dueAt: task.dueAt });
}

/** A signature that decided nothing yet: one of several, or a delegate's advice (HT-3, HT-6). */
function signed(fact: FactNamed<'decisionMade'>): HistoryRow {
  const { outcome, reasonCode } = fact;
  return line(fact, fact.taskId, 'signed', { outcome, reasonCode, ...actingAsOf(fact.by) });
}

/** For whom and by which rule somebody acted (HT-7). */
function actingAsOf(by: Actor) {
  return by.kind === 'user' ? { onBehalfOf: by.onBehalfOf, actingAs: by.actingAs } : {};
}

function reassigned(fact: FactNamed<'taskReassigned'>): HistoryRow {
  const { taskId, how, slot, to, reasonCode } = fact;
  return line(fact, taskId, reassignedWords[how], { slot, to, reasonCode });
}

const reassignedWords: Readonly<Record<Reassignment, string>> = {
  transfer: 'transferred',
  delegate: 'delegated',
  give_back: 'given_back',
  recall: 'recalled',
  add_before: 'signer_added_before',
  add_beside: 'signer_added_beside',
  add_after: 'signer_added_after',
  remove: 'signer_removed',
};

function rang(fact: FactNamed<'rungReached'>): HistoryRow {
  return line(fact, fact.of, participles[fact.do], { rung: fact.rung, to: fact.to });
}

const participles: Readonly<Record<RungAction, string>> = {
  remind: 'reminded',
  escalate: 'escalated',
  take_over: 'taken_over',
  send_back: 'sent_back',
  notify: 'notified',
  call: 'called',
  suspend: 'suspended',
  legal: 'passed_to_legal',
  lapse: 'lapsed',
};

function closed(task: Task, batchEndsAt: Instant | null): readonly HistoryRow[] {
  const { decision } = task;
  if (task.state === 'decided' && decision !== undefined) {
    const { outcome, reasonCode, conditions, amountFen } = decision;
    return [
      {
        id: `${decision.factId}:decided:${task.id}`,
        taskId: task.id,
        kind: 'decided',
        actor: actorName(decision.by),
        at: decision.at,
        detail: { outcome, reasonCode, conditions, amountFen, ...actingAsOf(decision.by) },
      },
    ];
  }
  if (task.state !== 'void' || batchEndsAt === null) return [];
  return [{ id: `${task.id}:voided`, taskId: task.id, kind: 'voided', actor: 'process', at: batchEndsAt, detail: {} }];
}

function line(fact: FactHead, taskId: string, kind: string, detail: HistoryRow['detail']): HistoryRow {
  return { id: `${fact.id}:${kind}`, taskId, kind, actor: actorName(fact.by), at: fact.at, detail };
}
