import * as fc from 'fast-check';
import { parseDuration } from '../../../domain/outside/policy/duration';
import { after, type RungAction } from '../../../domain/inside/kernel/ladder';
import type { Grade } from '../../../domain/inside/kernel/vocabulary';
import { rowOf } from '../../../domain/inside/kernel/worklist/requirement';
import { type TaskKind, taskKinds } from '../../../domain/inside/processes';
import { mostLines, type OrderIntake } from '../../../domain/outside/intake/order-intake';
import {
  type Condition,
  type FlagName,
  flagNames,
  type Policy,
  reviewTasks,
} from '../../../domain/outside/policy/policy';
import { termsFor, termsHash } from '../../../domain/outside/terms-for';
import {
  ask,
  calendar,
  chair,
  customer,
  intake,
  line,
  monday,
  orderOf,
  policy,
  policyWith,
  reviewsOf,
  table,
} from '../order-builders';

const price = 'review.price';
const sales = 'review.sales';
const technical = 'review.technical';
const production = 'review.production';
const management = 'review.management';
const hours = (count: number) => ({ kind: 'elapsed', seconds: count * 3600 });
const days = (count: number) => hours(24 * count);
const workingHours = (count: number) => ({ kind: 'working', seconds: count * 3600 });

describe('what is reviewed', () => {
  test('RV-1 sales reviews every order', () => {
    expect(reviewsOf(orderOf(1))).toEqual([sales]);
  });

  test('RV-1 RV-2 technical reviews what is made, and production signs for it', () => {
    const { terms } = ask({ intake: intake({ lines: [line({ itemId: 'TABLE' })] }) });
    expect(terms.reviews.map(({ task }) => task)).toEqual([sales, technical, production]);
    expect(rowOf(terms, production).mustState).toEqual(['materials', 'offeredOn']);
    expect(rowOf(terms, technical).mustState).toEqual(['materials', 'offeredOn']);
  });

  test.each([
    [1_000_000, [sales]],
    [1_000_001, [sales, technical]],
    [10_000_000, [sales, technical]],
    [10_000_001, [sales, technical, management]],
  ])('RV-1 technical reviews above 10,000 and management above 100,000: a total of %i fen', (totalFen, levels) => {
    expect(reviewsOf(orderOf(totalFen))).toEqual(levels);
  });

  test('RV-1 limits compare the total with tax and freight', () => {
    const lines = [line({ quantity: 1, unitPriceFen: 8_850_00 })];
    expect(reviewsOf({ intake: intake({ lines }) })).toEqual([sales, technical]);
    expect(reviewsOf({ intake: intake({ lines }), customer: customer({ taxRateBp: 0 }) })).toEqual([sales]);
    expect(
      reviewsOf({ intake: intake({ lines, freightFen: 1_150_01 }), customer: customer({ taxRateBp: 0 }) }),
    ).toEqual([sales, technical]);
  });

  test('RV-1 management reviews customers of grade C', () => {
    expect(reviewsOf({ customer: customer({ grade: 'C' }) })).toEqual([sales, management]);
    expect(reviewsOf({ customer: customer({ grade: 'B' }) })).toEqual([sales]);
  });

  test('RV-4 management reviews what is flagged', () => {
    expect(reviewsOf({ creditNow: { receivablesFen: 0, takenFen: 0, inReviewFen: 0, overdueFen: 1 } })).toEqual([
      sales,
      management,
    ]);
  });

  test('RV-10 legal and finance co-sign contract orders, before management', () => {
    const question = orderOf(20_000_000, { kind: 'contract' });
    expect(reviewsOf(question)).toEqual([sales, technical, 'review.contract', management]);
    expect(rowOf(ask(question).terms, 'review.contract').signing).toEqual({
      slots: [['legal'], ['finance']],
      needed: 2,
      inSequence: false,
      onRejection: 'ends',
    });
  });

  test('IN-9 a doubtful price is settled before anybody reviews, by the salesperson first', () => {
    const { terms } = ask({ intake: intake({ lines: [line({ discountBp: 1001 })] }) });
    expect(terms.reviews.map(({ task }) => task)).toEqual([price, sales, management]);
    expect(terms.reviews[0]).toMatchObject({ rule: 'price_doubt', evidence: { flags: 'price_below_list' } });
    expect(rowOf(terms, price).signing).toEqual({
      slots: [['salesperson'], ['customer_service_supervisor'], ['sales_director']],
      needed: 1,
      inSequence: true,
      onRejection: 'passes_on',
    });
    expect(rowOf(terms, price).separateFrom).not.toContain('taker');
  });

  test('RV-1 levels are numbered in sequence, each with its rules and what they saw', () => {
    const { reviews } = ask({ ...orderOf(20_000_000), customer: customer({ grade: 'C' }) }).terms;
    const fingerprint = expect.stringMatching(/^[0-9a-f]{16}$/) as unknown;
    const notes = (...rules: readonly string[]) =>
      policy.reviews.rows.flatMap((row) => (rules.includes(row.rule) ? [row.note] : []));
    expect(reviews).toEqual([
      { level: 1, task: sales, rule: 'every_order', notes: notes('every_order'), evidence: {}, fingerprint },
      {
        level: 2,
        task: technical,
        rule: 'total_above_10000',
        notes: notes('total_above_10000'),
        evidence: { totalFen: 20_000_000 },
        fingerprint,
      },
      {
        level: 3,
        task: management,
        rule: 'total_above_100000 + grade_c',
        notes: notes('total_above_100000', 'grade_c'),
        evidence: { totalFen: 20_000_000, grade: 'C' },
        fingerprint,
      },
    ]);
  });

  const waiving = (belowFen: number): Policy => {
    const when: Condition[] = [
      { field: 'grade', operator: 'is', value: 'A' },
      { field: 'isRepeat', operator: 'is', value: true },
      { field: 'totalFen', operator: 'below', value: belowFen },
      { field: 'flags', operator: 'none_of', value: 'all' },
    ];
    const note = { zh: 'A 级客户的小额重复订单免审', en: 'A small repeat order of a grade A customer needs no review' };
    return policyWith({ reviews: { ...policy.reviews, waivers: [{ rule: 'small_repeat_of_grade_a', note, when }] } });
  };

  test('RV-1 the waiver for small repeat orders of grade A is off by default', () => {
    expect(reviewsOf(orderOf(0))).toEqual([sales]);
  });

  test('RV-1 a small repeat order of a grade A customer may need no review', () => {
    const { terms, explanation } = ask({ ...orderOf(1_999_00), policy: waiving(2_000_00) });
    expect(terms.reviews).toEqual([]);
    expect(explanation.reviews.waivedBy?.rule).toBe('small_repeat_of_grade_a');
    expect(reviewsOf({ ...orderOf(2_000_00), policy: waiving(2_000_00) })).toEqual([sales]);
    expect(reviewsOf({ ...orderOf(1_00), customer: customer({ grade: 'B' }), policy: waiving(2_000_00) })).toEqual([
      sales,
    ]);
    const first = {
      ...orderOf(1_00),
      items: [{ ...chair, taxRateBp: 0, listPriceFen: 0, usualQuantity: null }],
      policy: waiving(2_000_00),
    };
    expect(reviewsOf(first)).toEqual([sales]);
  });

  test('HT-16 what cannot be evaluated goes to a person, and waives nothing', () => {
    const { terms } = ask({ intake: intake({ lines: [line({ quantity: null })] }), policy: waiving(2_000_00) });
    expect(terms.reviews.map(({ task }) => task)).toEqual([sales, technical, production, management]);
    expect(terms.reviews[1]?.evidence).toEqual({
      hasMade: 'unknown',
      totalFen: 'unknown',
      because: 'cannot be evaluated',
    });
  });

  test('HT-16 one line without an amount leaves the whole amount unknown', () => {
    const lines = [line(), line({ quantity: null })];
    expect(reviewsOf({ intake: intake({ lines }) })).toEqual([sales, technical, production, management]);
  });

  test('RV-10 a contract is drafted and signed by both sides where policy says so', () => {
    const contract = { intake: intake({ kind: 'contract' }) };
    expect(ask(contract).terms.contract).toBe(true);
    expect(ask().terms.contract).toBeUndefined();
    const { contracts: _none, ...before } = policy;
    for (const older of [before, { ...policy, contracts: { signedByBothSides: false } }])
      expect(ask({ ...contract, policy: older }).terms.contract).toBeUndefined();
  });

  test('V3 nobody approves two levels or his own order', () => {
    const { terms } = ask();
    const apart = (kind: TaskKind, ...others: readonly string[]) =>
      expect(rowOf(terms, kind).separateFrom).toEqual(expect.arrayContaining([...others]));
    apart(sales, 'taker', price, technical, management, production);
    apart(technical, 'taker', price, sales, management, production);
    apart(production, 'taker', price, sales, technical, management);
    apart(management, 'taker', ...reviewTasks.filter((task) => task !== management));
    expect(rowOf(terms, 'shipment.check').separateFrom).toEqual(['shipment.pick']);
  });
});

