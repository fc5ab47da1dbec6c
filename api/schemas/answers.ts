import { z } from 'zod';
import { orderStatus } from './basics';

/** Where the order stands after an applied message. */
const orderAfter = z.object({
  no: z.string(),
  status: orderStatus,
  version: z.int(),
  revision: z.int(),
  waitingFor: z.array(z.string()),
  dueAt: z.string().nullable(),
  /** What is open now, so that nobody has to ask for it. */
  tasks: z.array(z.object({ id: z.string(), kind: z.string() })),
});
export const messageApplied = z.object({ id: z.string(), state: z.literal('applied'), order: orderAfter });
export const messagePending = z.object({ id: z.string(), state: z.literal('pending') });
export const message = z.object({
  id: z.string(),
  kind: z.string(),
  orderNo: z.string(),
  state: z.enum(['pending', 'applied', 'ignored']),
  because: z.string().nullable(),
  receivedAt: z.string(),
  settledAt: z.string().nullable(),
});
