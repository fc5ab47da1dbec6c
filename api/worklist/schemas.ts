import { z } from 'zod';
import { id, keptDate, limit, moneyOut, text, words } from '../schemas/basics';

const candidate = z.union([
  z.object({ role: z.string() }),
  z.object({ user: z.string() }),
  z.object({ superiorOf: z.string(), until: z.string().optional() }),
]);

const signature = z.object({
  outcome: z.string(),
  by: z.string(),
  onBehalfOf: z.string().nullable(),
  at: z.string(),
  reasonCode: z.string().nullable(),
  conditions: z.array(z.string()),
  offeredOn: z.string().nullable(),
  materials: z.string().nullable(),
});

const slot = z.object({
  no: z.int(),
  turn: z.int(),
  state: z.string(),
  candidates: z.array(candidate),
  addedBy: z.string().nullable(),
  delegatedBy: z.string().nullable(),
  advice: signature.nullable(),
  signature: signature.nullable(),
});

/** What is asked, of whom, why, until when, and who has taken or answered it. */
export const taskAsked = z.object({
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
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  ruleNotes: z.array(words).describe('What policy notes to the rule (HT-16)'),
  openedAt: z.string(),
  dueAt: z.string(),
  state: z.string(),
  outcome: z.string().nullable(),
  decidedBy: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
  decidedAt: z.string().nullable(),
  reasonCode: z.string().nullable(),
  claimedBy: z.string().nullable(),
  claimedAt: z.string().nullable(),
});

/** A task as the API shows it. */
export const task = taskAsked.extend({
  amount: moneyOut.nullable(),
  overdue: z.boolean(),
  /** The signatures that it needs, and who gave them (HT-3, HT-6). */
  slots: z.array(slot),
  signing: z.object({
    needed: z.int(),
    onRejection: z.string(),
    mustState: z
      .array(z.string())
      .readonly()
      .optional()
      .describe('What a yes has to state: `materials`, `offeredOn` (RV-2)'),
  }),
  fallback: z.array(z.string()),
  /** Nobody is there whom it names: its fallback has it (HT-2). */
  withoutCandidates: z.boolean(),
  pausedAt: z.string().nullable(),
  priority: z.int(),
  followUpOn: z.string().nullable(),
});

const person = z.object({ userId: z.string(), name: z.string() });

/** Whether the one who asks may decide it now, and as whom; where not, why not, and who can (HT-17). */
const decidable = {
  mayDecide: z.boolean(),
  as: z
    .object({
      onBehalfOf: z.string().nullable(),
      substitution: z.string().nullable(),
      asFallback: z.boolean(),
      slot: z.int().nullable(),
    })
    .nullable(),
  because: z.string().nullable(),
  candidates: z.array(person).describe('Who can, where you may not: at most 20'),
};

const inboxTask = task.extend(decidable);

export const taskPage = z.object({
  items: z.array(inboxTask),
  next: z.string().nullable(),
  /** Of all my open tasks, whatever the filters. */
  counts: z.array(z.object({ kind: z.string(), open: z.int(), overdue: z.int() })),
  /** Open tasks that I have delegated: `?delegated=true` lists them (HT-6). */
  delegated: z.int(),
});

const seen = person.extend({ at: z.string() });
export const taskCopies = z.object({
  items: z.array(person.extend({ by: z.string(), at: z.string(), seenAt: z.string().nullable() })),
});

export const taskNote = z.object({
  id: z.string(),
  author: z.string(),
  text: z.string(),
  mentions: z.array(z.string()),
  at: z.string(),
});
export const newTaskNote = z.strictObject({ text: text(4000), mentions: z.array(id).max(20).default([]) });

export const taskDetails = inboxTask.extend({
  history: z.array(
    z.object({
      kind: z.string(),
      actor: z.string(),
      at: z.string(),
      detail: z.unknown(),
      words: z.string().nullable().describe('What was said with it, for whoever may see the order'),
    }),
  ),
  notes: z.array(taskNote),
  copies: taskCopies.shape.items,
  /** Read receipts: when somebody first looked (HT-13). */
  seen: z.array(seen),
});

export const followUp = z.strictObject({
  on: keptDate.nullable().default(null),
  priority: z.int().min(0).max(3).default(0).describe('0 as it comes … 3 before everything else'),
});

export const nudge = z.object({ taskId: z.string(), at: z.string(), to: z.array(z.string()) });

export const approversQuery = z.strictObject({ limit });
export const approversReport = z.object({
  asOf: z.string(),
  /** The end of the next working day from now, as the calendar has it. */
  soon: z.string(),
  items: z.array(
    person.extend({
      open: z.int(),
      claimed: z.int(),
      /** Of the open ones, those that nobody else can decide. */
      alone: z.int(),
      overdue: z.int(),
      dueSoon: z.int(),
      oldest: z.string(),
    }),
  ),
  /** There are more open tasks than were counted. */
  more: z.boolean(),
});
