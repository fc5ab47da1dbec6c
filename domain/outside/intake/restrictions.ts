import { isChina } from './completeness';
import type { CivilDate } from '../../inside/kernel/vocabulary';
import type { Address } from './order-intake';

/** 限制: an item, a customer or a destination that legal wants to see first, from one day until another (RV-3). */
export interface Restriction {
  readonly id: string;
  readonly itemId: string | null;
  readonly customerId: string | null;
  readonly country: string | null;
  /** How the province begins; null: the whole country. */
  readonly province: string | null;
  readonly reasonCode: string;
  readonly fromOn: CivilDate;
  readonly untilOn: CivilDate | null;
}

interface Restricted {
  readonly customerId: string | null;
  readonly itemIds: readonly string[];
  readonly address: Address | null;
  readonly today: CivilDate;
}

/** Those of the restrictions that an order meets today. */
export function restrictionsOn(restrictions: readonly Restriction[], order: Restricted): readonly Restriction[] {
  return restrictions.filter(
    (one) =>
      one.fromOn <= order.today &&
      (one.untilOn === null || order.today <= one.untilOn) &&
      (order.itemIds.includes(one.itemId ?? '') ||
        (one.customerId !== null && one.customerId === order.customerId) ||
        isDestination(one, order.address)),
  );
}

function isDestination({ country, province }: Restriction, address: Address | null): boolean {
  if (country === null || address === null) return false;
  const isThere = isChina(country) ? isChina(address.country) : plain(address.country) === plain(country);
  return isThere && (province === null || (address.province ?? '').trim().startsWith(province));
}

const plain = (name: string): string => name.trim().toLowerCase();
