import { lineAmounts } from '../../domain/inside/billing/billing';
import type { Terms } from '../../domain/inside/intake/terms';
import { civilDate } from '../../domain/inside/kernel/calendar';
import type { PrismaClient } from '../../prisma/generated/client';
import type { BillFacts, LetterFacts, LetterLine } from './letter';

/** The numbers of an order's bills, in the order in which they were raised. */
export async function billNumbers(prisma: PrismaClient, orderNo: string): Promise<readonly string[]> {
  return (await billsOf(prisma, orderNo)).map(({ no }) => no);
}

/** What a bill asks for, read from the books: the pieces of its shipment, and for each line what the bill's amount was made of. */
export async function billFacts(
  prisma: PrismaClient,
  { no: orderNo, lines }: LetterFacts,
  billNo: string,
): Promise<BillFacts | undefined> {
  const [bills, pieces, order] = await Promise.all([
    billsOf(prisma, orderNo),
    prisma.shipmentLine.findMany({ where: { orderNo }, orderBy: { line: 'asc' } }),
    prisma.order.findUniqueOrThrow({ where: { no: orderNo }, select: { terms: true } }),
  ]);
  const index = bills.findIndex(({ no }) => no === billNo);
  const bill = bills[index];
  if (bill === undefined) return undefined;
  const before = bills.slice(0, index).map(({ about }) => about);
  const brought = pieces
    .filter(({ shipmentNo }) => shipmentNo === bill.about)
    .flatMap(({ line, quantity }): readonly LetterLine[] => {
      const row = lines.find((one) => one.line === line);
      if (row === undefined) return [];
      const billed = pieces
        .filter((one) => one.line === line && before.includes(one.shipmentNo))
        .reduce((sum, one) => sum + one.quantity, 0);
      // The tax of the bill stands in its charge.
      const { netFen } = lineAmounts({ ...row, taxFen: 0 }, { billed, quantity });
      return [{ ...row, quantity, netFen }];
    });
  const goodsFen = brought.reduce((sum, { netFen }) => sum + netFen, 0);
  // Only the door writes this column, from Terms.
  const { calendar } = order.terms as unknown as Terms;
  const dayOf = (instant: Date) => civilDate(calendar, instant.toISOString());
  return {
    no: bill.no,
    shipmentNo: bill.about,
    lines: brought,
    goodsFen,
    taxFen: Number(bill.taxFen),
    freightFen: Number(bill.netFen) - goodsFen,
    totalFen: Number(bill.amountFen),
    openFen: Number(bill.openFen),
    issuedOn: dayOf(bill.raisedAt),
    dueOn: dayOf(bill.dueAt),
  };
}

/** Bills are counted, `…-B2` before `…-B10`. */
async function billsOf(prisma: PrismaClient, orderNo: string) {
  const bills = await prisma.charge.findMany({ where: { orderNo, purpose: 'bill' } });
  return bills.toSorted((one, other) => one.no.length - other.no.length || (one.no < other.no ? -1 : 1));
}
