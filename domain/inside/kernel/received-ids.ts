import type { FactHead } from './fact';
import { isMessage } from './fact';
import { limits } from './limits';
import { remembered } from './remembered';

/**
 * Ids of the messages that were heard, in their order, so that each applies at most once (X2). They stand in blocks: a fact copies
 * the last block alone, however many came before.
 */
export type ReceivedIds = readonly (readonly string[])[];

const blockSize = 64;

export const wasReceived = (ids: ReceivedIds, { id }: FactHead): boolean =>
  ids.some((block) => (block.length < blockSize ? block.includes(id) : idsIn(block).has(id)));

/** A block that is full does not change any more, and is looked through once. */
const idsIn = remembered((block: readonly string[]): ReadonlySet<string> => new Set(block));

/** The ids with that of a fact, whether it had come before or not. */
export const withReceived = (ids: ReceivedIds, fact: FactHead): ReceivedIds =>
  wasReceived(ids, fact) ? ids : withNew(ids, fact);

/** The ids with that of a fact that comes for the first time; what the process notes itself cannot come again. */
export function withNew(ids: ReceivedIds, fact: FactHead): ReceivedIds {
  if (!isMessage(fact)) return ids;
  const last = ids.at(-1);
  if (last === undefined || last.length >= blockSize) return [...ids, [fact.id]];
  return [...ids.slice(0, -1), [...last, fact.id]];
}

/**
 * Only the newest ids, so that what one run hands to the next stays small (W2). A message whose row has been answered is never rung
 * again, and the door answers its repeat from the row, so a repeat that comes here is a recent one.
 */
export function newestReceived(ids: ReceivedIds): ReceivedIds {
  const newest = ids.flat().slice(-limits.receivedIds);
  const blocks: (readonly string[])[] = [];
  for (let from = 0; from < newest.length; from += blockSize) blocks.push(newest.slice(from, from + blockSize));
  return blocks;
}
