import { type Condition, type FlagName, type Policy, type RuleRow } from '../domain/outside/policy/policy';
import {
  anyWorld,
  implies,
  neverRaised,
  opposite,
  orderThatMeets,
  worldOf,
  type World,
} from '../domain/outside/policy/policy-check';
import type { PolicyProblem } from './policy-problem';

/** Rules of review that could be saved and would never fire, or say nothing that another does not say: each with its row (GV-3). */
export function ruleProblems(policy: Policy): readonly PolicyProblem[] {
  const { rows, waivers } = policy.reviews;
  const world = worldOf(policy);
  const inRows = rows.flatMap((row, index) => {
    const alone = conditionProblems(row, world);
    return inPlace(`reviews.rows.${index}`, row, alone.length > 0 ? alone : besideOthers(policy, index));
  });
  const inWaivers = waivers.flatMap((waiver, index) => {
    const alone = conditionProblems(waiver, world);
    return inPlace(`reviews.waivers.${index}`, waiver, alone.length > 0 ? alone : waiverProblems(policy, index, world));
  });
  return [...flagProblems(policy), ...inRows, ...inWaivers];
}

interface RowProblem {
  /** Within the row. */
  readonly at: string;
  readonly reason: string;
}

const inPlace = (path: string, { rule }: RuleRow, problems: readonly RowProblem[]): readonly PolicyProblem[] =>
  problems.map(({ at, reason }) => ({ path: `${path}.${at}`, reason: `${reason} (${rule})` }));

/** A rule that waits for a flag which nothing raises holds for no order. */
function flagProblems(policy: Policy): readonly PolicyProblem[] {
  const { raised } = policy.flags;
  const { rows, waivers } = policy.reviews;
  const unraised = (flag: FlagName): string | undefined => {
    if (!raised.includes(flag)) return `the flag ${flag} is not raised`;
    const because = neverRaised(policy, flag);
    return because === undefined ? undefined : `the flag ${flag} is never raised: ${because}`;
  };
  const asked = (table: string, rules: readonly RuleRow[]): readonly PolicyProblem[] =>
    rules.flatMap(({ when }, index) =>
      when.flatMap((condition) =>
        condition.field === 'flags' && condition.value !== 'all'
          ? condition.value
              .map(unraised)
              .flatMap((reason) => (reason === undefined ? [] : [{ path: `${table}.${index}.when`, reason }]))
          : [],
      ),
    );
  return [...asked('reviews.rows', rows), ...asked('reviews.waivers', waivers)];
}

/** The first condition that no order meets together with those above it, else those that the others say already. */
function conditionProblems({ when }: RuleRow, world: World): readonly RowProblem[] {
  const wrong = when.findIndex((_, index) => orderThatMeets(when.slice(0, index + 1), world) === undefined);
  if (wrong >= 0) {
    const isAlone = orderThatMeets(when.slice(wrong, wrong + 1), world) === undefined;
    const reason = isAlone ? 'holds for no order' : 'holds for no order for which the conditions above it hold';
    return [{ at: `when.${wrong}`, reason: `${reason}: the rule could never act` }];
  }
  return when.flatMap((condition, index) => {
    if (isAlwaysSo(condition)) return [{ at: `when.${index}`, reason: 'holds for every order: leave it out' }];
    const others = when.filter((_, other) => other !== index);
    // Of two that say the same the later one is told of.
    const isSaid =
      implies(others, [condition]) && !when.slice(index + 1).some((later) => implies([condition], [later]));
    return isSaid ? [{ at: `when.${index}`, reason: 'says nothing that the other conditions do not say' }] : [];
  });
}

const isAlwaysSo = (condition: Condition): boolean => orderThatMeets([opposite(condition)], anyWorld) === undefined;

/** What a waiver always lifts is never asked, and what another row asks of the same orders is asked already. */
function besideOthers({ reviews: { rows, waivers } }: Policy, index: number): readonly RowProblem[] {
  const row = rows[index];
  if (row === undefined) return [];
  const lifting = waivers.find(({ when }) => implies(row.when, when));
  const twin = rows
    .slice(0, index)
    .find(({ task, when }) => task === row.task && implies(row.when, when) && implies(when, row.when));
  return [
    ...(lifting === undefined
      ? []
      : [{ at: 'when', reason: `the waiver ${lifting.rule} lifts whatever this asks for` }]),
    ...(twin === undefined ? [] : [{ at: 'when', reason: `asks ${row.task} of the same orders as ${twin.rule}` }]),
  ];
}

/** The first waiver that holds lifts everything; one that comes later must hold for other orders, of which something is asked. */
function waiverProblems({ reviews: { rows, waivers } }: Policy, index: number, world: World): readonly RowProblem[] {
  const waiver = waivers[index];
  if (waiver === undefined) return [];
  const earlier = waivers.slice(0, index).find(({ when }) => implies(waiver.when, when));
  const lifts = rows.some(({ when }) => orderThatMeets([...when, ...waiver.when], world) !== undefined);
  return [
    ...(earlier === undefined
      ? []
      : [{ at: 'when', reason: `the waiver ${earlier.rule} above holds for all of these orders` }]),
    ...(lifts ? [] : [{ at: 'when', reason: 'lifts nothing: no row asks for a review of these orders' }]),
  ];
}
