import type { Base } from './dossier';
import { type Fact, type FactHead, type FiledFact, judgeTime } from './fact';
import { call } from './call';
import { isFull } from './full';
import type { DecidedTask } from './organ';
import { type Members, membersOf } from './members';
import type { Posting } from './posting';
import type { AnyOrgan, DossierOf, InOrder, Organs, Process, ProcessRules, Reduced } from './process';
import { wasReceived, withReceived } from './received-ids';
import type { RefusalCode } from './refusal';
import { fits } from './shape';
import type { Role, Status } from './vocabulary';
import { applyAtWorklist } from './worklist/apply';
import { calledFor } from './worklist/called-for';
import { dueRung } from './worklist/due-rung';
import { isWorklistFact } from './worklist/facts';
import { judgeAtWorklist } from './worklist/judge';
import { missing, type Requirement } from './worklist/requirement';
import { responsibleRoles } from './worklist/responsible';
import { judgeRoom } from './worklist/room';
import { isYes, type Decision, type Task } from './worklist/task';
import { changedTasks, emptyWorklist, rolesWith, taskOf } from './worklist/worklist';

/**
 * A process of organs in the order of its story. Everything that it can do follows from this one list, which is four things at
 * once: the story, the layering, the precedence of the status, and the order of effects.
 * @throws Error where two organs own one fact or task, or one hears what nobody before it says.
 */
export function processOf<const L extends Organs>(
  organs: L & InOrder<L>,
  rules: ProcessRules<DossierOf<L>>,
): Process<DossierOf<L>> {
  return assembled<DossierOf<L>>(organs, rules);
}

function assembled<D extends Base>(organs: Organs, rules: ProcessRules<D>): Process<D> {
  const members = membersOf(organs);
  const requires = (dossier: D): readonly Requirement[] => {
    if (rules.isOver(dossier)) return [];
    const required: Requirement[] = [];
    for (const organ of organs) required.push(...(call(organ.requires, dossier) ?? []));
    return required;
  };
  const cameAfter = (dossier: D, task: Task, signature: Decision): string | undefined =>
    whatCameAfter({ organs, members, rules }, dossier, task, signature);
  const reducer = { organs, members, rules, requires, cameAfter };
  return {
    name: rules.name,
    sources: members.sources,
    shapes: members.shapes,
    heldFirst: members.heldFirst,
    asks: Object.fromEntries(organs.flatMap(({ asks }) => Object.entries(asks))),
    organs: organs.map(({ name }) => name),
    open: (no, first) => {
      const shape = members.shapes[first.kind];
      if (shape === undefined || !fits(shape, first))
        throw new Error(`${rules.name} ${no} begins with no ${first.kind}`);
      return counted(reducer, openedWith(organs, no, rules.rest, first) as D, first);
    },
    reduce: (dossier, fact) => reduce(reducer, dossier, fact),
    requires,
    missing: (dossier, now) => missing(dossier.worklist, requires(dossier), { opening: rules.opening(dossier), now }),
    dueRung: (dossier, now) => dueRung(dossier.worklist, now, rules.ringsOnce),
    due: (dossier) =>
      (rules.isOver(dossier) ? [] : organs).flatMap((organ) =>
        (call(organ.effects, dossier) ?? []).map((effect) => ({
          ...effect,
          shutBy: effect.gate === undefined ? [] : rules.shut(dossier, effect.gate, effect.about),
        })),
      ),
    opening: rules.opening,
    cameAfter,
    isOver: rules.isOver,
  };
}

interface Reducer<D extends Base> {
  readonly organs: Organs;
  readonly members: Members;
  readonly rules: ProcessRules<D>;
  readonly requires: (dossier: D) => readonly Requirement[];
  readonly cameAfter: (dossier: D, task: Task, signature: Decision) => string | undefined;
}

/** Files a fact: applied if its rules let it count, else ignored with the reason; nothing is dropped (S1). */
function reduce<D extends Base>(reducer: Reducer<D>, dossier: D, fact: Fact): Reduced<D> {
  const ignored = (because: RefusalCode): Reduced<D> => {
    const filed = filedAfter(dossier, fact);
    return { dossier: filed, filed: { seq: filed.seq, fact, filed: 'ignored', because }, postings: [], tasks: [] };
  };
  const refusal = judge(reducer, dossier, fact);
  if (refusal !== undefined) return ignored(refusal);
  const reduced = counted(reducer, dossier, fact);
  const isFromOutside = reducer.members.sources.get(fact.kind) === 'door';
  return reduced.outsideTable !== undefined && isFromOutside ? ignored('no_such_step') : reduced;
}

/** The fact counts: what it makes of the dossier. */
function counted<D extends Base>(reducer: Reducer<D>, dossier: D, fact: Fact): Reduced<D> {
  const { after, postings } = apply(reducer, filedAfter(dossier, fact), fact);
  const isOutside = after.status !== dossier.status && !follows(reducer.rules, dossier, after.status);
  const applied: FiledFact = { seq: after.seq, fact, filed: 'applied' };
  return {
    dossier: { ...after, version: dossier.version + 1 },
    filed: applied,
    postings,
    tasks: changedTasks(dossier.worklist, after.worklist).map(({ id }) => id),
    ...(isOutside ? { outsideTable: { from: dossier.status, to: after.status } } : {}),
  };
}

/** A fact is filed whether it counts or not: it takes the next place, and its id is known. */
const filedAfter = <D extends Base>(dossier: D, fact: Fact): D => ({
  ...dossier,
  seq: dossier.seq + 1,
  receivedIds: withReceived(dossier.receivedIds, fact),
});

/** The first fact opens a dossier: whatever its status is then, nothing came before it. */
const follows = <D extends Base>({ next }: ProcessRules<D>, { seq, status }: D, to: Status): boolean =>
  seq === 0 || next[status]?.includes(to) === true;

