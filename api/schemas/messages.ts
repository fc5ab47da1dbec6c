import { z } from 'zod';
import { reassignments } from '../../domain/inside/kernel/worklist/reassignment';
import { materials, type Outcome, outcomes } from '../../domain/inside/kernel/worklist/terms';
import { carrierEvents } from '../../domain/inside/shipping/carrier';
import { mustSayWhy } from '../../domain/notices/answers';
import {
  dryRun,
  id,
  instant,
  keptDate,
  lineNumber,
  messageId,
  money,
  orderStatus,
  quantity,
  reasonCode,
  taskId,
  text,
} from './basics';

/** Every message may say when it happened, where that was before it is entered (HG-4), and carry free words. */
const head = { happenedAt: instant.optional(), comment: text(4000).optional() };
/** Pieces counted by an inspection: none is an answer. */
const count = z.int().min(0).max(1_000_000);

/** A question is one in words, and so is why somebody says no: the code alone tells the taker too little (HT-4, V5). */
const isInWords = ({
  outcome,
  comment,
}: {
  readonly outcome: Outcome;
  readonly comment?: string | undefined;
}): boolean => !mustSayWhy(outcome) || (comment ?? '').trim() !== '';
const inWords = { path: ['comment'], error: 'say it in words: why not, or what is asked' };

/** Conditions that nobody named hold nothing back (RV-5). */
const namesConditions = ({
  outcome,
  conditions = [],
}: {
  readonly outcome: Outcome;
  readonly conditions?: readonly string[] | undefined;
}): boolean => outcome !== 'approve_with_conditions' || conditions.length > 0;

/** What belongs to another answer is a slip: to take it for nothing would let a return pass as an approval. */
const belongs: readonly { readonly field: string; readonly to: readonly Outcome[] }[] = [
  { field: 'returnTo', to: ['return'] },
  { field: 'conditions', to: ['approve_with_conditions'] },
  { field: 'materials', to: ['approve', 'approve_with_conditions'] },
  { field: 'offeredOn', to: ['approve', 'approve_with_conditions'] },
];

function fitsTogether(answer: { readonly outcome: Outcome }, context: z.RefinementCtx): void {
  for (const { field, to } of belongs)
    if (Reflect.get(answer, field) !== undefined && !to.includes(answer.outcome))
      context.addIssue({ code: 'custom', path: [field], message: `belongs to ${to.join(' or ')} alone` });
}

export const decision = z
  .strictObject({
    ...head,
    taskId,
    outcome: z.enum(outcomes),
    reasonCode: reasonCode.optional(),
    conditions: z.array(reasonCode).max(20).optional(),
    amount: money.optional(),
    returnTo: z
      .union([z.literal('taker'), z.int().min(1).max(20)])
      .optional()
      .describe('Of a return: to the taker, or to an earlier level (HT-4)'),
    offeredOn: keptDate.optional().describe('The date of completion that technical or production offers (RV-2)'),
    materials: z.enum(materials).optional().describe('Whether the materials are there (RV-2)'),
  })
  .refine(isInWords, inWords)
  .refine(namesConditions, { path: ['conditions'], error: 'name the conditions, or approve without' })
  .superRefine(fitsTogether);
/** What has to differ from task to task (an amount, conditions, a date) is answered one by one. */
export const bulkDecision = z
  .strictObject({
    taskIds: z
      .array(taskId)
      .min(1)
      .max(100)
      .refine((ids) => new Set(ids).size === ids.length, { error: 'must name each task once' }),
    outcome: z.enum(outcomes).exclude(['approve_with_conditions']),
    reasonCode: reasonCode.optional(),
    comment: text(4000).optional(),
    dryRun,
  })
  .refine(isInWords, inWords);
export const bulkDecisionAnswer = z.object({
  items: z.array(
    z.object({
      taskId: z.string(),
      orderNo: z.string().nullable(),
      messageId: z.string().nullable(),
      /** As a single decision would have been answered. */
      status: z.int(),
      standing: z.enum(['applied', 'pending', 'ignored', 'refused']),
      code: z.string().nullable(),
    }),
  ),
});
export const decisionWithdrawal = z.strictObject({ ...head, taskId, reasonCode });
export const taskMove = z.strictObject({
  ...head,
  taskId,
  how: z.enum(reassignments),
  slot: z.int().min(1).max(20).optional().describe('Which signature, where it is not one’s own'),
  to: id.optional().describe('The user that it goes to'),
  reasonCode: reasonCode.optional(),
});
export const taskPause = z.strictObject({ ...head, taskId });
export const hold = z.strictObject({ ...head, reason: reasonCode });
export const reviewWithdrawal = z.strictObject({ ...head, reasonCode });
export const requestWithdrawal = z.strictObject({ ...head, reasonCode });
export const contact = z.strictObject({ ...head, answered: z.boolean() });
export const confirmation = z.strictObject({
  ...head,
  revision: z.int().min(1).max(10_000),
  attachmentId: messageId.optional(),
});
export const payment = z.strictObject({
  ...head,
  amount: money,
  method: z.enum(['bank', 'alipay', 'wechat', 'cash', 'cash_on_delivery']),
  /** The bank's or provider's own number of it. */
  reference: text(100).optional(),
});
export const paymentReversal = z.strictObject({ ...head, paymentId: messageId, reasonCode });
export const receipt = z.strictObject({
  ...head,
  line: lineNumber,
  quantity,
  batchId: id.optional().describe('The number on the batch: of the line’s item'),
});
export const progress = z.strictObject({ ...head, line: lineNumber, quantity });
export const trouble = z.strictObject({
  ...head,
  cause: z.enum(['technical', 'equipment', 'staff', 'material', 'force_majeure', 'customer']),
  newOfferedOn: keptDate,
});
export const inspection = z.strictObject({
  ...head,
  line: lineNumber,
  passed: count,
  rework: count,
  scrapped: count,
  causeCode: reasonCode.optional(),
});
export const release = z.strictObject({ ...head, reasonCode });
export const cancellation = z.strictObject({
  ...head,
  reasonCode,
  cost: money.default({ amount: '0', currency: 'CNY' }),
});
export const deliveryConfirmation = z.strictObject({ ...head, attachmentId: messageId.optional() });
export const waybill = z.strictObject({ ...head, carrier: id, waybillNo: id });
export const carrierEvent = z.strictObject({ ...head, event: z.enum(carrierEvents) });

/** What a carrier's system sends: its own id of the event makes a repetition harmless. */
export const webhook = z.strictObject({
  id: messageId,
  waybillNo: id,
  event: z.enum(carrierEvents),
  happenedAt: instant,
  comment: text(1000).optional(),
});

/** Where the order stands after an applied message. */
const orderStanding = z.object({
  no: z.string(),
  status: orderStatus,
  version: z.int(),
  revision: z.int(),
  waitingFor: z.array(z.string()),
  dueAt: z.string().nullable(),
  /** What is open now, so that nobody has to ask for it. */
  tasks: z.array(z.object({ id: z.string(), kind: z.string() })),
});
export const messageApplied = z.object({ id: z.string(), standing: z.literal('applied'), order: orderStanding });
export const messagePending = z.object({ id: z.string(), standing: z.literal('pending') });
export const message = z.object({
  id: z.string(),
  kind: z.string(),
  orderNo: z.string(),
  standing: z.enum(['pending', 'applied', 'ignored']),
  because: z.string().nullable(),
  receivedAt: z.string(),
  settledAt: z.string().nullable(),
});
