import type { Dossier } from '../../../domain/inside/order';
import { orderAttributes } from '../../../domain/inside/order-attributes';
import { orderSummary } from '../../../domain/inside/order-summary';
import { explain } from '../../../domain/inside/explain';
import { explainInMarkdown } from '../../../domain/inside/explain-in-markdown';
import type { Terms } from '../../../domain/inside/intake/terms';
import { responsibleRoles } from '../../../domain/inside/kernel/worklist/responsible';
import type { TaskTerms } from '../../../domain/inside/kernel/worklist/terms';
import { taskTerms, terms } from '../../builders';
import { head, opened, taken, tasksOf, tell, user } from '../order-told';

const sue = user('sue', 'sales');

const reviewed = (but: Partial<TaskTerms> = {}, more: Partial<Terms> = {}): Dossier => {
  const base = terms(more);
  const row = { ...taskTerms('review.sales'), ...but };
  return taken({ ...base, tasks: { ...base.tasks, 'review.sales': row } });
};

const move = (dossier: Dossier, verb: 'transfer' | 'delegate' | 'add_before', to: string, by = sue): Dossier => {
  const taskId = tasksOf(dossier)[0]?.id ?? '';
  return opened(tell(dossier, { ...head(by), kind: 'taskReassigned', taskId, how: verb, to }).after);
};

/** What lists, the Temporal UI and the explanation say of whom it waits for. */
const saidBy = (dossier: Dossier) => ({
  row: orderSummary(dossier).waitingFor,
  attribute: orderAttributes(dossier).WaitingFor,
  explained: explain(dossier).waitingFor,
  persons: explain(dossier).persons,
});

const sales = { row: ['sales'], attribute: ['sales'], explained: ['sales'] };

test.each(['transfer', 'delegate', 'add_before'] as const)(
  'RV-8 HT-17 what one person holds is still found by the role that policy asked: %s',
  (verb) => {
    expect(saidBy(reviewed())).toEqual({ ...sales, persons: [] });
    expect(saidBy(move(reviewed(), verb, 'sid'))).toEqual({ ...sales, persons: ['sid'] });
  },
);

test('RV-8 the salesperson’s own turn is found by sales, with his name beside it', () => {
  const doubted = taken({
    ...terms(),
    reviews: [{ level: 1, task: 'review.price', rule: 'price_doubt', evidence: {} }],
  });
  expect(saidBy(doubted)).toEqual({ ...sales, persons: ['sam'] });
  // Whoever looks after the order by now: whose turn it was is still sales'.
  const [task] = tasksOf(doubted);
  expect(task && responsibleRoles(task, doubted.intake.terms)).toEqual(['sales']);
});

test.each([
  [{ of: 'salesperson', until: 'sales_director' }, ['sales', 'sales_director']],
  [{ of: 'salesperson' }, ['sales']],
] as const)(
  'RV-8 HT-1 a superior who is asked stands for the role up to which he is looked for: %j',
  (superior, to) => {
    const asked = reviewed({ superior });
    expect(saidBy(asked)).toEqual({ row: to, attribute: to, explained: to, persons: [] });
    expect(explain(asked).waiting[0]?.responsible).toEqual(to);
    expect(explainInMarkdown(explain(asked), 480)).toContain('the superior of sam');
  },
);

test('RV-8 what was transferred and delegated again is the role’s that policy asked', () => {
  const transferred = move(reviewed(), 'transfer', 'sid');
  expect(saidBy(move(transferred, 'delegate', 'wu', user('sid', 'sales')))).toEqual({ ...sales, persons: ['wu'] });
});

test('RV-8 EX-1 who was given a task has it since then', () => {
  const dossier = reviewed();
  const later = { ...head(sue), at: '2026-11-24T02:00:00.000Z' };
  const moved = { kind: 'taskReassigned', taskId: tasksOf(dossier)[0]?.id ?? '', how: 'transfer', to: 'sid' } as const;
  expect(explain(tell(dossier, { ...later, ...moved }).after).waiting[0]?.since).toBe(later.at);
});

test('RV-8 of several who are asked in turn, those whose turn it is answer', () => {
  const signing = { slots: [['sales'], ['technical']], needed: 2, inSequence: true, onRejection: 'ends' } as const;
  const inTurn = reviewed({ signing, roles: ['sales', 'technical'] });
  expect(saidBy(inTurn)).toEqual({ ...sales, persons: [] });
  const signed = { kind: 'decisionMade', taskId: tasksOf(inTurn)[0]?.id ?? '', outcome: 'approve' } as const;
  const next = opened(tell(inTurn, { ...head(sue), ...signed }).after);
  expect(saidBy(next)).toMatchObject({ row: ['technical'], attribute: ['technical'], explained: ['technical'] });
});

test('RV-8 what a person has of a task whose roles another table names is those roles’, not its row’s', () => {
  const held = opened(tell(reviewed(), { ...head(sue), kind: 'holdPlaced', reason: 'forced' }).after);
  const release = tasksOf(held).find(({ kind }) => kind === 'hold.lift');
  expect(held.intake.terms.tasks['hold.lift']?.roles).toEqual(['finance_lead']);
  const dan = user('dan', 'sales_director');
  const moved = { kind: 'taskReassigned', taskId: release?.id ?? '', how: 'add_before', to: 'dora' } as const;
  const given = opened(tell(held, { ...head(dan), ...moved }).after);
  const task = tasksOf(given).find(({ kind }) => kind === 'hold.lift');
  expect(task && responsibleRoles(task, given.intake.terms)).toEqual(['sales_director']);
});
