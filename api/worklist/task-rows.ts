import { randomUUID } from 'node:crypto';
import { personsBehind } from '../../domain/inside/kernel/actor';
import type { Role, Words } from '../../domain/inside/kernel/vocabulary';
import { type Decision, type Measures, type Slot, type Task } from '../../domain/inside/kernel/worklist/task';
import type { TaskKind } from '../../domain/inside/processes';
import { Prisma, type PrismaClient } from '../../prisma/generated/client';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { moneyOf } from '../money';
import { candidaciesFor } from './candidacies';
import { forbidden, notFound, refused } from '../problem';
import { ordersSeenBy, tasksDelegatedBy, tasksFor, tasksSignedBy } from '../scope';

/** A task as its row stands, with whether it is late. */
export interface TaskRow {
  readonly id: string;
  readonly workflowId: string;
  readonly orderNo: string;
  readonly kind: TaskKind;
  readonly revision: number;
  readonly level: number | null;
  readonly roles: string[];
  readonly users: string[];
  readonly excluded: { userId: string; because: string }[];
  readonly outcomes: string[];
  readonly rule: string;
  readonly evidence: Record<string, string | number | boolean>;
  /** What policy notes to the rule. */
  readonly ruleNotes: readonly Words[];
  readonly amountFen: bigint | null;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly overdue: boolean;
  readonly state: string;
  readonly outcome: string | null;
  readonly decidedBy: string | null;
  readonly onBehalfOf: string | null;
  readonly decidedAt: Date | null;
  readonly reasonCode: string | null;
  readonly claimedBy: string | null;
  readonly claimedAt: Date | null;
  readonly slots: Task['slots'];
  readonly signing: Task['signing'];
  readonly superiors: string[];
  readonly fallback: Role[];
  readonly withoutCandidates: boolean;
  readonly measures: Measures;
  readonly pausedAt: Date | null;
  readonly priority: number;
  readonly followUpOn: string | null;
}

/** The columns of a TaskRow, of a table named `t`. */
export const taskColumns = Prisma.sql`t.id, t."workflowId", t."orderNo", t.kind, t.revision, t.level, t.roles, t.users,
  t.excluded, t.outcomes, t.rule, t.evidence, t."ruleNotes", t."amountFen", t."openedAt", t."dueAt",
  (t.state = 'open' and t."dueAt" < now()) as overdue, t.state, t.outcome, t."decidedBy", t."onBehalfOf", t."decidedAt",
  t."reasonCode", t."claimedBy", t."claimedAt", t.slots, t.signing, t.superiors, t.fallback, t."withoutCandidates", t.measures, t."pausedAt",
  t.priority, t."followUpOn"`;

/** A row as the API shows it. */
export function taskView({ amountFen, openedAt, dueAt, decidedAt, claimedAt, pausedAt, slots, ...rest }: TaskRow) {
  return {
    ...rest,
    excluded: [...rest.excluded],
    ruleNotes: [...rest.ruleNotes],
    amount: amountFen === null ? null : moneyOf(amountFen),
    openedAt: openedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    claimedAt: claimedAt?.toISOString() ?? null,
    pausedAt: pausedAt?.toISOString() ?? null,
    slots: slots.map(slotView),
  };
}

function slotView({ addedBy, delegated, advice, signature, candidates, ...rest }: Slot) {
  return {
    ...rest,
    candidates: [...candidates],
    addedBy: addedBy ?? null,
    delegatedBy: delegated?.by ?? null,
    advice: signatureView(advice),
    signature: signatureView(signature),
  };
}

function signatureView(signature: Decision | undefined) {
  if (signature === undefined) return null;
  const { outcome, by, at, reasonCode, conditions = [], offeredOn = null, materials = null } = signature;
  const [userId = by.kind, onBehalfOf] = personsBehind(by);
  return {
    outcome,
    by: userId,
    onBehalfOf: onBehalfOf ?? null,
    at,
    reasonCode: reasonCode ?? null,
    conditions: [...conditions],
    offeredOn,
    materials,
  };
}

/** The task, for a candidate of it, one who signed or delegated it, or one who may see its order; otherwise 404. */
export async function findTask(dependencies: Dependencies, caller: Caller, id: string): Promise<TaskRow> {
  const candidacies = await candidaciesFor(dependencies, caller);
  const [row] = await dependencies.prisma.$queryRaw<readonly TaskRow[]>`/* prepared */
    select ${taskColumns} from tasks t join orders o on o.no = t."orderNo"
     where t.id = ${id} and (${ordersSeenBy(caller)} or ${tasksFor(candidacies)}
       or ${tasksDelegatedBy(candidacies)} or ${tasksSignedBy(candidacies)})`;
  if (row === undefined) throw notFound('task');
  return row;
}

/** The task of a kind that an order asks now, for whoever may see the order. */
export async function openTaskOf(prisma: PrismaClient, orderNo: string, kind: TaskKind): Promise<TaskRow | undefined> {
  const [row] = await prisma.$queryRaw<readonly TaskRow[]>`/* prepared */
    select ${taskColumns} from tasks t where t."orderNo" = ${orderNo} and t.kind = ${kind} and t.state = 'open' limit 1`;
  return row;
}

