import { Prisma, type PrismaClient } from '../../prisma/generated/client';
import { keepRevisions } from '../../prisma/orders';
import type { Caller } from '../caller';
import { moneyOf } from '../money';
import { type OrderRow, orderColumns, orderView } from './lists';
import { notFound } from '../problem';
import { ordersSeenBy, seesPersonalData } from '../scope';
import { type TaskRow, taskColumns, taskView } from '../worklist/task-rows';
import { timelineOf } from './timeline';

interface FullRow extends OrderRow {
  readonly goodsFen: bigint;
  readonly taxFen: bigint;
  readonly freightFen: bigint;
  readonly depositFen: bigint;
  readonly billedFen: bigint;
  readonly copyOf: string | null;
  readonly externalNo: string | null;
  readonly policyName: string;
  readonly policyVersion: number;
  readonly intake: Record<string, unknown> | null;
}

interface Asked {
  readonly no: string;
  readonly after: number;
  readonly limit: number;
}

/** Everything about one order that its page shows: a fixed number of queries, whatever the order's size. */
export async function orderDetails(prisma: PrismaClient, caller: Caller, asked: Asked) {
  const { no } = asked;
  const row = await fullRow(prisma, caller, no);
  const [lines, tasks, money, goods, documents, timeline] = await Promise.all([
    prisma.orderLine.findMany({ where: { orderNo: no, revision: row.revision }, orderBy: { line: 'asc' } }),
    prisma.$queryRaw<readonly TaskRow[]>`
      select ${taskColumns} from tasks t where t."orderNo" = ${no} and t.state = 'open' order by t."dueAt", t.id`,
    moneyDocuments(prisma, no),
    goodsDocuments(prisma, no),
    documentsOf(prisma, no),
    timelineOf(prisma, asked),
  ]);
  return {
    ...headOf(row, caller),
    lines: lines.map(({ unitPriceFen, netFen, taxFen, orderNo: _own, revision: _latest, ...line }) => ({
      ...line,
      unitPrice: moneyOf(unitPriceFen),
      net: moneyOf(netFen),
      tax: moneyOf(taxFen),
    })),
    tasks: tasks.map(taskView),
    ...money,
    ...goods,
    documents,
    timeline,
  };
}

/** The files of an order, without their contents. */
export async function documentsOf(prisma: PrismaClient, no: string) {
  const rows = await prisma.attachment.findMany({
    where: { orderNo: no },
    omit: { content: true },
    orderBy: [{ filedAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ sha256, filedAt, ...row }) => ({
    ...row,
    sha256: Buffer.from(sha256).toString('hex'),
    filedAt: filedAt.toISOString(),
  }));
}

async function fullRow(prisma: PrismaClient, caller: Caller, no: string): Promise<FullRow> {
  const read = () => prisma.$queryRaw<readonly FullRow[]>`
    select ${orderColumns}, o."goodsFen", o."taxFen", o."freightFen", o."depositFen", o."billedFen", o."copyOf", o."externalNo",
           o."policyName", o."policyVersion", i.body as intake
      from orders o left join customers c on c.id = o."customerId"
      left join order_intakes i on i."orderNo" = o.no and i.revision = o.revision
     where o.no = ${no} and ${ordersSeenBy(caller)}`;
  const [row] = await read();
  if (row === undefined) throw notFound('order');
  if (row.intake !== null) return row;
  // The revision was applied and whoever sent it was lost before keeping what was typed.
  await keepRevisions(prisma, no);
  const [again = row] = await read();
  return again;
}

function headOf(row: FullRow, caller: Caller) {
  const { goodsFen, taxFen, freightFen, depositFen, billedFen, policyName, policyVersion, intake, ...rest } = row;
  const { copyOf, externalNo } = row;
  return {
    ...orderView(rest),
    copyOf,
    externalNo,
    goods: moneyOf(goodsFen),
    tax: moneyOf(taxFen),
    freight: moneyOf(freightFen),
    deposit: moneyOf(depositFen),
    billed: moneyOf(billedFen),
    policy: {
      name: policyName,
      version: policyVersion,
    },
    intake: seesPersonalData(caller) || intake === null ? intake : masked(intake),
  };
}

/** The intake without what tells who and where the customer is (GV-2). */
function masked({ contact: _who, phone: _reach, address: _where, invoice: _tax, ...rest }: Record<string, unknown>) {
  return rest;
}

async function moneyDocuments(prisma: PrismaClient, no: string) {
  const where = { orderNo: no };
  const [payments, allocations, charges, collections] = await Promise.all([
    prisma.payment.findMany({ where, orderBy: [{ enteredAt: 'asc' }, { id: 'asc' }] }),
    prisma.allocation.findMany({ where: { ...where, amountFen: { gt: 0 } }, orderBy: { chargeNo: 'asc' } }),
    prisma.charge.findMany({ where, orderBy: [{ raisedAt: 'asc' }, { no: 'asc' }] }),
    prisma.collection.findMany({ where, orderBy: [{ chargeNo: 'asc' }, { no: 'asc' }] }),
  ]);
  const openOf = new Map(charges.map(({ no: chargeNo, openFen }) => [chargeNo, openFen]));
  return {
    payments: payments.map(({ amountFen, happenedAt, enteredAt, ...row }) => ({
      ...row,
      amount: moneyOf(amountFen),
      happenedAt: happenedAt.toISOString(),
      enteredAt: enteredAt.toISOString(),
      allocations: allocations
        .filter(({ paymentId }) => paymentId === row.id)
        .map((part) => ({ chargeNo: part.chargeNo, amount: moneyOf(part.amountFen) })),
    })),
    charges: charges.map(({ netFen, taxFen, amountFen, openFen, raisedAt, dueAt, ...row }) => ({
      ...row,
      net: moneyOf(netFen),
      tax: moneyOf(taxFen),
      amount: moneyOf(amountFen),
      open: moneyOf(openFen),
      raisedAt: raisedAt.toISOString(),
      dueAt: dueAt.toISOString(),
    })),
    collections: collections.map(({ owedFen, dueAt, nextAt, ...row }) => ({
      ...row,
      // The collection itself hears of a payment a moment after its order has booked it.
      owed: moneyOf((row.endedAt === null ? openOf.get(row.chargeNo) : undefined) ?? owedFen),
      dueAt: dueAt.toISOString(),
      nextAt: nextAt?.toISOString() ?? null,
    })),
  };
}

async function goodsDocuments(prisma: PrismaClient, no: string) {
  const where = { orderNo: no };
  const orderBy = { no: Prisma.SortOrder.asc };
  const [shipments, shipmentLines, purchaseOrders, productionOrders] = await Promise.all([
    prisma.shipment.findMany({ where, orderBy }),
    prisma.shipmentLine.findMany({ where, orderBy: { line: 'asc' } }),
    prisma.purchaseOrder.findMany({ where, orderBy }),
    prisma.productionOrder.findMany({ where, orderBy }),
  ]);
  return {
    shipments: shipments.map(({ shippedAt, arrivedAt, deliveredAt, ...row }) => ({
      ...row,
      shippedAt: shippedAt?.toISOString() ?? null,
      arrivedAt: arrivedAt?.toISOString() ?? null,
      deliveredAt: deliveredAt?.toISOString() ?? null,
      lines: shipmentLines
        .filter(({ shipmentNo }) => shipmentNo === row.no)
        .map(({ line, quantity }) => ({ line, quantity })),
    })),
    purchaseOrders,
    productionOrders,
  };
}
