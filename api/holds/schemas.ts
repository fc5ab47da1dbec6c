import { z } from 'zod';
import { gates } from '../../domain/inside/kernel/vocabulary';
import { dryRun, instant, reasonCode } from '../schemas/basics';

export const newCustomerHold = z.strictObject({
  reason: reasonCode,
  gates: z.array(z.enum(gates)).min(1),
  until: instant.optional().describe('It lifts by itself then'),
});

export const holdRelease = z.strictObject({ holdId: z.uuid(), reasonCode });

/** Holds of several customers, lifted with one reason. */
export const bulkHoldRelease = z.strictObject({
  holdIds: z
    .array(z.uuid())
    .min(1)
    .max(100)
    .refine((ids) => new Set(ids).size === ids.length, { error: 'must name each hold once' }),
  reasonCode,
  dryRun,
});
export const bulkHoldReleaseAnswer = z.object({
  items: z.array(
    z.object({
      holdId: z.string(),
      customerId: z.string().nullable(),
      /** As a single release would have been answered. */
      status: z.int(),
      code: z.string().nullable(),
    }),
  ),
});

export const customerHold = z.object({
  id: z.string(),
  customerId: z.string(),
  reason: z.string(),
  gates: z.array(z.string()),
  placedBy: z.string(),
  placedAt: z.string(),
  until: z.string().nullable(),
  releasedBy: z.string().nullable(),
  releasedAt: z.string().nullable(),
  releaseReason: z.string().nullable(),
});

export const customerHolds = z.object({ items: z.array(customerHold) });
