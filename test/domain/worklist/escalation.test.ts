import { handedTo, sinceHandedOn, widened, wouldDoNothing } from '../../../domain/inside/kernel/worklist/escalation';
import type { Role } from '../../../domain/inside/kernel/vocabulary';
import type { Slot, Task } from '../../../domain/inside/kernel/worklist/task';
import { review } from '../../filings';

const slot = (no: number, turn: number, role: Role, more: Partial<Slot> = {}): Slot => ({
  no,
  turn,
  candidates: [{ role }],
  state: 'open',
  ...more,
});
const asking = (...slots: readonly Slot[]): Task => ({ ...review, slots, signing: { needed: 1, onRejection: 'ends' } });
const inLine = (...slots: readonly Slot[]): Task => ({
  ...review,
  slots,
  signing: { needed: 1, onRejection: 'passes_on' },
});
const asked = (slots: Task['slots']) => slots.map(({ candidates, state }) => ({ candidates, state }));
const is = (...roles: readonly Role[]) => ({ candidates: roles.map((role) => ({ role })), state: 'open' });

describe('HT-9 a rung that lets others answer', () => {
  const task = asking(slot(1, 1, 'sales'), slot(2, 1, 'technical'), slot(3, 2, 'legal'));

  test('HT-9 escalates to the next authority beside whose turn it is, once, and leaves later turns alone', () => {
    expect(asked(widened(task, ['technical', 'director']))).toEqual([
      is('sales', 'technical', 'director'),
      is('technical', 'director'),
      is('legal'),
    ]);
  });

  test('HT-9 HT-6 what was delegated is widened for who gets it back, too', () => {
    const delegated = { by: 'sam', former: [{ role: 'sales' }] } as const;
    const [away] = widened(asking(slot(1, 1, 'quality', { delegated })), ['director']);
    expect(away?.candidates).toEqual([{ role: 'quality' }, { role: 'director' }]);
    expect(away?.delegated).toEqual({ by: 'sam', former: [{ role: 'sales' }, { role: 'director' }] });
  });

  test('HT-9 HT-6 takes over from whose turn it is, and nobody gets back what he had delegated', () => {
    const delegated = { by: 'sam', former: [{ role: 'sales' }] } as const;
    const handed = handedTo(asking(slot(1, 1, 'quality', { delegated }), slot(2, 2, 'legal')), ['director']);
    expect(asked(handed)).toEqual([is('director'), is('legal')]);
    expect(handed[0]?.delegated).toBeUndefined();
    expect(handed.map(({ no, turn }) => [no, turn])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });
});

describe('IN-9 a task that passes on from one to the next', () => {
  const task = inLine(slot(1, 1, 'sales'), slot(2, 2, 'customer_service_supervisor'), slot(3, 3, 'sales_director'));

  test('IN-9 passes over who was silent, up to the turn that the rung names', () => {
    const states = (to: readonly Role[]) => handedTo(task, to).map(({ state }) => state);
    expect(states(['customer_service_supervisor'])).toEqual(['removed', 'open', 'open']);
    expect(states(['sales_director'])).toEqual(['removed', 'removed', 'open']);
    expect(asked(handedTo(task, ['director']))).toEqual([
      is('director'),
      is('customer_service_supervisor'),
      is('sales_director'),
    ]);
  });

  test('IN-9 tells nobody that he has what he has, or has passed on', () => {
    const nothing = (to: Role, action: 'take_over' | 'escalate' = 'take_over', of: Task = task) =>
      wouldDoNothing(of, { do: action, to: [to] });
    expect([nothing('sales'), nothing('customer_service_supervisor'), nothing('director')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(nothing('sales', 'escalate')).toBe(false);
    const passed = { ...task, slots: handedTo(task, ['sales_director']) };
    expect(nothing('customer_service_supervisor', 'take_over', passed)).toBe(true);
    expect(nothing('sales', 'take_over', asking(slot(1, 1, 'sales')))).toBe(false);
  });
});

test('RV-8 since when a task is in whose hands changes with the hands, not with who may act beside them', () => {
  const before = asking(slot(1, 1, 'sales'));
  const at = '2026-11-24T02:00:00.000Z';
  const since = (after: Task) => sinceHandedOn(before, after, at).heldSince;
  expect(since({ ...before, slots: handedTo(before, ['director']) })).toBe(at);
  expect(since({ ...before, slots: [slot(1, 1, 'sales', { candidates: [{ user: 'sam' }] })] })).toBe(at);
  expect(since({ ...before, slots: widened(before, ['director']) })).toBe(before.heldSince);
  expect(since({ ...before, slots: handedTo(before, ['director']), state: 'void' })).toBe(before.heldSince);
});
