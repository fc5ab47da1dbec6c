/** The closed vocabularies that the whole product shares. Chinese and English words for them stand in `docs/glossary.md`. */

/** Order statuses, a fixed vocabulary (requirements.md, "Order statuses"). */
export const orderStatuses = [
  'on_hold',
  'pending_review',
  'returned',
  'approved',
  'awaiting_confirmation',
  'awaiting_deposit',
  'allocated',
  'in_production',
  'in_inspection',
  'awaiting_balance',
  'ready_to_ship',
  'shipped_out',
  'in_transit',
  'delivered',
  'in_settlement',
  'completed',
  'cancelled',
  'rejected',
  'dead',
  'in_after_sales',
  'archived',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

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

/** An instant, ISO 8601 in UTC with milliseconds: `2026-11-21T01:30:00.000Z`. */
export type Instant = string;
/** A civil date in the company's zone: `2026-11-21`. */
export type CivilDate = string;
/** Whole fen, a safe integer; 100 fen = 1 yuan. */
export type Fen = number;

/** Where the goods of a line come from: from stock, bought in, made, or (a service) from nobody's shelf. */
export type Supply = 'stock' | 'buy' | 'make';

/** A small order's path (CF-5). */
export type SmallOrderPath = 'prepaid' | 'guarantor' | 'cash_on_delivery';
