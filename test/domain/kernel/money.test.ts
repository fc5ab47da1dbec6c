import * as fc from 'fast-check';
import {
  allocate,
  checkFen,
  decimalYuan,
  formatYuan,
  lineNet,
  percentOf,
  sumFen,
} from '../../../domain/inside/kernel/money';

const fen = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

describe('money', () => {
  test('M8 an amount that is not whole fen is refused', () => {
    expect(() => checkFen(0.5)).toThrow(RangeError);
    expect(() => checkFen(Number.NaN)).toThrow(RangeError);
    expect(() => checkFen(2 ** 53)).toThrow(RangeError);
    expect(() => sumFen([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
    expect(() => percentOf(1.5, 100)).toThrow(RangeError);
    expect(() => lineNet({ quantity: 1.5, unitPriceFen: 100, discountBp: 0 })).toThrow(RangeError);
  });

  test('M8 percentages round half up to the fen', () => {
    expect(percentOf(50, 100)).toBe(1);
    expect(percentOf(49, 100)).toBe(0);
    expect(percentOf(-50, 100)).toBe(-1);
    expect(percentOf(10_000, 1300)).toBe(1300);
    expect(percentOf(900_000_000_000_001, 10_000)).toBe(900_000_000_000_001);
  });

  test('IN-3 a line is quantity times unit price less the discount, rounded once', () => {
    expect(lineNet({ quantity: 3, unitPriceFen: 333, discountBp: 0 })).toBe(999);
    expect(lineNet({ quantity: 3, unitPriceFen: 333, discountBp: 500 })).toBe(949);
    expect(lineNet({ quantity: 1, unitPriceFen: 10, discountBp: 500 })).toBe(10);
    expect(lineNet({ quantity: 7, unitPriceFen: 999, discountBp: 10_000 })).toBe(0);
    expect(lineNet({ quantity: 1_000_003, unitPriceFen: 90_000_007, discountBp: 1 })).toBe(89_991_276_972_321);
  });

  test('M8 rounding a percentage errs by half a fen at most', () => {
    fc.assert(
      fc.property(fen, fc.integer({ min: 0, max: 20_000 }), (amount, basisPoints) => {
        const twice = BigInt(percentOf(amount, basisPoints)) * 20_000n - 2n * BigInt(amount) * BigInt(basisPoints);
        expect(twice <= 10_000n && twice >= -10_000n).toBe(true);
        expect(percentOf(-amount, basisPoints) + percentOf(amount, basisPoints)).toBe(0);
      }),
    );
  });

  test('M8 the parts of an amount add up to it, each within a fen of its share', () => {
    const weights = fc
      .array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 })
      .filter((list) => list.some((weight) => weight > 0));
    fc.assert(
      fc.property(fen, weights, (total, list) => {
        const parts = allocate(total, list);
        const sum = list.reduce((one, other) => one + other, 0);
        expect(sumFen(parts)).toBe(total + 0);
        parts.forEach((part, index) => {
          const share = (BigInt(total) * BigInt(list[index] ?? 0)) / BigInt(sum);
          expect(Math.abs(part - Number(share))).toBeLessThanOrEqual(1);
          expect(list[index] !== 0 || part === 0).toBe(true);
        });
      }),
    );
  });

  test('M8 fen left over go to the largest remainders, the earlier part first', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(101, [1, 2, 2])).toEqual([20, 41, 40]);
    expect(allocate(10, [26, 37, 37])).toEqual([2, 4, 4]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocate(0, [0, 0])).toEqual([0, 0]);
    expect(() => allocate(1, [0, 0])).toThrow(RangeError);
    expect(() => allocate(1, [2, -1])).toThrow(RangeError);
  });

  test('M8 yuan are written with two decimals', () => {
    expect(formatYuan(123_456_789)).toBe('1,234,567.89');
    expect(formatYuan(-5)).toBe('-0.05');
    expect(formatYuan(-12_345_600)).toBe('-123,456.00');
    expect(formatYuan(99_900)).toBe('999.00');
    expect(decimalYuan(100_000)).toBe('1000.00');
  });
});
