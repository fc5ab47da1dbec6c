import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { unsealed } from '../../domain/inside/kernel/unsealed';
import { noOthers, payloadCodec, type PayloadKeys } from '../../config/payloads/codec';

const key = (id: string) => ({ id, key: randomBytes(32) });
const [old, fresh, cipher, laterCipher] = [key('2025b'), key('2026a'), key('c1'), key('c2')];
type SealKeys = PayloadKeys['sealKeys'];
type Read = Parameters<ReturnType<typeof payloadCodec>['decode']>[0][number];

const codecWith = (sealKeys: SealKeys, payloadKeys: PayloadKeys['payloadKeys'] = [], register = noOthers) =>
  payloadCodec({ sealKeys, payloadKeys }, register);
const payloadOf = (value: unknown, metadata: Record<string, Uint8Array> = {}): Read => ({
  metadata: { encoding: Buffer.from('json/plain'), ...metadata },
  data: Buffer.from(JSON.stringify(value)),
});
const payload = payloadOf({ orderNo: '20261121-0001' });
const plain = ({ metadata, data }: Read) => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes)])),
  data: Buffer.from(data ?? []),
});
const only = async (payloads: Promise<Read[]>): Promise<Read> => {
  const [one, ...more] = await payloads;
  if (one === undefined || more.length > 0) throw new Error('one payload was given');
  return one;
};
const valueOf = ({ data }: Read): unknown => JSON.parse(Buffer.from(data ?? []).toString());
/** What a process with these keys reads. */
const readBy = async (codec: ReturnType<typeof payloadCodec>, sealed: Read): Promise<unknown> =>
  valueOf(await only(codec.decode([sealed])));

