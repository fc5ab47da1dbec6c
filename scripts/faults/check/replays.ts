import type { Evidence } from './evidence';
import type { Violation } from './violation';

/** W1: every history replays to where its workflow stands. */
export function checkReplays({ runs }: Evidence): readonly Violation[] {
  return runs.flatMap(({ workflowId, replayFailure }): readonly Violation[] =>
    replayFailure === undefined ? [] : [{ invariant: 'W1', subject: workflowId, says: replayFailure }],
  );
}
