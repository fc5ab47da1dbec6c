import { perRequestCache } from '../../api/per-request-cache';

test('HT-14 EX-8 what many items of one request share is asked for once, however many ask at the same time', async () => {
  const asked: string[] = [];
  const facts = perRequestCache(async (no: string) => {
    asked.push(no);
    return `facts of ${no}`;
  });
  expect(await Promise.all(['1', '2', '1', '1'].map(facts))).toEqual([
    'facts of 1',
    'facts of 2',
    'facts of 1',
    'facts of 1',
  ]);
  await facts('2');
  expect(asked).toEqual(['1', '2']);
});
