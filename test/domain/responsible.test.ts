import { orderAttributes } from '../../domain/inside/attributes';
import { openTasks } from '../../domain/inside/desk';
import type { Dossier } from '../../domain/inside/dossier';
import { explain } from '../../domain/inside/explain';
import { responsibleRoles } from '../../domain/inside/responsible';
import { orderStanding } from '../../domain/inside/standing';
import type { TaskTerms, Terms } from '../../domain/inside/terms';
import { terms } from '../builders';
import { head, opened, taken, tell, user } from './order-told';

const sue = user('sue', 'sales');

const reviewed = (but: Partial<TaskTerms> = {}, more: Partial<Terms> = {}): Dossier => {
  const base = terms(more);
  const row = { ...base.tasks['review.sales'], ...but };
  return taken({ ...base, tasks: { ...base.tasks, 'review.sales': row } });
};

const move = (dossier: Dossier, verb: 'transfer' | 'delegate' | 'add_before', to: string, by = sue): Dossier => {
  const taskId = openTasks(dossier)[0]?.id ?? '';
  return opened(tell(dossier, { ...head(by), kind: 'taskMoved', taskId, move: verb, to }).desk);
};

/** What lists, the Temporal UI and the explanation say of whom it waits for. */
const saidBy = (dossier: Dossier) => ({
  row: orderStanding(dossier).waitingFor,
  attribute: orderAttributes(dossier).WaitingFor,
  explained: explain(dossier).holders,
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
  const doubted = taken({ ...terms(), reviews: [{ level: 1, task: 'review.price', rule: 'price_doubt', saw: {} }] });
  expect(saidBy(doubted)).toEqual({ ...sales, persons: ['sam'] });
  // Whoever looks after the order by now: whose turn it was is still sales'.
  const [task] = openTasks(doubted);
  expect(task && responsibleRoles(task, doubted.terms)).toEqual(['sales']);
});

test.each([
  [{ of: 'salesperson', until: 'sales_director' }, ['sales', 'sales_director']],
  [{ of: 'salesperson' }, ['sales']],
] as const)(
  'RV-8 HT-1 a superior who is asked stands for the role up to which he is looked for: %j',
  (superior, to) => {
    expect(saidBy(reviewed({ superior }))).toMatchObject({ row: to, attribute: to, explained: to });
  },
);

test('RV-8 what was transferred and delegated again is the role’s that policy asked', () => {
  const transferred = move(reviewed(), 'transfer', 'sid');
  expect(saidBy(move(transferred, 'delegate', 'wu', user('sid', 'sales')))).toEqual({ ...sales, persons: ['wu'] });
});

test('RV-8 an order of an edition before keeps what it told the Temporal UI', () => {
  const moved = move(reviewed({}, { edition: 2 }), 'transfer', 'sid');
  expect(saidBy(moved)).toMatchObject({ row: [], attribute: null, explained: ['sales'], persons: ['sid'] });
});
