import { z } from 'zod';
import { largestWorthFen } from '../../domain/outside/intake/amounts';
import {
  mostLines,
  channels,
  deliveryMethods,
  orderKinds,
  paymentStates,
  smallOrderPaths,
  type OrderIntake,
} from '../../domain/outside/intake/order-intake';
import { fenOf } from '../money';
import { id, instant, keptDate, money, quantity, text } from '../schemas/basics';

/** Discounts and tolerances in basis points: 500 is 5 %. */
const basisPoints = z.int().min(0).max(10_000);

export const address = z.strictObject({
  country: text(60).default('CN'),
  province: text(60).optional(),
  city: text(60).optional(),
  district: text(60).optional(),
  street: text(200).optional(),
  number: text(60).optional(),
});

export const invoice = z.strictObject({
  kind: z.enum(['ordinary', 'special']),
  title: text(200).optional(),
  taxNumber: text(60).optional(),
});

const line = z.strictObject({
  itemId: id.optional(),
  name: text(200).optional(),
  specification: text(500).optional(),
  quantity: quantity.optional(),
  unitPrice: money.optional().describe('Without tax'),
  discountBp: basisPoints.default(0),
});

/** A line's worth is at most 10^9 × 100 fen × 10^6 pieces: more than the whole order may come to. */
const mostFen = BigInt(largestWorthFen);

/** An order as it is typed, complete or not: what is missing is asked for later (IN-5), what is wrong is refused. */
const intakeFields = z.strictObject({
  channel: z.enum(channels),
  kind: z.enum(orderKinds).default('ordinary'),
  orderedOn: keptDate.optional().describe('The day of the order, where that was before it is entered (HG-4)'),
  salespersonId: id.optional(),
  customerId: id.optional(),
  contact: text(100).optional(),
  phone: text(40).optional(),
  address: address.optional(),
  lines: z.array(line).max(mostLines).default([]),
  paymentState: z.enum(paymentStates).optional(),
  deliveryWish: z
    .strictObject({
      date: keptDate.optional(),
      method: z.enum(deliveryMethods).optional(),
      window: text(200).optional(),
      inParts: z
        .boolean()
        .optional()
        .describe('Each part goes as it lies ready; otherwise all goods go together (SH-3)'),
    })
    .optional(),
  freight: money.default({ amount: '0', currency: 'CNY' }),
  toleranceBp: basisPoints.optional(),
  specialRequirements: text(4000).optional(),
  packagingRemark: text(1000).optional(),
  invoice: invoice.optional(),
  promotion: text(200).optional(),
  smallOrderPath: z.enum(smallOrderPaths).optional(),
});

const boundedWorth = {
  error: 'the order is worth more than can be counted here',
  path: ['lines'],
};

function worthIsBounded({ lines, freight }: Pick<z.output<typeof intakeFields>, 'lines' | 'freight'>): boolean {
  const worths = lines.map((one) =>
    one.quantity === undefined || one.unitPrice === undefined
      ? 0n
      : BigInt(one.quantity) * BigInt(fenOf(one.unitPrice)),
  );
  return worths.reduce((sum, worth) => sum + worth, BigInt(fenOf(freight))) <= mostFen;
}

export const externalNo = z.string().regex(/^[\w./#-]{1,64}$/);

/** A customer made on the fly (IN-7). */
const newCustomer = z.strictObject({ legalName: text(200), region: text(60).optional() });

export const newOrder = intakeFields
  .extend({
    customer: newCustomer.optional(),
    externalNo: externalNo.optional().describe('Its number in the system it comes from; unique per channel'),
    policy: id.optional().describe('Admins only; “default” otherwise'),
  })
  .refine(worthIsBounded, boundedWorth)
  .refine(({ customer, customerId }) => customer === undefined || customerId === undefined, {
    error: 'give customerId or customer, not both',
    path: ['customer'],
  });

export const revision = z
  .strictObject({
    fromRevision: z.int().min(1).max(10_000),
    intake: intakeFields.refine(worthIsBounded, boundedWorth),
    happenedAt: instant.optional(),
    comment: text(4000).optional(),
  })
  .describe('The whole order as it shall be');

export const copy = z.strictObject({ comment: text(4000).optional() });

/** The typed intake as the domain knows it: absent becomes null. */
export function intakeOf(
  typed: z.output<typeof intakeFields>,
  { takenBy, customerId }: { readonly takenBy: string; readonly customerId: string | null },
): OrderIntake {
  return {
    channel: typed.channel,
    takenBy,
    salespersonId: typed.salespersonId ?? null,
    kind: typed.kind,
    ...(typed.orderedOn === undefined ? {} : { orderedOn: typed.orderedOn }),
    customerId,
    contact: typed.contact ?? null,
    phone: typed.phone ?? null,
    address: typed.address === undefined ? null : addressOf(typed.address),
    lines: typed.lines.map(lineOf),
    paymentState: typed.paymentState ?? null,
    deliveryWish: typed.deliveryWish === undefined ? null : wishOf(typed.deliveryWish),
    freightFen: fenOf(typed.freight),
    toleranceBp: typed.toleranceBp ?? null,
    specialRequirements: typed.specialRequirements ?? null,
    packagingRemark: typed.packagingRemark ?? null,
    invoice: typed.invoice === undefined ? null : invoiceOf(typed.invoice),
    promotion: typed.promotion ?? null,
    smallOrderPath: typed.smallOrderPath ?? null,
  };
}

function addressOf({ country, province, city, district, street, number }: z.output<typeof address>) {
  return {
    country,
    province: province ?? null,
    city: city ?? null,
    district: district ?? null,
    street: street ?? null,
    number: number ?? null,
  };
}

function lineOf(typed: z.output<typeof line>) {
  return {
    itemId: typed.itemId ?? null,
    name: typed.name ?? null,
    specification: typed.specification ?? null,
    quantity: typed.quantity ?? null,
    unitPriceFen: typed.unitPrice === undefined ? null : fenOf(typed.unitPrice),
    discountBp: typed.discountBp,
  };
}

function wishOf(typed: NonNullable<z.output<typeof intakeFields>['deliveryWish']>) {
  return {
    date: typed.date ?? null,
    method: typed.method ?? null,
    window: typed.window ?? null,
    ...(typed.inParts === undefined ? {} : { inParts: typed.inParts }),
  };
}

function invoiceOf({ kind, title, taxNumber }: z.output<typeof invoice>) {
  return { kind, title: title ?? null, taxNumber: taxNumber ?? null };
}
