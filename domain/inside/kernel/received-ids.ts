import type { FactHead } from './fact';
import { isMessage } from './fact';
import { limits } from './limits';

/** Ids of the messages that were heard, in their order, so that each applies at most once (X2). */
export type ReceivedIds = readonly string[];

/**
 * The place of each id in a list. A list that goes on where another ends shares the places of that one, so that a fact adds one
 * entry however many came before; an entry at or behind the end of a list is none of its own. That makes the answer the same,
 * whether a list was handed its places or had to make them anew.
 */
const placesIn = new WeakMap<ReceivedIds, Map<string, number>>();

export const wasReceived = (ids: ReceivedIds, { id }: FactHead): boolean =>
  (placesOf(ids).get(id) ?? ids.length) < ids.length;

/** The ids with that of a fact; what the process notes itself cannot come again. */
export function withReceived(ids: ReceivedIds, fact: FactHead): ReceivedIds {
  if (!isMessage(fact) || wasReceived(ids, fact)) return ids;
  const longer = [...ids, fact.id];
  const places = placesOf(ids);
  // Only one list goes on with the places of another: where a fact was tried first, the next one makes its own.
  if (places.size === ids.length) placesIn.set(longer, places.set(fact.id, ids.length));
  return longer;
}

function placesOf(ids: ReceivedIds): Map<string, number> {
  const known = placesIn.get(ids);
  if (known !== undefined) return known;
  const places = new Map(ids.map((id, place) => [id, place]));
  placesIn.set(ids, places);
  return places;
}

/**
 * Only the newest ids, so that what one run hands to the next stays small (W2). A message whose row has been answered is never rung
 * again, and the door answers its repeat from the row, so a repeat that comes here is a recent one.
 */
export const newestReceived = (ids: ReceivedIds): ReceivedIds => ids.slice(-limits.receivedIds);