describe('the seal', () => {
  it('X7 what one process of ours sealed another reads as it was, with any metadata and any bytes', async () => {
    const metadata = fc.dictionary(fc.string(), fc.uint8Array({ maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(metadata, fc.uint8Array({ maxLength: 200 }), async (named, data) => {
        const { seal: _ours, ...others } = named;
        const given: Read = { metadata: { encoding: Buffer.from('binary/plain'), ...others }, data };
        const sealed = await only(codecWith([fresh]).encode([given]));
        expect(plain(await only(codecWith([fresh]).decode([sealed])))).toEqual(plain(given));
      }),
    );
  });

  it('X7 what nobody sealed is the value "unsealed", whatever it is', async () => {
    const junk: Read[] = [
      payload,
      {},
      { metadata: null, data: null },
      payloadOf('\ud800'),
      { metadata: { encoding: Buffer.from('binary/encrypted') }, data: Buffer.from('x') },
      { metadata: { encoding: Buffer.from('nobody knows it') }, data: randomBytes(2_000_000) },
      payloadOf({}, { seal: Buffer.from('2026a') }),
      payloadOf({}, { seal: Buffer.from('2026a:short') }),
      payloadOf({}, { seal: Buffer.concat([Buffer.from(':'), randomBytes(32)]) }),
      payloadOf({}, { seal: Buffer.concat([Buffer.from('2026a:'), randomBytes(32)]) }),
      payloadOf({}, { seal: Buffer.concat([Buffer.from('__proto__:'), randomBytes(32)]) }),
    ];
    const read = await codecWith([fresh], [cipher]).decode(junk);
    expect(read.map(valueOf)).toEqual(junk.map(() => unsealed));
  });

  it('X7 one flipped bit anywhere breaks the seal', async () => {
    const sealed = await only(codecWith([fresh]).encode([payload]));
    const places = ['data', 'encoding', 'seal'] as const;
    const chosen = fc.tuple(fc.constantFrom(...places), fc.nat(), fc.nat(7));
    await fc.assert(
      fc.asyncProperty(chosen, async ([place, at, bit]) => {
        const bytes = Buffer.from((place === 'data' ? sealed.data : sealed.metadata?.[place]) ?? []);
        const where = at % bytes.length;
        bytes[where] = (bytes[where] ?? 0) ^ (1 << bit);
        const changed =
          place === 'data'
            ? { ...sealed, data: bytes }
            : { ...sealed, metadata: { ...sealed.metadata, [place]: bytes } };
        expect(await readBy(codecWith([fresh]), changed)).toBe(unsealed);
      }),
    );
  });

  it('X7 metadata added, taken away or moved into the data breaks the seal', async () => {
    const sealed = await only(codecWith([fresh]).encode([payloadOf(1, { note: Buffer.from('a') })]));
    const { note: _gone, ...others } = sealed.metadata ?? {};
    for (const metadata of [{ ...sealed.metadata, more: Buffer.from('b') }, others])
      expect(await readBy(codecWith([fresh]), { ...sealed, metadata })).toBe(unsealed);
  });

  it('X7 a new key in front seals, and what the old one sealed is still believed', async () => {
    const before = await only(codecWith([old]).encode([payload]));
    expect(await readBy(codecWith([fresh, old]), before)).toEqual(valueOf(payload));
    const after = await only(codecWith([fresh, old]).encode([payload]));
    expect(await readBy(codecWith([old]), after)).toBe(unsealed);
  });

  it('X7 the seal of a key that is in use elsewhere and not here is an error, so that nothing is judged twice', async () => {
    const register = { ...noOthers, holds: async (keyId: string) => keyId === fresh.id };
    const sealed = await only(codecWith([fresh]).encode([payload]));
    await expect(codecWith([old], [], register).decode([sealed])).rejects.toThrow('the seal key 2026a is in use');
    const stranger = await only(codecWith([key('9999')]).encode([payload]));
    expect(await readBy(codecWith([old], [], register), stranger)).toBe(unsealed);
  });

  it('X7 nothing is sealed before the others can know the key', async () => {
    const register = { ...noOthers, ready: async () => Promise.reject(new Error('PostgreSQL is away')) };
    await expect(codecWith([fresh], [], register).encode([payload])).rejects.toThrow('PostgreSQL is away');
  });
});

describe('deflated terms', () => {
  const terms = { tasks: Array.from({ length: 60 }, (_, index) => ({ kind: `task ${index}`, roles: ['sales'] })) };
  const start = { orderNo: '20261121-0001', takenBy: 'tina', terms };

  it('W2 the terms are deflated on the wire, the rest can be read there, and both come out as they were', async () => {
    const codec = codecWith([fresh]);
    const sent = await only(codec.encode([payloadOf(start)]));
    const onTheWire = valueOf(sent) as typeof start;
    expect(onTheWire).toEqual({ ...start, terms: { deflated: expect.any(String) } });
    expect(Buffer.from(sent.data ?? []).length).toBeLessThan(JSON.stringify(start).length / 4);
    expect(plain(await only(codec.decode([sent])))).toEqual(plain(payloadOf(start)));
  });

  it('W2 any value comes out as it was, with terms anywhere in it and encrypted or not', async () => {
    const words = fc.constantFrom('terms', 'deflated', 'told', 'a');
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.constant(terms),
        fc.constant({ deflated: 'eA==' }),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(words, tie('any'), { maxKeys: 3 }),
      ),
    })).any;
    await fc.assert(
      fc.asyncProperty(value, fc.boolean(), async (anything, isEncrypted) => {
        const codec = codecWith([fresh], isEncrypted ? [cipher] : []);
        const given = payloadOf({ anything, terms });
        expect(valueOf(await only(codec.decode(await codec.encode([given]))))).toEqual(valueOf(given));
      }),
    );
  });

  it('W2 what nobody sealed is not inflated', async () => {
    const bomb = deflateRawSync(Buffer.alloc(100_000_000)).toString('base64');
    const forged = payloadOf({ terms: { deflated: bomb } }, { deflated: Buffer.from('terms') });
    expect(await readBy(codecWith([fresh]), forged)).toBe(unsealed);
  });
});

describe('encryption under the seal', () => {
  it('GV-2 an encrypted payload tells nothing, and opens to what it was', async () => {
    const codec = codecWith([fresh], [cipher]);
    const hidden = await only(codec.encode([payload]));
    expect(Buffer.from(hidden.data ?? []).includes('20261121')).toBe(false);
    expect(plain(await only(codec.decode([hidden])))).toEqual(plain(payload));
  });

  it('GV-2 a new key in front encrypts, and the old one still opens what it encrypted', async () => {
    const before = await only(codecWith([fresh], [cipher]).encode([payload]));
    const rotated = codecWith([fresh], [laterCipher, cipher]);
    expect(await readBy(rotated, before)).toEqual(valueOf(payload));
    const after = await only(rotated.encode([payload]));
    await expect(codecWith([fresh], [cipher]).decode([after])).rejects.toThrow('no key c2');
  });

  it('X7 an encrypted payload that was changed on its way is unsealed', async () => {
    const codec = codecWith([fresh], [cipher]);
    const hidden = await only(codec.encode([payload]));
    const data = Buffer.from(hidden.data ?? []);
    data[20] = (data[20] ?? 0) ^ 1;
    expect(await readBy(codec, { ...hidden, data })).toBe(unsealed);
  });

  it('GV-2 a payload from the time before the first encryption key is read as it is', async () => {
    const before = await only(codecWith([fresh]).encode([payload]));
    expect(await readBy(codecWith([fresh], [cipher]), before)).toEqual(valueOf(payload));
  });
});
