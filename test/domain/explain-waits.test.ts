import type { CustomerSeen, Terms } from '../../domain/inside/intake/terms';
import type { Actor } from '../../domain/inside/kernel/actor';
import type { AnyBody } from '../../domain/inside/kernel/fact';
import type { Dossier } from '../../domain/inside/order';
import { orderSummary } from '../../domain/inside/order-summary';
import { approvalsKey } from '../../domain/inside/review/review';
import { offeredOn } from '../../domain/inside/confirmation/confirmation';
import { answerOf, customerOf } from '../../domain/inside/credit/credit';
import { explain } from '../../domain/inside/explain';
import { explainInMarkdown } from '../../domain/inside/explain-in-markdown';
import type { Waiting } from '../../domain/inside/kernel/explain';
import { dueRung } from '../../domain/inside/kernel/worklist/due-rung';
import { reviewTasks } from '../../domain/outside/policy/policy';
import { days, gradeA, hours, rung, taskTerms, terms } from '../builders';
import { head, opened, reserved, taken, tasksOf, tell, told as toldFacts, user } from './order-told';

const sue = user('sue', 'sales');
const tess = user('tess', 'technical');

type Said = AnyBody & Readonly<Record<string, unknown>>;

/** Something is said to it, by somebody of the office where nobody else is named. */
const told = (dossier: Dossier, said: Said, by: Actor = user('uma', 'admin')): Dossier =>
  toldFacts(dossier, { ...head(by), ...said });

/** It notes something itself. */
const noted = (dossier: Dossier, said: Said): Dossier => toldFacts(dossier, { ...head(), ...said });

const decide = (dossier: Dossier, outcome: 'approve' | 'return' | 'reject', by = sue): Dossier =>
  told(dossier, { kind: 'decisionMade', taskId: tasksOf(dossier)[0]?.id ?? '', outcome, reasonCode: 'drawing' }, by);

const waitIn = (dossier: Dossier, what: string): Waiting | undefined =>
  explain(dossier).waiting.find((row) => row.taskId === null && row.what.startsWith(what));

/** Accepted at its gate, with what the books say of the customer. */
const accepted = (dossier: Dossier, holds: CustomerSeen['holds'] = []): Dossier =>
  toldFacts(dossier, reserved(dossier, { customer: { suspended: false, holds } }));

/** The books' no, about the approvals that stand now. */
const refusedBy = (dossier: Dossier, refusal: object): Dossier =>
  noted(dossier, {
    kind: 'creditRefused',
    revision: dossier.intake.revision,
    about: approvalsKey(dossier),
    customer: { suspended: false, holds: [] },
    ...refusal,
  });

const confirmed = (dossier: Dossier): Dossier =>
  noted(dossier, { kind: 'confirmationSent', revision: dossier.intake.revision, offeredOn: offeredOn(dossier) });

/** What the warehouse answered of its one line. */
const allocated = (dossier: Dossier, line: { reserved?: number; toBuy?: number; toMake?: number }): Dossier =>
  noted(dossier, {
    kind: 'goodsAllocated',
    revision: dossier.intake.revision,
    lines: [{ line: 1, reserved: 0, toBuy: 0, toMake: 0, ...line }],
  });

test('EX-1 CF-1 CF-4 the confirmation and the deposit are waited for by the grade, with what was seen', () => {
  const sent = confirmed(accepted(decide(taken(terms()), 'approve')));
  expect(waitIn(sent, 'confirmation')).toMatchObject({
    rule: 'grade B: nothing begins before the signed confirmation',
    evidence: { grade: 'B', sentAt: '2026-11-23T02:00:00.000Z', revision: 1, offeredOn: '2026-12-10' },
  });
  const paid = told(sent, { kind: 'paymentReceived', paymentId: 'p1', amountFen: 10_000, method: 'bank' });
  const waiting = told(paid, { kind: 'confirmationReturned', revision: 1 });
  expect(waitIn(waiting, 'deposit')).toMatchObject({
    rule: 'grade B: a deposit before anything is bought or made',
    evidence: { depositFen: 33_900, receivedFen: 10_000, missingFen: 23_900, percent: 30, totalFen: 113_000 },
  });
});

