import type { ReviewLevel, Terms } from '../../domain/inside/intake/terms';
import type { UserActor } from '../../domain/inside/kernel/actor';
import type { Dossier } from '../../domain/inside/order';
import type { TaskKind } from '../../domain/inside/processes';
import { terms } from '../builders';
import { head, opened, taken, tasksOf, tell, told, user } from './order-told';

// Whom a review task keeps out (V3): what the worklist knows of this revision and what approvals kept from an earlier one say together.

const level = (no: number, task: TaskKind, fingerprint: string): ReviewLevel => ({
  level: no,
  task,
  rule: 'asked',
  evidence: {},
  fingerprint,
});

const asks = (inputs: string): Terms => ({
  ...terms(),
  reviews: [
    level(1, 'review.sales', 'always the same'),
    level(2, 'review.technical', inputs),
    level(3, 'review.management', inputs),
  ],
});

const answered = (dossier: Dossier, by: UserActor): Dossier =>
  told(dossier, {
    ...head(by),
    kind: 'decisionMade',
    taskId: tasksOf(dossier)[0]?.id ?? '',
    outcome: 'approve',
  });

const revised = (dossier: Dossier, next: Terms): Dossier => {
  const { revision } = dossier.intake;
  const body = { kind: 'orderRevised', terms: next, fromRevision: revision, changed: ['contact'] } as const;
  return opened(tell(dossier, { ...head(user('tina', 'sales')), ...body }).after);
};

const keptOut = (dossier: Dossier): readonly string[] =>
  tasksOf(dossier).flatMap(({ excluded }) => excluded.map(({ userId, because }) => `${userId} ${because}`));

const tina = 'tina took or last changed the order';

it('V3 who decided another level is named once, though the worklist and his approval both say so', () => {
  const first = answered(taken(asks('a')), user('sam', 'sales'));
  expect(keptOut(first)).toEqual([tina, 'sam decided review.sales']);
  const second = answered(first, user('tom', 'technical'));
  expect(keptOut(second)).toEqual([tina, 'sam decided review.sales', 'tom decided review.technical']);
});

it('V3 HT-12 who approved before a change that left his level standing is kept out of the levels after it all the same', () => {
  const both = answered(answered(taken(asks('a')), user('sam', 'sales')), user('tom', 'technical'));
  const changed = revised(both, asks('b'));
  expect(tasksOf(changed).map(({ kind }) => kind)).toEqual(['review.technical']);
  expect(keptOut(changed)).toEqual([tina, 'sam decided review.sales']);
  // An approval that the change swept away keeps nobody out.
  expect(keptOut(answered(changed, user('tess', 'technical')))).toEqual(
    expect.arrayContaining([tina, 'sam decided review.sales', 'tess decided review.technical']),
  );
});

it('V3 everybody who signed a level is kept out of the others, each once', () => {
  const signing = { slots: [['sales'], ['sales']], needed: 2, inSequence: false, onRejection: 'ends' } as const;
  const of = asks('a');
  const row = of.tasks['review.sales'];
  const two: Terms = { ...of, tasks: { ...of.tasks, 'review.sales': { ...row, signing } } as Terms['tasks'] };
  const whole = answered(answered(taken(two), user('sam', 'sales')), user('sue', 'sales'));
  expect(keptOut(whole).toSorted()).toEqual(['sam decided review.sales', 'sue decided review.sales', tina]);
});
