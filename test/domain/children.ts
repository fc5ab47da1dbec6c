import type { CollectionTerms } from '../../domain/inside/collection/collection-terms';
import { collection } from '../../domain/inside/collection';
import type { Instant, LineQuantity } from '../../domain/inside/kernel/vocabulary';
import { shipment } from '../../domain/inside/shipment';
import type { Clearance } from '../../domain/inside/clearance/clearances';
import type { CarrierEvent } from '../../domain/inside/shipping/carrier';
import type { ShipmentTerms } from '../../domain/inside/shipping/shipment-terms';
import { days, gradeA, hours, rung, taskRow } from '../builders';
import { Play, type Saying } from './play';

const { calendar, salespersonId, backdatingSeconds, customerId, unclaimedAfter, clocks, collectionLadder } = gradeA();

export const shipmentTerms = (changes: Partial<ShipmentTerms> = {}): ShipmentTerms => ({
  calendar,
  salespersonId,
  backdatingSeconds,
  customerId,
  unclaimedAfter,
  clocks: { transit: clocks.transit },
  tasks: {
    'shipment.pick': taskRow(['warehouse']),
    'shipment.check': taskRow(['checker'], { outcomes: ['done', 'wrong'], separateFrom: ['shipment.pick'] }),
    'shipment.scan_out': taskRow(['warehouse']),
    'shipment.waybill': taskRow(['logistics'], {
      outcomes: [],
      due: hours(1),
      ladder: [rung(hours(0.5), 'remind'), rung(hours(1), 'escalate', ['customer_service_supervisor'])],
    }),
    'shipment.trouble': taskRow(['logistics']),
    'shipment.recall': taskRow(['logistics']),
  },
  ...changes,
});

export interface OpenedShipment {
  readonly terms?: ShipmentTerms;
  readonly lines?: readonly LineQuantity[];
  readonly clearance?: Clearance;
  readonly at?: Instant;
}

/** When the goods of a story may go. */
export const opensAt = '2026-12-01T00:00:00.000Z';

const tenOfLineOne = [{ line: 1, quantity: 10 }];

/** A shipment in the hands of the warehouse. */
export const openShipment = ({
  terms = shipmentTerms(),
  lines = tenOfLineOne,
  clearance = 'paid',
  at = opensAt,
}: OpenedShipment = {}) =>
  new Play(shipment, {
    no: 'O1-S1',
    at,
    opening: { kind: 'shipmentOpened', shipmentNo: 'O1-S1', orderNo: 'O1', clearance, lines, terms },
  });
export type ShipmentPlay = ReturnType<typeof openShipment>;

/** A shipment that has left the warehouse. */
export function goneShipment(opened: OpenedShipment = {}): ShipmentPlay {
  const play = openShipment(opened);
  for (const kind of ['shipment.pick', 'shipment.check', 'shipment.scan_out']) play.decide(kind);
  return play;
}

/** The carrier speaks; how that stands. */
export const carrierSays = (play: ShipmentPlay, event: CarrierEvent, saying: Saying = {}): string =>
  play.say({ kind: 'carrierEventReceived', event }, { by: { kind: 'carrier' }, ...saying });

export const enterWaybill = (play: ShipmentPlay): string =>
  play.say(
    { kind: 'waybillEntered', carrier: 'sf', waybillNo: 'SF1' },
    {
      by: { kind: 'user', userId: 'lin', roles: ['logistics'] },
    },
  );

/** What the order has heard of it, in this order. */
export const heardOf = (play: ShipmentPlay): readonly object[] =>
  play.done.flatMap((effect) => (effect.do === 'tell' ? [effect.fact] : []));

export const collectionTerms = (changes: Partial<CollectionTerms> = {}): CollectionTerms => ({
  calendar,
  salespersonId,
  backdatingSeconds,
  customerId,
  collectionLadder,
  tasks: {
    'collection.call': taskRow(['sales']),
    'collection.legal': taskRow(['legal'], { outcomes: [] }),
  },
  ...changes,
});

/** When the charge of a story is due. */
export const dueAt = '2026-12-01T00:00:00.000Z';

/** The collection of a charge, opened at an instant, long before it is due where none is named. */
export const openCollection = (
  terms: CollectionTerms = collectionTerms(),
  { at = '2026-11-01T00:00:00.000Z', owedFen = 100_000 }: { readonly at?: Instant; readonly owedFen?: number } = {},
) =>
  new Play(collection, {
    no: 'O1-B1',
    at,
    opening: { kind: 'collectionOpened', chargeNo: 'O1-B1', orderNo: 'O1', owedFen, dueAt, terms },
  });
export type CollectionPlay = ReturnType<typeof openCollection>;

/** The order tells it what is owed by now. */
export const owes = (play: CollectionPlay, owedFen: number): string =>
  play.say({ kind: 'owedChanged', owedFen }, { by: { kind: 'process' } });

/** The instant so many days after the charge is due. */
export const daysAfterDue = (count: number): Instant =>
  new Date(Date.parse(dueAt) + days(count).seconds * 1000).toISOString();
