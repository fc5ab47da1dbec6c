import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { canonicalJson, sha256 } from '../../../domain/outside/filing/digest';

const reference = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

describe('the digest', () => {
  test('V7 it is SHA-256, for any text and around every block boundary', () => {
    for (let length = 0; length < 200; length += 1)
      expect(sha256('订a'.repeat(length))).toBe(reference('订a'.repeat(length)));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) =>
        expect(sha256(text)).toBe(reference(text)),
      ),
    );
  });

  test('V7 equal values have one text, whatever the order of their keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true, gone: undefined })).toBe(
      '{"a":true,"b":[1,{"c":"x","d":null}]}',
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('V7 what JSON cannot carry is refused, not lost', () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(RangeError);
    expect(() => canonicalJson([undefined])).toThrow(RangeError);
    expect(() => canonicalJson({ a: 1n })).toThrow(RangeError);
  });
});
