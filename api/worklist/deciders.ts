import { slotFor } from '../../domain/inside/kernel/worklist/authority';
import { sharesClaim } from '../../domain/outside/people/substitutes';
import { findDeciders, verdictFor } from '../../domain/outside/people/verdict';
import type { PrismaClient } from '../../prisma/generated/client';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { askedOf } from '../../prisma/tasks-asked';
import type { TaskRow } from './task-rows';

/** More names help nobody to find one. */
const mostNames = 20;

interface Decidable {
  readonly mayDecide: boolean;
  readonly as: {
    readonly onBehalfOf: string | null;
    readonly substitution: string | null;
    readonly asFallback: boolean;
    readonly slot: number | null;
  } | null;
  readonly because: string | null;
  readonly userIds: readonly string[];
}

/**
 * Of each task whether the caller may decide it now and as whom; where not, why not, and who can (HT-17): what the door and
 * the workflow will say, by the same rules.
 */
export async function withDeciders<T extends TaskRow, V extends object>(
  dependencies: Dependencies,
  caller: Caller,
  { rows, view }: { readonly rows: readonly T[]; readonly view: (row: T) => V },
) {
  const organisation = await dependencies.organisation(caller.organisation);
  const now = dependencies.now().toISOString();
  const decidable = rows.map((row): Decidable => {
    const no = (because: string, userIds: readonly string[] = []): Decidable => ({
      mayDecide: false,
      as: null,
      because,
      userIds: userIds.slice(0, mostNames),
    });
    if (row.state !== 'open') return no('task_closed');
    const task = askedOf(row);
    const verdict = verdictFor(organisation, caller.userId, task, now);
    if ('because' in verdict) return no(verdict.because, findDeciders(organisation, task, now));
    const { claimedBy, kind } = row;
    if (claimedBy !== null && !sharesClaim(organisation, { claimedBy, userId: caller.userId }, { kind, now }))
      return no('claimed_by_other', [claimedBy]);
    // Another message answers it: the signed paper, goods received, a waybill.
    if (row.outcomes.length === 0) return no('outcome_not_offered');
    const { by } = verdict;
    const slot = slotFor(task, by);
    const as = {
      onBehalfOf: by.onBehalfOf ?? null,
      substitution: by.actingAs?.substitution ?? null,
      asFallback: by.actingAs?.asFallback === true,
      slot: typeof slot === 'string' ? null : slot.no,
    };
    return { mayDecide: true, as, because: null, userIds: [] };
  });
  const names = await namesOf(
    dependencies.prisma,
    decidable.flatMap(({ userIds }) => userIds),
  );
  return rows.map((row, index) => {
    const { userIds = [], ...rest } = decidable[index] ?? { mayDecide: false, as: null, because: null };
    return {
      ...view(row),
      ...rest,
      candidates: userIds.map((userId) => ({ userId, name: names.get(userId) ?? userId })),
    };
  });
}

/** What people are called, in one question. */
export async function namesOf(prisma: PrismaClient, userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await prisma.user.findMany({
    where: { id: { in: [...new Set(userIds)] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
