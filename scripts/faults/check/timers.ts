import { clockOf, nextAlarm } from '../../../domain/inside/kernel/worklist/worklist';
import { type Evidence, isApplied } from './evidence';
import { foldedOf } from './folded';
import type { Violation } from './violation';

/** A timer may be this late before it counts as lost: the worker that rings it has to come back first. */
const lateByMs = 15_000;

/** T1: each rung rings at most once, not before its time, not after what it waited for ended; and none is overdue. */
export function checkTimers({ runs, readAt }: Evidence): readonly Violation[] {
  return runs.flatMap((run) => {
    const { steps, dossier } = foldedOf(run);
    const rung = new Set<string>();
    const violation = (says: string): Violation => ({ invariant: 'T1', subject: run.workflowId, says });
    const found = steps.flatMap(({ before, was }) => {
      if (!isApplied(was, 'rungReached')) return [];
      const { fact } = was;
      const clock = clockOf(before.worklist, fact.of);
      if (clock === undefined) return [violation(`${fact.of} rang after it had ended`)];
      const key = `${fact.of}/${clock.startedAt}/${fact.rung}`;
      const twice = rung.has(key);
      rung.add(key);
      const due = clock.rungs[fact.rung]?.at;
      return [
        ...(twice ? [{ ...violation(`${fact.of} rang rung ${fact.rung} twice`), counts: 'doubled' as const }] : []),
        ...(due === undefined || fact.at < due
          ? [violation(`${fact.of} rang rung ${fact.rung} at ${fact.at}, before ${String(due)}`)]
          : []),
      ];
    });
    const next = run.closed ? undefined : nextAlarm(dossier.worklist);
    const overdue = next !== undefined && Date.parse(next.at) + lateByMs < Date.parse(readAt);
    return overdue
      ? [...found, { ...violation(`${next.of} should have rung at ${next.at}`), counts: 'lost' as const }]
      : found;
  });
}
