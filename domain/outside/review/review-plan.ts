import { evaluate, type Evidence } from '../policy/conditions';
import type { ReviewLevel } from '../../inside/intake/terms';
import { type OrderFacts, type ReviewRules, type ReviewTask, reviewTasks } from '../policy/policy';

/** A level before its inputs are known. */
type PlannedLevel = Omit<ReviewLevel, 'task'> & { readonly task: ReviewTask };

export interface ReviewPlan {
  /** The levels that this order needs, numbered 1, 2, 3 in sequence. */
  readonly levels: readonly PlannedLevel[];
  /** The waiver that lifted all of them, if one did. */
  readonly waivedBy: { readonly rule: string; readonly evidence: Evidence } | null;
}

/**
 * Which levels an order must pass, and why (RV-1). A level is needed when any of its rows holds or cannot be evaluated;
 * a waiver counts only when it certainly holds: either way what is not known leads to a person (HT-16).
 */
export function reviewPlan(rules: ReviewRules, facts: OrderFacts): ReviewPlan {
  for (const waiver of rules.waivers) {
    const { holds, evidence } = evaluate(waiver, facts);
    if (holds === 'yes') return { levels: [], waivedBy: { rule: waiver.rule, evidence } };
  }
  const needed = reviewTasks.flatMap((task) => {
    const matched = rules.rows
      .filter((row) => row.task === task)
      .map((row) => ({ rule: row.rule, note: row.note, ...evaluate(row, facts) }))
      .filter(({ holds }) => holds !== 'no');
    if (matched.length === 0) return [];
    const evidence: Evidence = Object.assign({}, ...matched.map((row) => row.evidence));
    return [
      {
        task,
        rule: matched.map(({ rule }) => rule).join(' + '),
        notes: matched.map(({ note }) => note),
        evidence,
      },
    ];
  });
  return { levels: needed.map((level, index) => ({ level: index + 1, ...level })), waivedBy: null };
}
