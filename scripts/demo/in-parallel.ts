/** Does the work for every item, at most `width` at once, in order of their start. The first failure ends it. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const ahead = items.entries();
  const hand = async () => {
    for (const [index, item] of ahead) await work(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, hand));
}
