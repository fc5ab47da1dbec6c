import fc from 'fast-check';
import { evaluate } from '../../../domain/outside/policy/conditions';
import { grades } from '../../../domain/inside/kernel/vocabulary';
import { channels, orderKinds } from '../../../domain/outside/intake/order-intake';
import {
  type Condition,
  flagNames,
  type FlagName,
  type OrderFacts,
  type Policy,
} from '../../../domain/outside/policy/policy';
import type { TermsQuestion } from '../../../domain/outside/intake/considered';
import { anyWorld, implies, opposite, orderThatMeets, worldOf } from '../../../domain/outside/policy/policy-check';
import { ask, chair, customer, intake, line, monday, policy, policyWith, table } from '../order-builders';

// A row that no order meets is refused when its policy is saved, so what says so must be right both ways: nothing that an order
// could meet is refused, and what is let pass is met by an order. Orders are those that go through the door.

const holds = (when: readonly Condition[], facts: OrderFacts): boolean =>
  evaluate({ rule: 'x', note: { zh: 'x', en: 'x' }, when }, facts).holds === 'yes';

/** Totals and discounts that conditions name and orders have, and their neighbours. */
const numbers = { totalFen: [0, 1, 2, 100, 101, 5_000_000], discountBp: [0, 1, 2000, 2001, 10_000] };
const someFlags = fc.oneof(fc.constant('all' as const), fc.subarray([...flagNames], { minLength: 1, maxLength: 3 }));
const comparison = (field: 'totalFen' | 'discountBp') =>
  fc.record({
    field: fc.constant(field),
    operator: fc.constantFrom('above', 'at_least', 'below', 'at_most'),
    value: fc.constantFrom(...numbers[field]),
  });
const sameness = (field: 'grade' | 'channel' | 'kind', values: readonly string[]) =>
  fc.record({
    field: fc.constant(field),
    operator: fc.constantFrom('is', 'is_not'),
    value: fc.constantFrom(...values),
  });
const condition: fc.Arbitrary<Condition> = fc.oneof(
  comparison('totalFen'),
  comparison('discountBp'),
  sameness('grade', grades),
  sameness('channel', channels.slice(0, 2)),
  sameness('kind', orderKinds),
  fc.record({ field: fc.constantFrom('hasMade', 'isRepeat'), operator: fc.constant('is'), value: fc.boolean() }),
  fc.record({ field: fc.constant('flags'), operator: fc.constantFrom('any_of', 'none_of'), value: someFlags }),
) as fc.Arbitrary<Condition>;
const conditions = fc.array(condition, { minLength: 1, maxLength: 4 });

/** Policies whose numbers bind their orders in other ways. */
const bindings = fc.record({
  balanceBeforeShipment: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  depositBp: fc.constantFrom(0, 3000, 10_000),
  raised: fc.subarray([...flagNames], { minLength: 4 }),
  remoteAreas: fc.constantFrom([], ['新疆']),
  priceBelowListBp: fc.constantFrom(1000, 10_000),
  last: fc.constantFrom(undefined, { below: 1000 }, { below: 10_000 }, { above: 500 }),
  free: fc.constantFrom(undefined, 0, 2000, 10_000),
});
type Bindings = typeof bindings extends fc.Arbitrary<infer One> ? One : never;

function policyOf({ balanceBeforeShipment: before, depositBp, last, free, ...flags }: Bindings): Policy {
  const row = (index: number) => ({ ...policy.grades.A, depositBp, balanceBeforeShipment: before[index] ?? false });
  return policyWith({
    grades: { A: row(0), B: row(1), C: row(2) },
    flags: {
      ...flags,
      usualQuantityTimes: 3,
      ...(last === undefined ? {} : { priceUnlikeLastBp: last }),
      ...(free === undefined ? {} : { discountWithoutPromotionBp: free }),
    },
  });
}

/** What can be wrong with an order: each a flag, where the policy has an eye for it. */
interface Like extends Pick<OrderFacts, 'hasMade' | 'isRepeat'> {
  readonly totalFen: number;
  readonly discountBp: number;
  readonly grade: 'A' | 'B' | 'C';
  readonly channel: string;
  readonly kind: string;
  readonly wrong: readonly FlagName[];
}

