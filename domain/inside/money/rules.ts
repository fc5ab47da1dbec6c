import { limits } from '../kernel/limits';
import { organ } from '../kernel/organ';
import { allocated, billed, withoutAllocationsOf, withoutAllocationsTo } from './allocation';
import { type Charge, chargeOf, chargesOf, type Money, moneyFacts, netReceivedFen, noMoney, paymentOf } from './money';
import { applications, billing, payout, receipt, receiptReversed } from './postings';

/** 账: the books of one order. They keep nothing back themselves, so they stand early and everybody may look. */
export const money = organ('money', moneyFacts, {}).of<Money>({
  begins: noMoney,
  facts: {
    chargeRaised: {
      source: 'own',
      from: 'anywhere',
      judge: ({ money: books }, { chargeNo }) => {
        if (chargeOf(books, chargeNo) !== undefined) return 'duplicate';
        return chargesOf(books).length < limits.charges ? undefined : 'limit_reached';
      },
      apply: ({ money: books }, { chargeNo: no, purpose, about = null, netFen, taxFen, dueAt }) => {
        const charge: Charge = { no, purpose, about, netFen, taxFen, dueAt, billedFen: 0, isWithdrawn: false };
        if (purpose === 'bill') return billed(books, charge);
        return allocated({ ...books, charges: { ...books.charges, [no]: charge } });
      },
      posts: ({ money: before }, fact, after) => [
        ...(fact.purpose === 'bill' ? billing(fact, fact) : []),
        ...applications(fact, before, after),
      ],
    },
    chargeWithdrawn: {
      source: 'own',
      from: 'anywhere',
      apply: ({ money: books }, { chargeNo }) => {
        const charge = chargeOf(books, chargeNo);
        if (charge === undefined) return books;
        const charges = { ...books.charges, [chargeNo]: { ...charge, isWithdrawn: true } };
        return allocated({ ...withoutAllocationsTo(books, chargeNo), charges });
      },
      posts: ({ money: before }, fact, after) => applications(fact, before, after),
    },
    paymentReceived: {
      source: 'door',
      from: 'anywhere',
      judge: ({ money: books }, { paymentId, chargeNo }) => {
        if (paymentOf(books, paymentId) !== undefined) return 'duplicate';
        if (chargeNo !== undefined && chargeOf(books, chargeNo) === undefined) return 'unknown_charge';
        return books.payments.length < limits.payments ? undefined : 'limit_reached';
      },
      apply: ({ money: books }, { id: factId, paymentId: id, amountFen, method, chargeNo = null }) =>
        allocated({
          ...books,
          payments: [...books.payments, { id, amountFen, method, factId, chargeNo, isReversed: false }],
        }),
      posts: ({ money: before }, fact, after) => [receipt(fact, fact), ...applications(fact, before, after)],
    },
    paymentReversed: {
      source: 'door',
      from: 'anywhere',
      judge: ({ money: books }, { paymentId }) => {
        const payment = paymentOf(books, paymentId);
        if (payment === undefined) return 'unknown_payment';
        if (payment.isReversed) return 'already_reversed';
        // What went back to the customer, or was kept, cannot be taken back a second time (M6).
        return netReceivedFen(books) < payment.amountFen ? 'too_many' : undefined;
      },
      apply: ({ money: books }, { paymentId }) => {
        const payment = paymentOf(books, paymentId);
        if (payment === undefined) return books;
        const payments = books.payments.map((one) => (one === payment ? { ...one, isReversed: true } : one));
        return withoutAllocationsOf({ ...books, payments }, paymentId);
      },
      posts: ({ money: before }, fact, after) => {
        const payment = paymentOf(before, fact.paymentId);
        return payment === undefined ? [] : [...applications(fact, before, after), receiptReversed(fact, payment)];
      },
    },
    payoutMade: {
      source: 'own',
      from: 'anywhere',
      apply: ({ money: books }, { refundFen, retainFen }) => ({
        ...withoutRequests(books),
        refundedFen: books.refundedFen + refundFen,
        retainedFen: books.retainedFen + retainFen,
      }),
      posts: (_before, fact) => payout(fact, fact),
    },
  },
  answers: {},
});

/** Before money is paid out it is taken off all requests: a closed order asks for nothing in advance any more. */
const withoutRequests = (books: Money): Money =>
  chargesOf(books)
    .filter(({ purpose }) => purpose !== 'bill')
    .reduce((now, { no }) => withoutAllocationsTo(now, no), books);