describe('money before the goods', () => {
  test.each<[Grade, number]>([
    ['A', 0],
    ['B', 300_00],
    ['C', 500_00],
  ])('CF-4 the deposit of grade %s on 1,000 yuan is %i fen', (grade, depositFen) => {
    expect(ask({ ...orderOf(1_000_00), customer: customer({ grade }) }).terms.depositFen).toBe(depositFen);
  });

  test('CF-4 the deposit is a share of the total with tax, rounded half up', () => {
    expect(
      ask({
        ...orderOf(33_335),
        intake: intake({ lines: [line({ quantity: 1, unitPriceFen: 500_05 })] }),
        customer: customer({ grade: 'B' }),
      }).terms.depositFen,
    ).toBe(15002);
  });

  test('CF-2 grade A starts at once and its paper follows; B and C wait for paper and deposit', () => {
    const startsAtOnce = (['A', 'B', 'C'] as const).map(
      (grade) => ask({ customer: customer({ grade }) }).terms.startsAtOnce,
    );
    expect(startsAtOnce).toEqual([true, false, false]);
  });

  test('BL-1 grade A ships by contract, B and C pay the balance first', () => {
    const before = (['A', 'B', 'C'] as const).map(
      (grade) => ask({ customer: customer({ grade }) }).terms.balanceBeforeShipment,
    );
    expect(before).toEqual([false, true, true]);
  });

  test('BL-3 up to 500 the finance lead releases a balance, above only the director', () => {
    expect(ask().terms.releaseBy).toEqual([
      { upToFen: 500_00, role: 'finance_lead' },
      { upToFen: null, role: 'director' },
    ]);
  });

  test('CF-5 below 500 the salesperson may pick a path, at 500 he may not', () => {
    const small = ask({ ...orderOf(499_99, { smallOrderPath: 'prepaid' }), customer: customer({ grade: 'B' }) }).terms;
    expect([small.smallOrderPath, small.missing]).toEqual(['prepaid', []]);
    const large = ask({
      ...orderOf(500_00, { smallOrderPath: 'guarantor' }),
      customer: customer({ grade: 'B' }),
    }).terms;
    expect([large.smallOrderPath, large.missing]).toEqual([null, ['smallOrderPath']]);
    expect([large.depositFen, large.balanceBeforeShipment]).toEqual([150_00, true]);
  });

  test('CF-5 the three paths: prepaid in full, no deposit on a guarantee, part deposit and cash on delivery', () => {
    const paths = (['prepaid', 'guarantor', 'cash_on_delivery'] as const).map((smallOrderPath) => {
      const { terms } = ask({ ...orderOf(400_00, { smallOrderPath }), customer: customer({ grade: 'C' }) });
      return [terms.depositFen, terms.balanceBeforeShipment];
    });
    expect(paths).toEqual([
      [400_00, true],
      [0, false],
      [120_00, false],
    ]);
  });

  test('CF-5 a small order without a path follows the rules of its grade', () => {
    const { terms } = ask({ ...orderOf(400_00), customer: customer({ grade: 'C' }) });
    expect([terms.smallOrderPath, terms.depositFen, terms.balanceBeforeShipment]).toEqual([null, 200_00, true]);
  });

  test('Z2 a small prepaid order is escalated when it has not shipped within 3 days', () => {
    const { clocks } = ask(orderOf(400_00, { smallOrderPath: 'prepaid' })).terms;
    expect(clocks.dispatch.find((rung) => rung.do === 'escalate')?.after).toEqual(days(3));
  });

  test('AR-2 a customer has the payment term of his contract, else that of his grade', () => {
    expect(ask().terms.paymentTerm).toEqual(days(30));
    expect(ask({ customer: customer({ paymentTermDays: 45 }) }).terms.paymentTerm).toEqual(days(45));
  });
});

