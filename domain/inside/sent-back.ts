import { personsBehind, type Actor } from './actor';
import type { Dossier } from './dossier';
import type { TaskKind } from './terms';
import type { Instant } from './vocabulary';

/** How an order came back to its taker, as the fact that did it says. */
export interface SentBack {
  readonly how: 'decision' | 'withdrawal' | 'time';
  readonly at: Instant;
  readonly by: Actor;
  readonly reasonCode?: string;
  /** The message that did it: its words are in the inbox. */
  readonly factId?: string;
  /** The task that was answered, or that nobody answered in time. */
  readonly task?: { readonly id: string; readonly kind: TaskKind; readonly level?: number };
}

/** Who sent an order back, with which reason, from which task, and what comes after it is resubmitted (HT-4, RV-6). */
export interface Returned {
  readonly how: SentBack['how'];
  readonly at: Instant;
  /** Null: time did, no person. */
  readonly by: string | null;
  readonly onBehalfOf: string | null;
  readonly reasonCode: string | null;
  readonly taskId: string | null;
  readonly task: TaskKind | null;
  readonly level: number | null;
  readonly afterwards: 'resume' | 'walk_again';
  /** Levels whose approval stands if the change touches none of what it was given on. */
  readonly stands: readonly TaskKind[];
  /** Levels that are asked in any case, in sequence. */
  readonly asks: readonly TaskKind[];
}

/** Null of an order that is not returned, or was before orders remembered by whom. */
export function returnedOf({ status, sentBack, terms, approvals }: Dossier): Returned | null {
  if (status !== 'returned' || sentBack === undefined) return null;
  const { how, at, by, reasonCode, task } = sentBack;
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
