import type { CollectionSummary } from '../../inside/collection';
import type { Filing } from '../../inside/filing';
import type { OrderSummary } from '../../inside/order-summary';
import type { ShipmentSummary } from '../../inside/shipment';
import { applied } from '../filing/applied';

/** What a revision changes in the order's row beside where it stands; null where the batch has none. */
interface TermsColumns {
  readonly policyName: string | null;
  readonly policyVersion: number | null;
  readonly salespersonId: string | null;
}

/** The row of the order, with what its newest terms say; the row of a shipment or a collection as it is. */
export function intakeRows({ summary, facts }: Filing): {
  readonly summary: (OrderSummary & TermsColumns) | ShipmentSummary | CollectionSummary;
} {
  if (summary.of !== 'order') return { summary };
  const terms = applied(facts, 'orderAccepted', 'orderRevised').at(-1)?.terms;
  return {
    summary: {
      ...summary,
      policyName: terms?.policy.name ?? null,
      policyVersion: terms?.policy.version ?? null,
      salespersonId: terms?.salespersonId ?? null,
    },
  };
}
