/**
 * How much of anything one process may hold. Every list that people can make longer has its bound here; at the bound the message
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
  /** Papers that are remembered, one for each purpose. */
  papers: 60,
  /** Receipts, reports and inspections of one order's goods that wait to be put into stock. */
  batches: 200,
  /** Closed tasks that the dossier remembers beside the open ones; older ones stand in the read model alone. */
  closedTasks: 120,
  /** Ids of messages that one run hands to the next (W2). */
  receivedIds: 200,
} as const;
