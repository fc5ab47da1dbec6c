import { parseDuration } from '../domain/outside/policy/duration';
import type { Role } from '../domain/inside/kernel/vocabulary';
import { type Outcome, outcomesWithReason } from '../domain/inside/kernel/worklist/terms';
import { askOf, processOfTask, type TaskKind, taskKinds } from '../domain/inside/processes';
import type { Policy } from '../domain/outside/policy/policy';
import { listProblems } from './list-checks';
import type { PolicyProblem } from './policy-problem';
import { ruleProblems } from './rule-checks';

/** What could be saved and would never act, or act past an authority: better refused than believed (GV-3). */
export const idleProblems = (policy: Policy): readonly PolicyProblem[] => [
  ...holdProblems(policy),
  ...ruleProblems(policy),
  ...listProblems(policy),
  ...teamProblems(policy),
  ...askedProblems(policy),
  ...taskKinds.flatMap((kind) =>
    [
      ...signingProblems(policy, kind),
      ...authorityProblems(policy, kind),
      ...answerProblems(policy, kind),
      ...apartProblems(policy, kind),
    ].map(({ path, reason }) => ({ path: `tasks.${kind}.${path}`, reason })),
  ),
];

/** Holds of an order look at its own gates; one that lifts by itself must be able to. */
function holdProblems({ holds }: Policy): readonly PolicyProblem[] {
  return Object.entries(holds).flatMap(([reason, { gates, liftsWhen, filedBy, takerFiles, isCondition }]) => [
    ...(liftsWhen !== 'filed' && (filedBy !== undefined || takerFiles !== undefined)
      ? [{ path: `holds.${reason}.liftsWhen`, reason: 'no paper lifts it, so nobody files one' }]
      : []),
    ...(takerFiles !== undefined && !isCondition
      ? [{ path: `holds.${reason}.takerFiles`, reason: 'only what a reviewer demands is kept from the taker' }]
      : []),
    ...(gates.includes('new_order')
      ? [{ path: `holds.${reason}.gates`, reason: 'new_order is shut by holds of a customer, not of an order' }]
      : []),
    ...(liftsWhen === 'signed_paper' && (gates.includes('accept') || gates.includes('confirm'))
      ? [{ path: `holds.${reason}.liftsWhen`, reason: 'the paper cannot go out while this gate is shut' }]
      : []),
  ]);
}

/** A team has hours for what is counted in working time, and a cut-off for all that comes in. */
function teamProblems({ teams = {}, tasks }: Policy): readonly PolicyProblem[] {
  return Object.entries(teams).flatMap(([name, { cutOff }]) => {
    const own = taskKinds.filter((kind) => tasks[kind].team === name);
    const counts = (kind: TaskKind): boolean =>
      [tasks[kind].due, ...tasks[kind].ladder.map(({ after }) => after)].some(
        (text) => parseDuration(text).kind !== 'elapsed',
      );
    if (own.length === 0) return [{ path: `teams.${name}`, reason: 'no task is theirs' }];
    return own
      .filter((kind) => cutOff === undefined && !counts(kind))
      .map((kind) => ({ path: `tasks.${kind}.team`, reason: 'nothing of this task is counted in working time' }));
  });
}

/** A rung that opens a task of its own opens it for the roles of that task's row: it names none whom that never asks. */
function askedProblems({ collection: { ladder: ofCharge }, clocks, tasks }: Policy): readonly PolicyProblem[] {
  const asks = [
    { path: 'collection.ladder', ladder: ofCharge, action: 'call', kind: 'collection.call' },
    { path: 'collection.ladder', ladder: ofCharge, action: 'legal', kind: 'collection.legal' },
    { path: 'clocks.deposit', ladder: clocks.deposit, action: 'call', kind: 'deposit.ask' },
    { path: 'clocks.transit', ladder: clocks.transit, action: 'call', kind: 'shipment.trouble' },
  ] as const;
  return asks.flatMap(({ path, ladder, action, kind }) =>
    ladder.flatMap((row, index) =>
      row.do === action && row.notice === undefined
        ? row.to
            .filter((role) => !tasks[kind].roles.includes(role))
            .map((role) => ({ path: `${path}.${index}.to`, reason: `the task ${kind} never asks ${role}` }))
        : [],
    ),
  );
}

