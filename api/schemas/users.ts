import { z } from 'zod';
import { taskKinds } from '../../domain/inside/processes';
import { flag, grade, id, instant, limit, money, moneyOut, reasonCode, role, text, uuid } from './basics';

export const newUser = z.strictObject({
  id,
  name: text(100),
  email: z.email().max(200).optional(),
  superior: id.optional(),
  roles: z.array(role).min(1).max(21),
});

export const userChange = z.strictObject({
  name: text(100).optional(),
  email: z.email().max(200).nullable().optional(),
  superior: id.nullable().optional(),
  active: z.boolean().optional(),
  roles: z.array(role).min(1).max(21).optional(),
});

/** At least one of them: what is left out is without limit (HT-11). */
export const newApprovalLimit = z
  .strictObject({
    amount: money.nullable().default(null),
    discountBp: z.int().min(0).max(10_000).nullable().default(null),
    grades: z.array(grade).max(3).default([]),
  })
  .refine(({ amount, discountBp, grades }) => amount !== null || discountBp !== null || grades.length > 0, {
    error: 'must limit something; DELETE takes a limit away',
  });

export const approvalLimit = z.object({
  amount: moneyOut.nullable(),
  discountBp: z.int().nullable(),
  grades: z.array(z.string()),
  setBy: z.string(),
  setAt: z.string(),
});

export const user = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  superior: z.string().nullable(),
  active: z.boolean(),
  departedAt: z.string().nullable(),
  roles: z.array(z.string()),
  approvalLimit: approvalLimit.nullable(),
});

export const users = z.object({ items: z.array(user), next: z.string().nullable() });

export const me = z.object({ id: z.string(), name: z.string(), roles: z.array(z.string()) });

/** A year is the longest: a forgotten token ends by itself. */
export const newToken = z.strictObject({ days: z.int().min(1).max(366).default(90) });

export const token = z.object({ id: z.string(), token: z.string(), expiresAt: z.string() });

export const tokenAddress = z.object({ id, tokenId: uuid });

export const newSubstitution = z.strictObject({
  absent: id.optional().describe('Who is away; yourself, if not said'),
  substitute: id,
  from: instant.optional().describe('From now on, if not said'),
  until: instant,
  kinds: z.array(z.enum(taskKinds)).max(taskKinds.length).default([]).describe('Kinds of tasks; none: all'),
});

export const substitution = z.object({
  id: z.string(),
  absent: z.string(),
  substitute: z.string(),
  from: z.string(),
  until: z.string(),
  kinds: z.array(z.string()),
  createdBy: z.string(),
  endedAt: z.string().nullable(),
  endedBy: z.string().nullable(),
});

export const substitutionQuery = z.strictObject({
  user: id.optional().describe('Away, or standing in'),
  current: flag.optional().describe('Not over yet'),
  after: uuid.optional(),
  limit,
});

export const substitutionPage = z.object({ items: z.array(substitution), next: z.string().nullable() });

export const newDeparture = z.strictObject({ successor: id, reasonCode });

/** What became of each of his tasks, by itself. */
export const departure = z.object({
  userId: z.string(),
  successor: z.string(),
  departedAt: z.string(),
  revokedTokens: z.int(),
  endedSubstitutions: z.int(),
  unclaimed: z.array(z.string()),
  tasks: z.array(
    z.object({
      taskId: z.string(),
      orderNo: z.string(),
      slot: z.int(),
      how: z.enum(['transfer', 'give_back']),
      messageId: z.string(),
      state: z.enum(['applied', 'pending', 'ignored']),
      because: z.string().nullable(),
    }),
  ),
  /** There are more than one call hands over: ask again. */
  more: z.boolean(),
});

export const userImport = z.object({ added: z.int(), changed: z.int() });
