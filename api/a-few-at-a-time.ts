import type { Dependencies } from './dependencies';

/** More would take the pool's connections from everybody else. */
const mostAtOnce = 8;

/** Does the work for each, a few at a time, and answers in their order. */
export async function aFewAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  const takeNext = async (): Promise<void> => {
    // Every worker takes from the one queue.
    for (const [index, item] of queue) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(mostAtOnce, items.length) }, takeNext));
  return items.map((_, index) => {
    const result = results.get(index);
    if (result === undefined) throw new Error('every item was worked on');
    return result;
  });
}

/** For how long the sender of many messages waits for them to be filed; each is written all the same. */
const answerWithinMs = 10_000;
/** Time enough to ring. */
const leastMs = 100;

/** The dependencies with ever less patience: many messages of one request are answered in time, or are pending. */
export function lessPatient(dependencies: Dependencies): () => Dependencies {
  const until = Date.now() + answerWithinMs;
  return () => {
    const left = Math.max(leastMs, until - Date.now());
    const { settings } = dependencies;
    return { ...dependencies, settings: { ...settings, answerWithinMs: Math.min(settings.answerWithinMs, left) } };
  };
}
