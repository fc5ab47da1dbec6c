import { statusesBefore } from '../../domain/inside/kernel/vocabulary';
import type { CapacityNow } from '../../domain/outside/production/capacity';
import type { CreditNow, CustomerNow, ItemNow, OrderIntake } from '../../domain/outside/intake/order-intake';
import type { Promotion } from '../../domain/outside/intake/promotions';
import type { Restriction } from '../../domain/outside/intake/restrictions';
import type { PrismaClient } from '../../prisma/generated/client';
import { wrongField } from '../problem';

/** What the library says about an order's customer and items at this moment: what terms are computed from. */
export interface LibraryNow {
  readonly customer: CustomerNow | null;
  readonly items: readonly ItemNow[];
  /** Names of the items by their ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly creditNow: CreditNow;
  readonly restrictions: readonly Restriction[];
  readonly promotion: Promotion | null;
  readonly capacity: CapacityNow;
}

/** Looks everything up in six queries at once; an id that is given and unknown is refused (400). */
export async function libraryNow(
  prisma: PrismaClient,
  { intake, exceptOrder }: { readonly intake: OrderIntake; readonly exceptOrder?: string },
): Promise<LibraryNow> {
  const { customerId } = intake;
  const [customer, items, creditNow, restrictions, promotion, capacity] = await Promise.all([
    customerId === null ? null : customerNow(prisma, customerId),
    itemsNow(prisma, intake, exceptOrder ?? ''),
    customerId === null ? nothingOwed : creditOf(prisma, customerId, exceptOrder ?? ''),
    restrictionsNow(prisma, intake),
    promotionNow(prisma, intake.promotion),
    capacityNow(prisma, exceptOrder ?? ''),
  ]);
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return { customer, items, names, creditNow, restrictions, promotion, capacity };
}

const nothingOwed: CreditNow = { receivablesFen: 0, takenFen: 0, inReviewFen: 0, overdueFen: 0 };

async function customerNow(prisma: PrismaClient, id: string): Promise<CustomerNow> {
  const [row] = await prisma.$queryRaw<
    readonly (Omit<CustomerNow, 'creditLimitFen'> & { creditLimitFen: bigint })[]
  >`/* prepared */
    select id, "legalName", grade, "creditLimitFen", "paymentTermDays", "taxRateBp", "salespersonId",
           "creditAssessedAt" is not null as "creditAssessed",
           jsonb_build_object('suspended', "suspendedAt" is not null, 'holds', holds_of_customer(id),
             'version', "statusVersion") as status from customers
     where id = ${id}`;
  if (row === undefined) throw wrongField('customerId', 'unknown', 'There is no such customer.');
  return { ...row, creditLimitFen: Number(row.creditLimitFen) };
}

type NamedItem = ItemNow & { readonly name: string };

type ItemRow = Omit<NamedItem, 'listPriceFen' | 'availableNow'> & {
  readonly listPriceFen: bigint;
  readonly availableNow: bigint;
};

/** An item's usual quantity is the customer's average over his accepted orders; his last deal the newest that was approved. */
async function itemsNow(
  prisma: PrismaClient,
  { lines, customerId }: OrderIntake,
  exceptOrder: string,
): Promise<readonly NamedItem[]> {
  const ids = [...new Set(lines.flatMap(({ itemId }) => itemId ?? []))];
  if (ids.length === 0) return [];
  const rows = await prisma.$queryRaw<readonly ItemRow[]>`/* prepared */
    select i.id, i.name, i.specification, i.supply, i."listPriceFen", i."taxRateBp", i."leadDays",
           coalesce((select sum(b."inHand" - b.reserved) from stock_batches b where b."itemId" = i.id), 0)::bigint as "availableNow",
           (select avg(l.quantity)::float8 from order_lines l join orders o on o.no = l."orderNo" and o.revision = l.revision
             where l."itemId" = i.id and o."customerId" = ${customerId}
               and o.status not in ('on_hold', 'cancelled', 'rejected', 'returned')) as "usualQuantity",
           (select jsonb_build_object('orderNo', o.no, 'quantity', l.quantity, 'netFen', l."netFen",
                     'on', to_char(o."acceptedAt" at time zone 'Asia/Shanghai', 'YYYY-MM-DD'))
              from orders o join order_lines l on l."orderNo" = o.no and l.revision = o.revision
             where l."itemId" = i.id and o."customerId" = ${customerId} and o.no <> ${exceptOrder} and l."netFen" > 0
               and o.status not in ('on_hold', 'pending_review', 'returned', 'cancelled', 'rejected')
             order by o."acceptedAt" desc, l.line limit 1) as "lastDeal"
      from items i where i.id = any(${ids}::text[]) and i.active`;
  const known = new Set(rows.map(({ id }) => id));
  const unknown = lines.findIndex(({ itemId }) => itemId !== null && !known.has(itemId));
  if (unknown >= 0) throw wrongField(`lines.${unknown}.itemId`, 'unknown', 'There is no such item.');
  return rows.map((row) => ({
    ...row,
    listPriceFen: Number(row.listPriceFen),
    availableNow: Number(row.availableNow),
  }));
}

/** Restrictions of the customer and the items, and all of destinations, which are few: the rule says which the order meets. */
async function restrictionsNow(
  prisma: PrismaClient,
  { lines, customerId }: OrderIntake,
): Promise<readonly Restriction[]> {
  const ids = [...new Set(lines.flatMap(({ itemId }) => itemId ?? []))];
  return prisma.$queryRaw<readonly Restriction[]>`/* prepared */
    select id, "itemId", "customerId", country, province, "reasonCode", "fromOn", "untilOn" from restrictions
     where "itemId" = any(${ids}::text[]) or "customerId" = ${customerId} or country is not null
     order by id`;
}

async function promotionNow(prisma: PrismaClient, id: string | null): Promise<Promotion | null> {
  const row = id === null ? null : await prisma.promotion.findUnique({ where: { id } });
  return row === null ? null : { ...row, minimumFen: Number(row.minimumFen) };
}

/** From the review to the inspection; an order that somebody has to complete or revise first is promised nothing. */
const needingGoods = statusesBefore('awaiting_balance').filter(
  (status) => status !== 'on_hold' && status !== 'returned',
);

/**
 * What production can make, and what open orders still need of it: what is not held in stock, once it is ordered from production
 * what has not passed inspection.
 */
async function capacityNow(prisma: PrismaClient, exceptOrder: string): Promise<CapacityNow> {
  const [row] = await prisma.$queryRaw<readonly CapacityNow[]>`/* prepared */
    select coalesce((select jsonb_agg(jsonb_build_object('line', c.line, 'piecesPerDay', c."piecesPerDay", 'fromOn', c."fromOn"))
                       from production_capacity c), '[]') as lines,
           coalesce((select jsonb_agg(jsonb_build_object('dueOn', "dueOn", 'pieces', pieces))
                       from (select coalesce(o."promisedOn", o."offeredOn") as "dueOn", sum(greatest(coalesce(p.unmade, l.quantity - s.held), 0)) as pieces
                               from orders o join order_lines l on l."orderNo" = o.no and l.revision = o.revision
                               left join lateral (select sum(r.quantity - r.passed) as unmade from production_orders r
                                                   where r."orderNo" = o.no and r.line = l.line and r.state <> 'void') p on true
                              cross join lateral (select coalesce(sum(r.quantity), 0) as held from stock_reservations r
                                                   where r."orderNo" = o.no and r.line = l.line and r.state = 'held') s
                              where l.supply = 'make' and o."endedAt" is null and o.no <> ${exceptOrder}
                                and o.status = any(${[...needingGoods]}::text[])
                              group by 1) owed
                      where pieces > 0 and "dueOn" is not null and exists (select from production_capacity)), '[]') as owed`;
  return row ?? { lines: [], owed: [] };
}

/** What is taken up of a customer's credit, as the gate counts it (HG-3), and what of it is overdue. */
async function creditOf(prisma: PrismaClient, customerId: string, exceptOrder: string): Promise<CreditNow> {
  const [row] = await prisma.$queryRaw<
    readonly { receivablesFen: bigint; takenFen: bigint; inReviewFen: bigint; overdueFen: bigint }[]
  >`/* prepared */
    select u.*, (select coalesce(sum("owedFen"), 0) from collections
                  where "customerId" = ${customerId} and "endedAt" is null and "dueAt" < now())::bigint as "overdueFen"
      from credit_use(${customerId}, ${exceptOrder}) u`;
  if (row === undefined) return nothingOwed;
  const { receivablesFen, takenFen, inReviewFen, overdueFen } = row;
  return {
    receivablesFen: Number(receivablesFen),
    takenFen: Number(takenFen),
    inReviewFen: Number(inReviewFen),
    overdueFen: Number(overdueFen),
  };
}
