import type { Canary } from './canary';
import { items, specification } from './goods';
import type { Plan } from './plans';

/** An order as its taker types it, with the canary in every personal field. */
export function orderBody(plan: Plan, canary: Canary): Record<string, unknown> {
  const { words } = canary;
  return {
    channel: 'phone',
    customerId: plan.customer,
    contact: words('contact'),
    ...(plan.incomplete === undefined ? { phone: canary.phone } : {}),
    address: {
      country: 'CN',
      province: words('province'),
      city: words('city'),
      district: words('district'),
      street: words('street'),
      number: words('number'),
    },
    lines: plan.lines.map(({ itemId, quantity }) => ({
      itemId,
      name: itemId,
      specification,
      quantity,
      unitPrice: yuan(items.find(({ id }) => id === itemId)?.listPriceFen ?? 0),
    })),
    paymentState: 'unpaid',
    deliveryWish: { method: 'express', window: words('delivery window'), inParts: plan.inParts === true },
    freight: yuan(1_500),
    packagingRemark: words('packaging'),
    promotion: words('promotion'),
    invoice: { kind: 'special', title: words('invoice title'), taxNumber: words('tax number') },
    ...(plan.wishes === true ? { specialRequirements: words('special requirements') } : {}),
    ...(plan.smallOrderPath === undefined ? {} : { smallOrderPath: plan.smallOrderPath }),
  };
}

/** The same order, as it shall be from now on: complete, and one piece more where it is a change. */
export function revisedBody(plan: Plan, canary: Canary): Record<string, unknown> {
  const { incomplete, ...complete } = plan;
  const more = incomplete === undefined ? 1 : 0;
  const lines = plan.lines.map((line) => ({ ...line, quantity: line.quantity + more }));
  return orderBody({ ...complete, lines }, canary);
}

/** Whole fen as the API takes money. */
export function yuan(fen: number): { readonly amount: string; readonly currency: 'CNY' } {
  return { amount: (fen / 100).toFixed(2), currency: 'CNY' };
}

/** Money from the API in whole fen. */
export function fenOf({ amount }: { readonly amount: string }): number {
  return Math.round(Number(amount) * 100);
}
