import type { FiledFact } from '../domain/inside/fact';
import type { Posting } from '../domain/inside/posting';

/** A fact that no activity has filed yet, with what it posts and the tasks that it changed. */
export interface Unfiled {
  readonly fact: FiledFact;
  readonly postings: readonly Posting[];
  /** Ids; the task is filed as it stands when the fact is. */
  readonly tasks: readonly string[];
}

/** Characters of JSON. With the tasks and the standing beside them a filing stays below 64 KiB (W2). */
const largestBatch = 24_000;

/** What one filing carries, oldest first: at least one fact, so that a large one goes alone. */
export function firstBatch(unfiled: readonly Unfiled[]): {
  readonly now: readonly Unfiled[];
  readonly later: Unfiled[];
} {
  let size = 0;
  const end = unfiled.findIndex((one, index) => (size += JSON.stringify(one).length) > largestBatch && index > 0);
  return end < 0 ? { now: unfiled, later: [] } : { now: unfiled.slice(0, end), later: unfiled.slice(end) };
}
