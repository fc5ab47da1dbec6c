import { Decimal } from 'decimal.js';

/** Noise of a float that was written out as text: `0.15` may stand there as `0.150000006`. */
const noise = new Decimal('0.001');

/** Money in fen (cents) from a decimal text; a fraction of a fen that is more than noise is an error. */
export function fenOf(text: string): number {
  return whole(new Decimal(text).times(100), text);
}

/** A share between 0 and 1 in basis points: `0.15` is 1500. */
export function basisPointsOf(text: string): number {
  return whole(new Decimal(text).times(10_000), text);
}

/** Fen as the API takes money. */
export function moneyOf(fen: number): { readonly amount: string; readonly currency: 'CNY' } {
  return { amount: new Decimal(fen).div(100).toFixed(2), currency: 'CNY' };
}

/** `1,265,793.29` */
export function yuan(fen: number): string {
  const [whole = '', cents = ''] = new Decimal(fen).div(100).toFixed(2).split('.');
  return `${grouped(whole)}.${cents}`;
}

/** `2,155` */
export const grouped = (count: number | string): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

function whole(exact: Decimal, text: string): number {
  const rounded = exact.toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
  if (exact.minus(rounded).abs().greaterThan(noise)) throw new RangeError(`${text} is no whole number of hundredths`);
  return rounded.toNumber();
}
