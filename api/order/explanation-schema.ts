import { z } from 'zod';
import { moneyOut, orderStatus, words } from '../schemas/basics';

/** What is open on the worklist of an order, a shipment or a collection, and what its clock does next. */
const waiting = z.object({
  what: z.string(),
  words,
  at: z.string().describe('The workflow that waits'),
  taskId: z.string().nullable(),
  about: z.string().nullable().describe('What it is about, where there may be several of the kind'),
  responsible: z
    .array(z.string())
    .readonly()
    .describe('The roles that answer for it, also where one person holds it (RV-8)'),
  roles: z.array(z.string()).readonly().describe('The roles that may act'),
  users: z.array(z.string()).readonly().describe('Who may act by name'),
  claimedBy: z.string().nullable().describe('Who has taken it (RV-8)'),
  superiors: z.array(z.string()).readonly().describe('Whose superiors may act: `li`, or `li>sales_director`'),
  fallback: z.array(z.string()).readonly().describe('Roles that may act while nobody is there whom it asks (HT-2)'),
  withoutCandidates: z.boolean().describe('Nobody of those whom it asks is there: `roles` are its fallback (HT-2)'),
  signed: z
    .array(z.object({ userId: z.string(), onBehalfOf: z.string().nullable(), outcome: z.string(), at: z.string() }))
    .readonly()
    .describe('Who has signed (HT-3)'),
  needed: z.int().nullable().describe('How many have to approve; null of a clock'),
  questions: z
    .array(
      z.object({
        by: z.string(),
        onBehalfOf: z.string().nullable(),
        at: z.string(),
        words: z.string().nullable(),
        answeredAt: z.string().nullable().describe('When another wrote a note on the task; null: unanswered'),
      }),
    )
    .readonly()
    .describe('What who should answer it asked instead (RV-6)'),
  notAllowed: z.array(z.object({ userId: z.string(), because: z.string() })).readonly(),
  since: z.string().describe('Since when whose turn it is has it'),
  dueAt: z.string().nullable(),
  pausedAt: z.string().nullable().describe('Since when its clock stands still (HT-8)'),
  rule: z.string().nullable().describe('Of a task, and of a clock'),
  ruleNotes: z.array(words).readonly().describe('What policy notes to the rule'),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).describe('What the rule saw'),
  next: z
    .array(z.object({ at: z.string(), do: z.string(), words, to: z.array(z.string()).readonly() }))
    .readonly()
    .describe('What the clock does next, soonest first'),
});

/** What shuts gates, now or later (HG-1). */
const hold = z.object({
  id: z.string(),
  of: z.enum(['order', 'customer']),
  reason: z.string(),
  gates: z.array(z.string()).readonly(),
  since: z.string().nullable(),
  placedBy: z.string().nullable(),
  setBy: z.string().nullable().describe('The task whose decision set it as a condition (RV-5)'),
  until: z.string().nullable().describe('It lifts by itself then'),
  reviewAt: z.string().nullable().describe('When somebody looks at it again'),
  releasedBy: z.array(z.string()).readonly(),
  liftsWhen: z.string().nullable(),
  paper: z
    .object({ purpose: z.string(), filedBy: z.array(z.string()).readonly() })
    .nullable()
    .describe('The paper that lifts it, and whose it is (RV-5)'),
});

/** Who sent the order back to its taker, why, and what comes after it is resubmitted (HT-4). */
const returned = z.object({
  how: z.enum(['decision', 'withdrawal', 'time']),
  at: z.string(),
  by: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
  reasonCode: z.string().nullable(),
  words: z.string().nullable().describe('What was said with it'),
  taskId: z.string().nullable(),
  task: z.string().nullable(),
  level: z.int().nullable(),
  afterwards: z.enum(['resume', 'walk_again']),
  stands: z.array(z.string()).readonly().describe('Levels that stand if the change does not touch them'),
  asks: z.array(z.string()).readonly().describe('Levels that are asked in any case, in sequence'),
});

/** "Why is it here?" (EX-1). What only a filed order has is null for a moment after it was accepted. */
export const explanation = z.object({
  orderNo: z.string(),
  status: orderStatus,
  words,
  since: z.string().nullable(),
  waitsFor: z.string(),
  waitingFor: z
    .array(z.object({ role: z.string(), words }))
    .readonly()
    .describe('The roles that have to act (RV-8)'),
  persons: z.array(z.string()).readonly().describe('Who is asked by name'),
  waiting: z.array(waiting).readonly(),
  unpaid: moneyOut.nullable(),
  missing: z.array(z.string()).readonly(),
  promisedOn: z.string().nullable(),
  closedBecause: z.string().nullable(),
  holds: z.array(hold).readonly().describe('Of the order and of its customer'),
  returned: returned.nullable(),
  credit: z
    .object({ because: z.string(), limit: moneyOut, used: moneyOut })
    .nullable()
    .describe('Why no credit was to be had (AR-4)'),
  shipments: z
    .array(z.object({ no: z.string(), state: z.string() }))
    .readonly()
    .describe('Where its parts are'),
  calendarKnownUntil: z.string().nullable(),
  warnings: z.array(z.string()).readonly(),
});
