import type { temporal } from '@temporalio/proto';
import { visit, walkWorkflowActivation } from '@temporalio/common/lib/internal-non-workflow';
import type { Worker } from '@temporalio/worker';

type Payload = temporal.api.common.v1.IPayload;
type Handle = (workflow: unknown, input: { readonly activation: Activation }) => Promise<unknown>;
type Activation = Parameters<typeof walkWorkflowActivation>[0];

/**
 * Takes the sting out of what would make the SDK fail a workflow task before any code of ours is asked: whoever reaches Temporal
 * could jam an order with one signal (X7).
 *
 * - A payload that claims to lie in an external storage; we have none. With another encoding it is a payload like any other,
 *   which our codec finds unsealed.
 * - A signal with a name that the SDK keeps for itself. With another name it is a signal like any other, of no kind that we know.
 *
 * This reaches into the worker, for the SDK offers no place before its own checks. It refuses to start where the SDK is
 * built otherwise, and a test sends such signals to the real server.
 */
export function withHarmlessActivations(worker: Worker): Worker {
  const handle: unknown = Reflect.get(worker, 'handleActivation');
  if (typeof handle !== 'function') throw new Error('this Temporal SDK handles activations in another place');
  const original = handle.bind(worker) as Handle;
  const guarded: Handle = async (workflow, input) => {
    await visit(input.activation, walkWorkflowActivation, {
      transformPayload: async (payload: Payload) => harmless(payload),
      transformPayloads: async (payloads: Payload[]) => payloads.map(harmless),
      skipSearchAttributes: true,
    });
    for (const { signalWorkflow: signal } of input.activation.jobs ?? [])
      if (signal?.signalName?.startsWith(keptName) === true) signal.signalName = `not${signal.signalName}`;
    return original(workflow, input);
  };
  Reflect.set(worker, 'handleActivation', guarded);
  return worker;
}

/** With it begin the names that the SDK keeps for itself. */
const keptName = '__temporal_';

/** As the SDK knows them: a message in JSON, of this type. */
const messageType = 'temporal.api.sdk.v1.ExternalStorageReference';

function harmless(payload: Payload): Payload {
  const type = payload.metadata?.['messageType'];
  if (!type || Buffer.from(type).toString() !== messageType) return payload;
  return { ...payload, metadata: { ...payload.metadata, messageType: Buffer.from('none of ours') } };
}
