import { type Filing, lastSeqOf } from '../../inside/filing';
import { type NoticeRow, noticeRows } from '../notices/notice-rows';
import { type OrganRows, organRows } from '../organs';
import { type AnswerRow, answerRows, type FactRow, factRows } from './fact-rows';

/**
 * What one batch of facts means for the tables. A pure function of the filing, so the read model can be rebuilt from
 * histories (S3). Rows are named and typed as the columns they go to; instants are ISO strings, money whole fen.
 */
export interface Rows
  extends OrganRows, Pick<Filing, 'workflowId' | 'orderNo' | 'customerId' | 'run' | 'epoch' | 'firstSeq'> {
  /** The workflow's row stands there afterwards. */
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
    lastSeq: lastSeqOf(filing),
    facts: factRows(filing),
    answers: answerRows(facts),
    notices: noticeRows(filing),
    ...organRows(filing),
  };
}
