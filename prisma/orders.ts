import { Prisma, type PrismaClient } from './generated/client';
import type { OrderToStart } from '../workflows/order-start';
import type { OrderIntake } from '../domain/outside/intake/order-intake';
import type { Terms } from '../domain/inside/intake/terms';
import type { OrderStatus } from '../domain/inside/kernel/vocabulary';

/** An order at the door, with everything that is written when it is accepted. */
export interface NewOrder {
  readonly intake: OrderIntake;
  readonly terms: Terms;
  readonly status: Extract<OrderStatus, 'on_hold' | 'pending_review'>;
  readonly acceptedAt: Date;
  readonly externalNo: string | null;
  readonly copyOf: string | null;
  /** A customer made on the fly; his id is the intake's `customerId`. */
  readonly newCustomer: { readonly legalName: string; readonly region: string | null } | null;
  /** Who asked with which key, and what; the answer is `answer` with the order's number put in as `no`. */
  readonly idempotency: { readonly userId: string; readonly key: string; readonly digest: Uint8Array<ArrayBuffer> };
  readonly answer: Readonly<Record<string, unknown>>;
  /** The day of the number in the company's zone: `20261121`. */
  readonly day: string;
}

/**
 * Writes number, order, intake, lines, customer and the answer to the Idempotency-Key in one statement (IN-2, design rule 7).
 * Undefined when the key has been used before: nothing is written then but a gap in the numbers.
 */
export async function insertOrder(prisma: PrismaClient, order: NewOrder): Promise<string | undefined> {
  const { intake, terms, idempotency, answer } = order;
  const { totals } = terms;
  const [row] = await prisma.$queryRaw<readonly { no: string }[]>`/* prepared */
    with serial as (
      insert into order_serials (day, last) values (${order.day}, 1)
      on conflict (day) do update set last = order_serials.last + 1 returning last),
    numbered as (
      select ${order.day} || '-' || lpad(last::text, greatest(4, length(last::text)), '0') as no from serial),
    keyed as (
      insert into idempotency_keys ("userId", key, digest, status, body)
      select ${idempotency.userId}, ${idempotency.key}, ${idempotency.digest}, 201,
             ${JSON.stringify(answer)}::jsonb || jsonb_build_object('no', no)
        from numbered
      on conflict do nothing returning body->>'no' as no),
    customer as (${newCustomer(order)}),
    ordered as (
      insert into orders (no, "customerId", channel, "takenBy", "salespersonId", grade, "policyName", "policyVersion", status,
                          "offeredOn", "wishedOn", "goodsFen", "taxFen", "freightFen", "totalFen", "depositFen", "exposureFen", "copyOf",
                          "externalNo", "acceptedAt", terms)
      select no, ${intake.customerId}, ${intake.channel}, ${intake.takenBy}, ${terms.salespersonId}, ${terms.grade},
             ${terms.policy.name}, ${terms.policy.version}, ${order.status}, ${terms.offeredOn}, ${terms.wishedOn},
             ${totals.goodsFen}, ${totals.taxFen}, ${totals.freightFen}, ${totals.totalFen}, ${terms.depositFen},
             ${terms.exposureFen}, ${order.copyOf}, ${order.externalNo}, ${order.acceptedAt}, ${JSON.stringify(terms)}::jsonb
        from keyed
      returning no),
    taken as (
      insert into order_intakes ("orderNo", revision, body, "enteredBy", "enteredAt")
      select no, 1, ${JSON.stringify(intake)}::jsonb, ${intake.takenBy}, ${order.acceptedAt} from ordered),
    lines as (${insertLines(Prisma.sql`select no as "orderNo", 1 as revision, ${JSON.stringify(intake)}::jsonb as intake,
                                             ${JSON.stringify(terms.lines)}::jsonb as lines from ordered`)})
    select no from ordered`;
  return row?.no;
}

