import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EveryFact } from '../../../domain/inside/every-fact';
import { oneSlot, type Task } from '../../../domain/inside/kernel/worklist/task';
import { noticeTexts } from '../../../domain/outside/notices/texts';
import { rowsOf } from '../../../domain/outside/filing/rows-of';
import { approved, batch, head, monday, review, sales } from '../../filings';

const no = '20261123-0001';

test('S3 rows say which batch they are and follow the facts', () => {
  const rows = rowsOf(
    batch({
      firstSeq: 4,
      facts: [
        { ...head('m1'), kind: 'stockFreed' },
        {
          ...head('m2'),
          kind: 'creditReserved',
          revision: 1,
          about: 'r1',
          exposureFen: 0,
          customer: { suspended: false, holds: [] },
        },
      ],
    }),
  );
  expect(rows).toMatchObject({ workflowId: `order-${no}`, firstSeq: 4, lastSeq: 5 });
  expect(rows.facts.map(({ seq, kind }) => [seq, kind])).toEqual([
    [4, 'stockFreed'],
    [5, 'creditReserved'],
  ]);
});

test('S3 a fact can be read back from its row', () => {
  const fact = {
    ...head('m1', sales),
    kind: 'contactLogged',
    answered: true,
    happenedAt: '2026-11-20T01:00:00.000Z',
  } as const;
  const [row] = rowsOf(batch({ facts: [fact] })).facts;
  expect(row).toMatchObject({ actor: 'u-sales', at: monday, happenedAt: fact.happenedAt });
  const { id, kind, at, happenedAt, body } = row ?? {};
  expect({ ...body, id, kind, at, happenedAt }).toEqual(fact);
});

test('X2 an ignored echo of a fact adds no row and no answer', () => {
  const fact = { ...head('m1', sales), kind: 'contactLogged', answered: true } as const;
  const rows = rowsOf(batch({ facts: [fact, { fact, filed: 'ignored', because: 'duplicate' }] }));
  expect(rows.facts).toHaveLength(1);
  expect(rows.answers).toEqual([{ id: 'm1', state: 'applied', because: null }]);
  expect(rows.lastSeq).toBe(2);
});

test('S1 an ignored fact has no consequence beside its own row', () => {
  const fact = { ...head('m1', sales), kind: 'paymentReceived', paymentId: 'p', amountFen: 1, method: 'bank' } as const;
  const rows = rowsOf(batch({ facts: [{ fact, filed: 'ignored', because: 'order_ended' }] }));
  expect(rows).toMatchObject({ payments: [], notices: [], charges: [], history: [] });
});

test('HT-7 a decision on behalf of another names both', () => {
  const by = { ...sales, onBehalfOf: 'u-boss' };
  const task = approved(review, 'm1');
  const [row] = rowsOf(
    batch({ tasks: [{ ...task, ...(task.decision && { decision: { ...task.decision, by } }) }] }),
  ).tasks;
  expect(row).toMatchObject({
    state: 'decided',
    decidedBy: 'u-sales',
    onBehalfOf: 'u-boss',
    decidedAt: monday,
    closedAt: monday,
  });
});

test('V6 a task made void was closed by the end of the batch', () => {
  const rows = rowsOf(batch({ facts: [{ ...head('m1'), kind: 'stockFreed' }], tasks: [{ ...review, state: 'void' }] }));
  expect(rows.tasks).toMatchObject([{ state: 'void', outcome: null, closedAt: monday }]);
  expect(rows.history).toMatchObject([{ id: `${review.id}:voided`, kind: 'voided' }]);
});

test('GV-4 a notice has its cause and template as key, so that it is never told twice', () => {
  const rung = {
    ...head('r1'),
    kind: 'rungReached',
    of: 'deposit',
    rung: 0,
    do: 'remind',
    to: [],
    notice: 'deposit.reminder',
  } as const;
  expect(rowsOf(batch({ facts: [rung] })).notices).toEqual([
    { key: 'r1:deposit.reminder', template: 'deposit.reminder', to: ['customer'], detail: { of: 'deposit', rung: 0 } },
  ]);
});

test('HT-9 a rung that only lapses a wait tells nobody unless policy names a notice', () => {
  const rung = { ...head('r1'), kind: 'rungReached', of: 'deposit', rung: 2, do: 'lapse', to: [] } as const;
  expect(rowsOf(batch({ facts: [rung] })).notices).toEqual([]);
  expect(rowsOf(batch({ facts: [{ ...rung, notice: 'deposit.lapsed' }] })).notices).toHaveLength(1);
});

test.each([
  ['RV-6', { kind: 'orderEnded', as: 'rejected', reasonCode: 'scope' }, 'orderEnded.rejected'],
  ['CF-1', { kind: 'confirmationSent', revision: 1, offeredOn: '2026-12-01' }, 'confirmationSent'],
  [
    'BL-1',
    { kind: 'chargeRaised', chargeNo: 'A', purpose: 'balance', netFen: 5, taxFen: 0, dueAt: monday },
    'chargeRaised.balance',
  ],
  [
    'ST-1',
    { kind: 'chargeRaised', chargeNo: 'B', purpose: 'bill', netFen: 100, taxFen: 13, dueAt: monday },
    'chargeRaised.bill',
  ],
  ['SH-4', { kind: 'shipmentMoved', shipmentNo: 'S', to: 'shipped_out' }, 'shipmentMoved.shipped_out'],
  ['SH-5', { kind: 'carrierEventReceived', event: 'delayed' }, 'carrierEventReceived.delayed'],
  ['PR-1', { kind: 'troubleReported', cause: 'material', newOfferedOn: '2026-12-09' }, 'troubleReported'],
] as const)('%s the customer is told: %o', (_id, fact, template) => {
  const { notices } = rowsOf(batch({ facts: [{ ...head('f'), ...fact }] }));
  expect(notices).toMatchObject([{ key: `f:${template}`, template }]);
  expect(notices[0]?.to).toContain('customer');
  expect(Object.keys(noticeTexts)).toContain(template);
});

