import type { temporal } from '@temporalio/proto';
import { visit, walkWorkflowActivation } from '@temporalio/common/lib/internal-non-workflow';
import type { Worker } from '@temporalio/worker';

type Payload = temporal.api.common.v1.IPayload;
type Handle = (workflow: unknown, input: { readonly activation: Activation }) => Promise<unknown>;
type Activation = Parameters<typeof walkWorkflowActivation>[0];

/**
 * Takes the sting out of payloads that claim to lie in an external storage. We have none, and the SDK fails the workflow
 * task over such a payload before any codec sees it: whoever reaches Temporal could jam an order with one signal (X7).
 * With another encoding it is a payload like any other, which our codec finds unsealed.
 *
 * This reaches into the worker, for the SDK offers no place before its own check. It refuses to start where the SDK is
 * built otherwise, and a test sends such a signal to the real server.
 */
export function withoutReferences(worker: Worker): Worker {
  const handle: unknown = Reflect.get(worker, 'handleActivation');
  if (typeof handle !== 'function') throw new Error('this Temporal SDK handles activations in another place');
  const original = handle.bind(worker) as Handle;
  const guarded: Handle = async (workflow, input) => {
    await visit(input.activation, walkWorkflowActivation, {
      transformPayload: async (payload: Payload) => harmless(payload),
      transformPayloads: async (payloads: Payload[]) => payloads.map(harmless),
      skipSearchAttributes: true,
    });
    return original(workflow, input);
  };
  Reflect.set(worker, 'handleActivation', guarded);
  return worker;
}

/** As the SDK knows them: a message in JSON, of this type. */
const messageType = 'temporal.api.sdk.v1.ExternalStorageReference';

function harmless(payload: Payload): Payload {
  const type = payload.metadata?.['messageType'];
  if (!type || Buffer.from(type).toString() !== messageType) return payload;
  return { ...payload, metadata: { ...payload.metadata, messageType: Buffer.from('none of ours') } };
}
