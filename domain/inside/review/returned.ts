import { personsBehind } from '../kernel/actor';
import type { Instant } from '../kernel/vocabulary';
import type { Return, ReviewView } from './review';

/** Who sent an order back, with which reason, from which task, and what comes after it is resubmitted (HT-4, RV-6). */
export interface Returned {
  readonly how: Return['how'];
  readonly at: Instant;
  /** Null: time did, no person. */
  readonly by: string | null;
  readonly onBehalfOf: string | null;
  readonly reasonCode: string | null;
  readonly taskId: string | null;
  readonly task: string | null;
  readonly level: number | null;
  readonly afterwards: 'resume' | 'walk_again';
  /** Levels whose approval stands if the change touches none of what it was given on. */
  readonly stands: readonly string[];
  /** Levels that are asked in any case, in sequence. */
  readonly asks: readonly string[];
}

/** Null of an order that is not with its taker. */
export function returnedOf({ review: { returned, approvals }, intake: { terms } }: ReviewView): Returned | null {
  if (returned === undefined) return null;
  const { how, at, by, reasonCode, task } = returned;
  const [userId, onBehalfOf] = personsBehind(by);
  const { afterReturn: afterwards } = terms.review;
  const mayStand = (level: number): boolean =>
    afterwards === 'resume' && approvals.some((one) => one.level === level && one.fingerprint !== undefined);
  const levels = terms.reviews.map((row) => ({ task: row.task, stands: mayStand(row.level) }));
  return {
    how,
    at,
    by: userId ?? null,
    onBehalfOf: onBehalfOf ?? null,
    reasonCode: reasonCode ?? null,
    taskId: task?.id ?? null,
    task: task?.kind ?? null,
    level: task?.level ?? null,
    afterwards,
    stands: levels.filter(({ stands }) => stands).map((row) => row.task),
    asks: levels.filter(({ stands }) => !stands).map((row) => row.task),
  };
}
