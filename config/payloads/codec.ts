import { unsealed } from '../../domain/inside/kernel/unsealed';
import { deflateTerms, inflateTerms } from './deflated-terms';
import { type Cipher, cipherWith } from './encryption';
import { jsonPayload, type Key, type Payload } from './payload';
import { type Sealer, sealerWith } from './seal';

/** The keys that our own processes share: at least one seals, and one may encrypt. */
export interface PayloadKeys {
  readonly sealKeys: readonly [Key, ...(readonly Key[])];
  readonly payloadKeys: readonly Key[];
}

/** What the processes of one installation know of each other's seal keys. */
export interface SealRegister {
  /** Resolves when the others can know which key we seal with. */
  ready(): Promise<void>;
  /** Whether somebody of ours seals, or once sealed, with the key of this number. */
  holds(keyId: string): Promise<boolean>;
}

/** For one that has no others: all its processes are given their keys at once (tests, the bench). */
export const noOthers: SealRegister = { ready: async () => undefined, holds: async () => false };

/** Between the SDK and the server; its shape is the SDK's `PayloadCodec`. */
export interface Codec {
  encode(payloads: Payload[]): Promise<Payload[]>;
  decode(payloads: Payload[]): Promise<Payload[]>;
}

/**
 * What every process of ours puts between itself and Temporal (X7): the terms in a payload are deflated, it is encrypted where
 * there are keys for that, then sealed. What comes back is believed only if its seal holds; for anything else the value `unsealed` is handed
 * on, never an error, so that no junk jams the workflow that it was sent to.
 *
 * The same bytes must be judged alike at every replay. The one seal that could be judged otherwise later is that of a key
 * which this process does not have yet: if the register knows the key, that is an error, and the task is tried again until
 * the key is here.
 */
export function payloadCodec({ sealKeys, payloadKeys }: PayloadKeys, register: SealRegister): Codec {
  const sealer = sealerWith(sealKeys);
  const cipher = cipherWith(payloadKeys);
  return {
    encode: async (payloads) => {
      await register.ready();
      return payloads.map((payload) => sealer.seal(cipher.encrypt(deflateTerms(payload))));
    },
    decode: async (payloads) => Promise.all(payloads.map((payload) => read(payload, { sealer, cipher, register }))),
  };
}

async function read(
  sealed: Payload,
  { sealer, cipher, register }: { readonly sealer: Sealer; readonly cipher: Cipher; readonly register: SealRegister },
): Promise<Payload> {
  const opened = sealer.open(sealed);
  if (opened.seal === 'good') return inflateTerms(cipher.decrypt(opened.payload));
  if (opened.seal === 'unknown' && (await register.holds(opened.keyId))) throw new MissingSealKey(opened.keyId);
  return unsealedPayload;
}

/** A key that seals elsewhere is not among DINGDAN_SEAL_KEYS here. */
class MissingSealKey extends Error {
  constructor(keyId: string) {
    super(`the seal key ${keyId} is in use and not among DINGDAN_SEAL_KEYS of this process`);
    this.name = 'MissingSealKey';
  }
}

const unsealedPayload = jsonPayload(JSON.stringify(unsealed));
