import { capacityFit, type CapacityNow } from '../../../domain/outside/production/capacity';
import { calendar } from '../order-builders';

// Monday the 23rd; the working days after it: 24, 25, 26, 27, then 30, 1 December …
const today = '2026-11-23';
const all = (piecesPerDay: number, fromOn = '2026-01-01', line = 'all') => ({ line, piecesPerDay, fromOn });
const tables = (quantity: number, availableNow: number | null = 0, supply: 'make' | 'stock' | 'buy' = 'make') => ({
  quantity,
  item: { id: 'TABLE', supply, availableNow },
});
const fit = (capacity: Partial<CapacityNow>, ...lines: readonly ReturnType<typeof tables>[]) =>
  capacityFit({ lines: [all(10)], owed: [], ...capacity }, lines, { today, calendar });

describe('RV-3 the first day by which production can make an order', () => {
  test.each<[string, Partial<CapacityNow>, number, string | null]>([
    ['the next working day for what fits into it', {}, 10, '2026-11-24'],
    ['a day more for a piece more', {}, 11, '2026-11-25'],
    ['weekends make nothing', {}, 50, '2026-11-30'],
    ['what is owed before comes first', { owed: [{ dueOn: '2026-11-24', pieces: 10 }] }, 10, '2026-11-25'],
    ['what is overdue too', { owed: [{ dueOn: '2026-11-02', pieces: 15 }] }, 10, '2026-11-26'],
    ['what is owed later may be made later', { owed: [{ dueOn: '2026-11-30', pieces: 40 }] }, 10, '2026-11-24'],
    ['unless it fills all days until then', { owed: [{ dueOn: '2026-11-30', pieces: 45 }] }, 10, '2026-12-01'],
    ['and leaves room for what is small', { owed: [{ dueOn: '2026-11-30', pieces: 45 }] }, 5, '2026-11-24'],
    [
      'two lines make what both make',
      { lines: [all(10, '2026-01-01', 'a'), all(5, '2026-01-01', 'b')] },
      15,
      '2026-11-24',
    ],
    ['a line’s next row counts from its day', { lines: [all(10), all(40, '2026-11-25')] }, 50, '2026-11-25'],
    ['a line that begins later makes nothing before', { lines: [all(10, '2026-12-01')] }, 1, '2026-12-01'],
    ['a line that stands still makes nothing', { lines: [all(0)] }, 1, null],
    ['a line that is closed makes nothing any more', { lines: [all(10), all(0, '2026-11-25')] }, 11, null],
  ])('RV-3 %s', (_words, capacity, pieces, day) => {
    expect(fit(capacity, tables(pieces))?.firstPossibleOn).toBe(day);
  });

  test('RV-3 what could be made by a day is what makes nobody late', () => {
    const free = fit({ owed: [{ dueOn: '2026-11-30', pieces: 45 }] }, tables(100))?.freePiecesBy;
    expect(['2026-11-23', '2026-11-24', '2026-11-29', '2026-12-01'].map((day) => free?.(day))).toEqual([0, 5, 5, 15]);
  });

  test('RV-3 what lies in stock is not made, once for all lines of an item', () => {
    expect(fit({}, tables(10, 4))?.neededPieces).toBe(6);
    expect(fit({}, tables(10, 4), tables(10, 4))?.neededPieces).toBe(16);
    expect(fit({}, tables(10, null))?.neededPieces).toBe(10);
    expect(fit({}, tables(10, 10))).toBeUndefined();
    expect(fit({}, tables(10, 0, 'buy'), tables(10, 0, 'stock'))).toBeUndefined();
  });

  test('RV-3 where nobody has said what production can make, nothing is said', () => {
    expect(fit({ lines: [] }, tables(10))).toBeUndefined();
  });
});
