import { verdictFor } from '../../domain/outside/people/verdict';
import { askedOf } from '../../prisma/tasks-asked';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { requireActive } from '../people/organisation-changes';
import { wrongField } from '../problem';
import type { BodyOf } from '../schema-of';
import type { TaskRow } from './task-rows';

type Reassigned = BodyOf<'taskReassigned'>;

/** A recall comes from whose the task was, himself or by who stands in for him (HT-6, HT-7). */
export const asBeforeDelegating = (row: TaskRow): TaskRow => ({
  ...row,
  slots: row.slots.map(({ delegated, ...slot }) =>
    delegated === undefined ? slot : { ...slot, candidates: delegated.former },
  ),
});

/** Whom a task goes to is here; and who takes it over decides it, so he is one whom policy would have asked (V4). */
export async function requireTaker(
  { body: { how, to }, caller, row }: { readonly body: Reassigned; readonly caller: Caller; readonly row: TaskRow },
  dependencies: Dependencies,
): Promise<void> {
  if (to === undefined) return;
  await requireActive(dependencies.prisma, 'to', to);
  if (how === 'transfer') await requireAuthority(dependencies, { caller, row, to });
}

/** He may decide such a task, and it is within his limits. */
async function requireAuthority(
  { organisation, now }: Dependencies,
  { caller, row, to }: { readonly caller: Caller; readonly row: TaskRow; readonly to: string },
): Promise<void> {
  const asked = askedOf(row);
  const slots = asked.slots.map((slot) => ({ ...slot, candidates: slot.origin ?? slot.candidates }));
  const verdict = verdictFor(await organisation(caller.organisation), to, { ...asked, slots }, now().toISOString());
  // Whose turn it is may have changed by the time he signs; the workflow itself refuses what four eyes forbid.
  if ('by' in verdict || verdict.because === 'not_your_turn' || verdict.because === 'four_eyes') return;
  throw wrongField('to', verdict.because, 'This user may not decide such a task: delegate it, or add him as a signer.');
}

const changesHands: readonly Reassigned['how'][] = ['transfer', 'delegate', 'give_back', 'recall'];

/** The claim of who had the task ends: who has it now may claim it himself (RV-8). */
export async function unclaim(
  { body: { how }, row: { id } }: { readonly body: Reassigned; readonly row: TaskRow },
  { prisma }: Dependencies,
): Promise<void> {
  if (!changesHands.includes(how)) return;
  await prisma.task.updateMany({ where: { id, state: 'open' }, data: { claimedBy: null, claimedAt: null } });
}
