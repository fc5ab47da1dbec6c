import type { Terms } from '../../../domain/inside/intake/terms';
import type { TaskTerms } from '../../../domain/inside/kernel/worklist/terms';
import type { Dossier } from '../../../domain/inside/order';
import { taskTerms, terms } from '../../builders';
import { head, opened, taken, tasksOf, tell, user } from '../order-told';

const asks = (task: 'review.price' | 'review.sales'): Terms => ({
  ...terms(),
  reviews: [{ level: 1, task, rule: 'asked', evidence: {}, fingerprint: 'same' }],
});

const revised = (dossier: Dossier, next: Terms, editor: string): Dossier =>
  opened(
    tell(dossier, {
      ...head(user(editor, 'sales')),
      kind: 'orderRevised',
      terms: next,
      fromRevision: 1,
      changed: ['contact'],
    }).after,
  );

const answers = (dossier: Dossier, who: string): string => {
  const [task] = tasksOf(dossier);
  const said = { kind: 'decisionMade', taskId: task?.id ?? '', outcome: 'approve' } as const;
  return tell(dossier, { ...head(user(who, 'sales')), ...said }).stands;
};

it('IN-9 V3 HT-12 a price that its salesperson may settle stays his to settle when he changes something else', () => {
  const before = taken(asks('review.price'));
  const after = revised(before, asks('review.price'), 'sam');
  expect(tasksOf(after).map(({ id }) => id)).toEqual(tasksOf(before).map(({ id }) => id));
  expect(answers(after, 'sam')).toBe('applied');
});

it('V3 HT-12 a level that takers may not decide is kept from who changed the order', () => {
  const after = revised(taken(asks('review.sales')), asks('review.sales'), 'sue');
  expect(answers(after, 'sue')).toBe('four_eyes');
  expect(answers(after, 'sam')).toBe('applied');
});

it('IN-9 V3 a level whose turn is with who changed the order passes on to the next, where takers may not decide it', () => {
  const apart = (of: Terms): Terms => {
    const row: TaskTerms = { ...taskTerms('review.price'), separateFrom: ['taker'] };
    return { ...of, tasks: { ...of.tasks, 'review.price': row } };
  };
  const after = revised(taken(apart(asks('review.price'))), apart(asks('review.price')), 'sam');
  const [task] = tasksOf(after);
  expect(task?.slots.map(({ state }) => state)).toEqual(['removed', 'open', 'open']);
});
