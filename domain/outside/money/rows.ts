import type { Filing } from '../../inside/filing';
import type { Account, Posting } from '../../inside/kernel/posting';
import type { Fen, Instant } from '../../inside/kernel/vocabulary';
import type { PaymentMethod } from '../../inside/money/money';
import { happenedAt } from '../../inside/kernel/fact';
import type { Purpose } from '../../inside/money/money';
import { actorName, applied } from '../filing/applied';

interface PaymentRow {
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
interface ReversalRow {
  readonly id: string;
  readonly reversedBy: string;
}

/** 应收项, as it was raised; what is open of it stands in `ChargeState`. */
interface ChargeRow {
  readonly no: string;
  readonly orderNo: string;
  readonly purpose: Purpose;
  /** The shipment that it is for. */
  readonly about: string | null;
  readonly netFen: Fen;
  readonly taxFen: Fen;
  readonly amountFen: Fen;
  readonly openFen: Fen;
  readonly raisedAt: Instant;
  readonly dueAt: Instant;
}

/** How a charge stands after the batch. */
interface ChargeState {
  readonly no: string;
  readonly openFen: Fen;
  readonly isWithdrawn: boolean;
}

/** Part of a payment that stands for a charge. */
interface AllocationRow {
  readonly paymentId: string;
  readonly chargeNo: string;
  readonly amountFen: Fen;
}

interface EntryRow {
  readonly key: string;
  readonly orderNo: string;
  readonly customerId: string | null;
  readonly purpose: Posting['purpose'];
  readonly happenedAt: Instant;
  readonly reverses: string | null;
}

interface LegRow {
  readonly entryKey: string;
  /** 1, 2, 3 … within the entry. */
  readonly leg: number;
  readonly account: Account;
  readonly amountFen: Fen;
}

/** Everything of a batch that is money. */
export const moneyRows = (filing: Filing) => ({
  ...paymentRows(filing),
  charges: chargeRows(filing),
  ...changedMoney(filing),
  entries: entryRows(filing),
  legs: legRows(filing),
});

/** The batch's payments; one that came and was taken back in the same batch is one row. */
function paymentRows(filing: Filing): {
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

function chargeRows({ orderNo, facts }: Filing): readonly ChargeRow[] {
  return applied(facts, 'chargeRaised').map(({ chargeNo: no, purpose, about = null, netFen, taxFen, at, dueAt }) => ({
    no,
    orderNo,
    purpose,
    about,
    netFen,
    taxFen,
    amountFen: netFen + taxFen,
    openFen: netFen + taxFen,
    raisedAt: at,
    dueAt,
  }));
}

/** Facts that move money between payments and charges. */
const moving: readonly string[] = [
  'chargeRaised',
  'chargeWithdrawn',
  'paymentReceived',
  'paymentReversed',
  'payoutMade',
];

/** How charges and payments of the order stand to one another, where the batch changed that. */
function changedMoney({ facts, summary }: Filing): {
  /** How every charge of the order stands, where the batch changed money; null where it did not. */
  readonly chargesStand: readonly ChargeState[] | null;
  /** Which part of a payment stands for which charge, all of the order's, where the batch changed money. */
  readonly allocations: readonly AllocationRow[] | null;
} {
  const moves = facts.some(({ fact, filed }) => filed === 'applied' && moving.includes(fact.kind));
  return summary.of === 'order' && moves
    ? { chargesStand: summary.charges, allocations: summary.allocations }
    : { chargesStand: null, allocations: null };
}

function entryRows({ orderNo, customerId, postings }: Filing): readonly EntryRow[] {
  return postings.map(({ key, purpose, happenedAt: at, reverses }) => ({
    key,
    orderNo,
    customerId,
    purpose,
    happenedAt: at,
    reverses: reverses ?? null,
  }));
}

function legRows({ postings }: Filing): readonly LegRow[] {
  return postings.flatMap(({ key, legs }) => legs.map((leg, index) => ({ entryKey: key, leg: index + 1, ...leg })));
}
