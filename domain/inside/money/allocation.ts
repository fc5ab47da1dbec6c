import type { Fen } from '../kernel/vocabulary';
import {
  allocatedFen,
  type Allocation as Part,
  amountOf,
  type Charge,
  chargesOf,
  isReceivable,
  type Money,
  netReceivedFen,
  type Payment,
} from './money';

/**
 * The books with everything that is free put to what is open: first the charge that the payer named, then the oldest due, then by
 * number; payments in the order in which they came. What is left over stays the customer's, in sight (M5, M9).
 */
export function allocated(money: Money): Money {
  const open = openCharges(money);
  const [first] = open.keys();
  if (first === undefined) return money;
  const parts: Part[] = [];
  for (const { payment, leftFen } of freePayments(money)) {
    if (leftFen === 0) continue;
    let freeOfIt = leftFen;
    for (const charge of inOrder(open, payment)) {
      if (freeOfIt === 0) break;
      const stillFen = open.get(charge) ?? 0;
      const amountFen = Math.min(freeOfIt, stillFen);
      if (amountFen === 0) continue;
      parts.push({ paymentId: payment.id, chargeNo: charge.no, amountFen });
      freeOfIt -= amountFen;
      open.set(charge, stillFen - amountFen);
    }
  }
  return withParts(money, parts);
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
  allocated(
    withinWhatIsThere({ ...money, allocations: money.allocations.filter((one) => one.paymentId !== paymentId) }),
  );

/**
 * What was refunded or retained of a payment that is taken back came from others: so much of what they paid, the latest first, is
 * owed again (M14).
 */
function withinWhatIsThere(money: Money): Money {
  const allocatedInAll = money.allocations.reduce((sum, { amountFen }) => sum + amountFen, 0);
  let excessFen = allocatedInAll - netReceivedFen(money);
  if (excessFen <= 0) return money;
  const allocations = money.allocations.toReversed().flatMap((one) => {
    const takenFen = Math.min(excessFen, one.amountFen);
    excessFen -= takenFen;
    return takenFen === one.amountFen ? [] : [{ ...one, amountFen: one.amountFen - takenFen }];
  });
  return { ...money, allocations: allocations.toReversed() };
}

/** Nobody wants a request any more, or wants another amount: what was paid towards it is free for others. */
export const withoutAllocationsTo = (money: Money, chargeNo: string): Money => ({
  ...money,
  allocations: money.allocations.filter((one) => one.chargeNo !== chargeNo),
});

/** Requests that bills have not taken over, the oldest due first. */
const requests = (money: Money): readonly Charge[] =>
  chargesOf(money)
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

/** What is still to be paid of each charge, the oldest due first. */
function openCharges(money: Money): Map<Charge, Fen> {
  const open = chargesOf(money).flatMap((charge) => {
    const stillFen = amountOf(charge) - charge.billedFen - allocatedFen(money, charge.no);
    return charge.isWithdrawn || stillFen <= 0 ? [] : [[charge, stillFen] as const];
  });
  return new Map(open.toSorted(([one], [other]) => byDue(one, other)));
}

/** What of each payment is free, in the order in which they came: what was refunded or retained went first from the oldest. */
function freePayments(money: Money): readonly { readonly payment: Payment; readonly leftFen: Fen }[] {
  const allocatedOf = new Map<string, Fen>();
  for (const { paymentId, amountFen } of money.allocations)
    allocatedOf.set(paymentId, (allocatedOf.get(paymentId) ?? 0) + amountFen);
  let goneFen = money.refundedFen + money.retainedFen;
  return money.payments.map((payment) => {
    const unallocated = payment.isReversed ? 0 : payment.amountFen - (allocatedOf.get(payment.id) ?? 0);
    const takenFen = Math.min(goneFen, unallocated);
    goneFen -= takenFen;
    return { payment, leftFen: unallocated - takenFen };
  });
}

/** The charge that the payer named, then the others. */
function inOrder(open: ReadonlyMap<Charge, Fen>, { chargeNo }: Payment): readonly Charge[] {
  const all = [...open.keys()];
  const named = all.find(({ no }) => no === chargeNo);
  return named === undefined ? all : [named, ...all.filter((one) => one !== named)];
}

const byDue = (one: Charge, other: Charge): number =>
  one.dueAt === other.dueAt ? (one.no < other.no ? -1 : 1) : one.dueAt < other.dueAt ? -1 : 1;

/** What of a payment is free: what was refunded or retained went first from what no charge has, the oldest payments first. */
export const freeFen = (money: Money, { id }: Payment): Fen =>
  freePayments(money).find(({ payment }) => payment.id === id)?.leftFen ?? 0;

/** Adds parts of payments to charges; a payment has one part of each charge. */
function withParts(money: Money, parts: readonly Part[]): Money {
  if (parts.length === 0) return money;
  const all = new Map(money.allocations.map((one) => [nameOf(one), one]));
  for (const part of parts) {
    const before = all.get(nameOf(part));
    all.set(nameOf(part), { ...part, amountFen: (before?.amountFen ?? 0) + part.amountFen });
  }
  return { ...money, allocations: [...all.values()] };
}

const nameOf = ({ paymentId, chargeNo }: Part): string => JSON.stringify([paymentId, chargeNo]);

/** Adds a part of a payment to a charge, or takes it away; parts of nothing are no parts. */
function withPart(money: Money, part: Part): Money {
  if (part.amountFen === 0) return money;
  const isSame = (one: Part): boolean => one.paymentId === part.paymentId && one.chargeNo === part.chargeNo;
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
