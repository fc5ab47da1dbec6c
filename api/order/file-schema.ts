import { z } from 'zod';
import { document, orderDetails, note, timelineEntry } from './schemas';
import { taskAsked } from '../worklist/schemas';

const at = z.string();
const maybe = z.string().nullable();

const decision = taskAsked.extend({
  workflowId: z.string(),
  amountFen: z.int().nullable(),
  closedAt: maybe,
  slots: z.array(z.unknown()).describe('Each signature, by whom, for whom, by which rule'),
  about: maybe,
});

const historyEntry = z.object({
  id: z.string(),
  taskId: z.string(),
  kind: z.string(),
  actor: z.string(),
  at,
  detail: z.unknown(),
});

const entry = z.object({
  key: z.string(),
  orderNo: maybe,
  customerId: maybe,
  purpose: z.string(),
  currency: z.string(),
  happenedAt: at,
  bookedAt: at,
  reverses: maybe,
  legs: z.array(z.object({ entryKey: z.string(), leg: z.int(), account: z.string(), amountFen: z.int() })),
});

/** Everything of an order in one file (AX-1): the books' own rows, in fen. */
export const orderFile = z.object({
  no: z.string(),
  writtenAt: at,
  order: orderDetails.omit({ timeline: true, documents: true }),
  intakes: z.array(
    z.object({
      orderNo: z.string(),
      revision: z.int(),
      body: z.unknown().optional().describe('As it was typed; left out for who does not need it (GV-2)'),
      enteredBy: z.string(),
      enteredAt: at,
    }),
  ),
  facts: z.array(timelineEntry),
  messages: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      sender: z.string(),
      receivedAt: at,
      state: z.string(),
      because: maybe,
      settledAt: maybe,
    }),
  ),
  decisions: z.array(decision),
  history: z.array(historyEntry).describe('What happened to each task (HT-18)'),
  notes: z.array(note.extend({ orderNo: z.string() })),
  notices: z.array(
    z.object({
      key: z.string(),
      orderNo: z.string(),
      template: z.string(),
      to: z.array(z.string()),
      detail: z.unknown(),
      createdAt: at,
      addressedAt: maybe,
    }),
  ),
  ledger: z.array(entry),
  attachments: z.array(document),
  completeness: z.object({ complete: z.boolean(), gaps: z.array(z.string()) }),
});
