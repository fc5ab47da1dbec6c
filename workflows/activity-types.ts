import type { Sinks } from '@temporalio/workflow';
import type { CollectingActivities } from '../domain/inside/collection/suspension';
import type { CreditActivities } from '../domain/inside/credit/credit';
import type { Filing } from '../domain/inside/filing';
import type { Answered } from '../domain/inside/kernel/effect';
import type { CustomerActivities } from '../domain/inside/shipping/effects';
import type { WarehouseActivities } from '../domain/inside/shipping/stock';
import type { SupplyActivities } from '../domain/inside/supply/supply';

/**
 * Tells whoever replays a history what it filed, for what is filed within a workflow task stands in no event (S3). It is told
 * in a replay only, so it costs a running workflow nothing.
 */
export interface FilingSinks extends Sinks {
  readonly filings: { filed(filing: unknown): void };
}

/** What the loop itself asks of the world, for every process. */
interface BooksActivities {
  /** Files facts, read model, tasks, inbox states, notices and postings in one statement, and notifies. */
  fileFacts(filing: Filing): Promise<void>;
  /** Opens an incident for an operator: a lasting fault that the process waits out. One for each key. */
  openIncident(request: {
    readonly key: string;
    readonly workflowId: string;
    readonly orderNo: string;
    readonly kind: string;
    readonly detail: string;
  }): Promise<void>;
}

/**
 * What workflows ask of the world, each organ of its own; `activities/` implements it. Every write carries a key made in the
 * workflow (`order : organ : about : n`, X4): the same key twice is one effect and one answer.
 */
export interface Activities
  extends
    BooksActivities,
    CreditActivities,
    SupplyActivities,
    CustomerActivities,
    WarehouseActivities,
    CollectingActivities {}

/** The same as workers run them: each answers with the instant at which it ended. */
export type AnsweredActivities = {
  readonly [K in keyof Activities]: (
    ...request: Parameters<Activities[K]>
  ) => Promise<Answered<Awaited<ReturnType<Activities[K]>>>>;
};
