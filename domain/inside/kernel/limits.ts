/**
 * How much one process may hold of what people can make longer by themselves; at the bound the message is refused with
 * `limit_reached`, at the door and in the workflow alike, so that nothing grows until an order stops (W2). With the most of
 * everything a dossier that one run hands to the next stays below 64 KiB, deflated. What the process itself must open, such as the
 * task of a hold or of a refund, and whatever brings it to its end is never refused.
 */
export const limits = {
  /** Holds of an order that are open at once; each is a task. */
  holds: 40,
  /** Holds that were lifted; each is remembered, because its lifting may be taken back. */
  liftedHolds: 60,
  /** Payments of one order, those taken back too. */
  payments: 300,
  /** Charges of one order: its bills and one deposit for each revision are fewer, so that nothing reaches this. */
  charges: 160,
  /** Shipments of a part of an order, those that were stopped too. What is left then goes together, once all of it lies ready. */
  shipments: 60,
  /** Lines of those shipments, all together. */
  shipmentLines: 1_500,
  /** Receipts, reports and inspections of one line's goods that wait to be put into stock. */
  batches: 200,
  /** Revisions of one order. */
  revisions: 60,
  /** Questions that stand on the tasks of one process: the last of each person on each task. */
  questions: 60,
  /** Signatures that people added to the tasks of one process. */
  addedSlots: 60,
  /** Tasks that one process has opened, and facts that counted: after either people can only bring it on. */
  tasks: 160,
  facts: 2_000,
  /** Ids of messages that one run hands to the next (W2). */
  receivedIds: 200,
} as const;
