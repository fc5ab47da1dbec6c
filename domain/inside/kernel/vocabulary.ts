/** The closed vocabularies that every organ and process shares. The words for roles, clocks and actions stand in `words.ts`. */

interface StatusRow {
  readonly words: Words;
  /** What an order waits for there, where nothing says it more closely (waits-for.ts). */
  readonly waitsFor: string;
  readonly next: readonly string[];
}

/**
 * Order statuses in the order of the process, each with its words, with what an order there waits for, and with the
 * statuses that may follow it (S1): the published table. A message that would step outside it is refused; what has happened in
 * the world counts all the same, and opens an incident.
 */
const statuses = {
  on_hold: {
    words: { zh: '暂存待处理', en: 'on hold' },
    waitsFor: 'what is missing, from the customer',
    next: ['pending_review', 'rejected', 'cancelled'],
  },
  pending_review: {
    words: { zh: '待审核', en: 'pending review' },
    waitsFor: 'the reviewers',
    next: ['approved', 'returned', 'rejected', 'on_hold', 'cancelled'],
  },
  returned: {
    words: { zh: '已退回', en: 'returned' },
    waitsFor: 'the taker, to revise and resubmit',
    next: ['pending_review', 'on_hold', 'cancelled'],
  },
  approved: {
    words: { zh: '已审核', en: 'approved' },
    waitsFor: 'the order confirmation to go out and the goods to be allocated',
    next: [
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
  },
  awaiting_confirmation: {
    words: { zh: '待确认', en: 'awaiting confirmation' },
    waitsFor: "the customer's signature",
    next: ['awaiting_deposit', 'approved', 'pending_review', 'on_hold', 'cancelled'],
  },
  // What was on its way when a deposit was taken back may come in meanwhile: then it waits for its balance, or goes (HG-4).
  awaiting_deposit: {
    words: { zh: '待定金', en: 'awaiting deposit' },
    waitsFor: "the customer's deposit",
    next: ['approved', 'allocated', 'awaiting_balance', 'ready_to_ship', 'pending_review', 'on_hold', 'cancelled'],
  },
  allocated: {
    words: { zh: '已分配', en: 'allocated' },
    waitsFor: 'bought goods to come in and production to be signed for',
    next: [
      'in_production',
      'awaiting_deposit',
      'awaiting_balance',
      'ready_to_ship',
      'pending_review',
      'on_hold',
      'cancelled',
    ],
  },
  in_production: {
    words: { zh: '生产中', en: 'in production' },
    waitsFor: 'production to report the quantity done',
    next: ['in_inspection', 'allocated', 'awaiting_deposit', 'cancelled'],
  },
  in_inspection: {
    words: { zh: '质检中', en: 'in inspection' },
    waitsFor: 'what was made to go into stock',
    next: ['in_production', 'awaiting_balance', 'ready_to_ship', 'cancelled'],
  },
  awaiting_balance: {
    words: { zh: '待余款', en: 'awaiting balance' },
    waitsFor: 'the balance, or a release by its authority',
    next: ['ready_to_ship', 'cancelled'],
  },
  ready_to_ship: {
    words: { zh: '待出库', en: 'ready to ship' },
    waitsFor: 'the warehouse to pick, check and send',
    next: ['shipped_out', 'awaiting_balance', 'cancelled'],
  },
  shipped_out: {
    words: { zh: '已出库', en: 'shipped out' },
    waitsFor: 'the carrier',
    next: ['in_transit', 'delivered'],
  },
  // The last part on its way came back, while those before it were confirmed, or paid.
  in_transit: {
    words: { zh: '配送中', en: 'in transit' },
    waitsFor: 'the carrier to deliver',
    next: ['delivered', 'in_settlement', 'completed', 'dead'],
  },
  delivered: {
    words: { zh: '已交付', en: 'delivered' },
    waitsFor: 'the customer to confirm the receipt, or silence to confirm it',
    next: ['in_settlement'],
  },
  in_settlement: {
    words: { zh: '结算中', en: 'in settlement' },
    waitsFor: 'the bill to be reviewed and paid',
    next: ['completed'],
  },
  // Comes with after-sales: no organ keeps an order there yet.
  in_after_sales: {
    words: { zh: '售后中', en: 'in after-sales' },
    waitsFor: 'the after-sales case',
    next: [],
  },
  completed: {
    words: { zh: '已完成', en: 'completed' },
    waitsFor: 'the time to archive',
    next: ['archived', 'in_settlement'],
  },
  cancelled: {
    words: { zh: '已取消', en: 'cancelled' },
    waitsFor: 'the winding up: stock freed, money returned',
    next: [],
  },
  rejected: {
    words: { zh: '已拒绝', en: 'rejected' },
    waitsFor: 'the winding up',
    next: [],
  },
  dead: {
    words: { zh: '死单', en: 'dead' },
    waitsFor: 'the goods to be recalled and the freight to be booked',
    next: [],
  },
  archived: {
    words: { zh: '已归档', en: 'archived' },
    waitsFor: 'nothing',
    next: [],
  },
} as const satisfies Readonly<Record<string, StatusRow>>;

/** Where an order stands (requirements.md, "Order statuses"). */
export type OrderStatus = keyof typeof statuses;
export const orderStatuses = Object.keys(statuses) as readonly OrderStatus[];

/** One column of the table. */
const ofEach = <Cell>(cell: (row: (typeof statuses)[OrderStatus]) => Cell): Readonly<Record<OrderStatus, Cell>> =>
  // Object.fromEntries forgets which names it was given.
  Object.fromEntries(Object.entries(statuses).map(([name, row]) => [name, cell(row)])) as Record<OrderStatus, Cell>;

export const nextStatuses = ofEach<readonly OrderStatus[]>(({ next }) => next);
export const statusWords = ofEach<Words>(({ words }) => words);
export const statusWaits = ofEach<string>(({ waitsFor }) => waitsFor);

/** Those of the process from one to the last before another. */
export const statusesFrom = (first: OrderStatus, until: OrderStatus): readonly OrderStatus[] =>
  orderStatuses.slice(orderStatuses.indexOf(first), orderStatuses.indexOf(until));
/** Those that come before it in the process. */
export const statusesBefore = (status: OrderStatus): readonly OrderStatus[] => statusesFrom('on_hold', status);

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
