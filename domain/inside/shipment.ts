import type { DossierOf, TasksOf } from './kernel/process';
import { processOf } from './kernel/process-of';
import type { Instant, ShipmentStatus } from './kernel/vocabulary';
import type { Clearance } from './clearance/clearances';
import { handling, shipmentIsOver, whereItIs } from './shipping/handling';

const organs = [handling] as const;
export type ShipmentDossier = DossierOf<typeof organs>;
export type ShipmentTask = TasksOf<typeof organs>;

/** Which status of a shipment may follow which (S1): the published table. */
export const nextShipmentStatuses: Readonly<Record<ShipmentStatus, readonly ShipmentStatus[]>> = {
  picking: ['checking', 'stopped'],
  checking: ['packed', 'picking', 'stopped'],
  packed: ['shipped_out', 'checking', 'stopped'],
  shipped_out: ['in_transit', 'arrived', 'delivered'],
  in_transit: ['arrived', 'delivered'],
  arrived: ['delivered', 'unclaimed'],
  delivered: [],
  unclaimed: ['recalled'],
  recalled: [],
  stopped: [],
};

/** 发货单: one shipment of an order, from the pick list to the receiver or back (SH-1 … SH-7). */
export const shipment = processOf(organs, {
  name: 'shipment',
  rest: 'picking',
  next: nextShipmentStatuses,
  opening: ({ handling: { terms } }) => ({ revision: 1, takers: [], terms }),
  backdatingSeconds: ({ handling: { terms } }) => terms.backdatingSeconds,
  isOver: shipmentIsOver,
  isClosed: (status) => status === 'stopped',
  // The order decides whether goods may go, and asks the shipment to stop where they may not.
  shut: () => [],
});

/** A shipment as lists show it. */
export interface ShipmentSummary {
  readonly of: 'shipment';
  readonly no: string;
  readonly status: ShipmentStatus;
  readonly version: number;
  readonly carrier: string | null;
  readonly waybillNo: string | null;
  readonly clearance: Clearance;
  readonly shippedAt: Instant | null;
  readonly arrivedAt: Instant | null;
  readonly deliveredAt: Instant | null;
}

export function shipmentSummary({ no, version, handling: of }: ShipmentDossier): ShipmentSummary {
  const { carrier, waybillNo, clearance, shippedAt, arrivedAt, deliveredAt } = of;
  const status = whereItIs(of);
  return { of: 'shipment', no, status, version, carrier, waybillNo, clearance, shippedAt, arrivedAt, deliveredAt };
}
