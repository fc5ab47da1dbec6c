import type { Totals } from '../../inside/intake/terms';
import { type Calendar, civilDate } from '../../inside/kernel/calendar';
import type { Grade, Instant } from '../../inside/kernel/vocabulary';
import { type PickedPath, pickedPath } from '../clearance/small-orders';
import { type Offer, offerFor } from '../confirmation/offer';
import type { GradeRow, Policy } from '../policy/policy';
import { type CapacityFit, capacityFit, type CapacityNow } from '../production/capacity';
import { totalsOf } from './amounts';
import { type Completeness, completenessOf } from './completeness';
import type { CreditNow, CustomerNow, ItemNow, OrderIntake } from './order-intake';
import type { Entered } from './promotion-day';
import type { Promotion } from './promotions';
import type { Restriction } from './restrictions';

/** What the door asks about an order: what was typed, and what the libraries and books say now. */
export interface TermsQuestion {
  readonly intake: OrderIntake;
  /** Null: not in the library yet; grade C is assumed. */
  readonly customer: CustomerNow | null;
  /** At least those that the lines name. */
  readonly items: readonly ItemNow[];
  /** Null: could not be looked up. */
  readonly creditNow: CreditNow | null;
  /** Those that may concern it; absent: not looked up. */
  readonly restrictions?: readonly Restriction[];
  /** The one that the intake names; null: there is none of that name; absent: not looked up. */
  readonly promotion?: Promotion | null;
  /** The order at its earlier revisions, the oldest first; absent: it is new. */
  readonly earlier?: readonly Entered[];
  /** What production can do; absent: not looked up. */
  readonly capacity?: CapacityNow;
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly now: Instant;
}

/** An order as the terms of every organ look at it: the question, and what several of them need worked out. */
export interface Considered extends TermsQuestion {
  readonly grade: Grade;
  readonly gradeRow: GradeRow;
  readonly complete: Completeness;
  readonly totals: Totals;
  readonly small: PickedPath;
  /** Undefined: nothing is made for it, or capacity is not known. */
  readonly fit: CapacityFit | undefined;
  readonly offer: Offer;
}

export function considered(question: TermsQuestion): Considered {
  const { intake, customer, policy, calendar, now } = question;
  const grade = customer?.grade ?? 'C';
  const complete = completenessOf(intake, question);
  const totals = totalsOf(complete.lines, complete.freightFen);
  const fit = fitOf(question, complete.lines);
  const firstPossibleOn = fit?.firstPossibleOn ?? null;
  return {
    ...question,
    grade,
    gradeRow: policy.grades[grade],
    complete,
    totals,
    small: pickedPath(policy.smallOrders, { picked: intake.smallOrderPath, totalFen: totals.totalFen }),
    fit,
    offer: offerFor(policy.promise, complete.lines.map(promised), { now, calendar, firstPossibleOn }),
  };
}

function fitOf({ capacity, calendar, now }: TermsQuestion, lines: Completeness['lines']): CapacityFit | undefined {
  return capacity && capacityFit(capacity, lines, { today: civilDate(calendar, now), calendar });
}

function promised({ item, quantity }: Completeness['lines'][number]) {
  return { supply: item.supply, quantity, leadDays: item.leadDays, availableNow: item.availableNow };
}
