import type { CustomerSeen, SmallOrderPath } from '../../inside/intake/terms';
import type { CivilDate, Fen } from '../../inside/kernel/vocabulary';

/** Where an order comes from (IN-1). */
export const channels = [
  'web_shop',
  'store',
  'dealer',
  'phone',
  'salesperson',
  'email',
  'fax',
  'api',
  'batch',
] as const;
type Channel = (typeof channels)[number];

export const orderKinds = ['ordinary', 'sample', 'contract', 'service'] as const;
type OrderKind = (typeof orderKinds)[number];

/** What the customer said about payment when the order was taken (IN-3); money counts only when it is booked. */
export const paymentStates = ['unpaid', 'part_paid', 'paid', 'on_account', 'cash_on_delivery'] as const;
type PaymentState = (typeof paymentStates)[number];

export const deliveryMethods = ['express', 'freight_line', 'own_truck', 'self_collection'] as const;
type DeliveryMethod = (typeof deliveryMethods)[number];

export const smallOrderPaths = [
  'prepaid',
  'guarantor',
  'cash_on_delivery',
] as const satisfies readonly SmallOrderPath[];

/** Lines of one order: its terms travel in one payload (W2), and nobody signs a longer paper. */
export const mostLines = 200;

/**
 * An order as it was taken, complete or not (IN-3, IN-4): `null` is "not said". It holds personal data and free words,
 * so it stays in the database; what the process needs of it becomes Terms.
 */
export interface OrderIntake {
  readonly channel: Channel;
  /** User id of the person who took it. */
  readonly takenBy: string;
  /** User id; null: the customer's own salesperson, else who took it. */
  readonly salespersonId: string | null;
  readonly kind: OrderKind;
  /** The day of the order, where that was before it is entered (HG-4). */
  readonly orderedOn?: CivilDate;
  readonly customerId: string | null;
  readonly contact: string | null;
  readonly phone: string | null;
  readonly address: Address | null;
  readonly lines: readonly IntakeLine[];
  readonly paymentState: PaymentState | null;
  readonly deliveryWish: DeliveryWish | null;
  readonly freightFen: Fen;
  /** Allowed deviation of the delivered quantity, in basis points of the ordered one; null: none agreed. */
  readonly toleranceBp: number | null;
  readonly specialRequirements: string | null;
  readonly packagingRemark: string | null;
  readonly invoice: InvoiceWish | null;
  readonly promotion: string | null;
  /** What the salesperson picked for a small order (CF-5); null: the rules of the customer's grade. */
  readonly smallOrderPath: SmallOrderPath | null;
}

/** The fields of an order that a change may touch. */
export const intakeFields = [
  'salespersonId',
  'kind',
  'orderedOn',
  'customerId',
  'contact',
  'phone',
  'address',
  'lines',
  'paymentState',
  'deliveryWish',
  'freightFen',
  'toleranceBp',
  'specialRequirements',
  'packagingRemark',
  'invoice',
  'promotion',
  'smallOrderPath',
] as const satisfies readonly (keyof OrderIntake)[];
export type IntakeField = (typeof intakeFields)[number];

/** In China province, city, district, street and number are required; abroad street, city and country (IN-3). */
export interface Address {
  readonly country: string;
  readonly province: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly street: string | null;
  readonly number: string | null;
}

export interface IntakeLine {
  readonly itemId: string | null;
  readonly name: string | null;
  readonly specification: string | null;
  /** Whole pieces. */
  readonly quantity: number | null;
  /** Without tax. */
  readonly unitPriceFen: Fen | null;
  readonly discountBp: number;
}

interface DeliveryWish {
  readonly date: CivilDate | null;
  readonly method: DeliveryMethod | null;
  /** Each part goes as it lies ready; absent: all goods go together (SH-3). */
  readonly inParts?: boolean;
  /** Hours at which the customer can receive, in his words. */
  readonly window: string | null;
}

/** 普票 (ordinary) or 专票 (special, for deducting input tax; it needs title and tax number). */
interface InvoiceWish {
  readonly kind: 'ordinary' | 'special';
  readonly title: string | null;
  readonly taxNumber: string | null;
}

/** What the library says about the customer when the order is taken. */
export interface CustomerNow {
  readonly id: string;
  readonly legalName: string;
  readonly grade: 'A' | 'B' | 'C';
  readonly creditLimitFen: Fen;
  /** Days after the bill; 0: as policy says for his grade. */
  readonly paymentTermDays: number;
  /** In basis points, where it differs from the items' (export: 0). */
  readonly taxRateBp: number | null;
  readonly salespersonId: string | null;
  /** Whether somebody ever said what he is worth; absent: not looked up (RV-3). */
  readonly creditAssessed?: boolean;
  /** Whether he is suspended, and what he is held for; absent: not looked up (HG-1). */
  readonly status?: CustomerSeen;
}

/** What the library says about an item, and about this customer with it. */
export interface ItemNow {
  readonly id: string;
  readonly specification: string;
  readonly supply: 'stock' | 'buy' | 'make';
  /** Without tax; 0: no list price. */
  readonly listPriceFen: Fen;
  readonly taxRateBp: number;
  /** Working days until a unit is there when none is in hand; 0: as policy says for its supply. */
  readonly leadDays: number;
  /** Free stock; null: not looked up. */
  readonly availableNow: number | null;
  /** What this customer usually orders of it; null: he has never ordered it. */
  readonly usualQuantity: number | null;
  /** What this customer paid for it in his newest accepted order; absent: not looked up, null: he never bought it (IN-9). */
  readonly lastDeal?: LastDeal | null;
}

interface LastDeal {
  readonly orderNo: string;
  readonly on: CivilDate;
  readonly quantity: number;
  /** Without tax, the discount taken off. */
  readonly netFen: Fen;
}

/** What the customer owes and has on order (AR-4), in fen; prepaid shares of open orders are left out (HG-3). */
export interface CreditNow {
  readonly receivablesFen: Fen;
  /** By orders that the gate accepted. */
  readonly takenFen: Fen;
  /** What other orders under review would take up. */
  readonly inReviewFen: Fen;
  readonly overdueFen: Fen;
}
