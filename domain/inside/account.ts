import type { OrderFact } from './fact';
import { accounts, type Posting } from './posting';
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

type Booked = { readonly account: Account; readonly postings: readonly Posting[] };

/** Books a fact that is about money: the account after it and the postings it causes, each with its own cause key (M10). */
export function book(
  account: Account,
  fact: OrderFact,
  settlement?: { readonly refundFen: Fen; readonly keepFen: Fen },
): Booked {
  const happenedAt = fact.happenedAt ?? fact.at;
  const posting = (purpose: Posting['purpose'], legs: Posting['legs'], reverses?: string): Posting => ({
    key: `${fact.id}:${purpose}`,
    purpose,
    happenedAt,
    legs,
    ...(reverses === undefined ? {} : { reverses }),
  });
  switch (fact.kind) {
    case 'paymentReceived': {
      const { amountFen } = fact;
      const applyFen = Math.min(amountFen, outstandingFen(account));
      return {
        account: {
          ...account,
          receivedFen: account.receivedFen + amountFen,
          appliedFen: account.appliedFen + applyFen,
          payments: {
            ...account.payments,
            [fact.paymentId]: { amountFen, method: fact.method, factId: fact.id, reversed: false },
          },
        },
        postings: [
          posting('receipt', debitCredit(moneyAccount(fact.method), accounts.advances, amountFen)),
          ...(applyFen > 0 ? [posting('apply', debitCredit(accounts.advances, accounts.receivables, applyFen))] : []),
        ],
      };
    }
    case 'paymentReversed': {
      const payment = account.payments[fact.paymentId];
      if (payment === undefined) return { account, postings: [] };
      const unapplyFen = Math.max(0, payment.amountFen - advancesFen(account));
      return {
        account: {
          ...account,
          receivedFen: account.receivedFen - payment.amountFen,
          appliedFen: account.appliedFen - unapplyFen,
          payments: { ...account.payments, [fact.paymentId]: { ...payment, reversed: true } },
        },
        postings: [
          ...(unapplyFen > 0
            ? [posting('unapply', debitCredit(accounts.receivables, accounts.advances, unapplyFen))]
            : []),
          posting(
            'receipt_reversed',
            debitCredit(accounts.advances, moneyAccount(payment.method), payment.amountFen),
            `${payment.factId}:receipt`,
          ),
        ],
      };
    }
    case 'billIssued': {
      const totalFen = fact.netFen + fact.taxFen;
      const applyFen = Math.min(totalFen, advancesFen(account));
      return {
        account: { ...account, billedFen: account.billedFen + totalFen, appliedFen: account.appliedFen + applyFen },
        postings: [
          ...(totalFen > 0
            ? [
                posting(
                  'bill',
                  [
                    { account: accounts.receivables, amountFen: totalFen },
                    { account: accounts.revenue, amountFen: -fact.netFen },
                    { account: accounts.outputTax, amountFen: -fact.taxFen },
                  ].filter((leg) => leg.amountFen !== 0),
                ),
              ]
            : []),
          ...(applyFen > 0 ? [posting('apply', debitCredit(accounts.advances, accounts.receivables, applyFen))] : []),
        ],
      };
    }
    case 'decisionMade': {
      if (settlement === undefined) return { account, postings: [] };
      const { refundFen, keepFen } = settlement;
      return {
        account: { ...account, refundedFen: account.refundedFen + refundFen, keptFen: account.keptFen + keepFen },
        postings: [
          ...(refundFen > 0 ? [posting('refund', debitCredit(accounts.advances, accounts.bank, refundFen))] : []),
          ...(keepFen > 0 ? [posting('kept', debitCredit(accounts.advances, accounts.otherIncome, keepFen))] : []),
        ],
      };
    }
    default:
      return { account, postings: [] };
  }
}

/** Two-way freight of a dead order: the guarantor bears it, without one the company (SH-7, Q9). */
export function freightPosting(fact: OrderFact, freightFen: Fen, guaranteed: boolean): readonly Posting[] {
  if (freightFen <= 0) return [];
  return [
    {
      key: `${fact.id}:freight`,
      purpose: 'freight',
      happenedAt: fact.happenedAt ?? fact.at,
      legs: debitCredit(guaranteed ? accounts.guarantors : accounts.freightOut, accounts.payables, freightFen),
    },
  ];
}

const debitCredit = (
  debit: Posting['legs'][number]['account'],
  credit: Posting['legs'][number]['account'],
  amountFen: Fen,
): Posting['legs'] => [
  { account: debit, amountFen },
  { account: credit, amountFen: -amountFen },
];

const moneyAccount = (method: string) =>
  method === 'cash' || method === 'cash_on_delivery' ? accounts.cash : accounts.bank;
