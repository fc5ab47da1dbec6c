import type { Base } from './dossier';
import type { FactHead } from './fact';
import { call } from './call';
import { membersOf } from './members';
import { isDecided } from './organ';
import type { DossierOf, InOrder, Organs, Process, ProcessRules } from './process';
import { counted, reduce } from './reduce';
import type { Reducer } from './reducer';
import { fits } from './shape';
import type { Status } from './vocabulary';
import { dueRung } from './worklist/due-rung';
import type { Required } from './worklist/required';
import { missing, type Requirement } from './worklist/requirement';
import { isYes, type Decision, type Task } from './worklist/task';
import { emptyWorklist } from './worklist/worklist';

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
  const asking = organs.filter((organ) => organ.requires !== undefined);
  const requires = (dossier: D): Required => {
    if (rules.isOver(dossier)) return [];
    const required: (readonly Requirement[])[] = [];
    for (const organ of asking) {
      const its = call(organ.requires, dossier);
      if (its !== undefined && its.length > 0) required.push(its);
    }
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
    requires: (dossier) => requires(dossier).flat(),
    missing: (dossier, now) =>
      missing(dossier.worklist, requires(dossier), { of: dossier.no, opening: rules.opening(dossier), now }),
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
