import { z } from 'zod';
import { moneyOut } from './basics';

/** A task as the API shows it: what is asked, of whom, why, until when, and who has taken or answered it. */
export const task = z.object({
  id: z.string(),
  orderNo: z.string(),
  kind: z.string(),
  revision: z.int(),
  level: z.int().nullable(),
  roles: z.array(z.string()),
  users: z.array(z.string()),
  excluded: z.array(z.object({ userId: z.string(), because: z.string() })),
  outcomes: z.array(z.string()),
  rule: z.string(),
  saw: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  amount: moneyOut.nullable(),
  openedAt: z.string(),
  dueAt: z.string(),
  overdue: z.boolean(),
  state: z.string(),
  outcome: z.string().nullable(),
  decidedBy: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
  decidedAt: z.string().nullable(),
  reasonCode: z.string().nullable(),
  claimedBy: z.string().nullable(),
  claimedAt: z.string().nullable(),
});

export const taskPage = z.object({
  items: z.array(task),
  next: z.string().nullable(),
  /** Of all my open tasks, whatever the filters. */
  counts: z.array(z.object({ kind: z.string(), open: z.int(), overdue: z.int() })),
});

export const taskDetails = task.extend({
  trail: z.array(z.object({ kind: z.string(), actor: z.string(), at: z.string(), detail: z.unknown() })),
});