/** The task to lift a hold of this reason, whose paper may be what lifts it. */
export async function holdTaskOf(prisma: PrismaClient, orderNo: string, reason: string): Promise<TaskRow | undefined> {
  const [row] = await prisma.$queryRaw<readonly TaskRow[]>`/* prepared */
    select ${taskColumns} from tasks t
     where t."orderNo" = ${orderNo} and t.kind = 'hold.lift' and t.state = 'open' and t.rule = ${`held: ${reason}`}
     limit 1`;
  return row;
}

interface Act {
  readonly taskId: string;
  readonly caller: Caller;
  readonly at: Date;
}

/** Takes an open task that nobody has: the row and its history in one statement, so that one of two at once wins (RV-8). */
export async function claim(dependencies: Dependencies, { taskId, caller, at }: Act): Promise<TaskRow> {
  const { userId } = caller;
  const candidacies = await candidaciesFor(dependencies, caller);
  const [row] = await dependencies.prisma.$queryRaw<readonly TaskRow[]>`
    with t as (
      update tasks t set "claimedBy" = ${userId}, "claimedAt" = coalesce(t."claimedAt", ${at})
       where t.id = ${taskId} and t.state = 'open' and coalesce(t."claimedBy", ${userId}) = ${userId} and ${tasksFor(candidacies)}
      returning t.*),
    history as (
      insert into task_events (id, "taskId", kind, actor, at)
      select ${randomUUID()}, t.id, 'claimed', ${userId}, ${at} from t where t."claimedAt" = ${at})
    select ${taskColumns} from t`;
  return row ?? whyNot(dependencies, { taskId, caller });
}

/** Gives a claimed task back; an admin may give back another's. */
export async function release(dependencies: Dependencies, { taskId, caller, at }: Act): Promise<TaskRow> {
  const { prisma } = dependencies;
  const { userId } = caller;
  const anybodys = caller.roles.includes('admin');
  const [row] = await prisma.$queryRaw<readonly TaskRow[]>`
    with t as (
      update tasks t set "claimedBy" = null, "claimedAt" = null
       where t.id = ${taskId} and t.state = 'open' and (t."claimedBy" = ${userId} or (t."claimedBy" is not null and ${anybodys}))
      returning t.*),
    history as (
      insert into task_events (id, "taskId", kind, actor, at) select ${randomUUID()}, t.id, 'unclaimed', ${userId}, ${at} from t)
    select ${taskColumns} from t`;
  if (row !== undefined) return row;
  const now = await findTask(dependencies, caller, taskId);
  // Nobody has it: giving it back once more changes nothing.
  return now.state === 'open' && now.claimedBy === null ? now : whyNot(dependencies, { taskId, caller });
}

/** How much a task presses, and when to look again (HT-8): of a candidate, or an admin. Nothing that is decided changes. */
export async function follow(
  dependencies: Dependencies,
  { taskId, caller, at, on, priority }: Act & { readonly on: string | null; readonly priority: number },
): Promise<TaskRow> {
  const { userId, roles } = caller;
  const candidacies = await candidaciesFor(dependencies, caller);
  const detail = JSON.stringify({ on, priority });
  const [row] = await dependencies.prisma.$queryRaw<readonly TaskRow[]>`
    with t as (
      update tasks t set "followUpOn" = ${on}, priority = ${priority}
       where t.id = ${taskId} and t.state = 'open' and (${roles.includes('admin')} or ${tasksFor(candidacies)})
      returning t.*),
    history as (
      insert into task_events (id, "taskId", kind, actor, at, detail)
      select ${randomUUID()}, t.id, 'followed_up', ${userId}, ${at}, ${detail}::jsonb from t)
    select ${taskColumns} from t`;
  return row ?? whyNot(dependencies, { taskId, caller });
}

/** Notes, once per person, that somebody has looked (HT-18). */
export async function see(
  prisma: PrismaClient,
  { taskId, userId, at }: { readonly taskId: string; readonly userId: string; readonly at: Date },
): Promise<void> {
  await prisma.$executeRaw`
    insert into task_events (id, "taskId", kind, actor, at) values (${`${taskId}:seen:${userId}`}, ${taskId}, 'seen', ${userId}, ${at})
    on conflict (id) do nothing`;
}

async function whyNot(dependencies: Dependencies, { taskId, caller }: Omit<Act, 'at'>): Promise<never> {
  const { state, claimedBy, outcome, decidedBy } = await findTask(dependencies, caller, taskId);
  if (state !== 'open') throw refused('task_closed', 'This task is closed.', { task: { state, outcome, decidedBy } });
  if (claimedBy !== null && claimedBy !== caller.userId) {
    throw refused('claimed_by_other', 'Somebody else has claimed this task.', { claimedBy });
  }
  throw forbidden('You are not a candidate for this task.', 'not_a_candidate');
}
