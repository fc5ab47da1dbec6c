import { remembered } from '../../../domain/inside/kernel/remembered';

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
