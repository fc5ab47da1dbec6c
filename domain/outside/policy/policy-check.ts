import { percentOf } from '../../inside/kernel/money';
import { type Fen, type Grade, grades } from '../../inside/kernel/vocabulary';
import { channels, orderKinds } from '../intake/order-intake';
import { largestTotalFen } from '../intake/amounts';
import { type Condition, type FlagName, flagNames, type OrderFacts, type Policy } from './policy';

/** Facts that an order could have, and what of it the automatic checks look at besides. */
interface Guess {
  readonly totalFen: Fen;
  readonly discountBp: number;
  readonly grade: Grade;
  readonly hasMade: boolean;
  readonly creditIsKnown: boolean;
  readonly namesPromotion: boolean;
}

/** Which flags an order can have together with its other facts. */
export interface World {
  readonly mayRaise: (flag: FlagName, order: Guess) => boolean;
}

/** Where every fact is free of every other. */
export const anyWorld: World = { mayRaise: () => true };

/** Where the policy's own numbers bind its orders: who prepays all owes nothing, and what is not looked for is not found. */
export const worldOf = (policy: Policy): World => ({
  mayRaise: (flag, order) =>
    policy.flags.raised.includes(flag) &&
    neverRaised(policy, flag) === undefined &&
    (raised[flag].goesWith?.(order, policy) ?? true),
});

/** When no order of a policy has a flag, and with which orders a flag goes. */
interface Raised {
  /** The reason why no order has it, whatever else it is like; undefined: some have. */
  readonly never?: (flags: Policy['flags']) => string | undefined;
  /** Whether an order may have it; absent: any may. */
  readonly goesWith?: (order: Guess, policy: Policy) => boolean;
}

/** Every flag, by what raises it (`domain/outside/policy/flags.ts`). */
const raised: Readonly<Record<FlagName, Raised>> = {
  credit_exceeded: { goesWith: (order, policy) => owes(order, policy) && order.creditIsKnown },
  credit_unknown: { goesWith: ({ creditIsKnown }) => !creditIsKnown },
  credit_unassessed: { goesWith: owes },
  arrears: { goesWith: ({ creditIsKnown }) => creditIsKnown },
  price_below_list: {
    never: ({ priceBelowListBp }) =>
      priceBelowListBp >= 10_000 ? 'no price is below nothing: flags.priceBelowListBp' : undefined,
  },
  price_unlike_last_deals: {
    never: ({ priceUnlikeLastBp: { below = 10_000, above } = {} }) =>
      below >= 10_000 && above === undefined
        ? 'flags.priceUnlikeLastBp names no side on which a price can differ'
        : undefined,
    // An order that costs nothing can only be too cheap: its price is above no other.
    goesWith: ({ totalFen }, { flags }) => (flags.priceUnlikeLastBp?.below ?? 10_000) < 10_000 || totalFen > 0,
  },
  promotion_invalid: { goesWith: ({ namesPromotion }) => namesPromotion },
  discount_unexplained: {
    never: ({ discountWithoutPromotionBp = 10_000 }) =>
      discountWithoutPromotionBp >= 10_000 ? 'flags.discountWithoutPromotionBp lets every discount pass' : undefined,
    goesWith: ({ namesPromotion, discountBp }, { flags }) =>
      !namesPromotion && discountBp > (flags.discountWithoutPromotionBp ?? 10_000),
  },
  remote_area: {
    never: ({ remoteAreas }) => (remoteAreas.length === 0 ? 'flags.remoteAreas names none' : undefined),
  },
  quantity_above_usual: {},
  short_stock: {},
  wish_before_lead_time: {},
  over_capacity: { goesWith: ({ hasMade }) => hasMade },
  customised: {},
  compliance: {},
};

/** Why no order of a policy has a flag, whatever else it is like; undefined: some have. */
export const neverRaised = ({ flags }: Policy, flag: FlagName): string | undefined => raised[flag].never?.(flags);

/** Whether something of an order is paid after its goods have gone. */
function owes({ grade, totalFen }: Guess, { grades: rows }: Policy): boolean {
  const { depositBp, balanceBeforeShipment } = rows[grade];
  return !balanceBeforeShipment && totalFen > percentOf(totalFen, depositBp);
}

