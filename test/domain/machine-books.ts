import { accounts } from '../../domain/inside/kernel/posting';
import type { Charge, Money, Payment } from '../../domain/inside/money/money';
import { freeFen } from '../../domain/inside/money/allocation';
import { openFen } from '../../domain/inside/money/money';
import type { Transition } from './machine';
import { type Memory, onAccount, summed } from './machine-memory';

type Check = (transition: Transition, memory: Memory) => boolean;

const sum = (amounts: readonly number[]): number => amounts.reduce((total, fen) => total + fen, 0);
const charges = ({ charges: all }: Money): readonly Charge[] => Object.values(all);
const payments = ({ payments: all }: Money): readonly Payment[] => all;
const amount = ({ netFen, taxFen }: Charge): number => netFen + taxFen;
const bills = (money: Money): readonly Charge[] => charges(money).filter(({ purpose }) => purpose === 'bill');
const receivedFen = (money: Money): number =>
  sum(payments(money).map(({ amountFen, isReversed }) => (isReversed ? 0 : amountFen)));
const onCharge = ({ allocations }: Money, no: string): number =>
  sum(allocations.filter(({ chargeNo }) => chargeNo === no).map(({ amountFen }) => amountFen));
const ofPayment = ({ allocations }: Money, id: string): number =>
  sum(allocations.filter(({ paymentId }) => paymentId === id).map(({ amountFen }) => amountFen));
const appliedFen = (money: Money): number => sum(bills(money).map(({ no }) => onCharge(money, no)));
const billedFen = (money: Money): number => sum(bills(money).map(amount));

/** What the books of one order hold to, after every fact: counted from charges, payments, allocations and entries. */
export const booksHold = {
  M4: ({ after: { money } }, memory) => {
    const owedFen = onAccount(memory, accounts.receivables);
    return owedFen === billedFen(money) - appliedFen(money) && owedFen >= 0;
  },
  M5: ({ after: { money } }, memory) => {
    const advancesFen = receivedFen(money) - money.refundedFen - money.retainedFen - appliedFen(money);
    return -onAccount(memory, accounts.advances) === advancesFen && advancesFen >= 0;
  },
  M7: ({ after: { money } }, memory) =>
    bills(money).length > 0 ||
    (onAccount(memory, accounts.receivables) === 0 &&
      -onAccount(memory, accounts.advances) === receivedFen(money) - money.refundedFen - money.retainedFen),
  // Of lines, tax and freight: what is billed of everything that was delivered is what was ordered, to the fen.
  M8: ({ after }) => {
    const { terms } = after.intake;
    const delivered = Object.values(after.shipping.shipments).filter(({ state }) => state === 'delivered');
    const isBilled = delivered.every(({ no }) => bills(after.money).some(({ about }) => about === no));
    const pieces = sum(delivered.flatMap(({ lines }) => lines.map(({ quantity }) => quantity)));
    const wanted = sum(terms.lines.map(({ quantity }) => quantity));
    const isWhole = isBilled && pieces === wanted;
    return !isWhole || billedFen(after.money) === terms.totals.totalFen;
  },
  M9: ({ after: { money } }, memory) =>
    onAccount(memory, accounts.cash) + onAccount(memory, accounts.bank) === receivedFen(money) - money.refundedFen,
  M14: ({ after: { money } }) =>
    charges(money).every((charge) => {
      const open = openFen(money, charge);
      if (charge.isWithdrawn) return onCharge(money, charge.no) === 0 && charge.billedFen === 0;
      return open >= 0 && amount(charge) === onCharge(money, charge.no) + charge.billedFen + open;
    }) &&
    payments(money).every((payment) => {
      const free = freeFen(money, payment);
      const gone = ofPayment(money, payment.id);
      return payment.isReversed ? gone === 0 && free === 0 : free >= 0 && gone + free <= payment.amountFen;
    }) &&
    money.allocations.every(({ amountFen }) => amountFen > 0) &&
    sum(payments(money).map(({ isReversed, amountFen }) => (isReversed ? 0 : amountFen))) ===
      sum(money.allocations.map(({ amountFen }) => amountFen)) +
        sum(payments(money).map((payment) => freeFen(money, payment))) +
        money.refundedFen +
        money.retainedFen,
} as const satisfies Record<string, Check>;

/** What goes back or is kept is money that came, and counted from the facts. */
export const payoutsHold = {
  M6: ({ after: { money } }, memory) =>
    money.refundedFen + money.retainedFen <= receivedFen(money) &&
    money.refundedFen === summed(memory, 'payoutMade', ({ refundFen }) => refundFen) &&
    money.retainedFen === summed(memory, 'payoutMade', ({ retainFen }) => retainFen),
  // Whatever is asked, in advance or on bills, is no more than what is still unpaid of the order. What a revision asks no more
  // is withdrawn by the next fact, before anybody reads it.
  M14b: ({ process, after }) => {
    const { money, intake, status } = after;
    if (process.due(after).some((effect) => effect.do === 'note' && effect.fact.kind === 'chargeWithdrawn'))
      return true;
    const unpaidFen = intake.terms.totals.totalFen - receivedFen(money) + money.refundedFen + money.retainedFen;
    const askedFen = sum(charges(money).map((charge) => openFen(money, charge)));
    return ['cancelled', 'rejected', 'dead'].includes(status) || askedFen <= Math.max(0, unpaidFen);
  },
  // What is free is put to whatever is open: nobody is asked for what he has paid.
  M9b: ({ after: { money } }) => {
    const isOpen = charges(money).some((charge) => openFen(money, charge) > 0);
    const isFree = payments(money).some((payment) => freeFen(money, payment) > 0);
    return !(isOpen && isFree);
  },
} as const satisfies Record<string, Check>;
