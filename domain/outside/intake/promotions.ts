import type { Evidence } from '../policy/conditions';
import { sumFen } from '../../inside/kernel/money';
import type { CivilDate, Fen } from '../../inside/kernel/vocabulary';

/** 促销: which discount an order may name, for which items, from which amount and when (RV-3). */
export interface Promotion {
  readonly id: string;
  /** Empty: all items. */
  readonly itemIds: readonly string[];
  readonly discountBp: number;
  /** Of the goods without tax. */
  readonly minimumFen: Fen;
  readonly fromOn: CivilDate;
  readonly untilOn: CivilDate;
}

interface Discounted {
  readonly discountBp: number;
  readonly netFen: Fen;
  readonly item: { readonly id: string };
}

/**
 * What is wrong with the promotion that an order names, or undefined. Lines that it does not cover may have the discount that
 * needs no promotion.
 */
export function promotionProblem(
  promotion: Promotion | null,
  { lines, on, freeBp }: { readonly lines: readonly Discounted[]; readonly on: CivilDate; readonly freeBp: number },
): Evidence | undefined {
  if (promotion === null) return { because: 'unknown' };
  const { id, itemIds, discountBp, minimumFen, fromOn, untilOn } = promotion;
  if (on < fromOn) return { promotion: id, because: 'not_yet', fromOn };
  if (on > untilOn) return { promotion: id, because: 'expired', untilOn };
  const goodsFen = sumFen(lines.map(({ netFen }) => netFen));
  if (goodsFen < minimumFen) return { promotion: id, because: 'below_minimum', goodsFen, minimumFen };
  const covers = ({ item }: Discounted): boolean => itemIds.length === 0 || itemIds.includes(item.id);
  if (!lines.some(covers)) return { promotion: id, because: 'not_for_these_items' };
  const index = lines.findIndex((one) => one.discountBp > (covers(one) ? discountBp : freeBp));
  const [line, wrong] = [index + 1, lines[index]];
  if (wrong === undefined) return undefined;
  return covers(wrong)
    ? { promotion: id, because: 'discount_above', line, discountBp: wrong.discountBp, allowedBp: discountBp }
    : { promotion: id, because: 'not_for_this_item', line, discountBp: wrong.discountBp };
}
