import type { Evidence, Row } from './evidence';
import { type Violation, grouped } from './violation';

/** Q5: goods are conserved: by batch, what moved is in hand, what is held is reserved, and what left was taken by somebody. */
export function checkStock({ tables }: Evidence): readonly Violation[] {
  const movements = grouped(tables['stock_movements'] ?? [], (row) => String(row['batchId']));
  const reservations = grouped(tables['stock_reservations'] ?? [], (row) => String(row['batchId']));
  const ended = new Set((tables['orders'] ?? []).filter((row) => row['endedAt'] !== null).map((row) => row['no']));
  const violation = (subject: unknown, says: string): Violation => ({
    invariant: 'Q5',
    subject: String(subject),
    says,
  });
  return (tables['stock_batches'] ?? []).flatMap((batch) => {
    const { id, inHand, reserved } = batch;
    const moved = movements.get(String(id)) ?? [];
    const held = reservations.get(String(id)) ?? [];
    const stillHeld = held.filter(({ state }) => state === 'held');
    return [
      ...(sum(moved) === inHand ? [] : [violation(id, `holds ${String(inHand)}, its movements say ${sum(moved)}`)]),
      ...(sum(stillHeld) === reserved
        ? []
        : [violation(id, `has ${String(reserved)} reserved, orders hold ${sum(stillHeld)}`)]),
      ...(Number(inHand) < 0 || Number(reserved) > Number(inHand) ? [violation(id, 'is oversold')] : []),
      ...(-sum(moved.filter(({ kind }) => kind === 'taken' || kind === 'returned')) ===
      sum(held.filter(({ state }) => state === 'taken'))
        ? []
        : [violation(id, 'lost other goods than orders took')]),
      ...stillHeld
        .filter(({ orderNo }) => ended.has(orderNo))
        .map((row) => violation(row['orderNo'], 'has ended and still holds goods')),
    ];
  });
}

const sum = (rows: readonly Row[]): number => rows.reduce((total, row) => total + Number(row['quantity']), 0);
