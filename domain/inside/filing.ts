import type { CollectionSummary } from './collection';
import type { FiledFact } from './kernel/fact';
import type { Posting } from './kernel/posting';
import type { Task } from './kernel/worklist/task';
import type { OrderSummary } from './order-summary';
import type { ShipmentSummary } from './shipment';

/**
 * What a workflow hands to `fileFacts`: its new facts, and how it stands after them. Everything is written in one SQL
 * statement, guarded by `firstSeq`: a batch that was filed before changes nothing (design rule 6).
 */
export interface Filing<S extends AnySummary = Summary> {
  readonly workflowId: string;
  readonly orderNo: string;
  readonly customerId: string | null;
  /** The run that files, and how long its history was at the workflow task: a later attempt at a lost task counts more. */
  readonly run: string;
  readonly epoch: number;
  /** Sequence of the first fact here; the workflow's row must stand at `firstSeq - 1`. */
  readonly firstSeq: number;
  readonly facts: readonly FiledFact[];
  readonly postings: readonly FiledPosting[];
  /** Every task that this batch changed, as it stands now: the truth for its row. */
  readonly tasks: readonly Task[];
  readonly summary: S;
}

/** A posting, and the sequence of the fact that made it. */
type FiledPosting = Posting & { readonly seq: number };

/** What the loop knows of any summary: of what it is, and how many facts counted so far (S3). */
export interface AnySummary {
  readonly of: string;
  readonly version: number;
}

/** The row of an order, a shipment, a collection, as of the last fact of the batch. */
export type Summary = OrderSummary | ShipmentSummary | CollectionSummary;

/** Sequence of the last fact of a filing. */
export const lastSeqOf = ({ firstSeq, facts }: Pick<Filing, 'firstSeq' | 'facts'>): number =>
  firstSeq + facts.length - 1;

/**
 * What is left of a filing where its facts up to `seq` are filed already. Tasks and summary stay: they are how things stand
 * after its last fact.
 */
export function filingAfter<S extends AnySummary>(filing: Filing<S>, seq: number): Filing<S> {
  const isLeft = (one: { readonly seq: number }): boolean => one.seq > seq;
  return {
    ...filing,
    firstSeq: seq + 1,
    facts: filing.facts.filter(isLeft),
    postings: filing.postings.filter(isLeft),
  };
}
