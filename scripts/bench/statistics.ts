/** The smallest, the middle and the largest of some numbers. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Of one figure per round. */
export function spreadOf(numbers: readonly number[]): Spread {
  return { min: quantile(numbers, 0), median: quantile(numbers, 0.5), max: quantile(numbers, 1) };
}

/** The value that the given share of the numbers does not exceed; between two of them, proportionally. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