describe('times', () => {
  const dues: readonly [string, TaskKind, object][] = [
    ['RV-1', 'review.sales', workingHours(8)],
    ['RV-1', 'review.technical', workingHours(8)],
    ['RV-1', 'review.management', workingHours(16)],
    ['IN-5', 'intake.contact', hours(1)],
    ['SH-2', 'shipment.waybill', hours(1)],
    ['SH-5', 'shipment.trouble', hours(0.5)],
  ];
  test.each(dues)('%s the due time of %s', (_id, kind, due) => {
    expect(rowOf(ask().terms, kind).due).toEqual(due);
  });

  const rungs = (ladder: readonly { after: object; do: RungAction }[]) => ladder.map((rung) => [rung.do, rung.after]);

  test('IN-5 a contact is reminded of, escalated after 1 h, and given up after 7 days', () => {
    const { ladder, outcomes } = rowOf(ask().terms, 'intake.contact');
    expect(rungs(ladder)).toEqual([
      ['remind', hours(0.5)],
      ['escalate', hours(1)],
      ['lapse', days(7)],
    ]);
    expect(outcomes).toEqual(['reject']);
  });

  test('CF-4 the deposit: reminder after 1 h, the question after 24 h, cancelled after 7 days', () => {
    expect(rungs(ask().terms.clocks.deposit)).toEqual([
      ['remind', hours(1)],
      ['call', hours(24)],
      ['lapse', days(7)],
    ]);
  });

  test('CF-3 a confirmation that stays away is escalated and never lapses', () => {
    const actions = ask().terms.clocks.confirmation.map((rung) => rung.do);
    expect(actions).toContain('escalate');
    expect(actions).not.toContain('lapse');
  });

  test('RV-6 a returned order is reminded of after 24 h, escalated, and lapses after 30 days', () => {
    const { returned } = ask().terms.clocks;
    expect(rungs(returned)).toEqual([
      ['remind', hours(24)],
      ['escalate', days(3)],
      ['lapse', days(30)],
    ]);
  });

  test('BL-4 release is due within 7 to 10 working days: reminder at 7, escalation at 10', () => {
    expect(rungs(ask().terms.clocks.dispatch)).toEqual([
      ['remind', { kind: 'workingDays', days: 7 }],
      ['escalate', { kind: 'workingDays', days: 10 }],
    ]);
  });

  test('AR-2 dunning: reminder 3 days before, notices at 1 and 7, call at 15, suspended at 30, legal at 60', () => {
    expect(rungs(ask().terms.collectionLadder)).toEqual([
      ['remind', days(-3)],
      ['notify', days(1)],
      ['notify', days(7)],
      ['call', days(15)],
      ['suspend', days(30)],
      ['legal', days(60)],
    ]);
  });

  test('DL-1, SH-7 silence confirms after 7 days, archive after 7, dead after 15', () => {
    const { confirmedAfter, archivedAfter, unclaimedAfter } = ask().terms;
    expect([confirmedAfter, archivedAfter, unclaimedAfter]).toEqual([days(7), days(7), days(15)]);
  });

  test('HG-4 a fact may have happened up to 30 days before it is entered', () => {
    expect(ask().terms.backdatingSeconds).toBe(30 * 86_400);
  });

  test('CF-6 the sales director approves a late cancellation', () => {
    expect(ask().terms.lateCancellationBy).toBe('sales_director');
  });

  test('CF-3 the promise of grade A does not slide, that of B and C by working days', () => {
    const slides = (['A', 'B', 'C'] as const).map((grade) => ask({ customer: customer({ grade }) }).terms.slide);
    expect(slides).toEqual(['none', 'working', 'working']);
  });

  test('RV-8 every task has a role, is reminded of by its due time and escalated from then on', () => {
    const { terms } = ask();
    for (const kind of taskKinds) {
      const { roles, due, ladder } = rowOf(terms, kind);
      const at = (action: RungAction) =>
        ladder.filter((rung) => rung.do === action).map((rung) => after(monday, rung.after, calendar))[0];
      expect(roles.length).toBeGreaterThan(0);
      expect((at('remind') ?? 'never') <= after(monday, due, calendar)).toBe(true);
      expect((at('escalate') ?? '') >= after(monday, due, calendar)).toBe(true);
    }
  });
});

