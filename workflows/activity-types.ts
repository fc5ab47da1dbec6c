import type { CreditRefusal, Special } from '../domain/inside/credit';
import type { CustomerSeen } from '../domain/inside/gate';
import type { Allocation } from '../domain/inside/fact';
import type { Filing } from '../domain/inside/filing';
import type { TermsLine } from '../domain/inside/terms';
import type { Fen } from '../domain/inside/vocabulary';

/**
 * What workflows ask of the world; `activities/` implements it. Every write carries a key made in the workflow
 * (`order : revision : step : n`, X4): the same key twice is one effect and one answer.
 */
export interface Activities {
  /** Files facts, read model, tasks, inbox standings, notices, documents' rows and postings in one statement, and notifies. */
  fileFacts(filing: Filing): Promise<void>;
  /** Reserves what is in hand, first in first out; what is short is to be bought or made by the line's supply (AL-1). Never oversells. */
  reserveStock(request: {
    readonly key: string;
    readonly orderNo: string;
    readonly lines: readonly TermsLine[];
  }): Promise<readonly Allocation[]>;
  /** Puts received or passed goods into stock as a batch and reserves them for the order at once. */
  stockIn(request: {
    readonly key: string;
    readonly orderNo: string;
    readonly line: number;
    readonly itemId: string;
    readonly quantity: number;
    readonly batchId: string;
  }): Promise<void>;
  /** Everything that the order holds leaves the warehouse: reserved becomes taken. */
  takeStock(request: { readonly key: string; readonly orderNo: string }): Promise<void>;
  /** Frees whatever the order still holds (cancelled, revised). Taken goods stay taken. */
  freeStock(request: { readonly key: string; readonly orderNo: string }): Promise<void>;
  /** Recalled goods come back: taken becomes in hand again. */
  putBackStock(request: { readonly key: string; readonly orderNo: string }): Promise<void>;
  /** Facts as of now about the customer, for gates (Q8): the workflow's rule decides. */
  customerStanding(request: { readonly customerId: string }): Promise<{ readonly suspended: boolean }>;
  /**
   * The gate `accept` in one transaction on the customer's row: reserves `exposureFen` of his credit for the order, unless it
   * exceeds the limit (a special approval lets as much as it covers), or he is suspended or held (V8, Q8).
   */
  reserveCredit(request: {
    readonly key: string;
    readonly orderNo: string;
    readonly revision: number;
    readonly customerId: string;
    readonly exposureFen: Fen;
    readonly special?: Special;
  }): Promise<{
    readonly because?: CreditRefusal['because'];
    readonly limitFen: Fen;
    readonly usedFen: Fen;
    readonly customer: CustomerSeen;
  }>;
  suspendCustomer(request: { readonly key: string; readonly customerId: string }): Promise<void>;
  /** Lifts the suspension that `key` set, and no other. */
  liftSuspension(request: { readonly key: string; readonly customerId: string }): Promise<void>;
  /** Opens an incident for an operator: a lasting fault that the order waits out. */
  openIncident(request: {
    readonly key: string;
    readonly workflowId: string;
    readonly orderNo: string;
    readonly kind: string;
    readonly detail: string;
  }): Promise<void>;
}
