import type { CollectionStanding, Filing, OrderStanding, ShipmentStanding } from './inside/filing';
import { applied } from './rows/applied';
import { type FactRow, type SettlementRow, factRows, settlementRows } from './rows/fact-rows';
import { type ProductionRow, type Progress, type PurchaseRow, goodsRows } from './rows/goods-rows';
import {
  type BillRow,
  type EntryRow,
  type LegRow,
  type PaymentRow,
  type ReversalRow,
  billRows,
  entryRows,
  legRows,
  paymentRows,
} from './rows/money-rows';
import { type NoticeRow, noticeRows } from './rows/notice-rows';
import { type TaskRow, taskRows } from './rows/task-rows';
import { type TrailRow, trailRows } from './rows/trail-rows';

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
  readonly standing: (OrderStanding & TermsColumns) | ShipmentStanding | CollectionStanding;
  readonly facts: readonly FactRow[];
  readonly settlements: readonly SettlementRow[];
  readonly tasks: readonly TaskRow[];
  readonly trail: readonly TrailRow[];
  readonly notices: readonly NoticeRow[];
  readonly payments: readonly PaymentRow[];
  readonly reversals: readonly ReversalRow[];
  readonly bills: readonly BillRow[];
  readonly entries: readonly EntryRow[];
  readonly legs: readonly LegRow[];
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
    standing: standingOf(filing),
    facts: factRows(filing),
    settlements: settlementRows(facts),
    tasks: taskRows(filing),
    trail: trailRows(filing),
    notices: noticeRows(filing),
    ...paymentRows(filing),
    bills: billRows(filing),
    entries: entryRows(filing),
    legs: legRows(filing),
    ...goodsRows(filing),
  };
}

function standingOf({ standing, facts }: Filing): Rows['standing'] {
  if (standing.of !== 'order') return standing;
  const terms = applied(facts, 'orderAccepted', 'orderRevised').at(-1)?.terms;
  return {
    ...standing,
    policyName: terms?.policy.name ?? null,
    policyVersion: terms?.policy.version ?? null,
    salespersonId: terms?.salespersonId ?? null,
  };
}
