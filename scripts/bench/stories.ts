import type { Client } from '@temporalio/client';
import { orderWorkflowId, shipmentNo, shipmentWorkflowId } from '../../workflows/ids';
import { customers, item } from './found-company';
import { type HistoryCounts, countHistory, together } from './history';
import { type Desk, type Goods, playInParts } from './play-order';

/**
 * A story beside the full order that is played and counted like it, to see what its difference costs. `workflowsOf` names every
 * workflow that an order of this story has.
 */
interface Story {
  readonly name: string;
  readonly play: (desk: Desk, goods: Goods) => Promise<string>;
  readonly workflowsOf: (orderNo: string) => readonly string[];
}

const stories: readonly Story[] = [
  {
    name: 'Two shipments and two bills',
    play: playInParts,
    workflowsOf: (no) => [orderWorkflowId(no), ...[1, 2].map((serial) => shipmentWorkflowId(shipmentNo(no, serial)))],
  },
];

export interface StoryCounts {
  readonly name: string;
  readonly counts: HistoryCounts;
}

/** Plays each story once and counts all of its workflows together. */
export async function countStories(client: Client, desk: Desk): Promise<readonly StoryCounts[]> {
  const counted: StoryCounts[] = [];
  for (const { name, play, workflowsOf } of stories) {
    const no = await play(desk, { customerId: customers[0] ?? '', itemId: item });
    const counts = await Promise.all(workflowsOf(no).map((workflowId) => countHistory(client, workflowId)));
    counted.push({ name, counts: together(counts) });
  }
  return counted;
}