/** Facts of an order for which all of these conditions hold; undefined: there is no such order. */
export function orderThatMeets(when: readonly Condition[], world: World): OrderFacts | undefined {
  // The largest of each: the larger an order, the more flags it can have.
  const totalFen = largestWithin(when, 'totalFen', largestTotalFen);
  const discountBp = largestWithin(when, 'discountBp', 10_000);
  const [channel] = choices(when, 'channel', channels);
  const [kind] = choices(when, 'kind', orderKinds);
  const [isRepeat] = answersLeft(when, 'isRepeat');
  if (totalFen === undefined || discountBp === undefined) return undefined;
  if (channel === undefined || kind === undefined || isRepeat === undefined) return undefined;
  for (const grade of choices(when, 'grade', grades))
    for (const hasMade of answersLeft(when, 'hasMade'))
      for (const creditIsKnown of [true, false])
        for (const namesPromotion of [true, false]) {
          const guess = { totalFen, discountBp, grade, hasMade, creditIsKnown, namesPromotion };
          const flags = flagsFor(when, (flag) => world.mayRaise(flag, guess));
          if (flags !== undefined) return { totalFen, discountBp, grade, channel, kind, hasMade, isRepeat, flags };
        }
  return undefined;
}

/** Whether an order for which these conditions hold is always one for which the others hold too. */
export const implies = (when: readonly Condition[], others: readonly Condition[]): boolean =>
  others.every((other) => orderThatMeets([...when, opposite(other)], anyWorld) === undefined);

/** What holds where a condition does not. */
export function opposite(condition: Condition): Condition {
  switch (condition.field) {
    case 'totalFen':
    case 'discountBp':
      return { ...condition, operator: opposites[condition.operator] };
    case 'grade':
    case 'channel':
    case 'kind':
      return { ...condition, operator: condition.operator === 'is' ? 'is_not' : 'is' };
    case 'hasMade':
    case 'isRepeat':
      return { ...condition, value: !condition.value };
    case 'flags':
      return { ...condition, operator: condition.operator === 'any_of' ? 'none_of' : 'any_of' };
  }
}

const opposites = { above: 'at_most', at_most: 'above', at_least: 'below', below: 'at_least' } as const;

function largestWithin(
  when: readonly Condition[],
  field: 'totalFen' | 'discountBp',
  largest: number,
): number | undefined {
  let [from, to] = [0, largest];
  for (const one of when) {
    if (one.field !== field) continue;
    if (one.operator === 'above') from = Math.max(from, one.value + 1);
    if (one.operator === 'at_least') from = Math.max(from, one.value);
    if (one.operator === 'below') to = Math.min(to, one.value - 1);
    if (one.operator === 'at_most') to = Math.min(to, one.value);
  }
  return from <= to ? to : undefined;
}

function choices<Name extends string>(
  when: readonly Condition[],
  field: 'grade' | 'channel' | 'kind',
  names: readonly Name[],
): readonly Name[] {
  return names.filter((name) =>
    when.every((one) => one.field !== field || (one.operator === 'is') === (one.value === name)),
  );
}

const answersLeft = (when: readonly Condition[], field: 'hasMade' | 'isRepeat'): readonly boolean[] =>
  [true, false].filter((answer) => when.every((one) => one.field !== field || one.value === answer));

/** One flag for each condition that asks for some, and none of those that are not to be; undefined: there are none. */
function flagsFor(when: readonly Condition[], mayRaise: (flag: FlagName) => boolean): readonly FlagName[] | undefined {
  const asked = when.filter((one) => one.field === 'flags');
  const left = flagNames.filter(
    (flag) => mayRaise(flag) && asked.every((one) => one.operator === 'any_of' || !names(one.value, flag)),
  );
  const picked = asked
    .filter(({ operator }) => operator === 'any_of')
    .map(({ value }) => left.find((flag) => names(value, flag)));
  return picked.includes(undefined) ? undefined : flagNames.filter((flag) => picked.includes(flag));
}

const names = (value: readonly FlagName[] | 'all', flag: FlagName): boolean => value === 'all' || value.includes(flag);
