import { findDeciders, isWithoutCandidates } from '../domain/outside/people/verdict';
import type { Role } from '../domain/inside/kernel/vocabulary';
import type { Measures, Task } from '../domain/inside/kernel/worklist/task';
import type { TaskKind } from '../domain/inside/processes';
import type { PrismaClient } from '../prisma/generated/client';
import type { ReadOrganisation } from '../prisma/organisation';
import { askedOf } from '../prisma/tasks-asked';

/** An open task as it stood when it was judged, and the version of the organisation that it is judged in. */
interface Unjudged {
  readonly id: string;
  readonly orderNo: string;
  readonly kind: TaskKind;
  readonly slots: Task['slots'];
  readonly signing: Task['signing'];
  readonly fallback: readonly Role[];
  readonly excluded: Task['excluded'];
  readonly measures: Measures;
  readonly amountFen: bigint | null;
  readonly withoutCandidates: boolean;
  readonly version: bigint;
}

/** One statement writes as many; the rest follows at once. */
const batch = 200;

/**
 * Judges for every open task whose question is new, or was judged in a former organisation, whether somebody is there whom it
 * names; else its fallback has it, and is told (HT-2). Where nothing has changed this is one look into an index. Answers how
 * many tasks were judged.
 */
export async function judgeCandidates(
  { prisma, organisation }: { readonly prisma: PrismaClient; readonly organisation: ReadOrganisation },
  until: number,
): Promise<number> {
  let judged = 0;
  for (;;) {
    const tasks = await unjudged(prisma);
    const [first] = tasks;
    if (first === undefined) return judged;
    const people = await organisation(first.version);
    const now = new Date();
    const verdicts = tasks.map((task) => {
      const asked = askedOf(task);
      const withoutCandidates = isWithoutCandidates(people, asked);
      // Where the fallback may not either, an admin has to help: no task is nobody's.
      const isHelpless = withoutCandidates && findDeciders(people, asked, now.toISOString()).length === 0;
      return {
        id: task.id,
        orderNo: task.orderNo,
        slots: task.slots,
        withoutCandidates,
        to: isHelpless ? ['admin'] : task.fallback,
      };
    });
    await keep(prisma, { verdicts, version: first.version, now });
    judged += tasks.length;
    if (tasks.length < batch || Date.now() > until) return judged;
  }
}

async function unjudged(prisma: PrismaClient): Promise<readonly Unjudged[]> {
  return prisma.$queryRaw<readonly Unjudged[]>`
    select t.id, t."orderNo", t.kind, t.slots, t.signing, t.fallback, t.excluded, t.measures, t."amountFen", t."withoutCandidates", v.version
      from organisation_version v join tasks t on t.state = 'open' and t."candidatesAsOf" < v.version
     order by t."candidatesAsOf", t.id limit ${batch}`;
}

interface Verdicts {
  readonly verdicts: readonly {
    readonly id: string;
    readonly orderNo: string;
    readonly slots: Task['slots'];
    readonly withoutCandidates: boolean;
    readonly to: readonly string[];
  }[];
  readonly version: bigint;
  readonly now: Date;
}

/** Whoever has a task that has lost its candidates is told with the verdict or not at all; a task that asks others by now is judged again. */
async function keep(prisma: PrismaClient, { verdicts, version, now }: Verdicts): Promise<void> {
  await prisma.$executeRaw`
    with verdict as (
      select x->>'id' as id, x->>'orderNo' as "orderNo", x->'slots' as slots, (x->>'withoutCandidates')::boolean as without,
             array(select jsonb_array_elements_text(x->'to')) as "to", before."withoutCandidates" as before
        from jsonb_array_elements(${JSON.stringify(verdicts)}::jsonb) x join tasks before on before.id = x->>'id'),
    judged as (
      update tasks t set "withoutCandidates" = verdict.without, "candidatesAsOf" = ${version}
        from verdict where t.id = verdict.id and t.state = 'open' and t.slots = verdict.slots
      returning t.id, verdict."orderNo", verdict."to", verdict.without, verdict.before),
    history as (
      insert into task_events (id, "taskId", kind, actor, at)
      select id || ':without_candidates:' || ${version}::text || ':' || without, id, case when without then 'without_candidates' else 'manned' end,
             'process', ${now} from judged where without <> before
      on conflict (id) do nothing)
    insert into notices (key, "orderNo", template, "to", detail)
    select id || ':without_candidates:' || ${version}::text, "orderNo", 'task.without_candidates', "to", jsonb_build_object('of', id)
      from judged where without and not before
    on conflict (key) do nothing`;
}
