import {
  date,
  either,
  fen,
  fits,
  flag,
  instant,
  lineNo,
  listOf,
  object,
  oneOf,
  optional,
  type PartSchema,
  quantity,
  text,
  whole,
} from '../../../domain/inside/kernel/shape';
import { processes } from '../../../domain/inside/processes';

test.each([
  ['a text of the most characters', text(3), 'abc', true],
  ['one more', text(3), 'abcd', false],
  ['an empty text', text(3), '', false],
  ['a number for a text', text(3), 1, false],
  ['the least', whole(2, 4), 2, true],
  ['less', whole(2, 4), 1, false],
  ['the most', whole(2, 4), 4, true],
  ['more', whole(2, 4), 5, false],
  ['a half', whole(2, 4), 2.5, false],
  ['no number', whole(2, 4), Number.NaN, false],
  ['a number as text', whole(2, 4), '3', false],
  ['no fen', fen, 0, true],
  ['ten thousand million yuan', fen, 1_000_000_000_000, true],
  ['a fen more', fen, 1_000_000_000_001, false],
  ['a debt', fen, -1, false],
  ['one piece', quantity, 1, true],
  ['no piece', quantity, 0, false],
  ['a thousand million pieces', quantity, 1_000_000_000, true],
  ['one more piece', quantity, 1_000_000_001, false],
  ['line 999', lineNo, 999, true],
  ['line 1000', lineNo, 1_000, false],
  ['a flag', flag, false, true],
  ['nothing for a flag', flag, undefined, false],
  ['an instant', instant, '2026-12-01T00:00:00.000Z', true],
  ['one of another zone', instant, '2026-12-01T08:00:00.000+08:00', false],
  ['one without milliseconds', instant, '2026-12-01T00:00:00Z', false],
  ['one of no day', instant, '2026-02-30T00:00:00.000Z', false],
  ['one of a year that nobody means', instant, '+012026-01-01T00:00:00.000Z', false],
  ['a date', date, '2028-02-29', true],
  ['a date of no day', date, '2026-02-29', false],
  ['a word of the list', oneOf('a', 'b'), 'b', true],
  ['another', oneOf('a', 'b'), 'c', false],
  ['a word of every object', oneOf('a', 'b'), 'constructor', false],
  ['a list of the most', listOf(flag, 2), [true, false], true],
  ['one more of them', listOf(flag, 2), [true, false, true], false],
  ['a list with something else in it', listOf(flag, 2), [true, 1], false],
  ['one kind', either(flag, text(2)), true, true],
  ['the other', either(flag, text(2)), 'ab', true],
  ['neither', either(flag, text(2)), 'abc', false],
] as const)('X1 a shape takes or refuses at its bound: %s', (_of, part, value, is) => {
  expect(part.is(value)).toBe(is);
});

test('X1 each field is there, or may lack, and only own fields count', () => {
  const shape = { a: flag, b: optional(text(2)) };
  expect([{ a: true }, { a: true, b: 'x' }].map((value) => fits(shape, value))).toEqual([true, true]);
  expect([{}, { a: true, b: 'xyz' }, null, 'a', [true]].map((value) => fits(shape, value))).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
  expect(fits({ constructor: text() }, {})).toBe(false);
  expect(fits({ toString: object({ a: flag }) }, Object.create({ toString: { a: true } }))).toBe(false);
});

/** The largest value that a part lets in, in characters of JSON; no bound is an endless one. */
function largest(schema: PartSchema): number {
  switch (schema.type) {
    case 'text':
      return schema.most + 2;
    case 'whole':
      return String(schema.most).length + 1;
    case 'flag':
      return 5;
    case 'instant':
      return 26;
    case 'date':
      return 12;
    case 'one_of':
      return Math.max(...schema.words.map(({ length }) => length + 2));
    case 'list':
      return schema.most * (largest(schema.of) + 1) + 2;
    case 'object':
      return Object.entries(schema.fields).reduce(
        (sum, [name, field]) => sum + name.length + 4 + largest(field.schema),
        2,
      );
    case 'either':
      return Math.max(...schema.of.map(largest));
    case 'own':
      return 0;
  }
}

test('X1 whatever comes through the door has a bound that a workflow can bear', () => {
  const unbounded = Object.values(processes).flatMap(({ shapes, sources }) =>
    Object.entries(shapes).flatMap(([kind, shape]) =>
      sources.get(kind) !== 'door'
        ? []
        : Object.entries(shape).flatMap(([name, { schema }]) => {
            const most = largest(schema);
            return Number.isFinite(most) && most < 300_000 ? [] : [`${kind}.${name}`];
          }),
    ),
  );
  expect(unbounded).toEqual([]);
});
