import { randomBytes } from 'node:crypto';
import { payloadCodec } from '../../config/payload-codec';

const key = (id: string) => ({ id, key: randomBytes(32) });
const old = key('2025b');
const fresh = key('2026a');
const payload = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{"orderNo":"20261121-0001"}') };

const codecWith = (...keys: Parameters<typeof payloadCodec>[0]) => {
  const codec = payloadCodec(keys);
  if (codec === undefined) throw new Error('keys were given');
  return codec;
};
const plain = ({ metadata, data }: { metadata?: object | null; data?: Uint8Array | null }) => ({
  encoding: Buffer.from((metadata as { encoding: Uint8Array }).encoding).toString(),
  data: Buffer.from(data ?? []).toString(),
});

it('GV-2 a sealed payload tells nothing, and opens to what it was', async () => {
  const codec = codecWith(fresh);
  const [sealed = payload] = await codec.encode([payload]);
  expect(Buffer.from(sealed.data ?? []).includes('20261121')).toBe(false);
  const [opened = sealed] = await codec.decode([sealed]);
  expect(plain(opened)).toEqual(plain(payload));
});

it('GV-2 a new key in front seals, and the old one still opens what it sealed', async () => {
  const [before = payload] = await codecWith(old).encode([payload]);
  const rotated = codecWith(fresh, old);
  expect((await rotated.decode([before])).map(plain)).toEqual([plain(payload)]);
  const [after = payload] = await rotated.encode([payload]);
  await expect(codecWith(old).decode([after])).rejects.toThrow('no key 2026a');
});

it('GV-2 a payload that was changed on its way does not open', async () => {
  const codec = codecWith(fresh);
  const [sealed = payload] = await codec.encode([payload]);
  const data = Buffer.from(sealed.data ?? []);
  data[20] = (data[20] ?? 0) ^ 1;
  await expect(codec.decode([{ ...sealed, data }])).rejects.toThrow();
});

it('GV-2 a payload from the time before the first key is read as it is', async () => {
  expect((await codecWith(fresh).decode([payload])).map(plain)).toEqual([plain(payload)]);
});
