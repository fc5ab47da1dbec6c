import { z } from 'zod';

/** A notice to one addressee by one channel, and what came of it. */
export const notice = z.object({
  id: z.string(),
  orderNo: z.string(),
  template: z.string(),
  says: z.object({ zh: z.string(), en: z.string() }),
  task: z.object({ id: z.string(), kind: z.string(), state: z.string() }).nullable(),
  addressee: z.string().describe('A user’s id, or `role:finance` for the group of a role'),
  channel: z.string().describe('app, mail, dingtalk, feishu or wecom'),
  state: z.string().describe('queued, sent, failed, or withdrawn before it was sent'),
  attempts: z.int(),
  answer: z.string().nullable().describe('What the other side answered last'),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
  readAt: z.string().nullable(),
});

export const noticePage = z.object({ items: z.array(notice), next: z.string().nullable() });
