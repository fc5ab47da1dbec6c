import type { Dossier } from '../../domain/inside/order';
import { explain } from '../../domain/inside/explain';
import { explainInMarkdown } from '../../domain/inside/explain-in-markdown';
import type { Terms } from '../../domain/inside/intake/terms';
import type { Waiting } from '../../domain/inside/kernel/explain';
import type { TaskTerms } from '../../domain/inside/kernel/worklist/terms';
import { taskTerms, terms } from '../builders';
import { head, opened, taken, tasksOf, tell, user } from './order-told';

const sue = user('sue', 'sales');

const reviewed = (but: Partial<TaskTerms> = {}, more: Partial<Terms> = {}): Dossier => {
  const base = terms(more);
  const row = { ...taskTerms('review.sales'), ...but };
  return taken({ ...base, tasks: { ...base.tasks, 'review.sales': row } });
};

const taskIdOf = (dossier: Dossier): string => tasksOf(dossier)[0]?.id ?? '';
const taskRow = (dossier: Dossier): Waiting | undefined =>
  explain(dossier).waiting.find(({ taskId }) => taskId === taskIdOf(dossier));
/** The line of the open task in the Temporal UI. */
const taskLine = (dossier: Dossier): string =>
  explainInMarkdown(explain(dossier), 480)
    .split('\n')
    .find((line) => line.includes(`\`${taskIdOf(dossier)}\``)) ?? '';
const decide = (dossier: Dossier, by = sue, outcome: 'approve' | 'ask' = 'approve'): Dossier =>
  tell(dossier, { ...head(by), kind: 'decisionMade', taskId: taskIdOf(dossier), outcome }).after;

const threeDirectors: Partial<TaskTerms> = {
  roles: ['director'],
  fallback: ['general_manager'],
  signing: {
    needed: 3,
    slots: [['director'], ['director'], ['director']],
    inSequence: false,
    onRejection: 'ends',
  },
};

test('EX-1 HT-3 a co-sign says how many have to sign, who has, how and when, and who may where nobody is left', () => {
  const two = decide(decide(reviewed(threeDirectors), user('dora', 'director')), user('dirk', 'director'));
  const at = '2026-11-23T02:00:00.000Z';
  expect(taskRow(two)).toMatchObject({
    needed: 3,
    signed: [
      { userId: 'dora', onBehalfOf: null, outcome: 'approve', at },
      { userId: 'dirk', onBehalfOf: null, outcome: 'approve', at },
    ],
    fallback: ['general_manager'],
  });
  const signed = 'signed 2 of 3: dora (approve, 2026-11-23 10:00 +08:00), dirk (approve, 2026-11-23 10:00 +08:00)';
  expect(taskLine(two)).toContain(signed);
  expect(taskLine(two)).toContain('if nobody of them is there: 总经理 general manager');
});

test('EX-1 HT-6 a signer who was added is needed beside those whom policy asks', () => {
  const before = reviewed();
  expect(taskRow(before)).toMatchObject({ needed: 1, signed: [] });
  expect(taskLine(before)).not.toContain('signed');
  const added = { kind: 'taskReassigned', taskId: taskIdOf(before), how: 'add_beside', to: 'sid' } as const;
  const both = opened(tell(before, { ...head(sue), ...added }).after);
  expect(taskRow(both)).toMatchObject({ needed: 2, signed: [] });
  expect(taskLine(both)).toContain('signed 0 of 2');
});

test('EX-1 RV-8 the Temporal UI says apart who answers for a task and who may act', () => {
  const before = reviewed();
  expect(taskLine(before)).toContain('with 销售 sales ·');
  expect(taskLine(before)).not.toContain('may act');
  const moved = { kind: 'taskReassigned', taskId: taskIdOf(before), how: 'transfer', to: 'sid' } as const;
  const transferred = opened(tell(before, { ...head(sue), ...moved }).after);
  expect(taskRow(transferred)).toMatchObject({ responsible: ['sales'], roles: [], users: ['sid'] });
  expect(taskLine(transferred)).toContain('with 销售 sales · may act: sid ·');
});

test('EX-1 RV-5 a hold that a paper lifts says which paper, and who files it', () => {
  const row = { gates: ['produce'], releasedBy: ['sales_director'], liftsWhen: 'filed', isCondition: true } as const;
  const held = (holds: Terms['holds']): Dossier =>
    opened(
      tell(reviewed({}, { holds }), { ...head(user('lara', 'legal')), kind: 'holdPlaced', reason: 'recipe' }).after,
    );
  const named = held({ recipe: { ...row, filedBy: ['technical', 'sales'] } });
  expect(explain(named).holds).toMatchObject([{ paper: { purpose: 'recipe', filedBy: ['technical', 'sales'] } }]);
  expect(explainInMarkdown(explain(named), 480)).toContain(
    'or by itself: the paper recipe is filed by 技术 technical, 销售 sales',
  );
  // Whose paper it is policy does not say: theirs who may lift it.
  const others = held({ recipe: row });
  expect(explain(others).holds).toMatchObject([{ paper: { purpose: 'recipe', filedBy: ['sales_director'] } }]);
  const { liftsWhen: _none, ...byHand } = row;
  expect(explain(held({ recipe: byHand })).holds).toMatchObject([{ paper: null }]);
});

test('EX-1 RV-6 an open task says that a question was asked and by whom, until who asked it answers the task', () => {
  const outcomes = ['approve', 'return', 'reject', 'ask'] as const;
  const before = reviewed({ ...threeDirectors, outcomes });
  expect(taskRow(before)).toMatchObject({ questions: [] });
  const dora = user('dora', 'director');
  const dirk = user('dirk', 'director');
  const both = decide(decide(decide(before, dora, 'ask'), dirk, 'ask'), dora, 'ask');
  const at = '2026-11-23T02:00:00.000Z';
  const asks = (by: string) => ({ by, onBehalfOf: null, at });
  expect(taskRow(both)).toMatchObject({ questions: [asks('dirk'), asks('dora')] });
  expect(taskLine(both)).toContain('提问 question by dirk at 2026-11-23 10:00 +08:00 · 提问 question by dora at');
  expect(taskRow(decide(both, dora))).toMatchObject({ questions: [asks('dirk')] });
  expect(taskRow(decide(decide(both, dora), dirk))).toMatchObject({ questions: [] });
});
