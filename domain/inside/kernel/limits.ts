/**
 * How much one process may hold of what people can make longer by themselves; at the bound the message
 * is refused with `limit_reached`, at the door and in the workflow alike, so that nothing grows until an order stops (W2).
 */
export const limits = {
  /** Holds of an order that are open at once; each is a task. */
  holds: 40,
  /** Payments of one order, those taken back too. */
  payments: 400,
  /** Charges of one order. */
  charges: 120,
  /** Shipments of one order, those that were stopped too. */
  shipments: 60,
  /** Receipts, reports and inspections of one order's goods that wait to be put into stock. */
  batches: 200,
  /** Ids of messages that one run hands to the next (W2). */
  receivedIds: 200,
} as const;
