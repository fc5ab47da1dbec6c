// Evaluated inside workflows: exact integer arithmetic, no locale.
import type { Fen } from './vocabulary';

/** Basis points in a whole: 10,000 is 100 %. */
const whole = 10_000n;

/** The amount itself, or a RangeError: money is whole fen within the safe integers. */
export function checkFen(fen: number): Fen {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not whole fen: ${fen}`);
  return fen;
}

/** The sum of amounts in fen, checked. */
export function sumFen(amounts: readonly Fen[]): Fen {
  return amounts.reduce((sum, fen) => checkFen(sum + checkFen(fen)), 0);
}

/** A share in basis points (1 % = 100) of an amount, rounded half up to the fen; a negative amount mirrors its positive. */
export function percentOf(fen: Fen, basisPoints: number): Fen {
  return toFen(divideHalfUp(exact(fen) * exact(basisPoints), whole));
}

/** Quantity × unit price less discount, rounded once, half up, to the fen (IN-3). The discount is in basis points. */
export function lineNet(line: {
  readonly quantity: number;
  readonly unitPriceFen: Fen;
  readonly discountBp: number;
}): Fen {
  return toFen(divideHalfUp(exact(line.quantity) * exact(line.unitPriceFen) * (whole - exact(line.discountBp)), whole));
}

/**
 * Splits an amount in proportion to whole, non-negative weights so that the parts add up to it exactly (M8): each part
 * is rounded down, and the fen left over go to the largest remainders, the earlier part first where they are equal.
 */
export function allocate(totalFen: Fen, weights: readonly number[]): Fen[] {
  if (totalFen < 0) return allocate(0 - totalFen, weights).map((fen) => 0 - fen);
  const total = exact(totalFen);
  const shares = weights.map(exact);
  const sum = shares.reduce((one, other) => one + other, 0n);
  if (shares.some((share) => share < 0n)) throw new RangeError('a weight is negative');
  if (sum === 0n) {
    if (total !== 0n) throw new RangeError('nothing to divide the amount by');
    return weights.map(() => 0);
  }
  const parts = shares.map((share, index) => ({ index, fen: (total * share) / sum, remainder: (total * share) % sum }));
  const left = total - parts.reduce((one, part) => one + part.fen, 0n);
  const byRemainder = parts.toSorted((one, other) =>
    one.remainder === other.remainder ? one.index - other.index : one.remainder > other.remainder ? -1 : 1,
  );
  const lucky = new Set(byRemainder.slice(0, Number(left)).map((part) => part.index));
  return parts.map((part) => toFen(part.fen + (lucky.has(part.index) ? 1n : 0n)));
}

/** For people: `1,234.50`, in yuan. */
export function formatYuan(fen: Fen): string {
  const [yuan = '', cents = ''] = decimalYuan(fen).split('.');
  return `${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

/** For machines: `1234.50`, in yuan. */
export function decimalYuan(fen: Fen): string {
  const digits = String(Math.abs(checkFen(fen))).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function exact(value: number): bigint {
  return BigInt(checkFen(value));
}

function toFen(value: bigint): Fen {
  return checkFen(Number(value));
}

/** Half goes away from zero, so that a reversal is exactly what it reverses. */
function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return dividend < 0n ? -rounded : rounded;
}