/** A new customer has the grade that the terms assumed, until somebody has assessed him (RV-3). */
function newCustomer({ newCustomer: made, intake, terms }: NewOrder): Prisma.Sql {
  if (made === null) return Prisma.sql`select 1`;
  return Prisma.sql`
    insert into customers (id, "legalName", grade, "salespersonId", region, contact, phone, address, invoice)
    select ${intake.customerId}, ${made.legalName}, ${terms.grade}, ${intake.salespersonId}, ${made.region},
           ${intake.contact}, ${intake.phone}, ${json(intake.address)}::jsonb, ${json(intake.invoice)}::jsonb
      from keyed`;
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Lines whose worth the terms could compute, with what was typed about them; names come from the library where nobody typed one. */
function insertLines(source: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    insert into order_lines ("orderNo", revision, line, "itemId", name, specification, quantity, "unitPriceFen", "discountBp",
                             "netFen", "taxFen", supply)
    select r."orderNo", r.revision, l.line, nullif(l."itemId", ''), coalesce(typed->>'name', i.name, ''),
           coalesce(typed->>'specification', i.specification, ''), l.quantity, coalesce((typed->>'unitPriceFen')::bigint, 0),
           coalesce((typed->>'discountBp')::int, 0), l."netFen", l."taxFen", l.supply
      from (${source}) r
     cross join lateral jsonb_to_recordset(r.lines)
           as l(line int, "itemId" text, quantity int, "netFen" bigint, "taxFen" bigint, supply text)
     cross join lateral (select r.intake->'lines'->(l.line - 1) as typed) t
      left join items i on i.id = l."itemId"
     where l.quantity > 0
    on conflict do nothing`;
}

/**
 * Keeps what was typed with every applied revision of an order: the message's words hold it until then. May be repeated;
 * done after a revision was applied, and again by whoever finds it undone.
 */
export async function keepRevisions(prisma: PrismaClient, orderNo: string): Promise<void> {
  await prisma.$executeRaw`
    with revised as (
      select i."orderNo", (i.payload->>'fromRevision')::int + 1 as revision, i.words::jsonb->'intake' as intake,
             i.payload->'terms'->'lines' as lines, i.sender, i."receivedAt"
        from inbox i
       where i."orderNo" = ${orderNo} and i.kind = 'orderRevised' and i.state = 'applied'),
    kept as (
      insert into order_intakes ("orderNo", revision, body, "enteredBy", "enteredAt")
      select "orderNo", revision, intake, sender, "receivedAt" from revised on conflict do nothing)
    ${insertLines(Prisma.sql`select * from revised`)}`;
}

/** The order's workflow is known to run. */
export async function markStarted(prisma: PrismaClient, no: string): Promise<void> {
  await prisma.$executeRaw`/* prepared */
    update orders set "startedAt" = now() where no = ${no} and "startedAt" is null`;
}

/**
 * Orders that were accepted two seconds ago or more and whose workflow is not known to run: the oldest first. Those whose
 * start Temporal refuses wait until an operator has closed their incident.
 */
export async function unstartedOrders(prisma: PrismaClient): Promise<readonly OrderToStart[]> {
  return prisma.$queryRaw<readonly OrderToStart[]>`
    select no, "takenBy", "acceptedAt", status, terms from orders
     where "startedAt" is null and "acceptedAt" < now() - interval '2 seconds'
       and not exists (select from incidents i
                        where i.id = 'order-' || no || ':refused_by_temporal' and i."closedAt" is null)
     order by "acceptedAt", no limit 100`;
}

/** Whether the order's workflow is known to have been started. */
export async function isStarted(prisma: PrismaClient, no: string): Promise<boolean> {
  return (await prisma.order.count({ where: { no, startedAt: { not: null } } })) > 0;
}

/** An order as it was typed for one of its revisions. */
export interface Revision {
  readonly revision: number;
  readonly intake: OrderIntake;
  readonly enteredAt: string;
}

/** What was typed for the revisions of an order up to one of them, the oldest first. */
export async function revisionsUpTo(
  prisma: PrismaClient,
  { orderNo, revision }: { readonly orderNo: string; readonly revision: number },
): Promise<readonly Revision[]> {
  const rows = await prisma.orderIntake.findMany({
    where: { orderNo, revision: { lte: revision } },
    orderBy: { revision: 'asc' },
    select: { revision: true, body: true, enteredAt: true },
  });
  // Only the door writes this column, from an OrderIntake.
  return rows.map(({ revision: number, body, enteredAt }) => ({
    revision: number,
    intake: body as unknown as OrderIntake,
    enteredAt: enteredAt.toISOString(),
  }));
}
