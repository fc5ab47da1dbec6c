import type { FiledFact } from '../domain/inside/kernel/fact';
import type { Posting } from '../domain/inside/kernel/posting';
import type { Task } from '../domain/inside/kernel/worklist/task';

/**
 * What a workflow hands to `fileFacts`: its new facts, and how it stands after them. Everything is written in one SQL
 * statement, guarded by `firstSeq`: a batch that was filed before changes nothing (design rule 6).
 */
export interface Filing {
  readonly workflowId: string;
  readonly orderNo: string;
  readonly customerId: string | null;
  /** Sequence of the first fact here; the workflow's row must stand at `firstSeq - 1`. */
  readonly firstSeq: number;
  readonly facts: readonly FiledFact[];
  readonly postings: readonly Posting[];
  /** Every task that this batch changed, as it stands now: the truth for its row. */
  readonly tasks: readonly Task[];
  readonly summary: Summary;
}

/** The row of an order, a shipment, a charge: what it is of, how many facts counted so far (S3), and the fields of its kind. */
export interface Summary {
  readonly of: string;
  readonly version: number;
}
