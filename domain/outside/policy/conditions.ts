import type { Condition, OrderFacts, RuleRow } from './policy';

/** What a rule saw: enough to show why it matched (HT-16). */
export type Evidence = Readonly<Record<string, string | number | boolean>>;

/**
 * `unknown`: a fact that the rule needs is missing, and no other condition settles it. Who asks decides what that
 * means, and must decide for the safe side: a review is held, a waiver is not given.
 */
export interface Verdict {
  readonly holds: 'yes' | 'no' | 'unknown';
  readonly evidence: Evidence;
}

/** Whether all conditions of a row hold for these facts; one that certainly fails settles it. */
export function evaluate(row: RuleRow, facts: OrderFacts): Verdict {
  const answers = row.when.map((condition) => answer(condition, facts));
  const evidence: Record<string, string | number | boolean> = {};
  for (const { field } of row.when) evidence[field] = shown(facts[field]);
  if (answers.includes(false)) return { holds: 'no', evidence };
  if (answers.includes(undefined))
    return { holds: 'unknown', evidence: { ...evidence, because: 'cannot be evaluated' } };
  return { holds: 'yes', evidence };
}

/** True, false, or undefined when the fact is missing. */
function answer(condition: Condition, facts: OrderFacts): boolean | undefined {
  switch (condition.field) {
    case 'totalFen':
    case 'discountBp':
      return ifKnown(facts[condition.field], (fact) => compare(fact, condition.operator, condition.value));
    case 'grade':
    case 'channel':
    case 'kind':
      return ifKnown(facts[condition.field], (fact) => (fact === condition.value) === (condition.operator === 'is'));
    case 'hasMade':
    case 'isRepeat':
      return ifKnown(facts[condition.field], (fact) => fact === condition.value);
    case 'flags':
      return ifKnown(facts.flags, (flags) => {
        const any = flags.some((flag) => condition.value === 'all' || condition.value.includes(flag));
        return any === (condition.operator === 'any_of');
      });
  }
}

function ifKnown<Fact>(fact: Fact | undefined, check: (fact: Fact) => boolean): boolean | undefined {
  return fact === undefined ? undefined : check(fact);
}

function compare(fact: number, operator: 'above' | 'at_least' | 'below' | 'at_most', value: number): boolean {
  switch (operator) {
    case 'above':
      return fact > value;
    case 'at_least':
      return fact >= value;
    case 'below':
      return fact < value;
    case 'at_most':
      return fact <= value;
  }
}

function shown(fact: OrderFacts[keyof OrderFacts]): string | number | boolean {
  if (fact === undefined) return 'unknown';
  return typeof fact === 'object' ? fact.join(', ') : fact;
}
