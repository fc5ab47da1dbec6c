import type { Base } from '../kernel/dossier';
import type { Fen, Instant, LineQuantity } from '../kernel/vocabulary';
import type { Clearance } from '../clearance/clearances';
import type { ShipmentNews } from './between';
import type { ShipmentTerms } from './shipment-terms';

/** 发运: one shipment in the hands of the warehouse, and then of its carrier. */
export interface Handling {
  /** Empty until the shipment is opened. */
  readonly orderNo: string;
  readonly terms: ShipmentTerms;
  readonly clearance: Clearance;
  readonly lines: readonly LineQuantity[];
  readonly step: 'picking' | 'checking' | 'packed' | 'gone' | 'stopped';
  readonly shippedAt: Instant | null;
  readonly carrier: string | null;
  readonly waybillNo: string | null;
  /** How far the carrier says that it is: events come in any order, and the furthest counts (SH-4). */
  readonly reached: Reached;
  /** How often the carrier has said something that counts; his silence begins anew with each word. */
  readonly words: number;
  /** The earliest word of each. */
  readonly arrivedAt: Instant | null;
  readonly deliveredAt: Instant | null;
  /** What nobody has answered yet (SH-5). */
  readonly trouble: Trouble | null;
  /** The last trouble that was answered, and after how many words of the carrier. */
  readonly answered: { readonly taskId: string; readonly trouble: Trouble | null; readonly words: number } | null;
  /** Nobody came for the goods in time (SH-7). */
  readonly unclaimed: boolean;
  readonly recall: { readonly freightFen: Fen; readonly at: Instant } | null;
  /** What was done in the world: the pieces were taken out of stock, or put back. */
  readonly goodsTaken: boolean;
  readonly goodsPutBack: boolean;
  /** What the order has heard, in this order. */
  readonly told: readonly ShipmentNews[];
}

/** The way of goods that have left, and how far along it they are. */
export const way = ['shipped_out', 'in_transit', 'arrived', 'delivered'] as const;
export type Reached = (typeof way)[number];

/** Events that report trouble, or that there was no event for too long. */
type Trouble = 'failed' | 'delayed' | 'silent';

export type HandlingView = Base & { readonly handling: Handling };

/** No rule reads these terms: the first fact of a shipment brings its own before any rule is asked. */
const notYetHandedOver = {} as ShipmentTerms;

export const notYetOpened: Handling = {
  orderNo: '',
  terms: notYetHandedOver,
  clearance: 'paid',
  lines: [],
  step: 'picking',
  shippedAt: null,
  carrier: null,
  waybillNo: null,
  reached: 'shipped_out',
  words: 0,
  arrivedAt: null,
  deliveredAt: null,
  trouble: null,
  answered: null,
  unclaimed: false,
  recall: null,
  goodsTaken: false,
  goodsPutBack: false,
  told: [],
};
