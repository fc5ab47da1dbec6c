import { z } from 'zod';
import { channels } from '../../domain/outside/intake/order-intake';
import { externalNo } from '../intake/schemas';
import {
  civilDate,
  inOrder,
  notInOrder,
  flag,
  grade,
  id,
  limit,
  moneyOut,
  orderNo,
  orderStatus,
  reasonCode,
  role,
  text,
} from '../schemas/basics';
import { task } from '../worklist/schemas';

export const accepted = z.object({
  no: z.string(),
  status: orderStatus,
  version: z.int(),
  revision: z.int(),
  customerId: z.string().nullable(),
  grade,
  total: moneyOut,
  deposit: moneyOut,
  offeredOn: z.string(),
  missing: z.array(z.string()).readonly(),
  confirmationWithin: z.string(),
  acceptedAt: z.string(),
});

export const orderQuery = z
  .strictObject({
    status: orderStatus.optional(),
    grade: grade.optional(),
    customer: id.optional(),
    salesperson: id.optional(),
    waitingFor: role.optional(),
    waitingOver: z.coerce
      .number()
      .int()
      .min(1)
      .max(5000)
      .optional()
      .describe('Waiting longer than so many working hours, by the calendar of the policy of new orders (EX-8)'),
    held: reasonCode.optional().describe('Held for this reason; `credit`: no credit was to be had'),
    overdue: flag.optional(),
    channel: z.enum(channels).optional(),
    externalNo: externalNo.optional().describe('Its number in the system it comes from'),
    text: text(100).optional().describe('Part of the customer’s name, or the beginning of the number'),
    from: civilDate.optional().describe('First day of intake'),
    to: civilDate.optional().describe('Last day of intake'),
    after: orderNo.optional(),
    limit,
  })
  .refine(inOrder, notInOrder);

const orderRow = z.object({
  no: z.string(),
  customerId: z.string().nullable(),
  customerName: z.string().nullable(),
  channel: z.string(),
  takenBy: z.string(),
  salespersonId: z.string(),
  grade: z.string(),
  status: orderStatus,
  version: z.int(),
  revision: z.int(),
  waitingFor: z.array(z.string()),
  waitingSince: z.string().nullable(),
  dueAt: z.string().nullable(),
  overdue: z.boolean(),
  offeredOn: z.string().nullable(),
  promisedOn: z.string().nullable(),
  wishedOn: z.string().nullable(),
  total: moneyOut,
  received: moneyOut,
  outstanding: moneyOut,
  acceptedAt: z.string(),
  endedAt: z.string().nullable(),
});

export const orderPage = z.object({ items: z.array(orderRow), next: z.string().nullable() });

export const detailsQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional()
    .describe('Where the next page of the timeline begins'),
  limit,
});

const orderLine = z.object({
  line: z.int(),
  itemId: z.string().nullable(),
  name: z.string(),
  specification: z.string(),
  quantity: z.int(),
  unitPrice: moneyOut,
  discountBp: z.int(),
  net: moneyOut,
  tax: moneyOut,
  supply: z.string(),
});

export const timelineEntry = z.object({
  position: z.int(),
  workflowId: z.string(),
  seq: z.int(),
  id: z.string(),
  kind: z.string(),
  filed: z.string(),
  because: z.string().nullable(),
  at: z.string(),
  happenedAt: z.string(),
  actor: z.string(),
  onBehalfOf: z.string().nullable(),
  /** What the fact says, without the terms and clocks that it carries. */
  body: z.unknown(),
  words: z.string().nullable(),
});

export const document = z.object({
  id: z.string(),
  purpose: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  size: z.int(),
  filedBy: z.string(),
  filedAt: z.string(),
});

const shipment = z.object({
  no: z.string(),
  status: z.string(),
  carrier: z.string().nullable(),
  waybillNo: z.string().nullable(),
  clearance: z.string().describe('Why the goods may go: `paid`, `on_account`, `released`, `small_order` …'),
  lines: z.array(z.object({ line: z.int(), quantity: z.int() })).describe('The pieces that are in it (SH-3)'),
  shippedAt: z.string().nullable(),
  arrivedAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
  version: z.int(),
});

export const orderDetails = orderRow.extend({
  goods: moneyOut,
  tax: moneyOut,
  freight: moneyOut,
  deposit: moneyOut,
  billed: moneyOut,
  copyOf: z.string().nullable(),
  externalNo: z.string().nullable(),
  policy: z.object({ name: z.string(), version: z.int() }),
  /** As it was typed last; contact, phone and address are left out for who does not need them (GV-2). */
  intake: z.unknown(),
  lines: z.array(orderLine),
  tasks: z.array(task),
  payments: z.array(
    z.object({
      id: z.string(),
      amount: moneyOut,
      method: z.string(),
      happenedAt: z.string(),
      enteredAt: z.string(),
      enteredBy: z.string(),
      reversedBy: z.string().nullable(),
      allocations: z
        .array(z.object({ chargeNo: z.string(), amount: moneyOut }))
        .describe('What of it went to which charge; the rest is free'),
    }),
  ),
  charges: z
    .array(
      z.object({
        no: z.string(),
        purpose: z.string().describe('`deposit` and `balance` are asked for in advance, a `bill` is owed'),
        about: z.string().nullable().describe('The shipment that it is for'),
        net: moneyOut,
        tax: moneyOut,
        amount: moneyOut,
        open: moneyOut,
        raisedAt: z.string(),
        dueAt: z.string(),
        isWithdrawn: z.boolean(),
      }),
    )
    .describe('What the customer is to pay'),
  collections: z.array(
    z.object({
      no: z.string(),
      chargeNo: z.string(),
      level: z.string(),
      owed: moneyOut,
      dueAt: z.string(),
      nextAt: z.string().nullable(),
    }),
  ),
  shipments: z.array(shipment),
  purchaseOrders: z.array(
    z.object({
      no: z.string(),
      line: z.int(),
      itemId: z.string(),
      supplierId: z.string().nullable(),
      quantity: z.int(),
      received: z.int(),
      state: z.string(),
    }),
  ),
  productionOrders: z.array(
    z.object({
      no: z.string(),
      line: z.int(),
      itemId: z.string(),
      quantity: z.int(),
      reported: z.int(),
      passed: z.int(),
      scrapped: z.int(),
      state: z.string(),
    }),
  ),
  documents: z.array(document),
  timeline: z.object({ items: z.array(timelineEntry), next: z.string().nullable() }),
});

export const note = z.object({
  id: z.string(),
  author: z.string(),
  taskId: z.string().nullable(),
  text: z.string(),
  at: z.string(),
});
export const notePage = z.object({ items: z.array(note), next: z.string().nullable() });
export const newNote = z.strictObject({ text: text(4000) });
const attachment = document.extend({ sha256: z.string(), orderNo: z.string() });
export const attachments = z.object({ items: z.array(attachment) });
