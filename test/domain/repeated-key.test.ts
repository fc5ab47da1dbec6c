import fc from 'fast-check';
import { repeatedKey } from '../../api/repeated-key';

describe('a name that stands twice in an object', () => {
  test.each<[string, readonly (string | number)[] | undefined]>([
    ['{"a":1,"a":2}', ['a']],
    ['{"a":1,"\\u0061":2}', ['a']],
    ['{ "x" : { "y" : [ 1, { "b" : 1 , "c": [] , "b" : 2 } ] } }', ['x', 'y', 1, 'b']],
    ['[{"a":1},{"a":1}]', undefined],
    ['{"a":{"a":{"a":1}},"b":["a","a","b"]}', undefined],
    ['{"a":"{\\"b\\":1,\\"b\\":2}"}', undefined],
    ['{"a":"\\\\","b":"\\\\\\"","a":1}', ['a']],
    ['{"":1,"":2}', ['']],
    ['{"__proto__":1,"constructor":2}', undefined],
    ['"a"', undefined],
    ['7', undefined],
  ])('X1 is found where it stands: %s', (text, path) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
    expect(repeatedKey(text)).toEqual(path);
  });

  test('X1 is found in no text that was written from a document, and in every one that had a name added', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), fc.json(), (text, name, value) => {
        expect(repeatedKey(text)).toBeUndefined();
        const twice = `{"before":${text},${JSON.stringify(name)}:${text},"in":[${text},{"é":${value},"\\u00e9":1}]}`;
        const expected = ['before', 'in'].includes(name) ? [name] : ['in', 1, 'é'];
        expect(repeatedKey(twice)).toEqual(expected);
      }),
    );
  });
});
