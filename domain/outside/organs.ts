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

type Organ = (typeof organs)[keyof typeof organs];
/** What all of these together say. */
type Together<Part> = (Part extends unknown ? (part: Part) => void : never) extends (part: infer All) => void
  ? All
  : never;
type Given<Key extends 'terms' | 'rows'> = Organ extends infer One
  ? One extends { readonly [K in Key]: (asked: never) => infer Part }
    ? Part
    : never
  : never;

/** All terms of an order but its levels, which look at the others. */
export type OrganTerms = Together<Given<'terms'>>;
/** The rows of all organs. */
export type OrganRows = Together<Given<'rows'>>;

const lines: readonly Outside[] = Object.values(organs);

// What is put together here is of the type that the table's own functions say: Object.assign forgets it.
export const organTerms = (seen: Considered): OrganTerms =>
  Object.assign({}, ...lines.map(({ terms }) => terms?.(seen))) as OrganTerms;
export const organRows = (filing: Filing): OrganRows =>
  Object.assign({}, ...lines.map(({ rows }) => rows?.(filing))) as OrganRows;

const organNotices = lines.flatMap((organ) => organ.notices ?? []);
/** By the kind of fact: what people are told of it. */
export const notices = Object.fromEntries(organNotices.flatMap(({ told }) => Object.entries(told)));
/** By template: what the notices of all organs say. */
export const organTexts: Readonly<Record<string, NoticeText>> = Object.fromEntries(
  organNotices.flatMap(({ texts }) => Object.entries(texts)),
);
