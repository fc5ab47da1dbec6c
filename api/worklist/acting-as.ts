import type { UserActor } from '../../domain/inside/kernel/actor';
import { verdictFor, type Verdict } from '../../domain/outside/people/verdict';
import { askedOf } from '../../prisma/tasks-asked';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { forbidden } from '../problem';
import type { TaskRow } from './task-rows';

/**
 * The caller as he may act on a task now: for himself, for whom he stands in for, or by its fallback. Where he may not, he
 * acts as the one for whose sake he is refused, with that person's limits, so that the workflow files his answer as refused
 * with the same reason (HT-7, HT-11, HT-18).
 */
export async function standsAs(dependencies: Dependencies, caller: Caller, row: TaskRow): Promise<UserActor> {
  const verdict = await verdictOf(dependencies, caller, row);
  const by = 'by' in verdict ? verdict.by : verdict.refused;
  // He left while he asked.
  if (by === undefined) throw forbidden('You are not a candidate for this task.', 'not_a_candidate');
  return by;
}

/** Whether the caller may answer a task, as whom, or why not (HT-17). */
async function verdictOf(
  { organisation, now }: Pick<Dependencies, 'organisation' | 'now'>,
  caller: Caller,
  row: TaskRow,
): Promise<Verdict> {
  return verdictFor(await organisation(caller.organisation), caller.userId, askedOf(row), now().toISOString());
}
