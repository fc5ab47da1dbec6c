import { effectKey, type Effect } from '../kernel/effect';
import type { Body } from '../kernel/fact';
import { oneOf } from '../kernel/shape';
import type { Instant } from '../kernel/vocabulary';
import { shipmentNews, type ShipmentNews, type ToOrder } from './between';
import type { Handling, HandlingView } from './handling-state';

export const newsFacts = { orderTold: { to: oneOf(...shipmentNews) } } as const;

/** What the order has to hear by now, in this order; what it has not heard yet. */
const untold = (handling: Handling): readonly ShipmentNews[] =>
  news(handling).filter((to) => !handling.told.includes(to));

/** The order is told one thing after the other, each once. */
export function newsEffects({ no, handling }: HandlingView): readonly Effect<Body<typeof newsFacts>>[] {
  const [to] = untold(handling);
  if (to === undefined) return [];
  const { orderNo, told, recall } = handling;
  const happenedAt = since[to](handling);
  const fact: ToOrder = {
    kind: 'shipmentMoved',
    shipmentNo: no,
    to,
    ...(to === 'recalled' && recall !== null ? { freightFen: recall.freightFen } : {}),
  };
  return [
    {
      key: effectKey(no, 'handling', 'tell', told.length + 1),
      do: 'tell',
      whom: { of: 'order', no: orderNo },
      fact: { ...fact, ...(happenedAt === null ? {} : { happenedAt }) },
      brings: { kind: 'orderTold', to },
    },
  ];
}

/** Goods have left for the order when the stock knows it, and are back when it knows that. */
function news(handling: Handling): readonly ShipmentNews[] {
  const { step, reached, unclaimed, goodsTaken, goodsPutBack } = handling;
  if (step === 'stopped') return ['stopped'];
  if (!goodsTaken) return [];
  const isUnderWay = reached === 'in_transit' || reached === 'arrived';
  return [
    'shipped_out',
    ...(isUnderWay ? (['in_transit'] as const) : []),
    ...(reached === 'delivered' ? (['delivered'] as const) : []),
    ...(unclaimed ? (['unclaimed'] as const) : []),
    ...(goodsPutBack ? (['recalled'] as const) : []),
  ];
}

/** When it happened in the world, where somebody said so. */
const since: Readonly<Record<ShipmentNews, (handling: Handling) => Instant | null>> = {
  shipped_out: ({ shippedAt }) => shippedAt,
  delivered: ({ deliveredAt }) => deliveredAt,
  recalled: ({ recall }) => recall?.at ?? null,
  in_transit: () => null,
  unclaimed: () => null,
  stopped: () => null,
};
