import { type Evidence, factsOf } from './evidence';
import { foldedOf } from './folded';
import type { Violation } from './violation';

/** V2: one effective decision per task, and per order, revision and level; of two opposite ones at most one counted. */
export function checkDecisions(evidence: Evidence): readonly Violation[] {
  return evidence.runs.flatMap((run) => {
    const { desk } = foldedOf(run);
    const deciding = new Map<string, string[]>();
    for (const { fact, standing } of factsOf(run)) {
      if (fact.kind !== 'decisionMade' || standing !== 'applied' || fact.outcome === 'ask') continue;
      const task = desk.tasks.find(({ id }) => id === fact.taskId);
      const slots = [
        `task ${fact.taskId}`,
        ...(task?.level === undefined ? [] : [`level ${task.level} of revision ${task.revision}`]),
      ];
      for (const slot of slots) deciding.set(slot, [...(deciding.get(slot) ?? []), fact.id]);
    }
    return [...deciding]
      .filter(([, ids]) => ids.length > 1)
      .map(([slot, ids]): Violation => {
        const says = `${slot} was decided ${ids.length} times: ${ids.join(', ')}`;
        return { invariant: 'V2', subject: run.workflowId, says, counts: 'doubled' };
      });
  });
}
