import type { Filing } from '../../inside/filing';
import { type NoticeRow, noticeRows } from '../notices/notice-rows';
import { type OrganRows, organRows } from '../organs';
import { type AnswerRow, answerRows, type FactRow, factRows } from './fact-rows';

/**
 * What one batch of facts means for the tables. A pure function of the filing, so the read model can be rebuilt from
 * histories (S3). Rows are named and typed as the columns they go to; instants are ISO strings, money whole fen.
 */
export interface Rows extends OrganRows {
  readonly workflowId: string;
  readonly orderNo: string;
  readonly customerId: string | null;
  readonly run: string;
  readonly epoch: number;
  /** The workflow's row must stand at `firstSeq - 1`, and stands at `lastSeq` afterwards. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly facts: readonly FactRow[];
  readonly answers: readonly AnswerRow[];
  readonly notices: readonly NoticeRow[];
}

/** Which rows a filing writes: those of each organ, and what belongs to none. */
export function rowsOf(filing: Filing): Rows {
  const { workflowId, orderNo, customerId, run, epoch, firstSeq, facts } = filing;
  return {
    workflowId,
    orderNo,
    customerId,
    run,
    epoch,
    firstSeq,
    lastSeq: firstSeq + facts.length - 1,
    facts: factRows(filing),
    answers: answerRows(facts),
    notices: noticeRows(filing),
    ...organRows(filing),
  };
}
