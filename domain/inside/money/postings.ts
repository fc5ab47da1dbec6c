import { type FactHead, happenedAt } from '../kernel/fact';
import { type Account, accounts, type Posting } from '../kernel/posting';
import type { Fen } from '../kernel/vocabulary';
import { allocatedFen, bills, type Charge, type Money, type PaymentMethod } from './money';

/**
 * What a change of the books enters into the ledger beside its own entry: each bill for which more, or less, of the customer's money
 * stands than before (M4, M7). Requests are asked in advance and post nothing.
 */
export function applications(fact: FactHead, before: Money, after: Money): readonly Posting[] {
  return bills(after).flatMap(({ no }) => {
    const byFen = allocatedFen(after, no) - allocatedFen(before, no);
    if (byFen === 0) return [];
    return byFen > 0
      ? [posting(fact, 'apply', no, debitCredit(accounts.advances, accounts.receivables, byFen))]
      : [posting(fact, 'unapply', no, debitCredit(accounts.receivables, accounts.advances, -byFen))];
  });
}

/** Money received is the customer's until it is billed (M7). */
export const receipt = (fact: FactHead, { amountFen, method }: MoneyIn): Posting =>
  posting(fact, 'receipt', undefined, debitCredit(moneyAccount(method), accounts.advances, amountFen));

/** A payment entered wrongly is reversed whole, by an entry that names the one it takes back (M3). */
export const receiptReversed = (
  fact: FactHead,
  { amountFen, method, factId }: MoneyIn & { readonly factId: string },
): Posting => ({
  ...posting(fact, 'receipt_reversed', undefined, debitCredit(accounts.advances, moneyAccount(method), amountFen)),
  reverses: `${factId}:receipt`,
});

/** A bill makes a receivable of revenue and output tax. */
export function billing(fact: FactHead, { netFen, taxFen }: Pick<Charge, 'netFen' | 'taxFen'>): readonly Posting[] {
  const legs = [
    { account: accounts.receivables, amountFen: netFen + taxFen },
    { account: accounts.revenue, amountFen: -netFen },
    { account: accounts.outputTax, amountFen: -taxFen },
  ].filter(({ amountFen }) => amountFen !== 0);
  return netFen + taxFen > 0 ? [posting(fact, 'bill', undefined, legs)] : [];
}

/** Money that goes back to the customer of a closed order, and money that is kept for costs settled with him (CF-6). */
export const payout = (fact: FactHead, { refundFen, retainFen }: Payout): readonly Posting[] => [
  ...(refundFen > 0
    ? [posting(fact, 'refund', undefined, debitCredit(accounts.advances, accounts.bank, refundFen))]
    : []),
  ...(retainFen > 0
    ? [posting(fact, 'retained', undefined, debitCredit(accounts.advances, accounts.otherIncome, retainFen))]
    : []),
];

export interface Payout {
  readonly refundFen: Fen;
  readonly retainFen: Fen;
}

interface MoneyIn {
  readonly amountFen: Fen;
  readonly method: PaymentMethod;
}

/** One entry of a fact: its key is its cause, and books it once (M10). */
export const posting = (
  fact: FactHead,
  purpose: Posting['purpose'],
  about: string | undefined,
  legs: Posting['legs'],
): Posting => ({
  key: about === undefined ? `${fact.id}:${purpose}` : `${fact.id}:${purpose}:${about}`,
  purpose,
  happenedAt: happenedAt(fact),
  legs,
});

export const debitCredit = (debit: Account, credit: Account, amountFen: Fen): Posting['legs'] => [
  { account: debit, amountFen },
  { account: credit, amountFen: -amountFen },
];

const moneyAccount = (method: PaymentMethod): Account =>
  method === 'cash' || method === 'cash_on_delivery' ? accounts.cash : accounts.bank;
