import type { billingFacts } from '../../domain/inside/billing/billing';
import type { clearanceFacts } from '../../domain/inside/clearance/clearance';
import type { closingFacts } from '../../domain/inside/closing/closing';
import type { toCollection } from '../../domain/inside/collection/between';
import type { confirmationFacts } from '../../domain/inside/confirmation/confirmation';
import type { creditFacts } from '../../domain/inside/credit/credit';
import type { goodsFacts } from '../../domain/inside/goods/goods';
import type { holdsFacts } from '../../domain/inside/holds/holds';
import type { intakeFacts } from '../../domain/inside/intake/intake';
import type { Body, FactHead } from '../../domain/inside/kernel/fact';
import type { worklistFacts } from '../../domain/inside/kernel/worklist/facts';
import type { moneyFacts } from '../../domain/inside/money/money';
import type { reviewFacts } from '../../domain/inside/review/review';
import type { toOrder, toShipment } from '../../domain/inside/shipping/between';
import type { carrierFacts } from '../../domain/inside/shipping/carrier';

/** What may be told to an order, a shipment or a collection, as its owner states it. */
export type SaidBody =
  | Body<typeof worklistFacts>
  | Body<typeof intakeFacts>
  | Body<typeof moneyFacts>
  | Body<typeof goodsFacts>
  | Body<typeof reviewFacts>
  | Body<typeof creditFacts>
  | Body<typeof confirmationFacts>
  | Body<typeof holdsFacts>
  | Body<typeof clearanceFacts>
  | Body<typeof billingFacts>
  | Body<typeof closingFacts>
  | Body<typeof carrierFacts>
  | Body<typeof toOrder>
  | Body<typeof toShipment>
  | Body<typeof toCollection>;

/** The same with as much of its head as a story cares about. */
export type Said = SaidBody & Partial<FactHead>;

/** A fact of one kind, without its head. */
export type Saying<K extends SaidBody['kind']> = Extract<SaidBody, { readonly kind: K }>;
