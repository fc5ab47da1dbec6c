import type { CapacityFit } from '../production/capacity';
import type { Evidence } from './conditions';
import { lineNet, sumFen } from '../../inside/kernel/money';
import type { CivilDate, Fen } from '../../inside/kernel/vocabulary';
import type { Address, CreditNow, ItemNow } from '../intake/order-intake';
import type { FlagName, FlagRules } from './policy';
import { type Promotion, promotionProblem } from '../intake/promotions';
import type { Restriction } from '../intake/restrictions';

/** Something about an order that a person should look at, and what was seen (IN-10). */
export interface Flag {
  readonly flag: FlagName;
  readonly evidence: Evidence;
}

export interface FlagFacts {
  /** Null: the customer is not known yet, so there is nothing to say about his credit. */
  readonly credit: CreditQuestion | null;
  readonly lines: readonly FlaggedLine[];
  readonly address: Address | null;
  readonly wishedOn: CivilDate | null;
  /** By lead times alone: what production can make is a check of its own. */
  readonly offeredOn: CivilDate;
  /** How it fits into what production can make; undefined: nothing is made, or nobody has said. */
  readonly capacity: CapacityFit | undefined;
  readonly hasSpecialRequirements: boolean;
  /** That it meets today. */
  readonly restrictions: readonly Restriction[];
  /** Undefined: none is named, or it was not looked up; null: there is none of that name. */
  readonly promotion: Promotion | null | undefined;
  /** The day by which its promotion is judged. */
  readonly on: CivilDate;
}

interface CreditQuestion {
  readonly limitFen: Fen;
  /** What of this order would be owed after the goods have gone; prepaid shares are no exposure (HG-3). */
  readonly exposureFen: Fen;
  /** Null: could not be looked up. */
  readonly now: CreditNow | null;
  /** False: nobody has ever said what he is worth. */
  readonly assessed: boolean;
}

interface FlaggedLine {
  readonly quantity: number;
  readonly netFen: Fen;
  readonly discountBp: number;
  readonly specification: string;
  readonly item: ItemNow;
}

/** The flags that the given facts raise, in a fixed order. What was not looked up raises none, but for credit. */
export function flagsOf(rules: FlagRules, facts: FlagFacts): readonly Flag[] {
  const found = [
    ...creditFlags(facts.credit),
    ...facts.lines.flatMap((line, index) => lineFlags(rules, line, index + 1)),
    ...promotionFlags(rules, facts),
    ...facts.restrictions.map(({ id, reasonCode }): Flag => ({
      flag: 'compliance',
      evidence: { restriction: id, reason: reasonCode },
    })),
    ...orderFlags(rules, facts),
  ];
  return rules.raised.flatMap((name) => found.find(({ flag }) => flag === name) ?? []);
}

/** Credit that cannot be looked up is a flag of its own: silence must not pass for a good name (HT-16). */
function creditFlags(credit: CreditQuestion | null): readonly Flag[] {
  if (credit === null) return [];
  const { limitFen, exposureFen, now, assessed } = credit;
  const unassessed: readonly Flag[] =
    assessed || exposureFen === 0 ? [] : [{ flag: 'credit_unassessed', evidence: { exposureFen } }];
  if (now === null) return [{ flag: 'credit_unknown', evidence: { exposureFen } }, ...unassessed];
  const { inReviewFen } = now;
  const takenFen = sumFen([now.receivablesFen, now.takenFen]);
  const exceeded = exposureFen > 0 && takenFen + inReviewFen + exposureFen > limitFen;
  return [
    ...unassessed,
    ...(exceeded
      ? [{ flag: 'credit_exceeded' as const, evidence: { limitFen, takenFen, inReviewFen, exposureFen } }]
      : []),
    ...(now.overdueFen > 0 ? [{ flag: 'arrears' as const, evidence: { overdueFen: now.overdueFen } }] : []),
  ];
}