test('EX-1 an approved order waits for its confirmation to go out, and then for its goods', () => {
  const approved = accepted(decide(taken(gradeA()), 'approve'));
  expect(explain(approved).waitsFor).toBe('the order confirmation to go out');
  const sent = confirmed(approved);
  expect([sent.status, explain(sent).waitsFor]).toEqual(['approved', 'the goods to be allocated']);
});

test('EX-1 BL-3 the balance is waited for with what is owed and who may release it', () => {
  const ready = readyOf({});
  expect(waitIn(ready, 'balance')).toMatchObject({
    rule: 'grade B: the balance before the goods go',
    evidence: { balanceFen: 113_000, receivedFen: 0, releasedBy: 'director' },
  });
  expect(waitIn(ready, 'dispatch')).toMatchObject({
    rule: 'every order goes out in time',
    evidence: { offeredOn: '2026-12-10', promisedOn: '2026-12-10', wishedOn: '2026-12-15' },
  });
  const releasing = told(ready, { kind: 'releaseRequested', reasonCode: 'old_customer' }, sue);
  expect(waitIn(releasing, 'balance')?.evidence).toMatchObject({ release: 'asked', releaseUpToFen: 113_000 });
  const asked = told(ready, { kind: 'cancellationRequested', reasonCode: 'late', costFen: 0 }, sue);
  expect(explain(asked).waitsFor).not.toBe(explain(ready).waitsFor);
  expect(explain(ready).waitsFor).not.toContain('cancellation');
  // What goes on account goes at once, unless its customer was found suspended at the gate.
  const onCredit = readyOf({ balanceBeforeShipment: false });
  expect(waitIn(onCredit, 'balance')).toBeUndefined();
  const [shipmentNo] = ['1-S1'];
  const looked = noted(onCredit, { kind: 'customerLooked', shipmentNo, suspended: true });
  expect(waitIn(looked, 'balance')?.rule).toBe('nothing goes on credit: the customer is suspended');
});

/** Signed, with all goods in stock and nothing paid. */
function readyOf(changes: Partial<Terms>): Dossier {
  const sent = confirmed(accepted(decide(taken(terms({ depositFen: 0, ...changes })), 'approve')));
  return allocated(told(sent, { kind: 'confirmationReturned', revision: 1 }), { reserved: 10 });
}

test('EX-1 AR-4 an order without credit says how much is used of which limit, and who may approve it all the same', () => {
  const approved = decide(taken(gradeA({ exposureFen: 113_000 })), 'approve');
  const refused = refusedBy(approved, { because: 'over_limit', limitFen: 100_000, usedFen: 40_000 });
  expect(waitIn(refused, 'credit')).toMatchObject({
    rule: 'the credit limit is exceeded',
    evidence: {
      limitFen: 100_000,
      usedFen: 40_000,
      exposureFen: 113_000,
      excessFen: 53_000,
      specialBy: 'general_manager',
    },
  });
  expect(explain(refused).waitsFor).toBe('a special approval above the credit limit');
});

test('EX-1 HG-1 an order that is not accepted because its customer is held waits for the release of the hold', () => {
  const hold = { id: 'h1', reason: 'forced', gates: ['accept'] as const };
  // What shuts a later gate is no reason why it is not accepted.
  const later = { id: 'h2', reason: 'forced', gates: ['bill'] as const };
  const refusal = {
    because: 'held',
    limitFen: 100_000,
    usedFen: 0,
    customer: { suspended: false, holds: [hold, later] },
  } as const;
  const approved = decide(taken(gradeA()), 'approve');
  const refused = refusedBy(approved, refusal);
  expect(explain(refused)).toMatchObject({
    waitsFor: 'the release of what holds it: forced',
    waitingFor: ['sales_director'],
    waiting: [{ what: 'customer_hold h1', rule: 'the customer is held: forced' }, { what: 'dispatch' }],
  });
});