describe('dates', () => {
  test('CF-1 the offered date is today plus the longest lead time, in working days', () => {
    expect(ask({ intake: intake({ lines: [line({ itemId: 'TABLE' })] }) }).terms.offeredOn).toBe('2026-12-07');
    const slow = { ...table, leadDays: 15 };
    expect(
      ask({ intake: intake({ lines: [line(), line({ itemId: 'TABLE' })] }), items: [chair, slow] }).terms.offeredOn,
    ).toBe('2026-12-14');
    expect(ask().terms.offeredOn).toBe('2026-11-24');
  });

  test('CF-1 what lies in stock needs no lead time, what is short does', () => {
    const offeredOn = (availableNow: number | null) =>
      ask({ items: [{ ...chair, leadDays: 20, availableNow }] }).terms.offeredOn;
    expect([offeredOn(10), offeredOn(9), offeredOn(null)]).toEqual(['2026-11-24', '2026-12-21', '2026-12-21']);
  });

  test('Z3 the offered date skips National Day', () => {
    const { terms } = ask({ intake: intake({ lines: [line({ itemId: 'TABLE' })] }), now: '2026-09-28T02:00:00.000Z' });
    expect(terms.offeredOn).toBe('2026-10-16');
  });

  test('Z3 the calendar travels with the order, from a month back on', () => {
    const { calendar: pinned } = ask({ now: '2026-10-20T02:00:00.000Z' }).terms;
    expect(pinned.holidays).toEqual([
      '2026-09-25',
      '2026-10-01',
      '2026-10-02',
      '2026-10-05',
      '2026-10-06',
      '2026-10-07',
    ]);
    expect(pinned.workdays).toEqual(['2026-09-20', '2026-10-10']);
    expect(pinned.version).toBe(calendar.version);
  });

  test('Z3 an offered date beyond the published holidays says so', () => {
    const late = ask({ intake: intake({ lines: [line({ itemId: 'TABLE' })] }), now: '2026-12-28T02:00:00.000Z' });
    expect(late.explanation.offer.holidaysKnown).toBe(false);
    expect(ask().explanation.offer.holidaysKnown).toBe(true);
  });
});

describe('the terms as a whole', () => {
  test('IN-3 a complete order misses nothing', () => {
    expect(ask().terms.missing).toEqual([]);
  });

  test('CF-1 special wishes are to be confirmed by phone', () => {
    expect(ask({ intake: intake({ specialRequirements: '加厚包装' }) }).terms.specialWishes).toBe(true);
    expect(ask({ intake: intake({ specialRequirements: '  ' }) }).terms.specialWishes).toBe(false);
  });

  test('IN-1 the salesperson is the one named, else the customer’s, else who took the order', () => {
    expect(ask({ intake: intake({ salespersonId: 'zhao' }) }).terms.salespersonId).toBe('zhao');
    expect(ask().terms.salespersonId).toBe('li');
    expect(ask({ customer: customer({ salespersonId: null }) }).terms.salespersonId).toBe('wang');
  });

  test('V7 the hash covers everything but itself', () => {
    const { terms } = ask();
    expect(terms.policy.hash).toBe(termsHash(terms));
    expect(termsHash({ ...terms, policy: { ...terms.policy, hash: 'x' } })).toBe(terms.policy.hash);
    expect(termsHash({ ...terms, depositFen: terms.depositFen + 1 })).not.toBe(terms.policy.hash);
    expect(termsHash({ ...terms, policy: { ...terms.policy, version: 99 } })).not.toBe(terms.policy.hash);
    expect(termsHash(JSON.parse(JSON.stringify(terms)))).toBe(terms.policy.hash);
  });

  test('GV-3 terms name the policy and version that said so', () => {
    const { terms } = ask({ policy: policyWith({ version: 7, title: { zh: '新', en: 'new' } }) });
    expect([terms.policy.name, terms.policy.version]).toEqual(['default', 7]);
  });

  test('GV-2 terms hold no personal data', () => {
    const question = intake({
      specialRequirements: 'call 13900001111',
      invoice: { kind: 'special', title: 'Secret Ltd', taxNumber: '91320500' },
    });
    const text = JSON.stringify(ask({ intake: question }).terms);
    for (const personal of ['陈女士', '6666', '人民路', '远山', '13900001111', 'Secret', '91320500'])
      expect(text).not.toContain(personal);
  });

  test('W2 the terms of the longest order that the door takes travel in one payload', () => {
    const itemId = 'X'.repeat(64);
    const most = { itemId, quantity: 1_000_000, unitPriceFen: 10_000_00 };
    const question = { intake: intake({ lines: Array.from({ length: mostLines }, () => line(most)) }) };
    const { terms } = ask({ ...question, items: [{ ...chair, id: itemId }] });
    expect(terms.lines).toHaveLength(mostLines);
    expect(JSON.stringify(terms).length).toBeLessThan(60 * 1024);
  });

  test('IN-3 any intake whatever has terms, the same ones each time', () => {
    const words = fc.option(fc.string({ maxLength: 12 }), { nil: null });
    const numbers = fc.option(fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger()), { nil: null });
    const lines = fc.array(
      fc.record({
        itemId: fc.constantFrom('CHAIR', 'TABLE', 'GONE', null),
        name: words,
        specification: words,
        quantity: numbers,
        unitPriceFen: numbers,
        discountBp: fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.double()),
      }),
      { maxLength: 5 },
    );
    const wishes = fc.option(fc.record({ date: words, method: fc.constantFrom('express', null), window: words }), {
      nil: null,
    });
    const orders = fc.record({
      lines,
      contact: words,
      phone: words,
      freightFen: fc.oneof(fc.integer(), fc.double()),
      deliveryWish: wishes,
      smallOrderPath: fc.constantFrom('prepaid', 'guarantor', 'cash_on_delivery', null),
    });
    const customers = fc.constantFrom(
      null,
      customer(),
      customer({ grade: 'B' }),
      customer({ grade: 'C', taxRateBp: 0 }),
    );
    fc.assert(
      fc.property(orders, customers, (order, known) => {
        const question = {
          intake: intake(order),
          customer: known,
          items: [chair, table],
          creditNow: null,
          policy,
          calendar,
          now: monday,
        };
        const { terms } = termsFor(question);
        const { goodsFen, taxFen, freightFen, totalFen } = terms.totals;
        expect(totalFen).toBe(goodsFen + taxFen + freightFen);
        expect(goodsFen).toBe(terms.lines.reduce((sum, { netFen }) => sum + netFen, 0));
        expect(taxFen).toBe(terms.lines.reduce((sum, row) => sum + row.taxFen, 0));
        expect(terms.depositFen >= 0 && terms.depositFen <= totalFen).toBe(true);
        expect(terms.missing.length > 0 || terms.lines.length === order.lines.length).toBe(true);
        expect(termsFor(question).terms.policy.hash).toBe(terms.policy.hash);
      }),
    );
  });
});

