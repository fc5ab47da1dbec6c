import { answered } from '../../activities/answered';

it('X8 an activity answers with the instant at which it ended, and fails as it failed', async () => {
  const instants = ['2026-11-23T01:00:00.000Z', '2026-11-23T01:00:07.500Z'];
  let clock = 0;
  const slow = answered(
    async ({ pieces }: { readonly pieces: number }) => {
      clock += 1;
      return { reserved: pieces };
    },
    () => new Date(instants[clock] ?? ''),
  );
  expect(await slow({ pieces: 3 })).toEqual({ answer: { reserved: 3 }, at: instants[1] });
  const broken = answered(async () => {
    throw new Error('the database is away');
  });
  await expect(broken(undefined)).rejects.toThrow('the database is away');
});
