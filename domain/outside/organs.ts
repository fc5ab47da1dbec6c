import type { Filing } from '../inside/filing';
import type { Terms } from '../inside/intake/terms';
import type { Base } from '../inside/kernel/dossier';
import type { Dossier } from '../inside/order';
import { billingTerms } from './billing/terms';
import { clearanceTerms } from './clearance/terms';
import { closingNotices } from './closing/notices';
import { closingTerms } from './closing/terms';
import { collectionTerms } from './collection/terms';
import { confirmationNotices } from './confirmation/notices';
import { confirmationTerms } from './confirmation/terms';
import { contractTerms } from './contract/terms';
import { creditTerms } from './credit/terms';
import { depositTerms } from './deposit/terms';
import { goodsRows } from './goods/rows';
import { holdsTerms } from './holds/terms';
import type { Considered } from './intake/considered';
import { intakeNotices } from './intake/notices';
import { intakeRows } from './intake/rows';
import { intakeTerms } from './intake/terms';
import { moneyNotices } from './money/notices';
import { moneyRows } from './money/rows';
import type { NoticeText, OrganNotices } from './notices/notice';
import { reviewTerms } from './review/terms';
import { shippingNotices } from './shipping/notices';
import { shippingRows } from './shipping/rows';
import { shippingTerms } from './shipping/terms';
import { worklistNotices } from './worklist/notices';
import { worklistRows } from './worklist/rows';
import { worklistTerms } from './worklist/terms';

/** The organs of an order, and the worklist that all of them and all processes share. */
type OrganName = Exclude<keyof Dossier, keyof Base> | 'worklist';

/** What an organ has outside the sandbox. */
interface Outside {
  /** What an order must go through of it, by policy. */
  readonly terms?: (seen: Considered) => Partial<Terms>;
  /** What a batch of facts means for the tables. */
  readonly rows?: (filing: Filing) => object;
  /** What people are told of its facts. */
  readonly notices?: OrganNotices;
}

/** One line per organ, in the order of domain/inside/order.ts: the compiler names an organ that misses its line. */
export const organs = {
  worklist: { terms: worklistTerms, rows: worklistRows, notices: worklistNotices },
  intake: { terms: intakeTerms, rows: intakeRows, notices: intakeNotices },
  money: { rows: moneyRows, notices: moneyNotices },
  goods: { rows: goodsRows },
  contract: { terms: contractTerms },
  review: { terms: reviewTerms },
  credit: { terms: creditTerms },
  confirmation: { terms: confirmationTerms, notices: confirmationNotices },
  deposit: { terms: depositTerms },
  holds: { terms: holdsTerms },
  supply: {},
  purchase: {},
  production: {},
  quality: {},
  clearance: { terms: clearanceTerms },
  shipping: { terms: shippingTerms, rows: shippingRows, notices: shippingNotices },
  billing: { terms: billingTerms },
  collections: { terms: collectionTerms },
  closing: { terms: closingTerms, notices: closingNotices },
} as const satisfies Readonly<Record<OrganName, Outside>>;

/** All terms of an order but its levels, which look at the others. */
export const organTerms = (seen: Considered) => ({
  ...organs.worklist.terms(seen),
  ...organs.intake.terms(seen),
  ...organs.contract.terms(seen),
  ...organs.review.terms(seen),
  ...organs.credit.terms(seen),
  ...organs.confirmation.terms(seen),
  ...organs.deposit.terms(seen),
  ...organs.holds.terms(seen),
  ...organs.clearance.terms(seen),
  ...organs.shipping.terms(seen),
  ...organs.billing.terms(seen),
  ...organs.collections.terms(seen),
  ...organs.closing.terms(seen),
});

/** The rows of all organs. */
export const organRows = (filing: Filing) => ({
  ...organs.worklist.rows(filing),
  ...organs.intake.rows(filing),
  ...organs.money.rows(filing),
  ...organs.goods.rows(filing),
  ...organs.shipping.rows(filing),
});
export type OrganRows = ReturnType<typeof organRows>;

const lines: readonly Outside[] = Object.values(organs);
const organNotices = lines.flatMap((organ) => organ.notices ?? []);
/** By the kind of fact: what people are told of it. */
export const notices = Object.fromEntries(organNotices.flatMap(({ told }) => Object.entries(told)));
/** By template: what the notices of all organs say. */
export const organTexts: Readonly<Record<string, NoticeText>> = Object.fromEntries(
  organNotices.flatMap(({ texts }) => Object.entries(texts)),
);