describe('flags', () => {
  const flagsOf = (but: Parameters<typeof ask>[0]) => ask(but).explanation.flags.map(({ flag }) => flag);
  const credit = { receivablesFen: 600_00, takenFen: 200_00, inReviewFen: 100_00, overdueFen: 0 };

  test('IN-10 an ordinary order raises none', () => {
    expect(flagsOf({})).toEqual([]);
  });

  test('V8 receivables, open orders and this order over the limit: credit exceeded', () => {
    expect(
      flagsOf({ ...orderOf(100_00), customer: customer({ creditLimitFen: 1_000_00 }), creditNow: credit }),
    ).toEqual([]);
    expect(
      flagsOf({ ...orderOf(100_01), customer: customer({ creditLimitFen: 1_000_00 }), creditNow: credit }),
    ).toEqual(['credit_exceeded']);
  });

  test('HG-3 what is paid before the goods go is no exposure', () => {
    const limit = { creditLimitFen: 0 };
    expect(flagsOf({ ...orderOf(100_00), customer: customer({ ...limit, grade: 'B' }), creditNow: credit })).toEqual(
      [],
    );
    const half = policyWith({ grades: { ...policy.grades, A: { ...policy.grades.A, depositBp: 5000 } } });
    const asked = { ...orderOf(200_00), policy: half, creditNow: credit };
    expect(flagsOf({ ...asked, customer: customer({ creditLimitFen: 1_000_00 }) })).toEqual([]);
    expect(flagsOf({ ...asked, customer: customer({ creditLimitFen: 999_99 }) })).toEqual(['credit_exceeded']);
  });

  test('RV-3 arrears, and credit that cannot be looked up, are flagged', () => {
    expect(flagsOf({ creditNow: { ...credit, overdueFen: 1 } })).toEqual(['arrears']);
    expect(flagsOf({ creditNow: null })).toEqual(['credit_unknown']);
  });

  test('RV-3 a customer whose credit nobody has assessed may order, but not on account without finance', () => {
    const unassessed = customer({ creditAssessed: false });
    expect(flagsOf({ customer: unassessed })).toEqual(['credit_unassessed']);
    expect(flagsOf({ customer: { ...unassessed, grade: 'C' } })).toEqual([]);
    expect(flagsOf({ customer: unassessed, creditNow: null })).toEqual(['credit_unknown', 'credit_unassessed']);
    expect(reviewsOf({ customer: unassessed })).toEqual([sales, 'review.credit', management]);
  });

  test('RV-10 HT-12 a contract names the place of delivery, so another place is another contract', () => {
    const boundTo = (but: Partial<OrderIntake>) =>
      ask({ intake: intake({ kind: 'contract', ...but }) }).terms.reviews.find(({ task }) => task === 'review.contract')
        ?.fingerprint;
    const { address } = intake();
    expect(boundTo({ contact: '王先生' })).toBe(boundTo({}));
    expect(boundTo({ address: address && { ...address, street: '十全街' } })).not.toBe(boundTo({}));
  });

  describe('RV-3 promotions', () => {
    const promotion = {
      id: 'AUTUMN',
      itemIds: ['CHAIR'],
      discountBp: 2500,
      minimumFen: 0,
      fromOn: '2026-11-01',
      untilOn: '2026-11-23',
    };
    const free = { ...chair, listPriceFen: 0 };
    const order = (discountBp: number, itemId = 'CHAIR') => ({
      intake: intake({ promotion: 'AUTUMN', lines: [line({ discountBp, itemId })] }),
      items: [free, { ...free, id: 'STOOL' }],
    });
    const problem = (but: Parameters<typeof ask>[0]) =>
      ask(but).explanation.flags.find(({ flag }) => flag === 'promotion_invalid')?.evidence['because'];

    test('RV-3 a discount within the promotion that the order names is in order', () => {
      expect(problem({ ...order(2500), promotion })).toBeUndefined();
      expect(problem({ ...order(2500), promotion: { ...promotion, itemIds: [] } })).toBeUndefined();
      expect(flagsOf({ ...order(2500), promotion })).toEqual([]);
    });

    test.each([
      ['of no such name', 'unknown', {}, 0, false],
      ['that has not begun', 'not_yet', { fromOn: '2026-11-24' }, 0, true],
      ['that is over', 'expired', { untilOn: '2026-11-22' }, 0, true],
      ['for more goods', 'below_minimum', { minimumFen: 1_000_01 }, 0, true],
      ['for other items', 'not_for_these_items', { itemIds: ['TABLE'] }, 0, true],
      ['for less discount', 'discount_above', {}, 2501, true],
    ])('RV-3 a promotion %s is a doubt: %s', (_words, because, but, discountBp, exists) => {
      const asked = { ...order(discountBp), promotion: exists ? { ...promotion, ...but } : null };
      expect(problem(asked)).toBe(because);
      expect(reviewsOf(asked)).toEqual([price, sales, management]);
    });

    test('RV-3 a discount on an item that the promotion does not cover is none of its', () => {
      const lines = [line(), line({ itemId: 'STOOL', discountBp: 2001 })];
      const asked = { ...order(0), intake: intake({ promotion: 'AUTUMN', lines }), promotion };
      expect(problem(asked)).toBe('not_for_this_item');
      expect(
        problem({ ...asked, intake: intake({ promotion: 'AUTUMN', lines: [line(), line({ itemId: 'STOOL' })] }) }),
      ).toBeUndefined();
    });

    test.each([
      ['an order of the time that the promotion ran, entered late,', '2026-11-10', {}, undefined],
      ['one said to be older than policy lets be entered', '2026-10-23', { fromOn: '2026-10-01' }, 'expired'],
      ['one said to be of a day to come', '2026-11-30', { fromOn: '2026-11-30', untilOn: '2026-12-31' }, 'not_yet'],
    ])('RV-3 HG-4 %s is judged so', (_words, orderedOn, but, because) => {
      const asked = { ...order(2500), promotion: { ...promotion, untilOn: '2026-11-20', ...but } };
      expect(problem({ ...asked, intake: { ...asked.intake, orderedOn } })).toBe(because);
    });

    const over = { ...promotion, untilOn: '2026-11-10' };
    const old = { ...order(2500).intake, contact: '他人' };
    const chairs = (...quantities: readonly number[]) =>
      quantities.map((quantity) => line({ discountBp: 2500, quantity }));
    const stool = line({ itemId: 'STOOL' });
    test.each<[string, readonly [OrderIntake, string][], Partial<OrderIntake>, string | undefined]>([
      ['nothing of it has changed', [[old, '2026-11-05']], {}, undefined],
      ['other items were added', [[old, '2026-11-05']], { lines: [stool, ...chairs(10)] }, undefined],
      ['more of it is asked for', [[old, '2026-11-05']], { lines: chairs(11) }, 'expired'],
      ['another line of it was added', [[old, '2026-11-05']], { lines: chairs(10, 1) }, 'expired'],
      ['it was not named before', [[{ ...old, promotion: null }, '2026-11-05']], {}, 'expired'],
      ['it was too late from the first', [[old, '2026-11-11']], {}, 'expired'],
      [
        'it changed while it ran',
        [
          [{ ...old, lines: chairs(9) }, '2026-11-05'],
          [old, '2026-11-10'],
          [old, '2026-11-12'],
        ],
        {},
        undefined,
      ],
      [
        'it changed too late, and then something else',
        [
          [{ ...old, lines: chairs(9) }, '2026-11-05'],
          [old, '2026-11-11'],
          [old, '2026-11-12'],
        ],
        {},
        'expired',
      ],
      [
        'what was added too late claims an earlier day, and then something else changed',
        [
          [{ ...old, lines: chairs(9) }, '2026-11-05'],
          [old, '2026-11-11'],
        ],
        { orderedOn: '2026-11-10' },
        'expired',
      ],
      ['the order was of an earlier day', [[old, '2026-11-11']], { orderedOn: '2026-11-10' }, undefined],
      [
        'only what was added claims an earlier day',
        [[old, '2026-11-05']],
        { lines: chairs(11), orderedOn: '2026-11-05' },
        'expired',
      ],
    ])('RV-3 a promotion that has ended since the order was taken, where %s', (_words, before, but, because) => {
      const earlier = before.map(([one, on]) => ({ intake: one, on }));
      const asked = order(2500);
      expect(problem({ ...asked, intake: { ...asked.intake, ...but }, promotion: over, earlier })).toBe(because);
    });

    test('RV-3 a high discount without a promotion is a doubt', () => {
      const items = [free];
      expect(flagsOf({ intake: intake({ lines: [line({ discountBp: 2000 })] }), items })).toEqual([]);
      expect(flagsOf({ intake: intake({ lines: [line({ discountBp: 2001 })] }), items })).toEqual([
        'discount_unexplained',
      ]);
    });
  });

  describe('RV-3 restrictions', () => {
    const all = {
      id: 'R-1',
      itemId: null,
      customerId: null,
      country: null,
      province: null,
      reasonCode: 'dual_use',
      fromOn: '2026-11-23',
      untilOn: '2026-11-23',
    };
    test.each([
      ['its item', { itemId: 'CHAIR' }, true],
      ['another item', { itemId: 'TABLE' }, false],
      ['its customer', { customerId: 'C-1' }, true],
      ['another customer', { customerId: 'C-2' }, false],
      ['its country in another word', { country: 'China' }, true],
      ['its province', { country: 'CN', province: '江苏' }, true],
      ['another province', { country: 'CN', province: '新疆' }, false],
      ['another country', { country: 'KP' }, false],
      ['its item from tomorrow on', { itemId: 'CHAIR', fromOn: '2026-11-24' }, false],
      ['its item until yesterday', { itemId: 'CHAIR', fromOn: '2026-11-01', untilOn: '2026-11-22' }, false],
    ])('RV-3 an order and a restriction of %s', (_words, but, isMet) => {
      const asked = { restrictions: [{ ...all, ...but }] };
      expect(flagsOf(asked)).toEqual(isMet ? ['compliance'] : []);
      expect(reviewsOf(asked)).toEqual(isMet ? [sales, 'review.compliance', management] : [sales]);
    });
  });

  test('IN-9 a price more than 10 % below list is flagged', () => {
    expect(flagsOf({ intake: intake({ lines: [line({ discountBp: 1000 })] }) })).toEqual([]);
    expect(flagsOf({ intake: intake({ lines: [line({ discountBp: 1001 })] }) })).toEqual(['price_below_list']);
    expect(flagsOf({ intake: intake({ lines: [line({ unitPriceFen: 89_99 })] }) })).toEqual(['price_below_list']);
  });

  test.each([
    ['as last time', 100_00, []],
    ['10 % less, which policy allows', 90_00, []],
    ['a fen less than that', 89_99, ['price_unlike_last_deals']],
    ['10 % more', 110_00, []],
    ['a fen more than that', 110_01, ['price_unlike_last_deals']],
  ])('IN-9 a price %s than the customer paid last', (_words, unitPriceFen, flags) => {
    const lastDeal = { orderNo: '20261001-0001', on: '2026-10-01', quantity: 3, netFen: 300_00 };
    const question = {
      intake: intake({ lines: [line({ unitPriceFen })] }),
      items: [{ ...chair, listPriceFen: 0, lastDeal }],
    };
    expect(flagsOf(question)).toEqual(flags);
    expect(flagsOf({ ...question, items: [{ ...chair, listPriceFen: 0, lastDeal: null }] })).toEqual([]);
    const downOnly = policyWith({ flags: { ...policy.flags, priceUnlikeLastBp: { below: 1000 } } });
    expect(flagsOf({ ...question, policy: downOnly })).toEqual(unitPriceFen > 100_00 ? [] : flags);
  });

  test('HT-16 what a flag saw is kept with the level that it calls for', () => {
    const lastDeal = { orderNo: '20261001-0001', on: '2026-10-01', quantity: 3, netFen: 300_00 };
    const { terms } = ask({ items: [{ ...chair, listPriceFen: 0, lastDeal: { ...lastDeal, netFen: 600_00 } }] });
    expect(terms.reviews.map(({ task }) => task)).toEqual([price, sales, management]);
    expect(terms.reviews[0]?.evidence).toEqual({
      flags: 'price_unlike_last_deals',
      'price_unlike_last_deals.line': 1,
      'price_unlike_last_deals.unitFen': 100_00,
      'price_unlike_last_deals.lastFen': 200_00,
      'price_unlike_last_deals.lastOn': '2026-10-01',
      'price_unlike_last_deals.lastOrder': '20261001-0001',
    });
  });

  test('IN-10 a remote area is flagged', () => {
    const address = {
      country: 'CN',
      province: '新疆维吾尔自治区',
      city: '喀什市',
      district: '色满镇',
      street: '解放路',
      number: '2',
    };
    expect(flagsOf({ intake: intake({ address }) })).toEqual(['remote_area']);
  });

  test('IN-10 more than three times the usual quantity is flagged, a first order is not', () => {
    expect(flagsOf({ items: [{ ...chair, usualQuantity: 3 }] })).toEqual(['quantity_above_usual']);
    expect(flagsOf({ items: [{ ...chair, usualQuantity: 4 }] })).toEqual([]);
    expect(flagsOf({ items: [{ ...chair, usualQuantity: null }] })).toEqual([]);
  });

  test('IN-10 HT-16 the usual quantity is compared as it is, and read with two decimals', () => {
    const flagged = (usualQuantity: number) => ask({ items: [{ ...chair, usualQuantity }] }).explanation.flags;
    expect(flagged(8 / 3)[0]?.evidence).toEqual({ line: 1, quantity: 10, usualQuantity: 2.67 });
    expect([flagged(10 / 3 - 1e-9).length, flagged(10 / 3).length]).toEqual([1, 0]);
  });

  test('AL-2 short stock is flagged for goods that come from stock', () => {
    expect(flagsOf({ items: [{ ...chair, availableNow: 9 }] })).toEqual(['short_stock']);
    expect(flagsOf({ items: [{ ...chair, availableNow: 9, supply: 'buy' }] })).toEqual([]);
  });

  test('IN-10 a wish before the lead time and customised goods are flagged', () => {
    const wish = (date: string) => intake({ deliveryWish: { date, method: 'express', window: null } });
    expect(flagsOf({ intake: wish('2026-11-23') })).toEqual(['wish_before_lead_time']);
    expect(flagsOf({ intake: wish('2026-11-24') })).toEqual([]);
    expect(flagsOf({ intake: intake({ specialRequirements: 'red' }) })).toEqual(['customised']);
    expect(flagsOf({ intake: intake({ lines: [line({ specification: 'walnut' })] }) })).toEqual(['customised']);
  });

  describe('RV-3 capacity', () => {
    const capacity = {
      lines: [{ line: 'all', piecesPerDay: 5, fromOn: '2026-01-01' }],
      owed: [{ dueOn: '2026-12-10', pieces: 65 }],
    };
    const tables = (wished: string | null) =>
      intake({
        lines: [line({ itemId: 'TABLE' })],
        deliveryWish: { date: wished, method: 'express', window: null },
      });
    const levels = [sales, technical, production];

    test('RV-3 a wish before what production can make is reviewed by management, with what the check saw', () => {
      const { terms } = ask({ intake: tables('2026-12-11'), capacity });
      expect(terms.reviews.map(({ task }) => task)).toEqual([...levels, management]);
      expect(terms.reviews[3]?.evidence).toEqual({
        flags: 'over_capacity',
        'over_capacity.wishedOn': '2026-12-11',
        'over_capacity.neededPieces': 10,
        'over_capacity.freePieces': 5,
        'over_capacity.firstPossibleOn': '2026-12-14',
      });
      expect(reviewsOf({ intake: tables('2026-12-14'), capacity })).toEqual(levels);
      expect(reviewsOf({ intake: tables(null), capacity })).toEqual(levels);
      expect(reviewsOf({ intake: tables('2026-12-11'), capacity: { ...capacity, lines: [] } })).toEqual(levels);
    });

    test('RV-3 the offered date is no earlier than production can make the goods', () => {
      const offered = (but: Parameters<typeof ask>[0]) => ask({ intake: tables(null), ...but }).terms.offeredOn;
      expect(offered({})).toBe('2026-12-07');
      expect(offered({ capacity })).toBe('2026-12-14');
      expect(offered({ capacity: { ...capacity, owed: [] } })).toBe('2026-12-07');
      expect(offered({ capacity: { ...capacity, lines: [] } })).toBe('2026-12-07');
      const idle = [{ line: 'all', piecesPerDay: 0, fromOn: '2026-01-01' }];
      expect(offered({ capacity: { ...capacity, lines: idle } })).toBe('2026-12-07');
      expect(flagsOf({ intake: tables('2030-01-01'), capacity: { ...capacity, lines: idle } })).toEqual([
        'over_capacity',
      ]);
    });
  });

  const free = { ...chair, listPriceFen: 0 };
  const lastDeal = { orderNo: '20261001-0001', on: '2026-10-01', quantity: 1, netFen: 500_00 };
  const restriction = { id: 'R', itemId: 'CHAIR', customerId: null, country: null, province: null };
  const xinjiang = {
    country: 'CN',
    province: '新疆',
    city: '喀什市',
    district: '色满镇',
    street: '解放路',
    number: '2',
  };
  /** An order that raises each flag, and it alone. */
  const raising: Readonly<Record<FlagName, Parameters<typeof ask>[0]>> = {
    credit_exceeded: { customer: customer({ creditLimitFen: 1 }) },
    credit_unknown: { creditNow: null },
    credit_unassessed: { customer: customer({ creditAssessed: false }) },
    arrears: { creditNow: { ...credit, overdueFen: 1 } },
    price_below_list: { intake: intake({ lines: [line({ unitPriceFen: 89_99 })] }) },
    price_unlike_last_deals: { items: [{ ...free, lastDeal }] },
    promotion_invalid: { intake: intake({ promotion: 'GONE' }), promotion: null },
    discount_unexplained: { intake: intake({ lines: [line({ discountBp: 2001 })] }), items: [free] },
    remote_area: { intake: intake({ address: xinjiang }) },
    quantity_above_usual: { items: [{ ...chair, usualQuantity: 1 }] },
    short_stock: { items: [{ ...chair, availableNow: 1 }] },
    wish_before_lead_time: {
      intake: intake({ deliveryWish: { date: '2026-11-23', method: 'express', window: null } }),
    },
    over_capacity: {
      intake: intake({
        lines: [line({ itemId: 'SHELF' })],
        deliveryWish: { date: '2026-12-08', method: 'express', window: null },
      }),
      items: [{ ...chair, id: 'SHELF', supply: 'make', availableNow: 0 }],
      capacity: { lines: [{ line: 'all', piecesPerDay: 10, fromOn: '2026-12-09' }], owed: [] },
    },
    customised: { intake: intake({ specialRequirements: 'red' }) },
    compliance: { restrictions: [{ ...restriction, reasonCode: 'dual_use', fromOn: '2026-01-01', untilOn: null }] },
  };
  test.each(flagNames)('IN-10 RV-4 the flag %s adds the reviewer whom a row of the policy names for it', (flag) => {
    const words = { zh: '旗', en: 'flag' };
    const when = [{ field: 'flags', operator: 'any_of', value: [flag] }] as const;
    const rows = [{ rule: 'by_flag', note: words, task: 'review.contract', when }] as const;
    const by = policyWith({ reviews: { ...policy.reviews, rows } });
    const { terms, explanation } = ask({ ...raising[flag], policy: by });
    expect(explanation.flags.map((one) => one.flag)).toEqual([flag]);
    expect(terms.reviews).toMatchObject([{ task: 'review.contract', rule: 'by_flag', evidence: { flags: flag } }]);
    const [[name, value] = ['', '']] = Object.entries(explanation.flags[0]?.evidence ?? {});
    expect(terms.reviews[0]?.evidence[`${flag}.${name}`]).toBe(value);
    expect(reviewsOf({ policy: by })).toEqual([]);
  });

  test('IN-10 policy says which flags are raised at all', () => {
    const silent = policyWith({ flags: { ...policy.flags, raised: [] } });
    expect(flagsOf({ creditNow: null, policy: silent })).toEqual([]);
    expect([...policy.flags.raised].sort()).toEqual([...flagNames].sort());
  });

  test('IN-8 how long the confirmation takes is known at the door: 2 working hours from approval', () => {
    expect(parseDuration(ask().explanation.confirmationWithin)).toEqual(workingHours(2));
  });
});
