import { Decimal } from 'decimal.js';
import type { Line, Order } from './files';

/** What a set of orders comes to; money in fen. */
export interface Figures {
  readonly orders: number;
  readonly lines: number;
  readonly goodsFen: number;
  readonly freightFen: number;
  /** Shipped after the date the customer required. */
  readonly late: number;
  readonly neverShipped: number;
  readonly completed: number;
}

/** The figures as the files alone say them, computed apart from the product's own arithmetic. */
export function figuresOf(orders: readonly Order[]): Figures {
  const shipped = orders.filter(({ shipped_date: on }) => on !== null);
  return {
    orders: orders.length,
    lines: orders.reduce((sum, { lines }) => sum + lines.length, 0),
    goodsFen: orders.reduce((sum, { lines }) => sum + goodsFenOf(lines), 0),
    freightFen: orders.reduce((sum, { freight }) => sum + freight, 0),
    late: shipped.filter(({ shipped_date: on, required_date: by }) => on !== null && on > by).length,
    neverShipped: orders.length - shipped.length,
    completed: shipped.length,
  };
}

/** Each line rounded to the cent, half up. */
export function goodsFenOf(lines: readonly Line[]): number {
  return lines.reduce(
    (sum, { quantity, unit_price: price, discount }) =>
      sum +
      new Decimal(quantity)
        .times(price)
        .times(10_000 - discount)
        .div(10_000)
        .toDecimalPlaces(0, Decimal.ROUND_HALF_UP)
        .toNumber(),
    0,
  );
}
