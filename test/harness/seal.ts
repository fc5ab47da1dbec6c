import { createHash } from 'node:crypto';
import { noOthers, payloadCodec, type PayloadKeys } from '../../config/payloads/codec';

/** The keys of the tests and of recorded histories: known to everybody who has the source, so no secret. */
export const testKeys: PayloadKeys = {
  sealKeys: [{ id: 'test', key: createHash('sha256').update('the seal of the tests').digest() }],
  payloadKeys: [],
};

/** What seals and opens in tests, in the recorder and in replays of recordings. */
export const testCodec = payloadCodec(testKeys, noOthers);

/** Clients of the tests seal what they send, as the door does. */
export const sealing = { dataConverter: { payloadCodecs: [testCodec] } };
