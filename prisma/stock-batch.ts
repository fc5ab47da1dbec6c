/** A batch is of one item: its id is the item's, and the number that stands on it. Ids of items have no colon. */
export const stockBatchId = (itemId: string, number: string): string => `${itemId}:${number}`;