test('HG-1 HG-2 what is stopped for two reasons waits for the release of both, and is with nobody by name', () => {
  const twice = ['forced', 'prepayment'].reduce(
    (dossier, reason) => told(dossier, { kind: 'holdPlaced', reason }),
    decide(taken(terms()), 'approve'),
  );
  expect(explain(twice).holds.map(({ reason, liftsWhen }) => [reason, liftsWhen])).toEqual([
    ['forced', null],
    ['prepayment', 'paid_in_full'],
  ]);
  expect(tasksOf(twice).map(({ kind }) => kind)).toEqual(['hold.lift', 'hold.lift']);
  expect(explainInMarkdown(explain(twice), 480)).not.toContain('()');
});

test('EX-1 Q8 HG-1 an order waits for credit while its customer is suspended, and for the release alone once he is only held', () => {
  const holds = [{ id: 'h1', reason: 'forced', gates: ['accept'] as const }];
  const approved = decide(taken(gradeA()), 'approve');
  const refusedFor = (dossier: Dossier, because: 'suspended' | 'held') =>
    refusedBy(dossier, {
      because,
      limitFen: 100_000,
      usedFen: 0,
      customer: { suspended: because === 'suspended', holds },
    });
  const suspended = refusedFor(approved, 'suspended');
  expect(waitIn(suspended, 'credit')?.rule).toBe('the customer is suspended');
  expect(explain(suspended).waitsFor).toBe("the customer's credit");
  const asked = told(suspended, { kind: 'customerStatusChanged', suspended: false, holds });
  const held = refusedFor(asked, 'held');
  expect(Object.keys(held.worklist.clocks).toSorted()).toEqual(['customer_hold h1', 'dispatch']);
});

test('EX-1 HG-1 what an order’s own hold keeps from the books waits for its release, once its levels have approved', () => {
  const stop = { gates: ['accept'], releasedBy: ['sales_director'], isCondition: false } as const;
  const held = told(taken({ ...terms(), holds: { stop } }), { kind: 'holdPlaced', reason: 'stop' });
  expect(explain(held).waitsFor).toBe('the reviewers');
  expect(explain(decide(held, 'approve')).waitsFor).toBe('the release of what holds it: stop');
});

test('EX-1 HG-1 goods that may not be bought yet wait for the release, and what is ordered waits to come in', () => {
  const stop = { gates: ['purchase'], releasedBy: ['sales_director'], isCondition: false } as const;
  const placed = told(taken({ ...terms({ depositFen: 0 }), holds: { stop } }), { kind: 'holdPlaced', reason: 'stop' });
  const signed = told(confirmed(accepted(decide(placed, 'approve'))), { kind: 'confirmationReturned', revision: 1 });
  const short = allocated(signed, { toBuy: 10 });
  expect(explain(short).waitsFor).toBe('the release of what holds it: stop');
  const ordered = noted(short, { kind: 'purchaseOrdered', purchaseNo: 'P1', line: 1, itemId: 'I1', quantity: 10 });
  expect(explain(ordered).waitsFor).not.toContain('the release');
});

const twoLevels: Terms['reviews'] = (['review.sales', 'review.technical'] as const).map((task, index) => ({
  level: index + 1,
  task,
  rule: 'test',
  evidence: {},
  fingerprint: `f${index}`,
}));

