import type { Base } from '../kernel/dossier';
import { date, oneOf, optional, text, whole } from '../kernel/shape';
import type { CivilDate, Instant } from '../kernel/vocabulary';
import { type Approved, offeredBy } from '../review/review';
import type { Credit, CreditSees } from '../credit/credit';

/** 订单确认书: the letter to the customer and back, and the date that it promises (CF-1 … CF-3). Of the present revision. */
export interface Confirmation {
  readonly sentAt?: Instant;
  readonly returnedAt?: Instant;
  /** The date that the customer was promised. */
  readonly promisedOn?: CivilDate;
  /** A later date that production has offered since (PR-1). */
  readonly delayedTo?: CivilDate;
  /** Special wishes were confirmed by phone. */
  readonly isCalled: boolean;
}

const troubles = ['technical', 'equipment', 'staff', 'material', 'force_majeure', 'customer'] as const;

export const confirmationFacts = {
  confirmationSent: { revision: whole(1, 10_000), offeredOn: date },
  confirmationReturned: { revision: whole(0, 10_000), attachmentId: optional(text()) },
  /** Production or purchasing cannot keep the date, and offers another (PR-1). */
  troubleReported: { cause: oneOf(...troubles), newOfferedOn: date },
} as const;

export const confirmationAsks = {
  'confirmation.call': { words: { zh: '电话确认特殊要求', en: 'confirm special wishes by phone' } },
  'confirmation.paper': { words: { zh: '收回订单确认书', en: 'get the signed confirmation back' }, outcomes: [] },
} as const;

export interface ConfirmationSees extends CreditSees {
  readonly credit: Credit;
}
export type ConfirmationView = Base & ConfirmationSees & { readonly confirmation: Confirmation };

/** The letter is out, and grades B and C have signed it: things may begin once the deposit is there (CF-2). */
export const isConfirmed = ({ confirmation, intake }: Pick<ConfirmationView, 'confirmation' | 'intake'>): boolean =>
  confirmation.sentAt !== undefined && (intake.terms.startsAtOnce || confirmation.returnedAt !== undefined);

/** The date of completion that stands now. */
export const offeredOn = (view: Approved & Pick<ConfirmationView, 'confirmation'>): CivilDate =>
  view.confirmation.delayedTo ?? offeredBy(view);
