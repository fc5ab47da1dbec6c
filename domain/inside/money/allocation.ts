import type { Fen } from '../kernel/vocabulary';
import {
  allocatedFen,
  amountOf,
  type Charge,
  isReceivable,
  type Money,
  openFen,
  type Payment,
  unallocatedFen,
} from './money';

/**
 * The books with everything that is free put to what is open: first the charge that the payer named, then the oldest due, then by
 * number; payments in the order in which they came. What is left over stays the customer's, in sight (M5, M9).
 */
export function allocated(money: Money): Money {
  return Object.values(money.payments).reduce(
    (books, payment) => inOrder(books, payment).reduce((now, charge) => put(now, payment, charge), books),
    money,
  );
}

/**
 * A bill stands for what was requested in advance: it takes over the requests, the oldest first, with what was paid towards them
 * (M7); what it still lacks then comes from what is free.
 */
export function billed(money: Money, bill: Charge): Money {
  const taken = requests(money).reduce<{ readonly books: Money; readonly leftFen: Fen }>(
    ({ books, leftFen }, request) => {
      const takeFen = Math.min(leftFen, amountOf(request) - request.billedFen);
      return takeFen <= 0
        ? { books, leftFen }
        : { books: takenOver(books, request, bill, takeFen), leftFen: leftFen - takeFen };
    },
    { books: { ...money, charges: { ...money.charges, [bill.no]: bill } }, leftFen: amountOf(bill) },
  );
  return allocated(taken.books);
}

/** What a payment had paid is owed again, and what is free steps in for it (HG-4). */
export const withoutAllocationsOf = (money: Money, paymentId: string): Money =>
  allocated({ ...money, allocations: money.allocations.filter((one) => one.paymentId !== paymentId) });

/** Nobody wants a request any more, or wants another amount: what was paid towards it is free for others. */
export const withoutAllocationsTo = (money: Money, chargeNo: string): Money => ({
  ...money,
  allocations: money.allocations.filter((one) => one.chargeNo !== chargeNo),
});

/** Requests that bills have not taken over, the oldest due first. */
const requests = ({ charges }: Money): readonly Charge[] =>
  Object.values(charges)
    .filter((charge) => !isReceivable(charge) && !charge.isWithdrawn)
    .toSorted(byDue);

function takenOver(books: Money, request: Charge, bill: Charge, takeFen: Fen): Money {
  const charges = { ...books.charges, [request.no]: { ...request, billedFen: request.billedFen + takeFen } };
  return books.allocations
    .filter(({ chargeNo }) => chargeNo === request.no)
    .reduce<{ readonly books: Money; readonly leftFen: Fen }>(
      ({ books: now, leftFen }, { paymentId, amountFen }) => {
        const moveFen = Math.min(leftFen, amountFen);
        return { books: moved(now, { paymentId, from: request.no, to: bill.no, moveFen }), leftFen: leftFen - moveFen };
      },
      { books: { ...books, charges }, leftFen: Math.min(takeFen, allocatedFen(books, request.no)) },
    ).books;
}

function moved(
  money: Money,
  {
    paymentId,
    from,
    to,
    moveFen,
  }: { readonly paymentId: string; readonly from: string; readonly to: string; readonly moveFen: Fen },
): Money {
  return withPart(withPart(money, { paymentId, chargeNo: from, amountFen: -moveFen }), {
    paymentId,
    chargeNo: to,
    amountFen: moveFen,
  });
}

function inOrder(money: Money, { chargeNo }: Payment): readonly Charge[] {
  return Object.values(money.charges).toSorted(
    (one, other) => Number(other.no === chargeNo) - Number(one.no === chargeNo) || byDue(one, other),
  );
}

const byDue = (one: Charge, other: Charge): number =>
  one.dueAt === other.dueAt ? (one.no < other.no ? -1 : 1) : one.dueAt < other.dueAt ? -1 : 1;

function put(money: Money, payment: Payment, charge: Charge): Money {
  const amountFen = Math.min(freeFen(money, payment), openFen(money, charge));
  return amountFen <= 0 ? money : withPart(money, { paymentId: payment.id, chargeNo: charge.no, amountFen });
}

/** What of a payment is free: what was refunded or retained went first from what no charge has, the oldest payments first. */
export function freeFen(money: Money, payment: Payment): Fen {
  let goneFen = money.refundedFen + money.retainedFen;
  for (const one of Object.values(money.payments)) {
    const leftFen = unallocatedFen(money, one);
    const takenFen = Math.min(goneFen, leftFen);
    if (one.id === payment.id) return leftFen - takenFen;
    goneFen -= takenFen;
  }
  return 0;
}

/** Adds a part of a payment to a charge, or takes it away; parts of nothing are no parts. */
function withPart(money: Money, part: Money['allocations'][number]): Money {
  if (part.amountFen === 0) return money;
  const isSame = (one: Money['allocations'][number]): boolean =>
    one.paymentId === part.paymentId && one.chargeNo === part.chargeNo;
  const before = money.allocations.find(isSame);
  if (before === undefined) return { ...money, allocations: [...money.allocations, part] };
  const amountFen = before.amountFen + part.amountFen;
  return {
    ...money,
    allocations: money.allocations.flatMap((one) =>
      one === before ? (amountFen === 0 ? [] : [{ ...one, amountFen }]) : [one],
    ),
  };
}
