import { z } from 'zod';
import { decisionTo } from './decision';
import { type MessageRow, routed, toTask } from '../message-rows';
import { orderNo } from '../schemas/basics';
import { decision } from './decision-body';
import { asBeforeDelegating, requireTaker, unclaim } from './reassignment';

/** What is said of tasks, of an order and of its shipments and collections: each goes to the workflow that asks. */
export const worklistMessages: readonly MessageRow[] = [
  routed('decisionMade', {
    url: '/orders/:no/decisions',
    allow: 'any-user',
    summary: 'A task is answered (RV-6)',
    params: z.object({ no: orderNo }),
    body: decision,
    becomes: async ({ params: { no }, body, caller, head }, dependencies) =>
      decisionTo(dependencies, { no, body, caller, head }),
  }),
  toTask('decisionWithdrawn', 'decision-withdrawals', {
    summary: 'Who signed takes it back, until the next effect (HT-5)',
  }),
  toTask('taskReassigned', 'task-moves', {
    summary: 'A task is transferred, delegated, or gets another signer (HT-6)',
    hints: {
      slot: 'Which signature, where it is not one’s own',
      to: 'The user that it goes to',
    },
    seenAs: (row, { how }) => (how === 'recall' ? asBeforeDelegating(row) : row),
    check: requireTaker,
    afterwards: unclaim,
  }),
  toTask('taskPaused', 'task-pauses', { summary: 'The clock stops: the customer is waited for (HT-8)' }),
  toTask('taskResumed', 'task-resumptions', {
    summary: 'The customer has answered: the clock goes on (HT-8)',
  }),
  { kind: 'calendarPublished', comes: { writtenBy: 'prisma/calendars.ts' } },
];