/** Why a fact does not count: the kernel's reasons first, then its owner's, then those of whoever hears it. */
function judge<D extends Base>(reducer: Reducer<D>, dossier: D, fact: Fact): RefusalCode | undefined {
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

/** The dossier after a fact that counts: each organ puts its own part in place, then the status is derived and tasks follow it. */
function apply<D extends Base>(
  reducer: Reducer<D>,
  dossier: D,
  fact: Fact,
): { readonly after: D; readonly postings: readonly Posting[] } {
  const { members, rules, requires } = reducer;
  const postings: Posting[] = [];
  let after: D = { ...dossier, at: fact.at > dossier.at ? fact.at : dossier.at };
  if (isWorklistFact(fact))
    after = { ...after, worklist: applyAtWorklist(after.worklist, fact, rules.opening(dossier).terms) };
  for (const { name, rule } of members.rulesFor(fact.kind)) {
    if (rule.apply === undefined) continue;
    const part = call(rule.apply, after, fact);
    postings.push(...(call(rule.posts, dossier, fact, part) ?? []));
    after = { ...after, [name]: part };
  }
  const answered = afterAnswers(reducer, { before: dossier, after, fact });
  postings.push(...answered.postings);
  const status = statusOf(reducer, answered.after);
  const standing: D = { ...answered.after, status };
  const opening = rules.opening(standing);
  const worklist = calledFor(standing.worklist, requires(standing), { fact, opening });
  return { after: stamped(rules, dossier, { ...standing, worklist }, fact), postings };
}

/** What a decision that this fact completed, or took back, means to the organ that asked, and to whoever follows it. */
function afterAnswers<D extends Base>(
  { organs, members }: Reducer<D>,
  { before, after: given, fact }: { readonly before: D; readonly after: D; readonly fact: Fact },
): { readonly after: D; readonly postings: readonly Posting[] } {
  const postings: Posting[] = [];
  let after = given;
  const put = ({ name }: AnyOrgan, part: unknown): void => {
    if (part !== undefined) after = { ...after, [name]: part };
  };
  for (const task of changedTasks(before.worklist, after.worklist)) {
    const former = taskOf(before.worklist, task.id);
    if (former === undefined) continue;
    const asker = members.askerOf.get(task.kind);
    const answer = asker?.answers[task.kind];
    if (former.state === 'open' && isDecided(task)) {
      const part = call(answer?.decided, after, task);
      postings.push(...(call(answer?.posts, before, task, fact, part) ?? []));
      if (asker !== undefined) put(asker, part);
      for (const organ of organs) put(organ, call(organ.followsDecision, after, task));
    }
    if (isDecided(former) && task.state === 'open') {
      if (asker !== undefined && typeof answer?.undo === 'object')
        put(asker, call(answer.undo.restored, after, former, fact.at));
      for (const organ of organs) put(organ, call(organ.followsWithdrawal, after, former, fact.at));
    }
  }
  return { after, postings };
}

const isDecided = (task: Task): task is DecidedTask => task.state === 'decided' && task.decision !== undefined;

/** The first organ that keeps the process back says where it stands: the part that is furthest behind. */
function statusOf<D extends Base>({ organs, rules }: Reducer<D>, dossier: D): Status {
  const end = rules.ends?.(dossier);
  if (end !== undefined) return end;
  for (const { status } of organs) {
    const behind = call(status, dossier);
    if (behind !== undefined) return behind;
  }
  return rules.rest;
}

/** Since when: the status, and those who have to act. */
function stamped<D extends Base>(rules: ProcessRules<D>, before: D, after: D, fact: FactHead): D {
  const { terms } = rules.opening(after);
  const own = rolesWith(after.worklist, (task) => responsibleRoles(task, terms));
  const waitingFor: readonly Role[] = [...new Set([...own, ...(rules.elsewhere?.(after) ?? [])])].sort();
  const sameRoles =
    waitingFor.length === before.waitingFor.length && waitingFor.every((role) => before.waitingFor.includes(role));
  const sameStatus = after.status === before.status && before.seq > 1;
  return {
    ...after,
    statusSince: sameStatus ? before.statusSince : fact.at,
    waitingFor,
    waitingSince: sameRoles && sameStatus ? before.waitingSince : fact.at,
  };
}

function whatCameAfter<D extends Base>(
  { organs, members, rules }: Pick<Reducer<D>, 'organs' | 'members' | 'rules'>,
  dossier: D,
  task: Task,
  signature: Decision,
): string | undefined {
  if (!isDecided(task)) return 'decisionMade';
  if (task.revision !== rules.opening(dossier).revision) return 'orderRevised';
  const undo = members.askerOf.get(task.kind)?.answers[task.kind]?.undo;
  if (undo === undefined || typeof undo === 'string') return undo ?? 'decisionMade';
  // Of a decided task a signature is taken back only where the decision is of its kind: the rest would decide nothing (HT-5, S5).
  if (isYes(signature) !== isYes(task.decision)) return 'decisionMade';
  const after = call(undo.cameAfter, dossier, task, signature);
  if (after !== undefined) return after;
  for (const organ of organs) {
    const objection = call(organ.cameAfter, dossier, task);
    if (objection !== undefined) return objection;
  }
  return undefined;
}

function openedWith(organs: Organs, no: string, rest: Status, first: FactHead): Base {
  const base: Base = {
    no,
    seq: 0,
    version: 0,
    at: first.at,
    receivedIds: [],
    status: rest,
    statusSince: first.at,
    waitingFor: [],
    waitingSince: first.at,
    worklist: emptyWorklist,
  };
  return { ...base, ...Object.fromEntries(organs.map(({ name, begins }) => [name, begins])) };
}
