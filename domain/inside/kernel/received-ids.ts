import type { FactHead } from './fact';
import { isMessage } from './fact';
import { limits } from './limits';

/**
 * Ids of the messages that were heard, so that each applies at most once (X2). They stand in blocks: a fact copies the last block
 * alone, however many came before.
 */
export type ReceivedIds = readonly Readonly<Record<string, true>>[];

const blockSize = 64;

/** Senders choose ids: `constructor` is one like any other, so only own keys count. */
export const wasReceived = (ids: ReceivedIds, { id }: FactHead): boolean =>
  ids.some((block) => Object.hasOwn(block, id));

/** The ids with that of a fact; what the process notes itself cannot come again. */
export function withReceived(ids: ReceivedIds, fact: FactHead): ReceivedIds {
  if (!isMessage(fact) || wasReceived(ids, fact)) return ids;
  const last = ids.at(-1);
  if (last === undefined || Object.keys(last).length >= blockSize) return [...ids, { [fact.id]: true }];
  return [...ids.slice(0, -1), { ...last, [fact.id]: true }];
}

/**
 * Only the newest ids, so that what one run hands to the next stays small (W2). A message whose row has been answered is never rung
 * again, and the door answers its repeat from the row, so a repeat that comes here is a recent one.
 */
export function newestReceived(ids: ReceivedIds): ReceivedIds {
  const newest = ids.flatMap((block) => Object.keys(block)).slice(-limits.receivedIds);
  const blocks: Record<string, true>[] = [];
  for (let from = 0; from < newest.length; from += blockSize)
    blocks.push(Object.fromEntries(newest.slice(from, from + blockSize).map((id) => [id, true])));
  return blocks;
}
