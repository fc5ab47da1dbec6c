import { nextAlarm } from './desk';
import type { Dossier } from './dossier';

/** What operators filter orders by; null where an order has none. */
export interface Attributes {
  readonly OrderStage?: string | null;
  readonly Grade?: string | null;
  readonly Salesperson?: string | null;
  readonly AmountFen?: number | null;
  readonly WaitingFor?: readonly string[] | null;
  readonly WaitingSince?: string | null;
  readonly PromisedDate?: string | null;
  readonly OldestDue?: string | null;
}

/** The values that an order's search attributes have as its facts stand. */
export function orderAttributes(dossier: Dossier): Attributes {
  return {
    OrderStage: dossier.status,
    Grade: dossier.terms.grade,
    Salesperson: dossier.terms.salespersonId,
    AmountFen: dossier.terms.totals.totalFen,
    WaitingFor: dossier.waitingFor.length > 0 ? dossier.waitingFor : null,
    WaitingSince: dossier.waitingSince,
    PromisedDate: dossier.promisedOn === undefined ? null : `${dossier.promisedOn}T00:00:00.000Z`,
    OldestDue: nextAlarm(dossier)?.at ?? null,
  };
}
