import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Key, Payload } from './payload';

const encoding = Buffer.from('binary/encrypted');
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts payloads and reads them again. */
export interface Cipher {
  encrypt(payload: Payload): Payload;
  /** @throws on a payload that was changed, or encrypted with a key that is not here. */
  decrypt(payload: Payload): Payload;
}

/**
 * Encrypts every payload with AES-256-GCM before it leaves for Temporal (GV-2, design rule 5). The first key encrypts, all
 * of them read: a new key is put in front, the old one stays until the last order that it encrypted has ended. Without a
 * key payloads stay as they are: they hold no personal data either way (W4).
 */
export function cipherWith(keys: readonly Key[]): Cipher {
  const [first] = keys;
  const byId = new Map(keys.map(({ id, key }) => [id, key]));
  return {
    encrypt: (payload) => (first === undefined ? payload : encrypt(payload, first)),
    decrypt: (payload) => decrypt(payload, byId),
  };
}

function encrypt(payload: Payload, { id, key }: Key): Payload {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
  const hidden = Buffer.concat([cipher.update(pack(payload)), cipher.final()]);
  return {
    metadata: { encoding, 'encryption-key-id': Buffer.from(id) },
    data: Buffer.concat([nonce, hidden, cipher.getAuthTag()]),
  };
}

function decrypt(payload: Payload, keys: ReadonlyMap<string, Buffer>): Payload {
  const { metadata, data } = payload;
  if (!metadata?.['encoding'] || !encoding.equals(metadata['encoding'])) return payload;
  const id = Buffer.from(metadata['encryption-key-id'] ?? []).toString();
  const key = keys.get(id);
  if (key === undefined) throw new Error(`no key ${id} to read a payload with`);
  const bytes = Buffer.from(data ?? []);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(id))
    .setAuthTag(bytes.subarray(-tagBytes));
  const hidden = bytes.subarray(nonceBytes, -tagBytes);
  return unpack(Buffer.concat([decipher.update(hidden), decipher.final()]));
}

/** Metadata as JSON, its length before it, then the data as it is. */
function pack({ metadata, data }: Payload): Buffer {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
  const head = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, Buffer.from(data ?? [])]);
}

function unpack(bytes: Buffer): Payload {
  const length = bytes.readUInt32BE(0);
  const head = JSON.parse(bytes.subarray(4, 4 + length).toString()) as Record<string, string>;
  const entries = Object.entries(head).map(([name, value]) => [name, Buffer.from(value, 'base64')] as const);
  return { metadata: Object.fromEntries(entries), data: bytes.subarray(4 + length) };
}
