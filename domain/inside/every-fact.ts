import type { billingFacts } from './billing/billing';
import type { clearanceFacts } from './clearance/clearance';
import type { closingFacts } from './closing/closing';
import type { collectionsFacts } from './collection/collections';
import type { ladderFacts } from './collection/ladder';
import type { confirmationFacts } from './confirmation/confirmation';
import type { creditFacts } from './credit/credit';
import type { goodsFacts } from './goods/goods';
import type { holdsFacts } from './holds/holds';
import type { intakeFacts } from './intake/intake';
import type { FactOf } from './kernel/fact';
import type { worklistFacts } from './kernel/worklist/facts';
import type { moneyFacts } from './money/money';
import type { reviewFacts } from './review/review';
import type { handlingFacts } from './shipping/handling';
import type { shippingFacts } from './shipping/shipping';

type Everything = typeof billingFacts &
  typeof clearanceFacts &
  typeof closingFacts &
  typeof collectionsFacts &
  typeof ladderFacts &
  typeof confirmationFacts &
  typeof creditFacts &
  typeof goodsFacts &
  typeof holdsFacts &
  typeof intakeFacts &
  typeof worklistFacts &
  typeof moneyFacts &
  typeof reviewFacts &
  typeof handlingFacts &
  typeof shippingFacts;

/** Every fact of every process, by its kind: for whoever reads facts of several organs (rows, notices, letters, checkers). */
export type EveryFact = FactOf<Everything>;
export type FactKind = keyof Everything;
/** The fact of one kind. */
export type FactNamed<Kind extends FactKind> = Extract<EveryFact, { kind: Kind }>;
