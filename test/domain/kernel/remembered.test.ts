import { eachAs, noted, remembered, those } from '../../../domain/inside/kernel/remembered';

test('X8 what is remembered is worked out once for each pair of objects, and is what it would be anew', () => {
  let times = 0;
  const joined = remembered((one: { readonly is: string }, other: { readonly is: string }): string => {
    times += 1;
    return `${one.is} ${other.is}`;
  });
  const [a, b] = [{ is: 'a' }, { is: 'b' }];
  expect([joined(a, b), joined(b, a), joined(a, a), joined(a, b), joined({ is: 'a' }, b)]).toEqual([
    'a b',
    'b a',
    'a a',
    'a b',
    'a b',
  ]);
  expect(times).toBe(4);
});

test('X8 also that there is no answer is remembered', () => {
  let times = 0;
  const nothing = remembered((_of: object): undefined => {
    times += 1;
  });
  const of = {};
  expect([nothing(of), nothing(of), times]).toEqual([undefined, undefined, 1]);
});

test('W2 X8 a list of which no member became another stays the same list, so that what is remembered of it stays', () => {
  const list = [1, 2, 3];
  expect(eachAs(list, (one) => one)).toBe(list);
  expect(eachAs(list, (one, place) => one * place)).toEqual([0, 2, 6]);
  expect(those(list, (one) => one > 0)).toBe(list);
  expect(those(list, (one) => one > 1)).toEqual([2, 3]);
});

test('W3 X8 a note is about one object and no other, and the last that was taken counts', () => {
  const notes = noted<object, string>();
  const [a, b] = [{}, {}];
  notes.take(a, 'first');
  notes.take(a, 'second');
  expect([notes.of(a), notes.of(b)]).toEqual(['second', undefined]);
});
