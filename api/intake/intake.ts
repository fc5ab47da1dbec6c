import { randomUUID } from 'node:crypto';
import type { Terms } from '../../domain/inside/intake/terms';
import { civilDate } from '../../domain/inside/kernel/calendar';
import type { Grade, OrderStatus, Role } from '../../domain/inside/kernel/vocabulary';
import type { CustomerNow, OrderIntake } from '../../domain/outside/intake/order-intake';
import { termsFor } from '../../domain/outside/terms-for';
import { insertOrder, type NewOrder, type Revision } from '../../prisma/orders';
import { violatesUnique } from '../../prisma/database-away';
import type { Dependencies } from '../dependencies';
import { digestOf } from '../digest';
import { type LibraryNow, libraryNow } from './library';
import { type Money, moneyOf } from '../money';
import { earlierAnswer } from '../once';
import { policyNow } from '../policy/policies';
import { Problem, refused } from '../problem';
import { startOrder } from './start-order';
import { requireTermsFit } from './terms-fit';

/** Who takes orders. */
export const takers: readonly Role[] = [
  'sales',
  'customer_service',
  'customer_service_supervisor',
  'sales_supervisor',
  'sales_director',
  'admin',
];

/** An order as a route hands it in. */
export interface OrderAtTheDoor {
  readonly userId: string;
  readonly key: string;
  /** The address and the body, as parsed. */
  readonly asked: unknown;
  readonly intake: OrderIntake;
  readonly newCustomer?: { readonly legalName: string; readonly region: string | null } | undefined;
  readonly externalNo?: string | undefined;
  readonly policyName?: string | undefined;
  readonly copyOf?: string;
}

/** What an accepted order is answered with, now and whenever the key is sent again. */
export interface AcceptedOrder {
  readonly no: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly revision: number;
  readonly customerId: string | null;
  readonly grade: Grade;
  readonly total: Money;
  readonly deposit: Money;
  readonly offeredOn: string;
  /** What is still to be said before the order goes on (IN-5). */
  readonly missing: readonly string[];
  /** How long the order confirmation will take after approval (IN-8). */
  readonly confirmationWithin: string;
  readonly acceptedAt: string;
}

/** Takes an order (IN-1 … IN-5): terms, number, rows and answer in one statement, then the start of its workflow. */
export async function acceptOrder(dependencies: Dependencies, door: OrderAtTheDoor): Promise<AcceptedOrder> {
  const { prisma } = dependencies;
  const idempotency = { userId: door.userId, key: door.key, digest: digestOf(door.asked) };
  const earlier = await prisma.idempotencyKey.count({ where: { userId: door.userId, key: door.key } });
  if (earlier > 0) return earlierAnswer<AcceptedOrder>(prisma, idempotency);

  const { order, answer } = await prepare(dependencies, door, idempotency);
  const no = await insertOrder(prisma, order).catch((error: unknown) => {
    throw violatesUnique(error, 'externalNo') ? externalNoTaken() : error;
  });
  // Another request with this key was quicker.
  if (no === undefined) return earlierAnswer<AcceptedOrder>(prisma, idempotency);
  const { terms, status, acceptedAt, intake } = order;
  await startOrder(dependencies, { no, takenBy: intake.takenBy, acceptedAt, status, terms });
  return { ...answer, no };
}

/** The terms of an intake as of now, and the intake with what the library knows of the items that were picked. */
export async function termsNow(
  { prisma, now }: Pick<Dependencies, 'prisma' | 'now'>,
  asked: {
    readonly intake: OrderIntake;
    readonly policyName: string;
    /** The version that the order keeps; absent: the newest. */
    readonly policyVersion?: number;
    readonly newCustomer?: OrderAtTheDoor['newCustomer'];
    readonly exceptOrder?: string;
    /** Its earlier revisions, the oldest first. */
    readonly earlier?: readonly Revision[];
  },
): Promise<{ readonly intake: OrderIntake; readonly terms: Terms; readonly confirmationWithin: string }> {
  const { intake, newCustomer, exceptOrder, earlier = [] } = asked;
  const [{ policy, calendar }, library] = await Promise.all([
    policyNow(prisma, {
      name: asked.policyName,
      ...(asked.policyVersion === undefined ? {} : { version: asked.policyVersion }),
    }),
    libraryNow(prisma, {
      intake: newCustomer === undefined ? intake : { ...intake, customerId: null },
      ...(exceptOrder === undefined ? {} : { exceptOrder }),
    }),
  ]);
  const customer = newCustomer === undefined ? library.customer : firstSeen(intake, newCustomer.legalName);
  const whole = withLibraryWords(intake, library);
  const { items, creditNow, restrictions, promotion, capacity } = library;
  const { terms, explanation } = termsFor({
    intake: whole,
    customer,
    items,
    creditNow,
    restrictions,
    promotion,
    capacity,
    earlier: earlier.map((one) => ({ intake: one.intake, on: civilDate(calendar, one.enteredAt) })),
    policy,
    calendar,
    now: now().toISOString(),
  });
  requireTermsFit(terms);
  return { intake: whole, terms, confirmationWithin: explanation.confirmationWithin };
}