/** An order that goes through the door: its freight is its total, so that prices and discounts are free to be anything. */
function orderLike(like: Like, of: Policy = policy): Partial<TermsQuestion> {
  const { totalFen, discountBp, wrong } = like;
  const has = (flag: FlagName): boolean => wrong.includes(flag);
  const isNamed = has('promotion_invalid') || !has('discount_unexplained');
  const item = {
    ...chair,
    listPriceFen: has('price_below_list') ? 100_00 : 0,
    availableNow: has('short_stock') ? 0 : 1_000_000,
    usualQuantity: like.isRepeat === true ? (has('quantity_above_usual') ? 1 : 1_000_000) : null,
    lastDeal: null,
  };
  // Lines that nothing else speaks of carry what another line could not have.
  const other = (id: string, but: object) => ({ ...item, listPriceFen: 0, availableNow: 9_999_999, id, ...but });
  // Where no price is too low, one that is dearer than what cost nothing is unlike it.
  const isCheap = (of.flags.priceUnlikeLastBp?.below ?? 10_000) < 10_000;
  const isDear = has('price_unlike_last_deals') && !isCheap && totalFen > 0;
  const deal = { orderNo: '20260101-0001', on: '2026-01-01', quantity: 1, netFen: isCheap ? 100 : 0 };
  const others = [
    ...(has('quantity_above_usual') ? [other('USUAL', { usualQuantity: 1 })] : []),
    ...(has('price_unlike_last_deals') ? [other('DEAR', { lastDeal: deal, taxRateBp: 0 })] : []),
    ...(like.hasMade === true ? [{ ...table, listPriceFen: 0, usualQuantity: item.usualQuantity }] : []),
  ];
  const free = { unitPriceFen: 0, discountBp };
  const dear = { quantity: 1, unitPriceFen: 1, discountBp: 0 };
  return {
    intake: intake({
      channel: like.channel as never,
      kind: like.kind as never,
      lines: [
        line(free),
        ...others.map(({ id }) => line({ ...free, itemId: id, ...(isDear && id === 'DEAR' ? dear : {}) })),
      ],
      freightFen: isDear ? totalFen - 1 : totalFen,
      promotion: isNamed ? 'SALE' : null,
      address: { ...intake().address, province: has('remote_area') ? '新疆' : '江苏省' } as never,
      specialRequirements: has('customised') ? 'blue' : null,
      deliveryWish: {
        date: has('wish_before_lead_time') || has('over_capacity') ? '2026-11-20' : null,
        method: 'express',
        window: null,
      },
    }),
    items: [item, ...others],
    customer: customer({
      grade: like.grade,
      creditLimitFen: has('credit_exceeded') ? 0 : 1_000_000_000_00,
      creditAssessed: !has('credit_unassessed'),
    }),
    creditNow: has('credit_unknown')
      ? null
      : { receivablesFen: 0, takenFen: 0, inReviewFen: 0, overdueFen: has('arrears') ? 1 : 0 },
    promotion: {
      id: 'SALE',
      itemIds: [],
      discountBp: has('promotion_invalid') ? 0 : 10_000,
      minimumFen: has('promotion_invalid') ? 1_000_000_000 : 0,
      fromOn: '2026-01-01',
      untilOn: '2026-12-31',
    },
    restrictions: has('compliance')
      ? [
          {
            id: 'R1',
            itemId: 'CHAIR',
            customerId: null,
            country: null,
            province: null,
            reasonCode: 'dual_use',
            fromOn: '2026-01-01',
            untilOn: null,
          },
        ]
      : [],
    capacity: {
      lines: [{ line: 'L1', piecesPerDay: has('over_capacity') ? 0 : 1_000_000, fromOn: '2026-01-01' }],
      owed: [],
    },
    now: monday,
  };
}

const likes: fc.Arbitrary<Like> = fc.record({
  totalFen: fc.constantFrom(...numbers.totalFen),
  discountBp: fc.constantFrom(...numbers.discountBp),
  grade: fc.constantFrom(...grades),
  channel: fc.constantFrom(...channels.slice(0, 3)),
  kind: fc.constantFrom(...orderKinds),
  hasMade: fc.boolean(),
  isRepeat: fc.boolean(),
  wrong: fc.subarray([...flagNames], { maxLength: 4 }),
});

const facts = (question: Partial<TermsQuestion>, of: Policy): OrderFacts =>
  ask({ ...question, policy: of }).explanation.facts;

describe('whether an order could meet the conditions of a row', () => {
  test('GV-3 no row is refused that an order meets', () => {
    fc.assert(
      fc.property(bindings, fc.array(likes, { minLength: 8, maxLength: 8 }), conditions, (bound, orders, when) => {
        const of = policyOf(bound);
        const met = orders.some((like) => holds(when, facts(orderLike(like, of), of)));
        expect(met && orderThatMeets(when, worldOf(of)) === undefined).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  test('GV-3 a row that is let pass is met by an order at the door', () => {
    fc.assert(
      fc.property(bindings, conditions, (bound, when) => {
        const of = policyOf(bound);
        const found = orderThatMeets(when, worldOf(of));
        if (found === undefined) return;
        expect(holds(when, found)).toBe(true);
        const { totalFen = 0, discountBp = 0, grade = 'A', channel = '', kind = '', flags = [] } = found;
        // Freight alone cannot make up the largest total; a smaller one does as well, and bears the same flags.
        const total = Math.min(totalFen, 1_000_000_000);
        const { hasMade = false, isRepeat = false } = found;
        const order = { totalFen: total, discountBp, grade, channel, kind, hasMade, isRepeat, wrong: flags };
        expect(holds(when, facts(orderLike(order, of), of))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('GV-3 what does not hold is what the opposite says', () => {
    fc.assert(
      fc.property(condition, likes, (one, like) => {
        const seen = facts(orderLike(like), policy);
        expect(holds([opposite(one)], seen)).toBe(!holds([one], seen));
      }),
      { numRuns: 200 },
    );
  });

  test('GV-3 rows that are said to cover others do, whatever the order', () => {
    fc.assert(
      fc.property(conditions, conditions, likes, (when, others, like) => {
        const seen = facts(orderLike(like), policy);
        expect(implies(when, others) && holds(when, seen) && !holds(others, seen)).toBe(false);
      }),
      { numRuns: 400 },
    );
    expect(orderThatMeets([], anyWorld)).toBeDefined();
  });
});
