/** Money as the API speaks it. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** `{ amount: '1234.5', currency: 'CNY' }` → 123450. The schema has checked the form. */
export function fenOf({ amount }: Money): number {
  const [yuan = '0', cents = ''] = amount.split('.');
  return Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
}

/** 123450 → `{ amount: '1234.50', currency: 'CNY' }`. */
export function moneyOf(fen: bigint | number): Money {
  const whole = BigInt(fen);
  const size = whole < 0n ? -whole : whole;
  const amount = `${whole < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
  return { amount, currency: 'CNY' };
}
