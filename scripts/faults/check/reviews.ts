import type { EveryFact } from '../../../domain/inside/every-fact';
import type { Task } from '../../../domain/inside/kernel/worklist/task';
import { appliedIn, type Evidence, ofKind } from './evidence';
import { foldedOf } from './folded';
import type { Violation } from './violation';

/**
 * V2: one effective decision per order, revision and level, and per slot of a task. A signature that was taken back, and the
 * advice of a delegate, are no decisions; whatever else counted must stand in a slot.
 */
export function checkDecisions(evidence: Evidence): readonly Violation[] {
  return evidence.runs.flatMap((run) => {
    const { tasks } = foldedOf(run).dossier.worklist;
    const applied = appliedIn(run);
    const levels = tasks.flatMap(({ level, revision, state }) =>
      level !== undefined && state === 'decided' ? [`level ${level} of revision ${revision}`] : [],
    );
    const twice = levels.filter((level, index) => levels.indexOf(level) !== index);
    const overfull = tasks.filter((task) => answersTo(task, applied) > placesOf(task, applied));
    return [...twice, ...overfull.map(({ id }) => `task ${id}`)].map((what): Violation => {
      const says = `${what} was decided more than once`;
      return { invariant: 'V2', subject: run.workflowId, says, counts: 'doubled' };
    });
  });
}

const answersTo = ({ id }: Task, applied: readonly EveryFact[]): number =>
  ofKind(applied, 'decisionMade').filter(({ taskId, outcome }) => taskId === id && outcome !== 'ask').length;

/** Where an answer to a task may stand: in a slot, as advice, or taken back. */
const placesOf = ({ id, slots }: Task, applied: readonly EveryFact[]): number =>
  slots.filter(({ signature }) => signature !== undefined).length +
  ofKind(applied, 'decisionWithdrawn').filter(({ taskId }) => taskId === id).length +
  ofKind(applied, 'taskReassigned').filter(({ taskId, how }) => taskId === id && how === 'delegate').length;
