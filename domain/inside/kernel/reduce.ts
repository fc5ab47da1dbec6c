import type { Base } from './dossier';
import type { Fact, FactHead, FiledFact } from './fact';
import { call, putPart } from './call';
import { judge } from './judge';
import { isDecided } from './organ';
import type { Posting } from './posting';
import type { ProcessRules, Reduced } from './process';
import { withNew, withReceived } from './received-ids';
import type { Reducer } from './reducer';
import type { RefusalCode } from './refusal';
import type { Role, Status } from './vocabulary';
import { applyAtWorklist } from './worklist/apply';
import { calledFor } from './worklist/called-for';
import { isWorklistFact } from './worklist/facts';
import { rolesWith } from './worklist/responsible';
import { changedTasks, taskOf } from './worklist/worklist';

/** Files a fact: applied if its rules let it count, else ignored with the reason; nothing is dropped (S1). */
export function reduce<D extends Base>(reducer: Reducer<D>, dossier: D, fact: Fact): Reduced<D> {
  const refusal = judge(reducer, dossier, fact);
  if (refusal !== undefined) return ignored(dossier, fact, refusal);
  const reduced = counted(reducer, dossier, fact);
  const isFromOutside = reducer.members.sources.get(fact.kind) === 'door';
  return reduced.outsideTable !== undefined && isFromOutside ? ignored(dossier, fact, 'no_such_step') : reduced;
}

/** A fact is filed whether it counts or not: it takes the next place, and its id is known. */
function ignored<D extends Base>(dossier: D, fact: Fact, because: RefusalCode): Reduced<D> {
  const seq = dossier.seq + 1;
  const after = { ...dossier, seq, receivedIds: withReceived(dossier.receivedIds, fact) };
  return { dossier: after, filed: { seq, fact, filed: 'ignored', because }, postings: [], tasks: [] };
}

/** The fact counts: what it makes of the dossier. */
export function counted<D extends Base>(reducer: Reducer<D>, dossier: D, fact: Fact): Reduced<D> {
  const { after, postings } = apply(reducer, dossier, fact);
  const isOutside = after.status !== dossier.status && !follows(reducer.rules, dossier, after.status);
  const applied: FiledFact = { seq: after.seq, fact, filed: 'applied' };
  return {
    dossier: after,
    filed: applied,
    postings,
    tasks: changedTasks(dossier.worklist, after.worklist).map(({ id }) => id),
    ...(isOutside ? { outsideTable: { from: dossier.status, to: after.status } } : {}),
  };
}

/** The first fact opens a dossier: whatever its status is then, nothing came before it. */
const follows = <D extends Base>({ next }: ProcessRules<D>, { seq, status }: D, to: Status): boolean =>
  seq === 0 || next[status]?.includes(to) === true;

/**
 * The dossier after a fact that counts: each organ puts its own part in place, then the status is derived and tasks follow it. It is
 * copied once for the fact and filled in before anybody else has it: a copy for each field would be the most that folding costs.
 */
function apply<D extends Base>(
  reducer: Reducer<D>,
  before: D,
  fact: Fact,
): { readonly after: D; readonly postings: readonly Posting[] } {
  const { members, rules, requires } = reducer;
  const after: D = { ...before };
  const base: Draft = after;
  const postings: Posting[] = [];
  base.seq += 1;
  base.version += 1;
  if (fact.at > base.at) base.at = fact.at;
  base.receivedIds = withNew(before.receivedIds, fact);
  if (isWorklistFact(fact)) base.worklist = applyAtWorklist(before.worklist, fact, rules.opening(before).terms);
  for (const { name, rule } of members.rulesFor(fact.kind)) {
    if (rule.apply === undefined) continue;
    const part = call(rule.apply, after, fact);
    postings.push(...(call(rule.posts, before, fact, part) ?? []));
    putPart(after, name, part);
  }
  if (after.worklist !== before.worklist) postings.push(...putAnswers(reducer, { before, after, fact }));
  base.status = statusOf(reducer, after);
  const { worklist: former } = before;
  base.worklist = calledFor(after.worklist, requires(after), { former, fact, opening: rules.opening(after) });
  stamp(rules, before, after, fact);
  return { after, postings };
}

/** What every dossier has, of one in the making, which nobody else has yet. */
type Draft = { -readonly [K in keyof Base]: Base[K] };

/**
 * Puts in place what a decision that this fact completed, or took back, means to the organ that asked, and to whoever follows it.
 * Returns what that posts.
 */
function putAnswers<D extends Base>(
  { organs, members }: Reducer<D>,
  { before, after, fact }: { readonly before: D; readonly after: D; readonly fact: Fact },
): readonly Posting[] {
  const postings: Posting[] = [];
  for (const task of changedTasks(before.worklist, after.worklist)) {
    const former = taskOf(before.worklist, task.id);
    if (former === undefined) continue;
    const asker = members.askerOf.get(task.kind);
    const answer = asker?.answers[task.kind];
    if (former.state === 'open' && isDecided(task)) {
      const part = call(answer?.decided, after, task);
      postings.push(...(call(answer?.posts, before, task, fact, part) ?? []));
      if (asker !== undefined) putPart(after, asker.name, part);
      for (const { name, followsDecision } of organs) putPart(after, name, call(followsDecision, after, task));
    }
    if (isDecided(former) && task.state === 'open') {
      if (asker !== undefined && typeof answer?.undo === 'object')
        putPart(after, asker.name, call(answer.undo.restored, after, former, fact.at));
      for (const { name, followsWithdrawal } of organs)
        putPart(after, name, call(followsWithdrawal, after, former, fact.at));
    }
  }
  return postings;
}

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
function stamp<D extends Base>(rules: ProcessRules<D>, before: D, after: D, fact: FactHead): void {
  const base: Draft = after;
  const waitingFor = rolesThatWait(rules, before, after);
  const sameRoles =
    waitingFor.length === before.waitingFor.length && waitingFor.every((role) => before.waitingFor.includes(role));
  const sameStatus = after.status === before.status && before.seq > 0;
  if (!sameStatus) base.statusSince = fact.at;
  if (!sameRoles) base.waitingFor = waitingFor;
  if (!sameRoles || !sameStatus) base.waitingSince = fact.at;
}

/** Who has to act, on its own worklist and in its children, without repeats and in a fixed order. */
function rolesThatWait<D extends Base>(rules: ProcessRules<D>, before: D, after: D): readonly Role[] {
  const own = rolesWith(after.worklist, { former: before.worklist, terms: rules.opening(after).terms });
  const elsewhere = rules.elsewhere?.(after) ?? [];
  return elsewhere.length === 0 ? own : [...new Set([...own, ...elsewhere])].sort();
}
