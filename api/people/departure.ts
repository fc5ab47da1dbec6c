import type { FactNamed } from '../../domain/inside/every-fact';
import type { Slot } from '../../domain/inside/kernel/worklist/task';
import type { PrismaClient } from '../../prisma/generated/client';
import type { ChangedBy } from '../../prisma/organisation-log';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { idFrom } from '../digest';
import { send } from '../inbox';
import { actorOf } from '../message-route';
import type { Transaction } from '../once';
import { changeOrganisation, requireActive } from './organisation-changes';
import { notFound, wrongField } from '../problem';
import { lessPatient, aFewAtATime } from '../a-few-at-a-time';

/** Who leaves, and who takes over what named him (HT-7). */
export interface Departing {
  readonly userId: string;
  readonly successor: string;
  readonly reasonCode: string;
  readonly caller: Caller;
  readonly by: ChangedBy;
}

/**
 * Somebody leaves: from this moment he may do nothing, and every open task that names him goes to his successor, each by a
 * message of its own and judged by itself. Asked again, it goes on where it was cut short; another successor gets what the
 * first could not take.
 */
export async function depart(dependencies: Dependencies, departing: Departing) {
  const left = await changeOrganisation(dependencies.prisma, departing.by, (transaction) =>
    leave(transaction, departing, dependencies.now()),
  );
  const named = await tasksNaming(dependencies.prisma, departing.userId);
  const patience = lessPatient(dependencies);
  const tasks = await aFewAtATime(named.slice(0, mostAtOnce), async (one) =>
    handOver(patience(), { ...departing, departedAt: left.departedAt }, one),
  );
  const { userId, successor } = departing;
  return { userId, successor, ...left, tasks: [...tasks], more: named.length > mostAtOnce };
}

/** More than anybody has; the rest is handed over when it is asked again. */
const mostAtOnce = 200;

async function leave(transaction: Transaction, { userId, successor, caller }: Departing, now: Date) {
  if (userId === caller.userId) throw wrongField('id', 'self', 'Another admin has to do this.');
  const person = await transaction.user.findUnique({ where: { id: userId } });
  if (person === null) throw notFound('user');
  if (successor === userId || successor === caller.userId)
    throw wrongField('successor', 'self', 'The successor is neither who leaves nor who hands over.');
  await requireActive(transaction, 'successor', successor);
  const departedAt = person.departedAt ?? now;
  await transaction.user.update({ where: { id: userId }, data: { active: false, departedAt } });
  const tokens = await transaction.apiToken.updateMany({
    where: { userId, revokedAt: null },
    data: { revokedAt: now },
  });
  const substitutions = await transaction.substitution.updateMany({
    where: { OR: [{ absent: userId }, { substitute: userId }], endedAt: null, untilAt: { gt: now } },
    data: { endedAt: now, endedBy: caller.userId },
  });
  return {
    departedAt: departedAt.toISOString(),
    revokedTokens: tokens.count,
    endedSubstitutions: substitutions.count,
    unclaimed: await unclaim(transaction, { userId, by: caller.userId, now }),
  };
}

/** What he had claimed is everybody's again, and its history says who gave it back. */
async function unclaim(
  transaction: Transaction,
  { userId, by, now }: { readonly userId: string; readonly by: string; readonly now: Date },
): Promise<string[]> {
  const rows = await transaction.$queryRaw<readonly { id: string }[]>`
    with t as (
      update tasks set "claimedBy" = null, "claimedAt" = null where state = 'open' and "claimedBy" = ${userId} returning id),
    history as (
      insert into task_events (id, "taskId", kind, actor, at)
      select gen_random_uuid()::text, t.id, 'unclaimed', ${by}, ${now} from t)
    select id from t order by id`;
  return rows.map(({ id }) => id);
}

interface Named {
  readonly id: string;
  readonly workflowId: string;
  readonly orderNo: string;
  readonly slot: Slot;
}

/** Signatures that are his to give, now or when their turn comes. */
async function tasksNaming(prisma: PrismaClient, userId: string): Promise<readonly Named[]> {
  const named = JSON.stringify([{ state: 'open', candidates: [{ user: userId }] }]);
  const rows = await prisma.$queryRaw<readonly (Omit<Named, 'slot'> & { slots: Slot[] })[]>`
    select t.id, t."workflowId", t."orderNo", t.slots from tasks t
     where t.state = 'open' and t.slots @> ${named}::jsonb order by t."dueAt", t.id limit ${mostAtOnce + 1}`;
  return rows.flatMap(({ slots, ...task }) =>
    slots.filter((slot) => isHis(slot, userId)).map((slot) => ({ ...task, slot })),
  );
}

const isHis = ({ state, candidates }: Slot, userId: string): boolean =>
  state === 'open' && candidates.some((candidate) => 'user' in candidate && candidate.user === userId);

/** By a message like any other (design rule 3), which the workflow judges. What was delegated to him goes back to who delegated it. */
async function handOver(
  dependencies: Dependencies,
  departing: Departing & { readonly departedAt: string },
  { slot, ...task }: Named,
) {
  const { userId, successor, reasonCode, caller, departedAt } = departing;
  const how = slot.delegated === undefined ? 'transfer' : 'give_back';
  const asked = ['departure', caller.userId, userId, departedAt, task.id, slot.no, how, successor, reasonCode];
  const message: FactNamed<'taskReassigned'> = {
    // Told again, it is the same message: nothing moves twice.
    id: idFrom('departure', asked),
    at: dependencies.now().toISOString(),
    by: actorOf(caller),
    kind: 'taskReassigned',
    taskId: task.id,
    how,
    slot: slot.no,
    reasonCode,
    ...(how === 'transfer' ? { to: successor } : {}),
  };
  const { workflowId, orderNo } = task;
  const { state, because } = await send(dependencies, {
    workflowId,
    orderNo,
    sender: caller.userId,
    message,
    asked,
  });
  return { taskId: task.id, orderNo, slot: slot.no, how, messageId: message.id, state, because } as const;
}
