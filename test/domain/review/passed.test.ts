import type { Terms } from '../../../domain/inside/intake/terms';
import type { Dossier } from '../../../domain/inside/order';
import { passesAgain } from '../../../domain/inside/review/review';
import { terms } from '../../builders';
import { head, taken, tasksOf, tell, user } from '../order-told';

const both = user('tom', 'sales', 'production');
const of = (supply: 'make' | 'stock'): Terms => {
  const base = terms();
  return {
    ...base,
    lines: base.lines.map((line) => ({ ...line, supply })),
    review: { ...base.review, sameApprover: 'passes' },
    reviews: [
      { level: 1, task: 'review.sales', rule: 'every_order', evidence: {} },
      { level: 2, task: 'review.production', rule: 'made_goods', evidence: {} },
    ],
  };
};
const approvedBySales = (dossier: Dossier): Dossier => {
  const [task] = tasksOf(dossier);
  return tell(dossier, { ...head(both), kind: 'decisionMade', taskId: task?.id ?? '', outcome: 'approve' }).after;
};

test.each([
  ['make', undefined],
  ['stock', 2],
] as const)(
  'RV-2 HT-11 who stated neither date nor materials passes no level that asks for them: %s',
  (supply, level) => {
    expect(passesAgain(approvedBySales(taken(of(supply))))?.level.level).toBe(level);
  },
);
