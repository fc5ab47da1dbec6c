import { type Candidacy, candidaciesOf } from '../../domain/outside/people/candidacies';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';

/** Every way in which tasks may be the caller's now. */
export async function candidaciesFor(
  { organisation, now }: Pick<Dependencies, 'organisation' | 'now'>,
  caller: Caller,
): Promise<readonly Candidacy[]> {
  return candidaciesOf(await organisation(caller.organisation), caller.userId, now().toISOString());
}
