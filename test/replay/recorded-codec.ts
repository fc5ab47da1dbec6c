import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { letterTo } from '../../workflows/messages';
import { testCodec } from '../harness/seal';

/**
 * What replays read recordings with: the seal of the tests.
 *
 * Transitional, and in the tests alone: recordings from the time before the seal have none, and their signals no letter
 * around them. Both are added as they are read. When every history is recorded anew, `testCodec` alone does.
 */
export const recordedCodec: PayloadCodec = {
  encode: (payloads) => testCodec.encode(payloads),
  decode: async (payloads, context) =>
    (await Promise.all(payloads.map((payload) => readRecorded(payload, context)))).flat(),
};

const readRecorded = async (payload: Payload, context: SerializationContext | undefined): Promise<Payload[]> =>
  payload.metadata?.['seal'] === undefined ? fromBeforeTheSeal(payload, context) : testCodec.decode([payload]);

function fromBeforeTheSeal(payload: Payload, context: SerializationContext | undefined): Payload[] {
  if (context?.type !== 'workflow' || context.workflowId === undefined || !payload.data?.length) return [payload];
  const value: unknown = JSON.parse(Buffer.from(payload.data).toString());
  // What a workflow starts with names its order; every other object that comes to one was told by a signal.
  if (typeof value !== 'object' || value === null || 'orderNo' in value) return [payload];
  return [{ ...payload, data: Buffer.from(JSON.stringify(letterTo(context.workflowId, value))) }];
}
