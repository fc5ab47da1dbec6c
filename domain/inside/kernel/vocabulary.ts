/** The closed vocabularies that every organ and process shares. Chinese and English words for them stand in `words.ts`. */

/**
 * Order statuses in the order of the process, each with the statuses that may follow it (S1): the published table. A message that
 * would step outside it is refused; what has happened in the world counts all the same, and opens an incident.
 */
export const nextStatuses = {
  on_hold: ['pending_review', 'rejected', 'cancelled'],
  pending_review: ['approved', 'returned', 'rejected', 'on_hold', 'cancelled'],
  returned: ['pending_review', 'on_hold', 'cancelled'],
  approved: [
    'awaiting_confirmation',
    'awaiting_deposit',
    'allocated',
    'awaiting_balance',
    'ready_to_ship',
    'pending_review',
    'on_hold',
    'rejected',
    'cancelled',
  ],
  awaiting_confirmation: ['awaiting_deposit', 'approved', 'pending_review', 'on_hold', 'cancelled'],
  // What was on its way when a deposit was taken back may come in meanwhile: then it waits for its balance, or goes (HG-4).
  awaiting_deposit: [
    'approved',
    'allocated',
    'awaiting_balance',
    'ready_to_ship',
    'pending_review',
    'on_hold',
    'cancelled',
  ],
  allocated: [
    'in_production',
    'awaiting_deposit',
    'awaiting_balance',
    'ready_to_ship',
    'pending_review',
    'on_hold',
    'cancelled',
  ],
  in_production: ['in_inspection', 'allocated', 'awaiting_deposit', 'cancelled'],
  in_inspection: ['in_production', 'awaiting_balance', 'ready_to_ship', 'cancelled'],
  awaiting_balance: ['ready_to_ship', 'cancelled'],
  ready_to_ship: ['shipped_out', 'awaiting_balance', 'cancelled'],
  shipped_out: ['in_transit', 'delivered'],
  // The last part on its way came back, while those before it were confirmed, or paid.
  in_transit: ['delivered', 'in_settlement', 'completed', 'dead'],
  delivered: ['in_settlement'],
  in_settlement: ['completed'],
  // Comes with after-sales: no organ keeps an order there yet.
  in_after_sales: [],
  completed: ['archived', 'in_settlement'],
  cancelled: [],
  rejected: [],
  dead: [],
  archived: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Where an order stands (requirements.md, "Order statuses"). */
export type OrderStatus = keyof typeof nextStatuses;
export const orderStatuses = Object.keys(nextStatuses) as readonly OrderStatus[];
/** Those that come before it in the process. */
export const statusesBefore = (status: OrderStatus): readonly OrderStatus[] =>
  orderStatuses.slice(0, orderStatuses.indexOf(status));

/** Where a shipment stands. */
export const shipmentStatuses = [
  'picking',
  'checking',
  'packed',
  'shipped_out',
  'in_transit',
  'arrived',
  'delivered',
  'unclaimed',
  'recalled',
  'stopped',
] as const;
export type ShipmentStatus = (typeof shipmentStatuses)[number];

/** Where the collection of one charge stands. */
export type CollectionStatus = 'collecting' | 'paid';

/** The status of a dossier, whichever process it belongs to. */
export type Status = OrderStatus | ShipmentStatus | CollectionStatus;

export const grades = ['A', 'B', 'C'] as const;
/** Customer grade: A ships by contract, B and C pay before the goods go (BL-1). */
export type Grade = (typeof grades)[number];

/** Roles of people (GV-1). */
export const roles = [
  'sales',
  'customer_service',
  'customer_service_supervisor',
  'sales_supervisor',
  'sales_director',
  'technical',
  'production',
  'team_lead',
  'quality',
  'warehouse',
  'checker',
  'logistics',
  'purchasing',
  'finance',
  'finance_lead',
  'legal',
  'director',
  'general_manager',
  'after_sales',
  'analyst',
  'admin',
] as const;
export type Role = (typeof roles)[number];

/** 关口: every effect that costs money, goods or a promise passes one (HG-1). */
export const gates = ['accept', 'confirm', 'purchase', 'produce', 'ship', 'bill', 'new_order'] as const;
export type Gate = (typeof gates)[number];

/** An instant, ISO 8601 in UTC with milliseconds: `2026-11-21T01:30:00.000Z`. */
export type Instant = string;
/** A civil date in the company's zone: `2026-11-21`. */
export type CivilDate = string;
/** Whole fen, a safe integer; 100 fen = 1 yuan. */
export type Fen = number;
/** Pieces of one line of the order: what is shipped, received, inspected or returned is always some pieces of some lines. */
export interface LineQuantity {
  readonly line: number;
  readonly quantity: number;
}

/** A word as people meet it, in both languages of the product. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What a rule saw, by name: amounts in fen, instants, codes (HT-16). */
export type Evidence = Readonly<Record<string, string | number | boolean>>;