/** Where signatures are named, nobody else is asked. */
function signingProblems({ tasks }: Policy, kind: TaskKind): readonly PolicyProblem[] {
  const { signing, roles, alsoSalesperson, superior } = tasks[kind];
  if (signing === undefined) return [];
  const signers = new Set(signing.slots.flat().filter((signer) => signer !== 'salesperson'));
  const differs = signers.size !== new Set(roles).size || roles.some((role) => !signers.has(role));
  return [
    ...(alsoSalesperson ? [{ path: 'alsoSalesperson', reason: 'signatures are asked of the slots’ roles alone' }] : []),
    ...(superior === undefined ? [] : [{ path: 'superior', reason: 'signatures are asked of the slots’ roles alone' }]),
    ...(differs ? [{ path: 'roles', reason: 'must be the roles of its signatures: nobody else is asked' }] : []),
  ];
}

/** Where another table says who may, by amount or reason, the task's row must not say otherwise (BL-3, RV-4). */
function authorityProblems(policy: Policy, kind: TaskKind): readonly PolicyProblem[] {
  const named = authoritiesOf(policy)[kind];
  if (named === undefined) return [];
  const { place, roles: authorities } = named;
  const { signing, roles, alsoSalesperson, superior } = policy.tasks[kind];
  const strangers = roles.filter((role) => !authorities.includes(role));
  return [
    ...(signing === undefined ? [] : [{ path: 'signing', reason: `would pass by ${place}, which says who may` }]),
    ...(alsoSalesperson ? [{ path: 'alsoSalesperson', reason: `would pass by ${place}, which says who may` }] : []),
    ...(superior === undefined ? [] : [{ path: 'superior', reason: `would pass by ${place}, which says who may` }]),
    ...strangers.map((role) => ({ path: 'roles', reason: `${place} says who may, and never ${role}` })),
  ];
}

const authoritiesOf = ({
  release,
  credit,
  holds,
  lateCancellationBy,
}: Policy): Partial<Record<TaskKind, { readonly place: string; readonly roles: readonly Role[] }>> => ({
  'release.balance': { place: 'release.rows', roles: release.rows.map(({ role }) => role) },
  'credit.special': { place: 'credit.specialBy', roles: credit.specialBy.map(({ role }) => role) },
  'hold.lift': { place: 'holds', roles: Object.values(holds).flatMap(({ releasedBy }) => releasedBy) },
  'cancellation.approve': { place: 'lateCancellationBy', roles: [lateCancellationBy] },
});

/** An answer that means nothing here would close the task as if it had been answered. */
function answerProblems({ tasks }: Policy, kind: TaskKind): readonly PolicyProblem[] {
  const { outcomes, reasons } = tasks[kind];
  const known = answersOf(kind);
  return [
    ...outcomes
      .filter((outcome) => known !== undefined && !known.includes(outcome))
      .map((outcome) => ({ path: 'outcomes', reason: `"${outcome}" means nothing here` })),
    ...(reasons !== undefined && !outcomes.some((outcome) => outcomesWithReason.includes(outcome))
      ? [{ path: 'reasons', reason: 'no outcome of this task needs a reason' }]
      : []),
  ];
}

/** What its organ does something with, and a question back; undefined: whatever policy offers. */
function answersOf(kind: TaskKind): readonly Outcome[] | undefined {
  const outcomes = askOf(kind)?.outcomes;
  return outcomes === undefined ? undefined : [...outcomes, 'ask'];
}

/** A shipment and a collection know neither who took the order nor who decided in it: four eyes see their own desk alone (HT-10). */
function apartProblems({ tasks }: Policy, kind: TaskKind): readonly PolicyProblem[] {
  const { separateFrom, superior } = tasks[kind];
  const process = processOfTask(kind);
  return [
    ...separateFrom
      .filter((other) => (other === 'taker' ? process !== 'order' : processOfTask(other) !== process))
      .map((other) => ({ path: 'separateFrom', reason: `who is meant by ${other} is not known there` })),
    ...(superior?.of === 'taker' && process !== 'order'
      ? [{ path: 'superior', reason: 'who took the order is not known there' }]
      : []),
  ];
}
