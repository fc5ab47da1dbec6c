import type { Terms } from '../../../domain/inside/intake/terms';
import type { UserActor } from '../../../domain/inside/kernel/actor';
import { activeSlots, type Slot } from '../../../domain/inside/kernel/worklist/task';
import type { Outcome } from '../../../domain/inside/kernel/worklist/terms';
import type { Dossier } from '../../../domain/inside/order';
import { terms } from '../../builders';
import { head, opened, taken, tasksOf, tell, user } from '../order-told';

const [sam, cleo] = [user('sam', 'sales'), user('cleo', 'customer_service_supervisor')];
const [lara, fred] = [user('lara', 'legal'), user('fred', 'finance')];
const of = (task: 'review.price' | 'review.contract'): Terms => ({
  ...terms(),
  reviews: [{ level: 1, task, rule: 'asked', evidence: {} }],
});

const says = (dossier: Dossier, by: UserActor, outcome: Outcome) => {
  const [task] = tasksOf(dossier);
  const said = { kind: 'decisionMade', taskId: task?.id ?? '', outcome, reasonCode: 'other' } as const;
  return opened(tell(dossier, { ...head(by), ...said }).after);
};
const takesBack = (dossier: Dossier, by: UserActor) =>
  tell(dossier, { ...head(by), kind: 'decisionWithdrawn', taskId: '1/1', reasonCode: 'hasty' });
const asked = (dossier: Dossier): readonly Slot['no'][] =>
  tasksOf(dossier).flatMap((task) => activeSlots(task).map(({ no }) => no));

test('HT-5 S5 who said no to a price that was settled after him has nothing to take back; who settled it has', () => {
  const settled = says(says(taken(of('review.price')), sam, 'reject'), cleo, 'approve');
  expect(takesBack(settled, sam).stands).toBe('too_late');
  const { after, stands } = takesBack(settled, cleo);
  expect([stands, asked(after)]).toEqual(['applied', [2]]);
});

test('HT-5 S5 who approved what another sent back has nothing to take back; who sent it back has', () => {
  const returned = says(says(taken(of('review.contract')), lara, 'approve'), fred, 'return');
  expect(returned.status).toBe('returned');
  expect(takesBack(returned, lara).stands).toBe('too_late');
  const { after, stands } = takesBack(returned, fred);
  expect([stands, asked(after)]).toEqual(['applied', [2]]);
});
