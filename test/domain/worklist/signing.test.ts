import type { UserActor } from '../../../domain/inside/kernel/actor';
import type { Role } from '../../../domain/inside/kernel/vocabulary';
import { isWithinLimits, slotFor } from '../../../domain/inside/kernel/worklist/authority';
import { judgeReassignment, reassigned } from '../../../domain/inside/kernel/worklist/reassignment';
import { sign, takeBack } from '../../../domain/inside/kernel/worklist/signing';
import { activeSlots, type Signing, type Slot, type Task } from '../../../domain/inside/kernel/worklist/task';
import type { Outcome, Reassignment } from '../../../domain/inside/kernel/worklist/terms';
import { review } from '../../filings';

const user = (userId: string, ...roles: Role[]): UserActor => ({ kind: 'user', userId, roles });
const at = '2026-11-23T02:00:00.000Z';

const slots = (turns: readonly number[], roles: readonly Role[]): readonly Slot[] =>
  turns.map((turn, index) => ({
    no: index + 1,
    turn,
    candidates: [{ role: roles[index] ?? 'sales' }],
    state: 'open',
  }));

const signedBy = (of: Task, by: UserActor, outcome: Outcome = 'approve', conditions?: readonly string[]): Task => {
  const slot = slotFor(of, by);
  if (typeof slot === 'string') throw new Error(slot);
  const factId = `${by.userId}-${outcome}`;
  return sign(of, slot.no, { outcome, by, at, factId, ...(conditions === undefined ? {} : { conditions }) });
};

const asking = (turns: readonly number[], signing: Signing, roles: readonly Role[] = []): Task => ({
  ...review,
  slots: slots(turns, roles),
  signing,
});

const ends = (needed: number): Signing => ({ needed, onRejection: 'ends' });
const passesOn: Signing = { needed: 1, onRejection: 'passes_on' };
const counts = (needed: number): Signing => ({ needed, onRejection: 'counts' });

describe('HT-3 how many signatures decide', () => {
  test('HT-3 an or-sign is decided by the first of several', () => {
    expect(signedBy(asking([1, 1, 1], ends(1)), user('a', 'sales')).state).toBe('decided');
  });

  test('HT-3 a co-sign waits for all, and RV-10 legal and finance sign side by side', () => {
    const both = asking([1, 1], ends(2), ['legal', 'finance']);
    const one = signedBy(both, user('l', 'legal'));
    expect(one.state).toBe('open');
    expect(slotFor(one, user('l2', 'legal'))).toBe('not_a_candidate');
    expect(signedBy(one, user('f', 'finance'))).toMatchObject({ state: 'decided', decision: { outcome: 'approve' } });
  });

  test('HT-3 a quorum of two of three asks no third', () => {
    const two = signedBy(signedBy(asking([1, 1, 1], counts(2)), user('a', 'sales')), user('b', 'sales'));
    expect(two.state).toBe('decided');
  });

  test('HT-3 one no ends it, or counts until enough approvals are out of reach, as policy says', () => {
    expect(signedBy(asking([1, 1, 1], ends(2)), user('a', 'sales'), 'reject').state).toBe('decided');
    const first = signedBy(asking([1, 1, 1], counts(2)), user('a', 'sales'), 'reject');
    expect(first.state).toBe('open');
    const second = signedBy(first, user('b', 'sales'), 'reject');
    expect(second).toMatchObject({ state: 'decided', decision: { outcome: 'reject', factId: 'b-reject' } });
  });

  test('IN-9 a no passes it on to the next in turn, the first yes settles it, and the last no is the answer', () => {
    const doubt = asking([1, 2, 3], passesOn, ['sales', 'customer_service_supervisor', 'sales_director']);
    expect(signedBy(doubt, user('s', 'sales')).state).toBe('decided');
    const passed = signedBy(doubt, user('s', 'sales'), 'reject');
    expect(passed.state).toBe('open');
    expect(slotFor(passed, user('d', 'sales_director'))).toBe('not_your_turn');
    const above = user('c', 'customer_service_supervisor');
    expect(signedBy(passed, above)).toMatchObject({ state: 'decided', decision: { outcome: 'approve' } });
    const last = signedBy(signedBy(passed, above, 'reject'), user('d', 'sales_director'), 'reject');
    expect(last).toMatchObject({ state: 'decided', decision: { outcome: 'reject', factId: 'd-reject' } });
  });

  test('IN-9 a return goes to the taker at once, whoever would be next', () => {
    const doubt = asking([1, 2], passesOn);
    expect(signedBy(doubt, user('s', 'sales'), 'return')).toMatchObject({
      state: 'decided',
      decision: { outcome: 'return' },
    });
    expect(signedBy(asking([1, 2], counts(1)), user('s', 'sales'), 'return').state).toBe('open');
  });

  test('HT-3 in sequence the next may sign only after the one before', () => {
    const inTurn = asking([1, 2], ends(2), ['legal', 'finance']);
    expect(slotFor(inTurn, user('f', 'finance'))).toBe('not_your_turn');
    const after = signedBy(inTurn, user('l', 'legal'));
    expect(slotFor(after, user('f', 'finance'))).toMatchObject({ no: 2 });
  });

  test('RV-5 conditions that any signer sets hold for the whole decision', () => {
    const one = signedBy(asking([1, 1], ends(2)), user('a', 'sales'), 'approve_with_conditions', ['guarantee']);
    expect(signedBy(one, user('b', 'sales')).decision).toMatchObject({
      outcome: 'approve_with_conditions',
      conditions: ['guarantee'],
    });
  });

  test('V3 nobody signs two slots of one task, for himself or for another', () => {
    const one = signedBy(asking([1, 1], ends(2)), user('a', 'sales'));
    expect(slotFor(one, user('a', 'sales'))).toBe('four_eyes');
    expect(slotFor(one, { ...user('b', 'sales'), onBehalfOf: 'a' })).toBe('four_eyes');
  });

  test('HT-5 a signature taken back leaves its slot open again', () => {
    const decided = signedBy(review, user('a', 'sales'));
    const open = takeBack(decided, 1);
    expect(open).toMatchObject({ state: 'open', slots: [{ state: 'open' }] });
    expect(open.decision).toBeUndefined();
    expect(signedBy(open, user('a', 'sales'), 'reject').decision?.outcome).toBe('reject');
  });
});

