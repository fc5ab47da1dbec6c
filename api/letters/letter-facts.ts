import type { OrderIntake } from '../../domain/outside/intake/order-intake';
import type { PrismaClient } from '../../prisma/generated/client';
import { keepRevisions } from '../../prisma/orders';
import type { LetterFacts } from './letter';

/** What an order's letters say, read from the books of its present revision; undefined when there is no such order. */
export async function letterFacts(prisma: PrismaClient, no: string): Promise<LetterFacts | undefined> {
  await keepRevisions(prisma, no);
  const order = await prisma.order.findUnique({ where: { no } });
  if (order === null) return undefined;
  const { revision } = order;
  const [intakeRow, lines, customer, seller] = await Promise.all([
    prisma.orderIntake.findUnique({ where: { orderNo_revision: { orderNo: no, revision } } }),
    prisma.orderLine.findMany({ where: { orderNo: no, revision }, orderBy: { line: 'asc' } }),
    order.customerId === null ? null : prisma.customer.findUnique({ where: { id: order.customerId } }),
    prisma.company.findUnique({ where: { id: 1 } }),
  ]);
  const intake = intakeRow?.body as unknown as OrderIntake | undefined;
  return {
    no,
    revision,
    status: order.status,
    isContract: intake?.kind === 'contract',
    seller,
    customer: customer?.legalName ?? '',
    contact: intake?.contact ?? customer?.contact ?? '',
    phone: intake?.phone ?? customer?.phone ?? '',
    address: addressLine(intake?.address ?? null),
    lines: lines.map((line) => ({ ...line, unitPriceFen: Number(line.unitPriceFen), netFen: Number(line.netFen) })),
    goodsFen: Number(order.goodsFen),
    taxFen: Number(order.taxFen),
    freightFen: Number(order.freightFen),
    totalFen: Number(order.totalFen),
    depositFen: Number(order.depositFen),
    receivedFen: Number(order.receivedFen),
    shipsOn: order.promisedOn ?? order.offeredOn ?? '',
    arrivesOn: order.wishedOn ?? '',
    specialRequirements: intake?.specialRequirements ?? null,
  };
}

/** A Chinese address from the large to the small, a foreign one the other way. */
function addressLine(address: OrderIntake['address']): string {
  if (address === null) return '';
  const { country, province, city, district, street, number } = address;
  const parts = [country, province, city, district, street, number].filter((part) => part !== null && part !== '');
  return /^(CN|中国|China)$/i.test(country) ? parts.slice(1).join('') : parts.toReversed().join(', ');
}
