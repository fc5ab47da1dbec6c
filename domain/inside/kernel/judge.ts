import type { Base } from './dossier';
import { call } from './call';
import { type Fact, judgeTime } from './fact';
import { isFull } from './full';
import { wasReceived } from './received-ids';
import type { Reducer } from './reducer';
import type { RefusalCode } from './refusal';
import { fits } from './shape';
import { isWorklistFact } from './worklist/facts';
import { judgeAtWorklist } from './worklist/judge';
import { judgeRoom } from './worklist/room';
import { taskOf } from './worklist/worklist';

/** Why a fact does not count: the kernel's reasons first, then its owner's, then those of whoever hears it. */
export function judge<D extends Base>(reducer: Reducer<D>, dossier: D, fact: Fact): RefusalCode | undefined {
  const { members, rules } = reducer;
  if (wasReceived(dossier.receivedIds, fact)) return 'duplicate';
  const shape = Object.hasOwn(members.shapes, fact.kind) ? members.shapes[fact.kind] : undefined;
  if (shape === undefined) return 'unknown_fact';
  if (!fits(shape, fact)) return 'malformed';
  if (rules.isOver(dossier)) return 'order_ended';
  // What another process tells was judged there; to refuse its time here would leave this one behind it.
  const isTold = members.sources.get(fact.kind) === 'told';
  const late = isTold ? undefined : judgeTime(fact, rules.backdatingSeconds(dossier));
  if (late !== undefined) return late;
  const { from = 'anywhere', atWill = false } = members.ownerOf.get(fact.kind)?.facts[fact.kind] ?? {};
  if (from !== 'anywhere' && !from.includes(dossier.status))
    return rules.isClosed(dossier.status) ? 'order_ended' : 'wrong_state';
  const refusal = judgeAtTasks(reducer, dossier, fact) ?? judgeByOrgans(reducer, dossier, fact);
  return refusal ?? (atWill && isFull(dossier) ? 'limit_reached' : undefined);
}

function judgeAtTasks<D extends Base>(
  { members, rules, cameAfter }: Reducer<D>,
  dossier: D,
  fact: Fact,
): RefusalCode | undefined {
  if (!isWorklistFact(fact)) return undefined;
  const refusal = judgeAtWorklist(dossier.worklist, fact, {
    timetable: rules.opening(dossier).terms,
    cameAfter: (task, signature) => cameAfter(dossier, task, signature),
  });
  if (refusal !== undefined) return refusal;
  const full = judgeRoom(dossier.worklist, fact, { isFull: isFull(dossier) });
  if (full !== undefined || fact.kind !== 'decisionMade') return full;
  const task = taskOf(dossier.worklist, fact.taskId);
  const answer = task && members.askerOf.get(task.kind)?.answers[task.kind];
  return call(answer?.judge, dossier, fact, task);
}

function judgeByOrgans<D extends Base>({ members }: Reducer<D>, dossier: D, fact: Fact): RefusalCode | undefined {
  for (const { rule } of members.rulesFor(fact.kind)) {
    const refusal = call(rule.judge, dossier, fact);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
