import { z } from 'zod';
import { type Outcome, outcomes } from '../../domain/inside/kernel/worklist/terms';
import { mustSayWhy } from '../../domain/outside/notices/answers';
import { bodyOf } from '../schema-of';
import { dryRun, reasonCode, taskId, text } from '../schemas/basics';

/** A question has words, and so has a no: its code alone tells the taker too little (HT-4, V5). */
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

/** A field that belongs to another answer is refused: to pass over it would let a return count as an approval. */
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

/** The answer to one task. */
export const decision = bodyOf('decisionMade', {
  hints: {
    returnTo: 'Of a return: to the taker, or to an earlier level (HT-4)',
    offeredOn: 'The date of completion that technical or production offers (RV-2)',
    materials: 'Whether the materials are there (RV-2)',
  },
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
      state: z.enum(['applied', 'pending', 'ignored', 'refused']),
      code: z.string().nullable(),
    }),
  ),
});
