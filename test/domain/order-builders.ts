import { loadPolicy } from '../../config/load-policy';
import type { CustomerNow, IntakeLine, ItemNow, OrderIntake } from '../../domain/outside/intake/order-intake';
import type { Policy } from '../../domain/outside/policy/policy';
import type { TermsQuestion } from '../../domain/outside/intake/considered';
import { termsFor } from '../../domain/outside/terms-for';

/** Monday, 10:00 in China. */
export const monday = '2026-11-23T02:00:00.000Z';
export const { policy, calendar } = loadPolicy('default');

export const chair: ItemNow = {
  id: 'CHAIR',
  specification: 'beech, lacquered',
  supply: 'stock',
  listPriceFen: 100_00,
  taxRateBp: 1300,
  leadDays: 0,
  availableNow: 1_000_000,
  usualQuantity: 1_000_000,
};
export const table: ItemNow = { ...chair, id: 'TABLE', supply: 'make', availableNow: null };

export function customer(but: Partial<CustomerNow> = {}): CustomerNow {
  return {
    id: 'C-1',
    legalName: '苏州远山家具有限公司',
    grade: 'A',
    creditLimitFen: 1_000_000_000_00,
    paymentTermDays: 0,
    taxRateBp: null,
    salespersonId: 'li',
    ...but,
  };
}

export function line(but: Partial<IntakeLine> = {}): IntakeLine {
  return {
    itemId: 'CHAIR',
    name: 'Chair',
    specification: 'beech, lacquered',
    quantity: 10,
    unitPriceFen: 100_00,
    discountBp: 0,
    ...but,
  };
}

export function intake(but: Partial<OrderIntake> = {}): OrderIntake {
  return {
    channel: 'phone',
    takenBy: 'wang',
    salespersonId: null,
    kind: 'ordinary',
    customerId: 'C-1',
    contact: '陈女士',
    phone: '+86 512 6666 8888',
    address: {
      country: '中国',
      province: '江苏省',
      city: '苏州市',
      district: '姑苏区',
      street: '人民路',
      number: '1号',
    },
    lines: [line()],
    paymentState: 'unpaid',
    deliveryWish: { date: null, method: 'express', window: null },
    freightFen: 0,
    toleranceBp: null,
    specialRequirements: null,
    packagingRemark: null,
    invoice: null,
    promotion: null,
    smallOrderPath: null,
    ...but,
  };
}

/** An order whose total with tax is exactly this, of stock without tax: what limits compare with. */
export function orderOf(totalFen: number, but: Partial<OrderIntake> = {}): Partial<TermsQuestion> {
  return {
    intake: intake({ lines: [line({ quantity: 1, unitPriceFen: totalFen })], ...but }),
    items: [{ ...chair, taxRateBp: 0, listPriceFen: 0 }],
  };
}

/** Terms of an order, stating only what matters. */
export function ask(but: Partial<TermsQuestion> = {}) {
  return termsFor({
    intake: intake(),
    customer: customer(),
    items: [chair, table],
    creditNow: { receivablesFen: 0, takenFen: 0, inReviewFen: 0, overdueFen: 0 },
    policy,
    calendar,
    now: monday,
    ...but,
  });
}

/** The review levels of an order, by their tasks. */
export function reviewsOf(but: Partial<TermsQuestion> = {}): readonly string[] {
  return ask(but).terms.reviews.map(({ task }) => task);
}

/** A policy with some of its parts changed. */
export function policyWith(but: Partial<Policy>): Policy {
  return { ...policy, ...but };
}
