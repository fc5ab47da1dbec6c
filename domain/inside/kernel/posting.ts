import type { Fen, Instant } from './vocabulary';

/** Accounts of the ledger, by their numbers in the Chinese chart of accounts (企业会计准则). */
export const accounts = {
  cash: '1001',
  bank: '1002',
  receivables: '1122',
  guarantors: '1221',
  /** Money received before it is billed, a liability (M7): 合同负债. */
  advances: '2204',
  payables: '2202',
  outputTax: '2221',
  revenue: '6001',
  otherIncome: '6301',
  freightOut: '6601',
} as const;
export type Account = (typeof accounts)[keyof typeof accounts];

/** One double-entry posting (M1): legs sum to zero, positive is debit. `key` is its cause and books it once (M10). */
export interface Posting {
  readonly key: string;
  readonly purpose: 'receipt' | 'receipt_reversed' | 'bill' | 'apply' | 'unapply' | 'refund' | 'retained' | 'freight';
  readonly happenedAt: Instant;
  readonly legs: readonly { readonly account: Account; readonly amountFen: Fen }[];
  /** The key of the posting that this one takes back (M3). */
  readonly reverses?: string;
}
