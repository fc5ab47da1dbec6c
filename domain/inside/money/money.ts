import { remembered, valuesOf } from '../kernel/remembered';
import { fen, instant, oneOf, optional, text, whole } from '../kernel/shape';
import type { Fen, Instant } from '../kernel/vocabulary';

/** The books of one order: what the customer is to pay, what came, and which part of it went where. */
export interface Money {
  readonly charges: Readonly<Record<string, Charge>>;
  /** In the order in which they came; those taken back too. */
  readonly payments: readonly Payment[];
  readonly allocations: readonly Allocation[];
  readonly refundedFen: Fen;
  /** Kept on cancellation, for costs settled with the customer (CF-6). */
  readonly retainedFen: Fen;
}

/** What a charge is for. A deposit and a balance are requested in advance; a bill is owed, posted and collected. */
const purposes = ['deposit', 'balance', 'bill'] as const;
export type Purpose = (typeof purposes)[number];

/** 应收项: something that the customer is to pay. */
export interface Charge {
  readonly no: string;
  readonly purpose: Purpose;
  /** What it is for: a shipment's number. */
  readonly about: string | null;
  readonly netFen: Fen;
  readonly taxFen: Fen;
  readonly dueAt: Instant;
  /** Of a request: how much of it stands on bills by now, with what had been paid towards it. */
  readonly billedFen: Fen;
  /** Of a request: nobody wants it any more. */
  readonly isWithdrawn: boolean;
}

/** Money that came. */
export interface Payment {
  readonly id: string;
  readonly amountFen: Fen;
  readonly method: PaymentMethod;
  readonly factId: string;
  /** The charge that the payer or finance named; it is served first. */
  readonly chargeNo: string | null;
  readonly isReversed: boolean;
}

const paymentMethods = ['bank', 'alipay', 'wechat', 'cash', 'cash_on_delivery'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** Part of a payment that went to a charge. */
export interface Allocation {
  readonly paymentId: string;
  readonly chargeNo: string;
  readonly amountFen: Fen;
}

export const moneyFacts = {
  chargeRaised: {
    chargeNo: text(),
    purpose: oneOf(...purposes),
    about: optional(text()),
    netFen: fen,
    taxFen: fen,
    dueAt: instant,
  },
  /** A request that nobody wants any more, or that is asked anew with another amount. */
  chargeWithdrawn: { chargeNo: text() },
  paymentReceived: {
    paymentId: text(),
    amountFen: whole(1),
    method: oneOf(...paymentMethods),
    /** The charge that the payer or finance named. */
    chargeNo: optional(text()),
  },
  /** A payment that was entered wrongly (HG-4): takes back exactly that one. */
  paymentReversed: { paymentId: text(), reasonCode: text() },
  /** 善后: money of a closed order goes back, or is kept for costs. */
  payoutMade: { refundFen: fen, retainFen: fen },
} as const;

export const noMoney: Money = { charges: {}, payments: [], allocations: [], refundedFen: 0, retainedFen: 0 };

const sum = (amounts: readonly Fen[]): Fen => amounts.reduce((total, fen) => total + fen, 0);

export const chargesOf = ({ charges }: Money): readonly Charge[] => valuesOf(charges);

export const amountOf = ({ netFen, taxFen }: Charge): Fen => netFen + taxFen;
export const isReceivable = ({ purpose }: Charge): boolean => purpose === 'bill';

export const allocatedFen = ({ allocations }: Money, chargeNo: string): Fen =>
  allocatedToCharges(allocations).get(chargeNo) ?? 0;

/** How much of what came stands for each charge. */
const allocatedToCharges = remembered((allocations: Money['allocations']): ReadonlyMap<string, Fen> => {
  const all = new Map<string, Fen>();
  for (const { chargeNo, amountFen } of allocations) all.set(chargeNo, (all.get(chargeNo) ?? 0) + amountFen);
  return all;
});

/** What is still to be paid of a charge; never below zero (M14). */
export const openFen = (money: Money, charge: Charge): Fen =>
  charge.isWithdrawn ? 0 : Math.max(0, amountOf(charge) - charge.billedFen - allocatedFen(money, charge.no));

/** Everything that came and stands. */
export const receivedFen = ({ payments }: Money): Fen => receivedIn(payments);

const receivedIn = remembered((payments: Money['payments']): Fen =>
  sum(payments.map(({ amountFen, isReversed }) => (isReversed ? 0 : amountFen))),
);

/** Received and neither refunded nor retained. */
export const netReceivedFen = (money: Money): Fen => receivedFen(money) - money.refundedFen - money.retainedFen;

export const bills = ({ charges }: Money): readonly Charge[] => billsAmong(charges);

const billsAmong = remembered((charges: Money['charges']): readonly Charge[] => valuesOf(charges).filter(isReceivable));
export const billedFen = (money: Money): Fen => sum(bills(money).map(amountOf));
/** Part of what was received that stands on bills. */
export const appliedFen = (money: Money): Fen => sum(bills(money).map(({ no }) => allocatedFen(money, no)));
/** Owed on bills (M4). */
export const outstandingFen = (money: Money): Fen => billedFen(money) - appliedFen(money);
/** Received and not yet applied to bills, refunded or retained: the customer's money, a liability (M7, M9). */
export const advancesFen = (money: Money): Fen => netReceivedFen(money) - appliedFen(money);

/** The charge of that number, where there is one; numbers come from outside, so only own keys count. */
export const chargeOf = ({ charges }: Money, no: string): Charge | undefined =>
  Object.hasOwn(charges, no) ? charges[no] : undefined;
export const paymentOf = ({ payments }: Money, id: string): Payment | undefined =>
  payments.find((payment) => payment.id === id);
