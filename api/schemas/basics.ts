import { z } from 'zod';
import { grades, orderStatuses, roles } from '../../domain/inside/kernel/vocabulary';

/** Text that PostgreSQL and JSON can hold: no NUL, no half of a surrogate pair. Bounded, and trimmed at both ends. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => storable.test(value), { error: 'must be well-formed Unicode without NUL characters' })
    .refine((value) => visible.test(value), { error: 'must hold something that can be seen' });

/** With the flag `u`, \p{Cs} is what no pair of surrogates takes. */
const storable = /^[^\0\p{Cs}]*$/u;

/** Spaces and zero-width characters alone are no name and no phone. */
const visible = /[^\s\p{Cc}\p{Cf}]/u;

/** An id as people or other systems make them: it may stand in an address. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
export const uuid = z.uuid();
/** `20261121-0001` */
export const orderNo = z.string().regex(/^\d{8}-\d{4,9}$/);
/** `20261121-0001-S1` */
export const shipmentNo = z.string().regex(/^\d{8}-\d{4,9}-S\d{1,4}$/);
/** `20261121-0001-B1` */
export const chargeNo = z.string().regex(/^\d{8}-\d{4,9}-[A-Z]\d{1,4}$/);
/** `20261121-0001/3`, or of a shipment `20261121-0001-S1/2`, of a collection `20261121-0001-B1/2`. In addresses `/` is written `%2F`. */
export const taskId = z.string().regex(/^\d{8}-\d{4,9}(-[A-Z]\d{1,4}(-\d{1,4})?)?\/\d{1,6}$/);
/**
 * What people and systems call their messages. Without a slash: those with one are carriers' events; and without a colon: those with
 * one are told by one workflow to another.
 */
export const messageId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{7,127}$/);
/** What a carrier's system calls its event. */
export const eventId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/);
export const role = z.enum(roles);
export const grade = z.enum(grades);
export const orderStatus = z.enum(orderStatuses);

export const civilDate = z.iso.date().describe('A date in the company’s zone');
/** Of days from one to another: the other way round there are none, and whoever asks made a mistake. */
export const inOrder = ({
  from,
  to,
}: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): boolean => from === undefined || to === undefined || from <= to;
export const notInOrder = { path: ['to'], message: 'must not be before from' };

/** PostgreSQL knows no year 0, and an instant beyond 9999 has another form: an order that was told one could not be filed. */
const isOfOurTimes = (value: string): boolean => /^(19|20|21)/.test(value);
const ofOurTimes = { error: 'must lie between the years 1900 and 2199' };
/** A date that is kept, and counted with. */
export const keptDate = civilDate.refine(isOfOurTimes, ofOurTimes);
export const instant = z.iso.datetime({ offset: true }).refine(isOfOurTimes, ofOurTimes);
export const reasonCode = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);

/** Whole pieces; a million is more than any line of the business has. */
export const quantity = z.int().min(1).max(1_000_000);

/** Money in: up to 100,000,000.00, which times the largest quantity and the most lines stays a safe integer of fen. */
export const money = z
  .strictObject({
    amount: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/),
    currency: z.literal('CNY'),
  })
  .describe('Money, as yuan with at most two decimals');

/** Money out. */
export const moneyOut = z.object({ amount: z.string(), currency: z.string() });

/** The header that makes a POST repeatable. */
export const idempotencyHeader = z.object({
  'idempotency-key': messageId.optional().describe('Repeating a request with its key is answered the same again'),
});

/** Where a repetition without it would count twice. */
export const requiredKey = z.object({
  'idempotency-key': messageId.describe('Required: what is sent twice must count once'),
});

/** Every problem has this form (RFC 9457). */
const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(),
});

/** Answers that any route may give besides its own. */
export const problemAnswers = { '4xx': problem, '5xx': problem };

export const limit = z.coerce.number().int().min(1).max(100).default(50);
/** From query strings, which know only text. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const dryRun = z
  .boolean()
  .optional()
  .describe('Says of each what would become of it as things stand now, and does nothing (EX-8)');

/** In both languages of the product. */
export const words = z.object({ zh: z.string(), en: z.string() });
