import type { Filing } from '../inside/filing';
import type { Account, Posting } from '../inside/posting';
import type { PaymentMethod } from '../inside/fact';
import type { Fen, Instant } from '../inside/vocabulary';
import { actorName, applied, happenedAt } from './applied';

export interface PaymentRow {
  readonly id: string;
  readonly orderNo: string;
  readonly customerId: string | null;
  readonly amountFen: Fen;
  readonly method: PaymentMethod;
  readonly happenedAt: Instant;
  readonly enteredAt: Instant;
  readonly enteredBy: string;
  /** The id of the fact that took it back (HG-4). */
  readonly reversedBy: string | null;
}

/** Takes back a payment that an earlier batch filed. */
export interface ReversalRow {
  readonly id: string;
  readonly reversedBy: string;
}

export interface BillRow {
  readonly no: string;
  readonly orderNo: string;
  readonly netFen: Fen;
  readonly taxFen: Fen;
  readonly totalFen: Fen;
  readonly issuedAt: Instant;
  readonly dueAt: Instant;
}

export interface EntryRow {
  readonly key: string;
  readonly orderNo: string;
  readonly customerId: string | null;
  readonly purpose: Posting['purpose'];
  readonly happenedAt: Instant;
  readonly reverses: string | null;
}

export interface LegRow {
  readonly entryKey: string;
  /** 1, 2, 3 … within the entry. */
  readonly leg: number;
  readonly account: Account;
  readonly amountFen: Fen;
}

/** The batch's payments; one that came and was taken back in the same batch is one row. */
export function paymentRows(filing: Filing): {
  readonly payments: readonly PaymentRow[];
  readonly reversals: readonly ReversalRow[];
} {
  const received = applied(filing.facts, 'paymentReceived');
  const here = new Set(received.map(({ paymentId }) => paymentId));
  const reversals = applied(filing.facts, 'paymentReversed').map((fact) => ({
    id: fact.paymentId,
    reversedBy: fact.id,
  }));
  return {
    payments: received.map((fact) => ({
      id: fact.paymentId,
      orderNo: filing.orderNo,
      customerId: filing.customerId,
      amountFen: fact.amountFen,
      method: fact.method,
      happenedAt: happenedAt(fact),
      enteredAt: fact.at,
      enteredBy: actorName(fact.by),
      reversedBy: reversals.find(({ id }) => id === fact.paymentId)?.reversedBy ?? null,
    })),
    reversals: reversals.filter(({ id }) => !here.has(id)),
  };
}

export function billRows({ orderNo, facts }: Filing): readonly BillRow[] {
  return applied(facts, 'billIssued').map(({ billNo, netFen, taxFen, at, dueAt }) => ({
    no: billNo,
    orderNo,
    netFen,
    taxFen,
    totalFen: netFen + taxFen,
    issuedAt: at,
    dueAt,
  }));
}

export function entryRows({ orderNo, customerId, postings }: Filing): readonly EntryRow[] {
  return postings.map(({ key, purpose, happenedAt: at, reverses }) => ({
    key,
    orderNo,
    customerId,
    purpose,
    happenedAt: at,
    reverses: reverses ?? null,
  }));
}

export function legRows({ postings }: Filing): readonly LegRow[] {
  return postings.flatMap(({ key, legs }) => legs.map((leg, index) => ({ entryKey: key, leg: index + 1, ...leg })));
}