describe('HT-6 how a task moves', () => {
  const moved = (
    of: Task,
    what: {
      readonly how: Reassignment;
      readonly by: UserActor;
      readonly to?: string;
      readonly slot?: number;
      readonly reasonCode?: string;
    },
  ) => {
    const fact = { kind: 'taskReassigned' as const, id: 'm', at, taskId: of.id, ...what };
    const because = judgeReassignment(of, fact);
    return because ?? reassigned(of, fact);
  };
  const task = (result: Task | string): Task => {
    if (typeof result === 'string') throw new Error(result);
    return result;
  };
  const sales = user('a', 'sales');

  test('HT-6 transferred, it is the other one’s alone', () => {
    const his = task(moved(review, { how: 'transfer', by: sales, to: 'b' }));
    expect(slotFor(his, sales)).toBe('not_a_candidate');
    expect(signedBy(his, user('b', 'sales')).state).toBe('decided');
    // Whom policy would not have asked has not got the authority with the task (V4).
    expect(slotFor(his, user('b'))).toBe('not_a_candidate');
  });

  test('HT-6 delegated, another answers and it comes back to who holds it', () => {
    const given = task(moved(review, { how: 'delegate', by: sales, to: 'b' }));
    expect(slotFor(given, sales)).toBe('not_a_candidate');
    const back = signedBy(given, user('b'), 'approve');
    expect(back).toMatchObject({ state: 'open', slots: [{ advice: { outcome: 'approve' }, state: 'open' }] });
    expect(signedBy(back, sales, 'reject').decision?.outcome).toBe('reject');
  });

  test('HT-6 a delegate may give it back unanswered', () => {
    const given = task(moved(review, { how: 'delegate', by: sales, to: 'b' }));
    expect(slotFor(task(moved(given, { how: 'give_back', by: user('b') })), sales)).toMatchObject({ no: 1 });
  });

  test('HT-6 who delegated calls it back whenever he likes, and so does who stands in for him; nobody else', () => {
    const given = task(moved(review, { how: 'delegate', by: sales, to: 'b' }));
    expect(moved(given, { how: 'recall', by: user('b') })).toBe('not_a_candidate');
    expect(moved(given, { how: 'recall', by: user('x', 'sales', 'admin'), slot: 1 })).toBe('not_a_candidate');
    const back = task(moved(given, { how: 'recall', by: sales }));
    expect([slotFor(back, sales), slotFor(back, user('b'))]).toMatchObject([{ no: 1 }, 'not_a_candidate']);
    expect(back).toEqual(review);
    expect(moved(given, { how: 'recall', by: { ...user('s'), onBehalfOf: 'a' } })).toEqual(review);
    expect(moved(back, { how: 'recall', by: sales })).toBe('wrong_state');
    const advised = signedBy(given, user('b'));
    expect(moved(advised, { how: 'recall', by: sales })).toBe('wrong_state');
  });

  test('HT-6 who got it by a transfer calls back what he delegated; who transferred it has nothing to call back', () => {
    const his = task(moved(review, { how: 'transfer', by: sales, to: 'b' }));
    expect(moved(his, { how: 'recall', by: sales })).toBe('wrong_state');
    const given = task(moved(his, { how: 'delegate', by: user('b', 'sales'), to: 'c' }));
    expect(moved(given, { how: 'recall', by: sales })).toBe('not_a_candidate');
    expect(moved(given, { how: 'recall', by: user('b', 'sales') })).toEqual(his);
  });

  test.each([
    ['add_before', [['b'], ['a']]],
    ['add_beside', [['a', 'b']]],
    ['add_after', [['a'], ['b']]],
  ] as const)('HT-6 a signer added by %s acts in his turn, and must', (how, turns) => {
    let open = task(moved(review, { how, by: sales, to: 'b' }));
    for (const [index, names] of turns.entries()) {
      expect(activeSlots(open)).toHaveLength(names.length);
      for (const name of names) {
        expect(open.state).toBe('open');
        open = signedBy(open, name === 'a' ? sales : user('b'));
      }
      expect(open.state).toBe(index === turns.length - 1 ? 'decided' : 'open');
    }
  });

  test('HT-6 who was added and has not acted can be removed by who added him; policy’s own signers cannot', () => {
    const added = task(moved(review, { how: 'add_after', by: sales, to: 'b' }));
    expect(moved(added, { how: 'remove', by: user('x', 'sales'), slot: 2 })).toBe('not_a_candidate');
    expect(moved(added, { how: 'remove', by: sales, slot: 1 })).toBe('wrong_state');
    const without = task(moved(added, { how: 'remove', by: sales, slot: 2 }));
    expect(signedBy(without, sales).state).toBe('decided');
  });

  test('HT-10 it never moves to somebody whom four eyes keep out, and only who holds it moves it', () => {
    expect(moved(review, { how: 'transfer', by: sales, to: 'u-taker' })).toBe('four_eyes');
    expect(moved(review, { how: 'add_beside', by: sales, to: 'u-taker' })).toBe('four_eyes');
    expect(moved(review, { how: 'transfer', by: user('x', 'finance'), to: 'b' })).toBe('not_a_candidate');
    expect(moved(review, { how: 'transfer', by: sales })).toBe('target_required');
  });

  test('HT-6 with the last missing signer removed the quorum decides, whoever said no before', () => {
    const two = asking([1, 1], counts(1));
    const against = signedBy(two, user('n', 'sales'), 'reject');
    const added = task(moved(against, { how: 'add_after', by: user('a', 'sales'), to: 'b' }));
    const approved = signedBy(added, user('a', 'sales'));
    expect(approved.state).toBe('open');
    const done = task(moved(approved, { how: 'remove', by: user('a', 'sales'), slot: 3 }));
    expect(done).toMatchObject({ state: 'decided', decision: { outcome: 'approve' } });
  });

  test('HT-11 a limit binds approvals of amounts, not work that is about none', () => {
    const limited: UserActor = { ...user('a', 'sales'), actingAs: { limits: { amountFen: 100 } } };
    expect(isWithinLimits({ ...review, measures: { amountFen: 101 } }, limited)).toBe(false);
    expect(isWithinLimits(review, limited)).toBe(true);
  });

  test('HT-6 an admin needs a reason to move what is not his', () => {
    const admin = user('root', 'admin');
    expect(moved(review, { how: 'transfer', by: admin, slot: 1, to: 'c' })).toBe('reason_required');
  });

  test('HT-6 an admin moves what its holder cannot', () => {
    const his = task(moved(review, { how: 'transfer', by: sales, to: 'b' }));
    const back = task(moved(his, { how: 'transfer', by: user('root', 'admin'), slot: 1, to: 'c', reasonCode: 'ill' }));
    expect(signedBy(back, user('c', 'sales')).state).toBe('decided');
    // Nor does an admin hand on an authority that whom he names has not got (V4).
    expect(slotFor(back, user('c'))).toBe('not_a_candidate');
  });
});
