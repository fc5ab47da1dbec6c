import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { bytesOf, type Key, type Payload, withMetadata } from './payload';

/** What became of a seal: `unknown` names a key that is not among ours. */
type Opened =
  | { readonly seal: 'good'; readonly payload: Payload }
  | { readonly seal: 'bad' }
  | { readonly seal: 'unknown'; readonly keyId: string };

/** Puts seals on payloads and looks at them. */
export interface Sealer {
  seal(payload: Payload): Payload;
  open(payload: Payload): Opened;
}

/** Where the seal stands in a payload's metadata: the key's number, a colon, and 32 bytes of HMAC-SHA-256. */
const field = 'seal';
const sealBytes = 32;

/** The first key seals, every key opens. */
export function sealerWith(keys: readonly [Key, ...(readonly Key[])]): Sealer {
  const secrets = new Map(keys.map(({ id, key }) => [id, createSecretKey(key)]));
  const [first] = keys;
  const own = createSecretKey(first.key);
  const prefix = Buffer.from(`${first.id}:`);
  return {
    seal: (payload) => withMetadata(payload, field, Buffer.concat([prefix, sealOf(payload, own)])),
    open: (sealed) => {
      const found = sealIn(sealed);
      if (found === undefined) return { seal: 'bad' };
      const secret = secrets.get(found.keyId);
      if (secret === undefined) return { seal: 'unknown', keyId: found.keyId };
      const payload = withMetadata(sealed, field, undefined);
      return timingSafeEqual(found.bytes, sealOf(payload, secret)) ? { seal: 'good', payload } : { seal: 'bad' };
    },
  };
}

/** Undefined where there is none, or none of the right form. */
function sealIn({ metadata }: Payload): { readonly keyId: string; readonly bytes: Uint8Array } | undefined {
  const written = bytesOf(metadata?.[field]);
  const colon = written.indexOf(0x3a);
  if (colon < 1 || written.length !== colon + 1 + sealBytes) return undefined;
  return { keyId: Buffer.from(written.subarray(0, colon)).toString('latin1'), bytes: written.subarray(colon + 1) };
}

/**
 * Over everything that says how the payload is read, with the length of each part: another encoding, or a byte moved from
 * the metadata to the data, breaks the seal too.
 */
function sealOf({ metadata, data }: Payload, secret: KeyObject): Buffer {
  const named = Object.entries(metadata ?? {});
  if (named.length > 1) named.sort(([one], [other]) => (one < other ? -1 : 1));
  const parts = named.flatMap(([name, value]) => [Buffer.from(name), bytesOf(value)]);
  const lengths = Buffer.alloc(4 * (parts.length + 1));
  lengths.writeUInt32BE(parts.length);
  parts.forEach(({ length }, index) => lengths.writeUInt32BE(length, 4 * (index + 1)));
  const head = Buffer.concat([purpose, lengths, ...parts]);
  return createHmac('sha256', secret).update(head).update(bytesOf(data)).digest();
}

/** Keeps these seals apart from whatever else may ever be made with the same key. */
const purpose = Buffer.from('dingdan payload 1');
