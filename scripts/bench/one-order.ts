import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { orderWorkflowId, shipmentNo, shipmentWorkflowId } from '../../workflows/ids';
import { countedActions } from './action-counter';
import { customers, item } from './found-company';
import { type EventCounts, type HistoryCounts, countHistory, countReview } from './history';
import { playOrder } from './play-order';
import type { ProductDesk } from './product-desk';

/** What one order costs, counted, not timed. */
export interface OneOrder {
  readonly order: HistoryCounts;
  /** Of the order, its three levels of review. */
  readonly review: EventCounts;
  readonly shipment: HistoryCounts;
  /** Order and shipment, by the server's own counter; undefined where it has none. */
  readonly countedActions: number | undefined;
}

/** The server passes its counters on now and then, and its last workflow task is done after the last answer. */
const countersSettleMs = 3000;

/** Plays one order while nothing else goes on, and reads its histories. */
export async function measureOneOrder(at: {
  readonly client: Client;
  readonly desk: ProductDesk;
  readonly metricsUrl: string;
}): Promise<OneOrder> {
  const { client, desk, metricsUrl } = at;
  await pause(countersSettleMs);
  const before = await countedActions(metricsUrl);
  const no = await playOrder(desk, { customerId: customers[0] ?? '', itemId: item });
  await pause(countersSettleMs);
  const after = await countedActions(metricsUrl);
  const order = await countHistory(client, orderWorkflowId(no));
  const shipment = await countHistory(client, shipmentWorkflowId(shipmentNo(no, 1)));
  return {
    order,
    review: await countReview(client, no),
    shipment,
    countedActions: after === undefined ? undefined : after - (before ?? 0),
  };
}
