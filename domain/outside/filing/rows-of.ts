import type { Filing } from '../../inside/filing';
import type { CollectionSummary } from '../../inside/collection';
import type { OrderSummary } from '../../inside/order-summary';
import type { ShipmentSummary } from '../../inside/shipment';
import { applied } from './applied';
import { type AnswerRow, answerRows, type FactRow, factRows } from './fact-rows';
import { goodsRows, type ProductionRow, type Progress, type PurchaseRow } from '../goods/rows';
import {
  type AllocationRow,
  type ChargeRow,
  chargeRows,
  type ChargeStanding,
  type EntryRow,
  entryRows,
  type LegRow,
  legRows,
  moneyStanding,
  type PaymentRow,
  paymentRows,
  type ReversalRow,
} from '../money/rows';
import { type NoticeRow, noticeRows } from '../notices/notice-rows';
import { type ShipmentLineRow, shipmentLineRows } from '../shipping/rows';
import { type TaskRow, taskRows } from '../worklist/rows';
import { type TrailRow, trailRows } from '../worklist/task-history';

/**
 * What one batch of facts means for the tables. A pure function of the filing, so the read model can be rebuilt from
 * histories (S3). Rows are named and typed as the columns they go to; instants are ISO strings, money whole fen.
 */
export interface Rows {
  readonly workflowId: string;
  readonly orderNo: string;
  readonly customerId: string | null;
  /** The workflow's row must stand at `firstSeq - 1`, and stands at `lastSeq` afterwards. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly summary: (OrderSummary & TermsColumns) | ShipmentSummary | CollectionSummary;
  readonly facts: readonly FactRow[];
  readonly answers: readonly AnswerRow[];
  readonly tasks: readonly TaskRow[];
  readonly trail: readonly TrailRow[];
  readonly notices: readonly NoticeRow[];
  readonly payments: readonly PaymentRow[];
  readonly reversals: readonly ReversalRow[];
  readonly charges: readonly ChargeRow[];
  /** How every charge of the order stands, where the batch changed money; null where it did not. */
  readonly chargesStand: readonly ChargeStanding[] | null;
  /** Which part of a payment stands for which charge, all of the order's, where the batch changed money. */
  readonly allocations: readonly AllocationRow[] | null;
  readonly entries: readonly EntryRow[];
  readonly legs: readonly LegRow[];
  readonly shipmentLines: readonly ShipmentLineRow[];
  readonly purchases: readonly PurchaseRow[];
  readonly productions: readonly ProductionRow[];
  readonly progress: readonly Progress[];
  /** Purchase and production orders of earlier batches that are not done are void. */
  readonly voidsEarlier: boolean;
}

/** What a revision changes in the order's row beside where it stands; null where the batch has none. */
interface TermsColumns {
  readonly policyName: string | null;
  readonly policyVersion: number | null;
  readonly salespersonId: string | null;
}

/** Which rows a filing writes. */
export function rowsOf(filing: Filing): Rows {
  const { workflowId, orderNo, customerId, firstSeq, facts } = filing;
  return {
    workflowId,
    orderNo,
    customerId,
    firstSeq,
    lastSeq: firstSeq + facts.length - 1,
    summary: summaryOf(filing),
    facts: factRows(filing),
    answers: answerRows(facts),
    tasks: taskRows(filing),
    trail: trailRows(filing),
    notices: noticeRows(filing),
    ...paymentRows(filing),
    charges: chargeRows(filing),
    ...moneyStanding(filing),
    entries: entryRows(filing),
    legs: legRows(filing),
    shipmentLines: shipmentLineRows(filing),
    ...goodsRows(filing),
  };
}

function summaryOf({ summary, facts }: Filing): Rows['summary'] {
  if (summary.of !== 'order') return summary;
  const terms = applied(facts, 'orderAccepted', 'orderRevised').at(-1)?.terms;
  return {
    ...summary,
    policyName: terms?.policy.name ?? null,
    policyVersion: terms?.policy.version ?? null,
    salespersonId: terms?.salespersonId ?? null,
  };
}