async function prepare(
  dependencies: Dependencies,
  door: OrderAtTheDoor,
  idempotency: NewOrder['idempotency'],
): Promise<{ readonly order: NewOrder; readonly answer: Omit<AcceptedOrder, 'no'> }> {
  const acceptedAt = dependencies.now();
  const { newCustomer, externalNo = null, policyName = dependencies.settings.policy, copyOf = null } = door;
  const typed = newCustomer === undefined ? door.intake : { ...door.intake, customerId: `c-${randomUUID()}` };
  await requireSalesperson(dependencies, typed.salespersonId);
  await requireCustomerNotSuspended(dependencies, typed.customerId);
  const { intake, terms, confirmationWithin } = await termsNow(dependencies, {
    intake: typed,
    policyName,
    newCustomer,
  });
  const day = dayIn(acceptedAt);
  const status: NewOrder['status'] = terms.missing.length > 0 ? 'on_hold' : 'pending_review';
  const answer = {
    status,
    version: 0,
    revision: 1,
    customerId: terms.customerId,
    grade: terms.grade,
    total: moneyOf(terms.totals.totalFen),
    deposit: moneyOf(terms.depositFen),
    offeredOn: terms.offeredOn,
    missing: terms.missing,
    confirmationWithin,
    acceptedAt: acceptedAt.toISOString(),
  };
  const order: NewOrder = {
    intake,
    terms,
    status,
    acceptedAt,
    externalNo,
    copyOf,
    idempotency,
    answer,
    day,
    newCustomer: newCustomer ?? null,
  };
  return { order, answer };
}

/** The gate `new_order`: 409 where deliveries to the customer are stopped (AR-2, Q8), or a hold shuts it (HG-1). */
export async function requireCustomerNotSuspended({ prisma }: Dependencies, customerId: string | null): Promise<void> {
  if (customerId === null) return;
  const [row] = await prisma.$queryRaw<readonly { suspended: boolean; held: boolean }[]>`/* prepared */
    select c."suspendedAt" is not null as suspended,
           exists (select from jsonb_array_elements(holds_of_customer(c.id)) h where h->'gates' ? 'new_order') as held
      from customers c where c.id = ${customerId}`;
  if (row?.suspended === true)
    throw refused('customer_suspended', 'This customer is suspended until what he owes is settled.');
  if (row?.held === true) throw refused('customer_held', 'A hold of this customer stops new orders.');
}

/** 400 where there is no such active user. */
export async function requireSalesperson({ prisma }: Dependencies, salespersonId: string | null): Promise<void> {
  if (salespersonId === null) return;
  if ((await prisma.user.count({ where: { id: salespersonId, active: true } })) === 0) {
    const errors = [{ field: 'salespersonId', code: 'unknown', message: 'There is no such user.' }];
    throw new Problem({
      status: 400,
      code: 'invalid_input',
      detail: 'The order names an unknown salesperson.',
      errors,
    });
  }
}

/** A customer made on the fly, as the library will have him. */
function firstSeen({ customerId, salespersonId }: OrderIntake, legalName: string): CustomerNow {
  return {
    id: customerId ?? '',
    legalName,
    grade: 'C',
    creditLimitFen: 0,
    paymentTermDays: 0,
    taxRateBp: null,
    salespersonId,
    creditAssessed: false,
  };
}

/** An item that was picked brings its name and specification, where nobody typed others. */
function withLibraryWords(intake: OrderIntake, { names, items }: LibraryNow): OrderIntake {
  const lines = intake.lines.map((line) => ({
    ...line,
    name: line.name ?? names.get(line.itemId ?? '') ?? null,
    specification: line.specification ?? (items.find(({ id }) => id === line.itemId)?.specification || null),
  }));
  return { ...intake, lines };
}

function externalNoTaken(): Problem {
  return refused('external_no_taken', 'This channel has handed in an order with this number before.');
}

/** The day in the company's zone, as order numbers are made of (IN-2). China keeps one offset all year. */
function dayIn(instant: Date): string {
  const local = new Date(instant.getTime() + 8 * 3600 * 1000).toISOString();
  return local.slice(0, 10).replaceAll('-', '');
}
