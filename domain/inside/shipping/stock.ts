import { acts, effectKey, type Effect } from '../kernel/effect';
import type { Body } from '../kernel/fact';
import type { LineQuantity } from '../kernel/vocabulary';
import type { HandlingView } from './handling-state';

/** What the warehouse's books do for a shipment; the same key twice is one effect (X4). */
export interface WarehouseActivities {
  /** The pieces leave the stock that is reserved for the order. */
  takeStock(request: {
    readonly key: string;
    readonly orderNo: string;
    readonly shipmentNo: string;
    readonly lines: readonly LineQuantity[];
  }): Promise<void>;
  /** What was taken for the shipment is back. */
  putBackStock(request: { readonly key: string; readonly orderNo: string; readonly shipmentNo: string }): Promise<void>;
}

export const stockFacts = { goodsTaken: {}, goodsPutBack: {} } as const;

const warehouse = acts<WarehouseActivities>();

/** What has left is taken out of stock, what was recalled is put back: each once, so that each has one key. */
export function stockEffects({ no: shipmentNo, handling }: HandlingView): readonly Effect<Body<typeof stockFacts>>[] {
  const { step, recall, goodsTaken, goodsPutBack, orderNo, lines } = handling;
  const head = (about: string) => ({ key: effectKey(shipmentNo, 'handling', about, 1) });
  if (step === 'gone' && !goodsTaken)
    return [warehouse(head('take'), 'takeStock', { orderNo, shipmentNo, lines }, () => ({ kind: 'goodsTaken' }))];
  if (recall !== null && !goodsPutBack)
    return [warehouse(head('put_back'), 'putBackStock', { orderNo, shipmentNo }, () => ({ kind: 'goodsPutBack' }))];
  return [];
}
