/** Something that can be stopped. */
export interface Stoppable {
  readonly stop: () => Promise<void>;
}

/** Starts two servers at once. If one fails, the other is stopped before the error is thrown. */
export async function startTogether<A extends Stoppable, B extends Stoppable>(
  first: Promise<A>,
  second: Promise<B>,
): Promise<readonly [A, B]> {
  const [one, other] = await Promise.allSettled([first, second]);
  if (one.status === 'fulfilled' && other.status === 'fulfilled') return [one.value, other.value];
  if (one.status === 'fulfilled') await one.value.stop();
  if (other.status === 'fulfilled') await other.value.stop();
  return Promise.all([first, second]); // throws the error of the one that failed
}