test.each([
  ['resume', { stands: ['review.sales'], asks: ['review.technical'] }],
  ['walk_again', { stands: [], asks: ['review.sales', 'review.technical'] }],
] as const)(
  'HT-4 EX-1 a returned order says who returned it, why, from which task, and whom it asks then: %s',
  (afterReturn, then) => {
    const made = terms({ reviews: twoLevels, review: { ...terms().review, afterReturn } });
    const returned = decide(decide(taken(made), 'approve'), 'return', { ...tess, onBehalfOf: 'theo' });
    const who = { by: 'tess', onBehalfOf: 'theo', reasonCode: 'drawing', taskId: '1/2', task: 'review.technical' };
    expect(explain(returned).returned).toMatchObject({
      ...who,
      how: 'decision',
      level: 2,
      afterwards: afterReturn,
      ...then,
    });
    expect(waitIn(returned, 'returned')).toMatchObject({
      rule: 'a reviewer sent it back',
      evidence: { by: 'tess', reason: 'drawing', task: 'review.technical', taskId: '1/2', afterReturn },
    });
    expect(explainInMarkdown(explain(returned), 480)).toContain('Returned by tess for theo at 2026-11-23 10:00 +08:00');
    const again = told(returned, { kind: 'orderRevised', terms: made, fromRevision: 1, changed: [] });
    expect(tasksOf(again).map(({ kind }) => kind)).toEqual(then.asks.slice(0, 1));
    expect([explain(again).returned, again.review.returned]).toEqual([null, undefined]);
  },
);

test('HT-5 EX-1 an order that was withdrawn says by whom and why', () => {
  const withdrawn = told(
    taken(terms()),
    { kind: 'reviewWithdrawn', reasonCode: 'typing_mistake' },
    user('tina', 'sales'),
  );
  const who = { how: 'withdrawal', by: 'tina', reasonCode: 'typing_mistake', taskId: null };
  expect(explain(withdrawn).returned).toMatchObject(who);
  expect(waitIn(withdrawn, 'returned')?.rule).toBe('it was withdrawn');
});

test('HT-5 only who took, changed or sold an order takes it out of review, and only before anybody signed', () => {
  const withdraws = (dossier: Dossier, userId: string): string =>
    tell(dossier, { kind: 'reviewWithdrawn', reasonCode: 'typing_mistake', ...head(user(userId, 'sales')) }).stands;
  expect(withdraws(taken(terms()), 'sue')).toBe('not_a_candidate');
  expect(withdraws(taken(terms()), 'sam')).toBe('applied');
  expect(withdraws(decide(taken(terms({ reviews: twoLevels })), 'approve'), 'tina')).toBe('too_late');
});

test.each(reviewTasks.filter((kind) => kind !== 'review.contract'))(
  'EX-1 an order whose %s is open waits for the reviewers',
  (task) => {
    const asked = taken(terms({ reviews: [{ level: 1, task, rule: 'test', evidence: {} }] }));
    expect(explain(asked).waitsFor).toBe('the reviewers');
  },
);

test('HG-2 what is not accepted for a hold of its customer is asked anew when its wait reminds', () => {
  const holds = [{ id: 'h1', reason: 'forced', gates: ['accept'] as const }];
  const books = { limitFen: 100_000, usedFen: 0, customer: { suspended: false, holds } };
  const refusal = { because: 'held', ...books };
  const held = refusedBy(decide(taken(gradeA()), 'approve'), refusal);
  const rang = { kind: 'rungReached', of: 'customer_hold h1', rung: 0, do: 'remind', to: [] } as const;
  expect(answerOf(tell(held, { ...rang, ...head() }).after)).toBeUndefined();
});

test('HT-9 EX-1 an order that nobody answered in time says so, with the task', () => {
  const made = terms();
  const row = { ...taskTerms('review.sales'), ladder: [rung(days(1), 'send_back' as const)] };
  const waiting = taken({ ...made, tasks: { ...made.tasks, 'review.sales': row } });
  const rang = { kind: 'rungReached', of: '1/1', rung: 0, do: 'send_back', to: [] } as const;
  const returned = opened(tell(waiting, { ...rang, ...head() }).after);
  expect(explain(returned).returned).toMatchObject({ how: 'time', by: null, taskId: '1/1', task: 'review.sales' });
  expect(waitIn(returned, 'returned')?.rule).toBe('nobody answered in time');
  expect(explainInMarkdown(explain(returned), 480)).not.toContain('by null');
});

