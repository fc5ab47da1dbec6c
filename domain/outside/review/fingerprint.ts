import { canonicalJson, sha256 } from '../filing/digest';
import type { Terms } from '../../inside/intake/terms';
import type { OrderIntake } from '../intake/order-intake';

/** What an approval can be bound to (HT-12): policy names some of these for each level. */
export const reviewInputs = [
  'items',
  'quantities',
  'prices',
  'specifications',
  'total',
  'customer',
  'grade',
  'paymentTerms',
  'wishedOn',
  'delivery',
  'specialRequirements',
  'flags',
] as const;
export type ReviewInput = (typeof reviewInputs)[number];

/** What the fingerprint is taken of. */
export interface ReviewedOrder {
  readonly terms: Omit<Terms, 'reviews' | 'policy'>;
  readonly intake: OrderIntake;
  readonly flags: readonly string[];
}

/**
 * A hash over the inputs that an approval is bound to: 16 hexadecimal digits. The same inputs have the same one in every
 * revision, so an approval stands as long as what it saw does (HT-12, V6).
 */
export function fingerprint(inputs: readonly ReviewInput[], order: ReviewedOrder): string {
  const bound = inputs.toSorted().map((input) => [input, valueOf(input, order)]);
  return sha256(canonicalJson(bound)).slice(0, 16);
}

function valueOf(input: ReviewInput, { terms, intake, flags }: ReviewedOrder): unknown {
  switch (input) {
    case 'items':
      return terms.lines.map(({ itemId, supply }) => [itemId, supply]);
    case 'quantities':
      return [terms.lines.map(({ quantity }) => quantity), intake.toleranceBp];
    case 'prices':
      return terms.lines.map(({ netFen, taxFen, quantity }) => [netFen, taxFen, quantity]);
    case 'specifications':
      return intake.lines.map(({ specification }) => specification);
    case 'total':
      return terms.totals;
    case 'customer':
      return terms.customerId;
    case 'grade':
      return terms.grade;
    case 'paymentTerms':
      return [
        terms.depositFen,
        terms.balanceBeforeShipment,
        terms.startsAtOnce,
        terms.paymentTerm,
        terms.smallOrderPath,
      ];
    case 'wishedOn':
      return terms.wishedOn;
    case 'delivery':
      return [intake.address, intake.deliveryWish?.method ?? null];
    case 'specialRequirements':
      return intake.specialRequirements;
    case 'flags':
      return flags.toSorted();
  }
}
