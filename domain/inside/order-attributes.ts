import { earliestDue } from './kernel/worklist/worklist';
import type { Dossier } from './order';

/** What operators filter by; null where an order has none. */
export interface Attributes {
  readonly OrderStage?: string | null;
  readonly Grade?: string | null;
  readonly Salesperson?: string | null;
  readonly AmountFen?: number | null;
  readonly WaitingFor?: readonly string[] | null;
  readonly WaitingSince?: string | null;
  readonly PromisedDate?: string | null;
  /** The earliest due time of an open task. */
  readonly OldestDue?: string | null;
}

/** The values that an order's search attributes have as its facts stand. */
export function orderAttributes(dossier: Dossier): Attributes {
  const { terms } = dossier.intake;
  const { promisedOn } = dossier.confirmation;
  return {
    OrderStage: dossier.status,
    Grade: terms.grade,
    Salesperson: terms.salespersonId,
    AmountFen: terms.totals.totalFen,
    WaitingFor: dossier.waitingFor.length > 0 ? dossier.waitingFor : null,
    WaitingSince: dossier.closing.ended === undefined ? dossier.waitingSince : null,
    PromisedDate: promisedOn === undefined ? null : `${promisedOn}T00:00:00.000Z`,
    OldestDue: earliestDue(dossier.worklist),
  };
}
