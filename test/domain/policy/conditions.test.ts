import { evaluate } from '../../../domain/outside/policy/conditions';
import type { Condition, OrderFacts } from '../../../domain/outside/policy/policy';

const holds = (condition: Condition, facts: OrderFacts): string =>
  evaluate({ rule: 'x', note: { zh: 'x', en: 'x' }, when: [condition] }, facts).holds;

describe('conditions of policy rows', () => {
  test.each<[Condition, OrderFacts, string]>([
    [{ field: 'totalFen', operator: 'above', value: 100 }, { totalFen: 100 }, 'no'],
    [{ field: 'totalFen', operator: 'above', value: 100 }, { totalFen: 101 }, 'yes'],
    [{ field: 'totalFen', operator: 'at_least', value: 100 }, { totalFen: 100 }, 'yes'],
    [{ field: 'totalFen', operator: 'below', value: 100 }, { totalFen: 100 }, 'no'],
    [{ field: 'discountBp', operator: 'at_most', value: 100 }, { discountBp: 100 }, 'yes'],
    [{ field: 'grade', operator: 'is', value: 'C' }, { grade: 'C' }, 'yes'],
    [{ field: 'channel', operator: 'is_not', value: 'fax' }, { channel: 'fax' }, 'no'],
    [{ field: 'isRepeat', operator: 'is', value: false }, { isRepeat: false }, 'yes'],
    [{ field: 'flags', operator: 'any_of', value: 'all' }, { flags: [] }, 'no'],
    [{ field: 'flags', operator: 'any_of', value: ['arrears'] }, { flags: ['short_stock'] }, 'no'],
    [{ field: 'flags', operator: 'any_of', value: ['arrears'] }, { flags: ['short_stock', 'arrears'] }, 'yes'],
    [{ field: 'flags', operator: 'none_of', value: 'all' }, { flags: ['arrears'] }, 'no'],
  ])('RV-1 %j on %j: %s', (condition, facts, answer) => {
    expect(holds(condition, facts)).toBe(answer);
    expect(holds(condition, {})).toBe('unknown');
  });

  test('HT-16 one condition that certainly fails settles the row, whatever else is unknown', () => {
    const when: Condition[] = [
      { field: 'totalFen', operator: 'above', value: 1 },
      { field: 'grade', operator: 'is', value: 'A' },
    ];
    const row = { rule: 'x', note: { zh: 'x', en: 'x' }, when };
    expect(evaluate(row, { grade: 'B' })).toEqual({ holds: 'no', evidence: { totalFen: 'unknown', grade: 'B' } });
    expect(evaluate(row, { grade: 'A' }).evidence).toEqual({
      totalFen: 'unknown',
      grade: 'A',
      because: 'cannot be evaluated',
    });
    expect(evaluate({ ...row, when: [] }, {})).toEqual({ holds: 'yes', evidence: {} });
  });
});