test('HT-9 a reminder that names nobody goes to who holds the task', () => {
  const rung = { ...head('r1'), kind: 'rungReached', of: review.id, rung: 0, do: 'remind', to: [] } as const;
  const opened = { ...head('o1'), kind: 'taskOpened', task: review } as const;
  expect(
    rowsOf(
      batch({ facts: [opened, rung], tasks: [{ ...review, ...oneSlot([{ role: 'sales' }, { user: 'u-sales' }]) }] }),
    ).notices,
  ).toMatchObject([{ template: 'taskOpened' }, { template: 'rung.remind', to: ['sales', 'u-sales'] }]);
  // Opened by an earlier batch: the statement looks them up.
  expect(rowsOf(batch({ facts: [rung] })).notices).toMatchObject([{ to: [], detail: { of: review.id } }]);
});

describe('GV-4 who is told of a task', () => {
  const told = (facts: readonly EveryFact[], tasks: readonly Task[] = []) => rowsOf(batch({ facts, tasks })).notices;
  const signed = { ...head('m1', sales), kind: 'decisionMade', taskId: review.id, outcome: 'approve' } as const;

  test('HT-1 those whom it asks, when it opens', () => {
    expect(told([{ ...head('o1'), kind: 'taskOpened', task: review }])).toEqual([
      { key: 'o1:taskOpened', template: 'taskOpened', to: ['sales'], detail: { of: review.id } },
    ]);
  });

  test('HT-6 to whom it was handed; of a signer who was taken away nobody', () => {
    const moved = { ...head('v1', sales), kind: 'taskReassigned', taskId: review.id } as const;
    expect(told([{ ...moved, how: 'transfer', to: 'u-li' }])).toMatchObject([{ to: ['u-li'] }]);
    expect(told([{ ...moved, how: 'give_back' }])).toMatchObject([{ template: 'taskReassigned', to: [] }]);
    expect(told([{ ...moved, how: 'remove', slot: 2 }])).toEqual([]);
  });

  test('HT-3 the next turn, when the last signature of a turn is there', () => {
    const slot = { candidates: [{ role: 'legal' }], state: 'open' } as const;
    const one = { ...slot, no: 1, turn: 1 };
    const signature = { outcome: 'approve', by: sales, at: monday, factId: 'm1' } as const;
    const first = { ...one, state: 'signed', signature } as const;
    const [beside, next] = [
      { ...slot, no: 2, turn: 1 },
      { ...slot, no: 3, turn: 2 },
    ];
    expect(told([signed], [{ ...review, slots: [first, beside, next] }])).toEqual([]);
    expect(told([signed], [{ ...review, slots: [first, beside] }])).toEqual([]);
    expect(told([signed], [{ ...review, slots: [first, next] }])).toMatchObject([{ template: 'turnCame', to: [] }]);
  });

  test('HT-9 taker and salesperson: of a question, of every no, and of a yes to what they asked for', () => {
    const decided = (changes: object, task: Partial<Task> = {}) =>
      told([{ ...signed, ...changes }], [{ ...approved(review, 'm1'), ...task }]);
    const said = { template: 'taskDecided', to: ['salesperson', 'taker'] };
    expect(told([{ ...signed, outcome: 'ask' }])).toMatchObject([said]);
    expect(decided({ outcome: 'return', reasonCode: 'price' })).toMatchObject([
      { ...said, detail: { of: review.id, outcome: 'return', reasonCode: 'price', by: 'u-sales' } },
    ]);
    expect(decided({})).toEqual([]);
    expect(decided({}, { kind: 'release.balance' })).toMatchObject([said]);
  });

  test('HT-5 a decision that was undone: who was told of it, and who is asked anew while it is open', () => {
    const undo = { ...head('w1', sales), kind: 'decisionWithdrawn', taskId: review.id, reasonCode: 'hasty' } as const;
    const said = { template: 'decisionWithdrawn', detail: { of: review.id, reasonCode: 'hasty', by: 'u-sales' } };
    const open = { ...review, ...oneSlot([{ role: 'sales' }, { user: 'u-li' }]) };
    expect(told([undo], [open])).toMatchObject([{ ...said, to: ['salesperson', 'taker', 'sales', 'u-li'] }]);
    expect(told([undo], [{ ...open, state: 'void' }])).toMatchObject([{ ...said, to: ['salesperson', 'taker'] }]);
    // A batch without the task has undone nothing.
    expect(told([undo])).toEqual([]);
  });

  test('GV-4 every notice that a policy of the product names has a text in both languages', () => {
    const names = ['default', 'demo', 'northwind'].flatMap((policy) =>
      [
        ...readFileSync(join(__dirname, `../../../config/policies/${policy}.json`), 'utf8').matchAll(
          /"notice": "([^"]+)"/g,
        ),
      ].map(([, name = '']) => name),
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !Object.hasOwn(noticeTexts, name))).toEqual([]);
  });
});
