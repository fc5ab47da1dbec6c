import { calledFor } from '../../../domain/inside/kernel/worklist/called-for';
import type { Required } from '../../../domain/inside/kernel/worklist/required';
import type { Opening, Requirement } from '../../../domain/inside/kernel/worklist/requirement';
import { rolesWith } from '../../../domain/inside/kernel/worklist/responsible';
import { oneSlot, type Task } from '../../../domain/inside/kernel/worklist/task';
import type { Worklist } from '../../../domain/inside/kernel/worklist/worklist';
import { order } from '../../../domain/inside/order';
import { taskTerms, terms } from '../../builders';
import { review } from '../../filings';
import { copyOf, foldedOtherwise } from '../../folded-twice';
import { head, user } from '../order-told';

// A worklist that agreed with what was called for is looked through again only where something is another since. Whatever differs,
// the answer is that about a copy, of which nothing is known.

const fact = { ...head(), kind: 'contactLogged' };
const opening: Opening = { revision: 1, takers: [], terms: terms() };
const asked = { what: 'task', kind: 'hold.lift', about: 'h1', boundTo: 'h1 1', rule: 'held', evidence: {} } as const;
const running = {
  what: 'clock',
  name: 'dispatch',
  boundTo: 'r1',
  roles: [],
  ladder: [],
  rule: '',
  evidence: {},
} as const;
const level = { what: 'task', kind: 'review.sales', level: 1, rule: 'reviewed', evidence: {} } as const;
const required: Required = [[asked, level], [running]];

const { slots: ofLegal } = oneSlot([{ role: 'legal' }]);
/** Somebody was asked by name: the roles of such a task are those of its kind. */
const ofLi = oneSlot([{ user: 'li' }]).slots.map((slot) => ({ ...slot, addedBy: 'lou' }));
const held: Task = {
  ...review,
  slots: ofLi,
  id: '1/1',
  kind: 'hold.lift',
  about: 'h1',
  boundTo: 'h1 1',
};
const reviewed: Task = { ...review, id: '1/2', level: 1 };
const done: Task = {
  ...review,
  id: '1/3',
  state: 'decided',
  decision: { outcome: 'approve', by: user('sue', 'sales'), at: fact.at, factId: 'f' },
};
const worklist: Worklist = {
  tasks: [held, reviewed, done],
  clocks: {
    dispatch: { name: 'dispatch', boundTo: 'r1', roles: [], clock: { startedAt: fact.at, rungs: [], rung: 0 } },
  },
};

/** The worklist after a fact that changed nothing of it, and after one that changed one task. */
function after(list: Worklist, now: Required, how: Opening): readonly Worklist[] {
  const asks = { ...list, tasks: list.tasks.with(1, { ...reviewed, pausedAt: fact.at }) };
  return [list, asks].map((changed) => calledFor(changed, now, { former: list, fact, opening: how }));
}

const instead = (one: Partial<Requirement>): Required => [[{ ...asked, ...one } as Requirement, level], [running]];

test.each<readonly [string, Required, Opening]>([
  ['nothing', required, opening],
  ['the kind of a task', instead({ kind: 'bill.review' }), opening],
  ['what a task is about', instead({ about: 'h2' }), opening],
  ['the state of things that a task asks about', instead({ boundTo: 'h1 2' }), opening],
  ['a level', [[asked, { ...level, level: 2 }], [running]], opening],
  ['the name of a clock', [[asked, level], [{ ...running, name: 'balance' }]], opening],
  ['the state of things that a clock runs on', [[asked, level], [{ ...running, boundTo: 'r2' }]], opening],
  ['a task is called for no more', [[level], [running]], opening],
  ['no list is left', [], opening],
  ['the revision', required, { ...opening, revision: 2 }],
  ['what counts of what was decided', required, { ...opening, stillCounts: () => false }],
])('S5 X8 a worklist that agreed follows when this is another: %s', (_what, now, how) => {
  expect(calledFor(worklist, required, { former: worklist, fact, opening })).toBe(worklist);
  expect(after(worklist, now, how)).toEqual(after(copyOf(worklist), now, how));
  const isAnother = now !== required || how !== opening;
  expect(after(worklist, now, how)[0] === worklist).toBe(!isAnother);
});

test.each<readonly [string, Worklist]>([
  ['is over', { ...worklist, tasks: worklist.tasks.with(0, { ...held, state: 'void' }) }],
  ['went to others', { ...worklist, tasks: worklist.tasks.with(0, { ...held, slots: ofLegal }) }],
  ['is of another kind', { ...worklist, tasks: worklist.tasks.with(0, { ...held, kind: 'refund.pay' }) }],
  ['came', { ...worklist, tasks: [...worklist.tasks, { ...held, id: '1/4', slots: ofLegal }] }],
  ['is not there', { ...worklist, tasks: [held] }],
])('S5 RV-8 X8 who has to act follows when a task %s', (_what, now) => {
  const rolesOf = (former: Worklist, list: Worklist, of = opening.terms) => rolesWith(list, { former, terms: of });
  const { tasks } = opening.terms;
  const others = { ...opening.terms, tasks: { ...tasks, 'hold.lift': taskTerms('bill.review') } };
  expect(rolesOf(worklist, worklist)).toEqual(['finance_lead', 'sales']);
  expect(rolesOf(worklist, now)).toEqual(rolesOf(copyOf(now), copyOf(now)));
  expect(rolesOf(worklist, worklist, others)).toEqual(['finance', 'sales']);
});

test('HT-12 V2 X8 an order that is held and changed is folded the same with nothing remembered', () => {
  const fingerprinted = (offeredOn: string) => {
    const [row] = terms().reviews;
    return terms({ offeredOn, reviews: row === undefined ? [] : [{ ...row, fingerprint: 'same' }] });
  };
  const lou = user('lou', 'sales_director');
  const sam = user('sam', 'sales');
  const revised = (n: number) => ({ ...head(sam), kind: 'orderRevised', fromRevision: n, changed: ['wishedOn'] });
  const opens = (id: string, kind: string, task: Partial<Task>) => ({
    ...head(),
    kind: 'taskOpened',
    task: { ...review, id, kind, ...task },
  });
  const ofLevel = { level: 1, boundTo: 'same, round 0' };
  expect(
    foldedOtherwise(order, '1', [
      { ...head(), kind: 'orderAccepted', takenBy: 'tina', terms: fingerprinted('2026-12-10') },
      opens('1/1', 'review.sales', ofLevel),
      { ...head(lou), id: 'hold-1', kind: 'holdPlaced', reason: 'forced' },
      opens('1/2', 'hold.lift', { about: 'hold-1', boundTo: 'hold-1 3' }),
      { ...head(sam), kind: 'decisionMade', taskId: '1/1', outcome: 'ask' },
      { ...revised(1), terms: fingerprinted('2026-12-11') },
      { ...head(sam), kind: 'decisionMade', taskId: '1/1', outcome: 'ask' },
      { ...head(lou), kind: 'decisionMade', taskId: '1/2', outcome: 'approve' },
      { ...head(sam), kind: 'decisionMade', taskId: '1/1', outcome: 'approve' },
      { ...revised(2), terms: fingerprinted('2026-12-12') },
    ]),
  ).toEqual([]);
});
