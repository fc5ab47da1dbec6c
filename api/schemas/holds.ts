import { z } from 'zod';
import { gates } from '../../domain/inside/gate';
import { instant, reasonCode } from './basics';

export const newCustomerHold = z.strictObject({
  reason: reasonCode,
  gates: z.array(z.enum(gates)).min(1),
  until: instant.optional().describe('It lifts by itself then'),
});

export const holdRelease = z.strictObject({ holdId: z.uuid(), reasonCode });

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
