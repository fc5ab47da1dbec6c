import type { Totals } from '../../inside/intake/terms';
import { lineNet, percentOf, sumFen } from '../../inside/kernel/money';
import type { Fen } from '../../inside/kernel/vocabulary';

/** A line as amounts need it; tax in basis points. */
export interface PricedLine {
  readonly quantity: number;
  readonly unitPriceFen: Fen;
  readonly discountBp: number;
  readonly taxRateBp: number;
}

export interface LineAmounts {
  readonly netFen: Fen;
  readonly taxFen: Fen;
}

/** Net and tax of a line, each rounded half up to the fen (IN-3). */
export function lineAmounts(line: PricedLine): LineAmounts {
  const netFen = lineNet(line);
  return { netFen, taxFen: percentOf(netFen, line.taxRateBp) };
}

/** The totals are sums of the rounded lines (M8). Freight is quoted with its tax inside. */
export function totalsOf(lines: readonly LineAmounts[], freightFen: Fen): Totals {
  const goodsFen = sumFen(lines.map(({ netFen }) => netFen));
  const taxFen = sumFen(lines.map((line) => line.taxFen));
  return { goodsFen, taxFen, freightFen, totalFen: sumFen([goodsFen, taxFen, freightFen]) };
}

/** The tax rate of a line: the customer's own where he has one, else the item's, in basis points. */
export function taxRate(of: { readonly customerBp: number | null; readonly itemBp: number }): number {
  return of.customerBp ?? of.itemBp;
}

/** The most that one line may come to, in fen: ten billion yuan, so that a thousand lines with tax stay whole numbers. */
export const largestLineFen = 1_000_000_000_000;

/** The most that an order may be worth without tax, freight included, in fen: it must stay a safe integer with its tax. */
export const largestWorthFen = 100_000_000_000_000;

/** No order comes to more: the highest tax is as much again. */
export const largestTotalFen = 2 * largestWorthFen;