test('HG-1 EX-1 holds of the order and of its customer are listed with whose they are, also those of a later gate', () => {
  const billing = {
    id: 'h1',
    reason: 'dispute',
    gates: ['bill'] as const,
    placedAt: '2026-11-20T02:00:00.000Z',
    placedBy: 'u-legal-1',
    until: '2026-12-24T02:00:00.000Z',
  };
  const known = accepted(decide(taken(terms()), 'approve'), [billing]);
  const held = told(known, { kind: 'holdPlaced', reason: 'forced' }, user('fay', 'finance_lead'));
  const [ours, his] = explain(held).holds;
  expect(ours).toMatchObject({
    of: 'order',
    reason: 'forced',
    since: '2026-11-23T02:00:00.000Z',
    placedBy: 'fay',
    reviewAt: '2026-11-23T10:00:00.000Z',
    releasedBy: ['sales_director'],
  });
  expect(his).toMatchObject({
    of: 'customer',
    reason: 'dispute',
    since: '2026-11-20T02:00:00.000Z',
    placedBy: 'u-legal-1',
    until: '2026-12-24T02:00:00.000Z',
    releasedBy: ['finance_lead'],
  });
  expect(explainInMarkdown(explain(held), 480)).toContain('Held (客户 customer): dispute (bill) · since 2026-11-20');
  expect(explain(held).waitsFor).toBe('the release of what holds it: forced');
});

const byLegal = { id: 'h1', reason: 'forced', gates: ['ship'] as const, placedBy: 'u-legal-1' };

test('HG-1 EX-1 a hold that stood before the order was taken is listed from the start, until the books say otherwise', () => {
  const seen = taken(terms({ customer: { suspended: false, holds: [byLegal], version: 3 } }));
  expect(explain(seen).holds).toMatchObject([{ of: 'customer', id: 'h1', gates: ['ship'], placedBy: 'u-legal-1' }]);
  expect(orderSummary(seen).holds).toEqual(['forced']);
  const standing = { kind: 'customerStatusChanged', suspended: false, holds: [], customerId: 'C1' } as const;
  expect(explain(told(seen, { ...standing, version: 4 })).holds).toEqual([]);
  expect(explain(told(seen, { ...standing, version: 2 })).holds).toHaveLength(1);
});

test('HG-1 an order that goes to another customer has his holds, and of the same customer what is newest', () => {
  const known = { suspended: false, holds: [byLegal], version: 3 };
  const order = taken(terms({ customer: known }));
  const revisedTo = (changes: Partial<Terms>) =>
    customerOf(told(order, { kind: 'orderRevised', terms: terms(changes), fromRevision: 1, changed: ['customerId'] }));
  const free = { suspended: false, holds: [], version: 1 };
  expect(revisedTo({ customerId: 'C2', customer: free })).toEqual(free);
  expect(revisedTo({ customer: free })).toEqual(known);
  expect(revisedTo({ customer: { ...free, version: 4 } })).toEqual({ ...free, version: 4 });
  // Nothing is known of him yet: the books say it when they are asked.
  expect(revisedTo({ customerId: 'C2' })).toEqual({ suspended: false, holds: [] });
});

test('HG-1 EX-1 what a customer is held for is waited for with the hold, its gates and who lifts it', () => {
  const hold = { id: 'h1', reason: 'forced', gates: ['confirm'] as const, placedBy: 'u-legal-1' };
  const held = accepted(decide(taken(terms()), 'approve'), [hold]);
  expect(waitIn(held, 'customer_hold')).toMatchObject({
    rule: 'the customer is held: forced',
    evidence: { hold: 'h1', gates: 'confirm', placedBy: 'u-legal-1', releasedBy: 'sales_director' },
  });
  const other = { id: 'h2', reason: 'prepayment', gates: ['confirm'] as const };
  const twice = accepted(decide(taken(terms()), 'approve'), [hold, other]);
  expect(waitIn(twice, 'customer_hold h2')).toMatchObject({ evidence: { hold: 'h2', releasedBy: 'finance_lead' } });
});

