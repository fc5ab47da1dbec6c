import { z } from 'zod';
import { moneyOut, orderStatus } from './basics';

const words = z.object({ zh: z.string(), en: z.string() });

/** What is open on the desk of an order, a shipment or a collection, and what its clock does next. */
const waiting = z.object({
  what: z.string(),
  words,
  at: z.string().describe('The workflow that waits'),
  taskId: z.string().nullable(),
  roles: z.array(z.string()).readonly(),
  users: z.array(z.string()).readonly(),
  notAllowed: z.array(z.object({ userId: z.string(), because: z.string() })).readonly(),
  since: z.string(),
  dueAt: z.string().nullable(),
  pausedAt: z.string().nullable().describe('Since when its clock stands still (HT-8)'),
  rule: z.string().nullable(),
  saw: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).describe('What the rule saw'),
  next: z
    .array(z.object({ at: z.string(), do: z.string(), words, to: z.array(z.string()).readonly() }))
    .readonly()
    .describe('What the clock does next, soonest first'),
});

/** "Why is it here?" (EX-1). What only a filed order has is null for a moment after it was accepted. */
export const explanation = z.object({
  orderNo: z.string(),
  status: orderStatus,
  words,
  since: z.string().nullable(),
  waitsFor: z.string(),
  holders: z.array(z.object({ role: z.string(), words })).readonly(),
  waiting: z.array(waiting).readonly(),
  unpaid: moneyOut.nullable(),
  missing: z.array(z.string()).readonly(),
  promisedOn: z.string().nullable(),
  closedBecause: z.string().nullable(),
  holds: z.array(z.object({ reason: z.string(), gates: z.array(z.string()).readonly() })).readonly(),
  credit: z
    .object({ because: z.string(), limit: moneyOut, used: moneyOut })
    .nullable()
    .describe('Why no credit was to be had (AR-4)'),
  calendarKnownUntil: z.string().nullable(),
  warnings: z.array(z.string()).readonly(),
});
