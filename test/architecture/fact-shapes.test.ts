import { listOf, object, own, type Part, text, whole } from '../../domain/inside/kernel/shape';
import { processes } from '../../domain/inside/processes';
import { unboundedParts } from './fact-shapes';

// Nothing of unknown size enters a workflow: its history and its memory would grow by what somebody sends.

test('X1 every text, list and number of a fact is bounded', () => {
  expect(unboundedParts(processes)).toEqual([]);
});

/** A text without a length, as it comes from who does not know the kernel's own parts. */
const endless: Part<string> = {
  schema: { type: 'text', most: Number.POSITIVE_INFINITY },
  is: (value): value is string => typeof value === 'string',
};

test.each([
  ['a text without a length', endless, ['planted.part']],
  [
    'a text whose length is left out',
    { ...endless, schema: JSON.parse('{"type":"text"}') as Part<string>['schema'] },
    ['planted.part'],
  ],
  ['a list without an end', listOf(text(), Number.POSITIVE_INFINITY), ['planted.part']],
  ['a number without an upper bound', whole(0, Number.POSITIVE_INFINITY), ['planted.part']],
  ['a list of such texts, within an object', object({ notes: listOf(endless, 3) }), ['planted.part.notes.*']],
  ['a part with a check of its own that takes anything', own<object>(), ['planted.part']],
])('X1 planted: %s', (_, part: Part<unknown>, found) => {
  const sources = new Map([['planted', 'door'] as const]);
  expect(unboundedParts({ order: { shapes: { planted: { part } }, sources } })).toEqual(found);
});
