import { randomBytes, randomUUID } from 'node:crypto';
import type { temporal } from '@temporalio/proto';
import { noOthers, payloadCodec } from '../../config/payloads/codec';
import { letterTo } from '../../workflows/messages';
import { testCodec } from '../harness/seal';

export type Payload = temporal.api.common.v1.IPayload;

/** A signal as anybody can send it who reaches Temporal: any name, any payloads, any headers. */
export interface Junk {
  readonly name: string;
  readonly payloads?: readonly Payload[];
  readonly header?: Readonly<Record<string, Payload>>;
}

export const json = (value: unknown): Payload => text(JSON.stringify(value));
const text = (data: string): Payload => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(data),
});
const encoded = (encoding: string, data: string | Uint8Array = '', more: object = {}): Payload => ({
  metadata: { encoding: Buffer.from(encoding), ...more },
  data: Buffer.from(data),
});
const reference = (data: string): Payload =>
  encoded('json/protobuf', data, { messageType: Buffer.from('temporal.api.sdk.v1.ExternalStorageReference') });

const sealedBy =
  (codec: typeof testCodec) =>
  async (value: unknown): Promise<Payload> => {
    const data = Buffer.from(JSON.stringify(value));
    const [payload = {}] = await codec.encode([{ metadata: { encoding: Buffer.from('json/plain') }, data }]);
    return payload;
  };
const sealed = sealedBy(testCodec);
/** Sealed, but by a key that nobody of ours has. */
const sealedByAStranger = sealedBy(
  payloadCodec({ sealKeys: [{ id: '7', key: randomBytes(32) }], payloadKeys: [] }, noOthers),
);

/** What a decision on this task would look like that nobody sent. */
export const decisionOn = (taskId: string) => ({
  kind: 'decisionMade',
  id: randomUUID(),
  at: new Date().toISOString(),
  by: { kind: 'user', userId: 'u-sales-supervisor-1', roles: ['sales_supervisor'] },
  taskId,
  outcome: 'approve',
});

/** Two megabytes are what the server takes; what is a little less arrives. */
const hugeBytes = 1_900_000;

/** Whatever came to mind that could count, or jam the workflow it is sent to; `about` is an order with this open task. */
export async function junkFor(about: { readonly workflowId: string; readonly taskId: string }) {
  const decision = decisionOn(about.taskId);
  const letter = letterTo(about.workflowId, decision);
  const good = await sealed(letter);
  // In the message's id: what is left is a decision like any other.
  const flipped = Buffer.from(good.data ?? []);
  const at = flipped.indexOf(decision.id);
  flipped[at] = (flipped[at] ?? 0) ^ 1;
  const name = 'decisionMade';
  const junk: Readonly<Record<string, Junk>> = {
    'a decision that nobody sent': { name, payloads: [json(letter)] },
    'a bare decision, as it was told before the seal': { name, payloads: [json(decision)] },
    'a flipped bit': { name, payloads: [{ ...good, data: flipped }] },
    'a seal of a key that nobody has': { name, payloads: [await sealedByAStranger(letter)] },
    'a seal that is cut off': {
      name,
      payloads: [{ ...good, metadata: { ...good.metadata, seal: Buffer.from('test:') } }],
    },
    'a sealed decision for another order': {
      name,
      payloads: [await sealed(letterTo('order-20200101-0001', decision))],
    },
    'a sealed decision under another name': { name: 'paymentReceived', payloads: [good] },
    'something sealed that is no letter': { name, payloads: [await sealed('unsealed'), good] },
    'no argument': { name },
    'a hundred arguments': { name, payloads: Array.from({ length: 100 }, () => json(letter)) },
    'an argument without anything': { name, payloads: [{}] },
    'data that is no JSON': { name, payloads: [text('{"a":'), good] },
    'half a character': { name: 'holdPlaced', payloads: [text('{"to":"\\ud800","told":"\\ud800"}')] },
    'a zero byte': { name: 'paymentReceived', payloads: [json({ ...decision, paymentId: '\0' })] },
    'bytes that are no text': { name, payloads: [encoded('json/plain', Buffer.from([0xff, 0xfe, 0xc0]))] },
    'the keys of a prototype': { name, payloads: [text('{"__proto__":{"to":1},"constructor":1}')] },
    'metadata named like a prototype': {
      name,
      payloads: [encoded('json/plain', '{}', { constructor: Buffer.from('x') })],
    },
    'an encoding that nobody knows': { name, payloads: [encoded('x/y', '{}')] },
    'nothing said of the encoding': { name, payloads: [{ data: Buffer.from('{}') }] },
    'an encoding that is no text': { name, payloads: [{ metadata: { encoding: Buffer.from([0xff]) }, data: null }] },
    'encrypted bytes that are none': { name, payloads: [encoded('binary/encrypted', 'x')] },
    'a protobuf message that is none': { name, payloads: [encoded('binary/protobuf', 'x')] },
    'a reference to a storage that we have not': { name, payloads: [reference('{"driverName":"s3","claimData":{}}')] },
    'a reference that cannot be read': { name, payloads: [reference('{')] },
    'a header with a reference': { name, payloads: [json(letter)], header: { a: reference('{') } },
    'a header that cannot be read': { name, payloads: [json(letter)], header: { ['__proto__']: encoded('x/y') } },
    'almost two megabytes': { name, payloads: [json('x'.repeat(hugeBytes))] },
    'a name that nobody knows': { name: 'approveEverything', payloads: [json(letter)] },
    'a name of the language': { name: '__proto__', payloads: [json(letter)] },
    'a name that Temporal keeps for itself': { name: '__temporal_x', payloads: [json(letter)] },
    'the name of a query of the SDK': { name: '__stack_trace', payloads: [reference('{')] },
    'a report of a shipment': { name: 'childReported', payloads: [json(decision)] },
    'a mended fault': { name: 'incidentResolved' },
  };
  return junk;
}