function lineFlags(rules: FlagRules, { quantity, netFen, specification, item }: FlaggedLine, line: number): Flag[] {
  const flags: Flag[] = [];
  const listFen = item.listPriceFen;
  const floorFen = lineNet({ quantity, unitPriceFen: listFen, discountBp: rules.priceBelowListBp });
  if (netFen < floorFen) flags.push({ flag: 'price_below_list', evidence: { line, netFen, floorFen } });
  flags.push(...lastDealFlags(rules, { quantity, netFen, item }, line));
  const { availableNow, usualQuantity } = item;
  if (usualQuantity !== null && quantity > usualQuantity * rules.usualQuantityTimes)
    flags.push({
      flag: 'quantity_above_usual',
      evidence: { line, quantity, usualQuantity: roundedToHundredths(usualQuantity) },
    });
  if (item.supply === 'stock' && availableNow !== null && availableNow < quantity)
    flags.push({ flag: 'short_stock', evidence: { line, quantity, availableNow } });
  if (specification.trim() !== item.specification.trim()) flags.push({ flag: 'customised', evidence: { line } });
  return flags;
}

/** An average is compared as it is, and read with two decimals. */
const roundedToHundredths = (quantity: number): number => Math.round(quantity * 100) / 100;

/** A price far from what the same customer paid last, by piece: compared without rounding, shown in whole fen (IN-9). */
function lastDealFlags(
  { priceUnlikeLastBp: { below, above } = {} }: FlagRules,
  { quantity, netFen, item: { lastDeal } }: Pick<FlaggedLine, 'quantity' | 'netFen' | 'item'>,
  line: number,
): readonly Flag[] {
  if (lastDeal === undefined || lastDeal === null) return [];
  const now = 10_000n * BigInt(netFen) * BigInt(lastDeal.quantity);
  const then = BigInt(lastDeal.netFen) * BigInt(quantity);
  const tooLow = below !== undefined && now < then * BigInt(10_000 - below);
  const tooHigh = above !== undefined && now > then * BigInt(10_000 + above);
  if (!tooLow && !tooHigh) return [];
  const evidence = {
    line,
    unitFen: Math.round(netFen / quantity),
    lastFen: Math.round(lastDeal.netFen / lastDeal.quantity),
    lastOn: lastDeal.on,
    lastOrder: lastDeal.orderNo,
  };
  return [{ flag: 'price_unlike_last_deals', evidence }];
}

/** A discount is explained by the promotion that the order names, or small enough to need none (RV-3). */
function promotionFlags({ discountWithoutPromotionBp: freeBp }: FlagRules, facts: FlagFacts): readonly Flag[] {
  const { promotion, lines, on } = facts;
  if (promotion !== undefined) {
    const evidence = promotionProblem(promotion, { lines, on, freeBp: freeBp ?? 0 });
    return evidence === undefined ? [] : [{ flag: 'promotion_invalid', evidence }];
  }
  if (freeBp === undefined) return [];
  const index = lines.findIndex(({ discountBp }) => discountBp > freeBp);
  const { discountBp } = lines[index] ?? {};
  return discountBp === undefined
    ? []
    : [{ flag: 'discount_unexplained', evidence: { line: index + 1, discountBp, freeBp } }];
}

function orderFlags(rules: FlagRules, facts: FlagFacts): readonly Flag[] {
  const { address, wishedOn, offeredOn } = facts;
  const places = [address?.province ?? '', address?.country ?? ''].map((place) => place.trim());
  const area = rules.remoteAreas.find((remote) => places.some((place) => place.startsWith(remote)));
  return [
    ...(area !== undefined ? [{ flag: 'remote_area' as const, evidence: { area } }] : []),
    ...(wishedOn !== null && wishedOn < offeredOn
      ? [{ flag: 'wish_before_lead_time' as const, evidence: { wishedOn, offeredOn } }]
      : []),
    ...capacityFlags(facts),
    ...(facts.hasSpecialRequirements ? [{ flag: 'customised' as const, evidence: { specialRequirements: true } }] : []),
  ];
}

/** The date that the customer wishes is before production can have made the goods without making others late (RV-3). */
function capacityFlags({ wishedOn, capacity }: FlagFacts): readonly Flag[] {
  if (wishedOn === null || capacity === undefined) return [];
  const { neededPieces, firstPossibleOn } = capacity;
  if (firstPossibleOn !== null && firstPossibleOn <= wishedOn) return [];
  const freePieces = capacity.freePiecesBy(wishedOn);
  return [
    {
      flag: 'over_capacity',
      evidence: { wishedOn, neededPieces, freePieces, firstPossibleOn: firstPossibleOn ?? 'unknown' },
    },
  ];
}
