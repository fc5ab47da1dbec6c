import type { Day, DayCustomer, DayOrder } from './day-file';

/** The order as it is typed; `whole` fills in what the taker forgot, `quantity` changes that of the first line, `wishes` the special requirements. */
export function intakeOf(
  order: DayOrder,
  customer: DayCustomer,
  {
    whole,
    quantity,
    wishes = order.wishes,
  }: { readonly whole: boolean; readonly quantity?: number | undefined; readonly wishes?: string | undefined },
) {
  const left = whole ? [] : order.leavesOut;
  const said = { contact: customer.contact, phone: customer.phone, address: customer.address };
  const given = Object.entries(said).filter(([field]) => !left.some((out) => out === field));
  return {
    channel: 'phone',
    salespersonId: customer.salesperson,
    customerId: customer.id,
    ...Object.fromEntries(given),
    lines: order.lines.map((line, index) => ({
      itemId: line.item,
      quantity: index === 0 ? (quantity ?? line.quantity) : line.quantity,
      unitPrice: yuan(line.price),
      discountBp: line.discountBp,
    })),
    freight: yuan(order.freight),
    paymentState: order.path === 'cash_on_delivery' ? 'cash_on_delivery' : 'unpaid',
    deliveryWish: { method: 'express', inParts: order.inParts },
    ...(wishes === undefined ? {} : { specialRequirements: wishes }),
    ...(order.path === undefined ? {} : { smallOrderPath: order.path }),
  };
}

/** The order as a new one: only here a policy is named. */
export function newOrderOf({ policy }: Day, order: DayOrder, customer: DayCustomer) {
  return { ...intakeOf(order, customer, { whole: false }), policy };
}

/** Money as the API takes it. */
export const yuan = (amount: string) => ({ amount, currency: 'CNY' });
