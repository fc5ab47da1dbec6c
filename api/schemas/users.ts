import { z } from 'zod';
import { id, role, text, uuid } from './basics';

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

export const user = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  superior: z.string().nullable(),
  active: z.boolean(),
  roles: z.array(z.string()),
});

export const users = z.object({ items: z.array(user), next: z.string().nullable() });

export const me = z.object({ id: z.string(), name: z.string(), roles: z.array(z.string()) });

/** A year is the longest: a forgotten token ends by itself. */
export const newToken = z.strictObject({ days: z.int().min(1).max(366).default(90) });

export const token = z.object({ id: z.string(), token: z.string(), expiresAt: z.string() });

export const tokenAddress = z.object({ id, tokenId: uuid });
