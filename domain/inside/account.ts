import type { OrderFact } from './fact';
import { type Account as LedgerAccount, accounts, type Posting } from './posting';
import type { Fen } from './vocabulary';

/** The money of one order, as its facts say. Advances = received − refunded − kept − applied, a liability (M7). */
export interface Account {
  readonly receivedFen: Fen;
  readonly refundedFen: Fen;
  /** Kept on cancellation, for costs settled with the customer. */
  readonly keptFen: Fen;
  readonly billedFen: Fen;
  /** Part of what was received that has been applied to bills. */
  readonly appliedFen: Fen;
  readonly payments: Readonly<
    Record<
      string,
      { readonly amountFen: Fen; readonly method: string; readonly factId: string; readonly reversed: boolean }
    >
  >;
}

export const emptyAccount: Account = {
  receivedFen: 0,
  refundedFen: 0,
  keptFen: 0,
  billedFen: 0,
  appliedFen: 0,
  payments: {},
};

/** Owed on bills (M4). */
export const outstandingFen = (account: Account): Fen => account.billedFen - account.appliedFen;
/** Received and not yet applied, refunded or kept: the customer's money (M9). */
export const advancesFen = (account: Account): Fen =>
  account.receivedFen - account.refundedFen - account.keptFen - account.appliedFen;

/** The account after a fact, and the postings that the fact causes. */
interface Booked {
  readonly account: Account;
  readonly postings: readonly Posting[];
}

type Payment = Extract<OrderFact, { kind: 'paymentReceived' }>;
type Reversal = Extract<OrderFact, { kind: 'paymentReversed' }>;
type Bill = Extract<OrderFact, { kind: 'billIssued' }>;

/** Money that goes back to the customer of a closed order, and money that is kept for costs settled with him (CF-6). */
export interface Settlement {
  readonly refundFen: Fen;
  readonly keepFen: Fen;
}

/** Books a fact that is about money; each posting has its own cause key (M10). Other facts leave the account as it is. */
export function book(account: Account, fact: OrderFact, settlement?: Settlement): Booked {
  switch (fact.kind) {
    case 'paymentReceived':
      return receive(account, fact);
    case 'paymentReversed':
      return takeBack(account, fact);
    case 'billIssued':
      return bill(account, fact);
    case 'decisionMade':
    case 'taskMoved':
      return settlement === undefined ? { account, postings: [] } : settle(account, fact, settlement);
    default:
      return { account, postings: [] };
  }
}

/** Money received is the customer's until it is billed (M7); what is owed already takes its part at once. */
function receive(account: Account, fact: Payment): Booked {
  const { amountFen, paymentId, method } = fact;
  const applyFen = Math.min(amountFen, outstandingFen(account));
  const payment = { amountFen, method, factId: fact.id, reversed: false };
  return {
    account: {
      ...account,
      receivedFen: account.receivedFen + amountFen,
      appliedFen: account.appliedFen + applyFen,
      payments: { ...account.payments, [paymentId]: payment },
    },
    postings: [
      posting(fact, 'receipt', debitCredit(moneyAccount(method), accounts.advances, amountFen)),
      ...application(fact, applyFen),
    ],
  };
}

/** A payment entered wrongly is reversed whole (M3); what of it was applied is owed again. */
function takeBack(account: Account, fact: Reversal): Booked {
  const payment = account.payments[fact.paymentId];
  if (payment === undefined) return { account, postings: [] };
  const { amountFen, method, factId } = payment;
  const unapplyFen = Math.max(0, amountFen - advancesFen(account));
  const back = debitCredit(accounts.advances, moneyAccount(method), amountFen);
  return {
    account: {
      ...account,
      receivedFen: account.receivedFen - amountFen,
      appliedFen: account.appliedFen - unapplyFen,
      payments: { ...account.payments, [fact.paymentId]: { ...payment, reversed: true } },
    },
    postings: [
      ...(unapplyFen > 0
        ? [posting(fact, 'unapply', debitCredit(accounts.receivables, accounts.advances, unapplyFen))]
        : []),
      { ...posting(fact, 'receipt_reversed', back), reverses: `${factId}:receipt` },
    ],
  };
}

/** A bill makes a receivable of revenue and output tax; what was received in advance is applied to it. */
function bill(account: Account, fact: Bill): Booked {
  const totalFen = fact.netFen + fact.taxFen;
  const applyFen = Math.min(totalFen, advancesFen(account));
  const legs = [
    { account: accounts.receivables, amountFen: totalFen },
    { account: accounts.revenue, amountFen: -fact.netFen },
    { account: accounts.outputTax, amountFen: -fact.taxFen },
  ].filter(({ amountFen }) => amountFen !== 0);
  return {
    account: { ...account, billedFen: account.billedFen + totalFen, appliedFen: account.appliedFen + applyFen },
    postings: [...(totalFen > 0 ? [posting(fact, 'bill', legs)] : []), ...application(fact, applyFen)],
  };
}

function settle(account: Account, fact: OrderFact, { refundFen, keepFen }: Settlement): Booked {
  return {
    account: { ...account, refundedFen: account.refundedFen + refundFen, keptFen: account.keptFen + keepFen },
    postings: [
      ...(refundFen > 0 ? [posting(fact, 'refund', debitCredit(accounts.advances, accounts.bank, refundFen))] : []),
      ...(keepFen > 0 ? [posting(fact, 'kept', debitCredit(accounts.advances, accounts.otherIncome, keepFen))] : []),
    ],
  };
}

/** Two-way freight of a dead order: the guarantor bears it, without one the company (SH-7, Q9). */
export function freightPosting(fact: OrderFact, freightFen: Fen, guaranteed: boolean): readonly Posting[] {
  const bearer = guaranteed ? accounts.guarantors : accounts.freightOut;
  return freightFen > 0 ? [posting(fact, 'freight', debitCredit(bearer, accounts.payables, freightFen))] : [];
}

const application = (fact: OrderFact, applyFen: Fen): readonly Posting[] =>
  applyFen > 0 ? [posting(fact, 'apply', debitCredit(accounts.advances, accounts.receivables, applyFen))] : [];

const posting = (fact: OrderFact, purpose: Posting['purpose'], legs: Posting['legs']): Posting => ({
  key: `${fact.id}:${purpose}`,
  purpose,
  happenedAt: fact.happenedAt ?? fact.at,
  legs,
});

const debitCredit = (debit: LedgerAccount, credit: LedgerAccount, amountFen: Fen): Posting['legs'] => [
  { account: debit, amountFen },
  { account: credit, amountFen: -amountFen },
];

const moneyAccount = (method: string): LedgerAccount =>
  method === 'cash' || method === 'cash_on_delivery' ? accounts.cash : accounts.bank;