test('EX-1 an order of made goods alone waits for no bought goods', () => {
  const [line] = terms().lines;
  const made = terms({ depositFen: 0, lines: line === undefined ? [] : [{ ...line, supply: 'make' }] });
  const signed = told(confirmed(accepted(decide(taken(made), 'approve'))), {
    kind: 'confirmationReturned',
    revision: 1,
  });
  const short = allocated(signed, { toMake: 10 });
  expect(explain(short).waitsFor).toBe('production to be ordered');
  const order = { productionNo: 'P1', line: 1, itemId: 'I1', quantity: 10 };
  const ordered = noted(short, { kind: 'productionOrdered', ...order });
  expect(explain(ordered).waitsFor).toBe('production to be signed for');
});

test('HT-10 EX-1 who may not answer is named once for each reason', () => {
  const twice = terms({ reviews: twoLevels });
  const changed = { kind: 'orderRevised', terms: twice, changed: ['contact'] } as const;
  const tina = user('tina', 'sales');
  const edited = told(told(taken(twice), { ...changed, fromRevision: 1 }, tina), { ...changed, fromRevision: 2 }, tina);
  expect(explain(edited).waiting.find(({ what }) => what === 'review.sales')?.notAllowed).toEqual([
    { userId: 'tina', because: 'took or last changed the order' },
  ]);
});

const inDoubt = (): Terms => {
  const { tasks, ...rest } = terms();
  const ladder = [
    rung(hours(6), 'remind'),
    rung(hours(8), 'take_over', ['customer_service_supervisor']),
    rung(hours(16), 'take_over', ['sales_director']),
    rung(hours(24), 'escalate', ['general_manager']),
  ];
  return {
    ...rest,
    tasks: { ...tasks, 'review.price': { ...taskTerms('review.price'), ladder } },
    reviews: [{ level: 1, task: 'review.price', rule: 'price_doubt', evidence: {} }],
  };
};

test('IN-9 EX-1 a doubtful price that was passed on by hand shows no rung that would do nothing, and is due for who has it', () => {
  const doubted = taken(inDoubt());
  const before = explain(doubted).waiting[0];
  expect([before?.responsible, before?.users, before?.dueAt]).toEqual([['sales'], ['sam'], '2026-11-23T10:00:00.000Z']);
  const later = { at: '2026-11-23T03:00:00.000Z' };
  const taskId = before?.taskId ?? '';
  const no = { ...head(user('sam', 'sales')), ...later, kind: 'decisionMade', taskId, outcome: 'reject' } as const;
  const passed = tell(doubted, { ...no, reasonCode: 'below_cost' }).after;
  const [after] = explain(passed).waiting;
  expect(after).toMatchObject({
    responsible: ['customer_service_supervisor'],
    since: '2026-11-23T03:00:00.000Z',
    dueAt: '2026-11-23T18:00:00.000Z',
  });
  expect(after?.next.map((one) => `${one.do} ${one.to.join()}`)).toEqual([
    'remind ',
    'take_over sales_director',
    'escalate general_manager',
  ]);
  // It rings all the same, and does nothing but say so.
  const ringing = (name: string, at: string) => {
    const rung_ = passed.worklist.tasks[0]?.clock.rungs.findIndex((one) => one.to.some((role) => role === name)) ?? 0;
    const tasks = passed.worklist.tasks.map((task) => ({ ...task, clock: { ...task.clock, rung: rung_ } }));
    return dueRung({ ...passed.worklist, tasks }, at);
  };
  expect(ringing('customer_service_supervisor', '2026-11-23T10:00:00.000Z')).toMatchObject({ passedOver: true });
  expect(ringing('sales_director', '2026-11-23T18:00:00.000Z')).toMatchObject({ do: 'take_over' });
  expect(ringing('sales_director', '2026-11-23T18:00:00.000Z')).not.toHaveProperty('passedOver');
});
