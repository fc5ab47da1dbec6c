import fc from 'fast-check';
import { firstBatch, type Unfiled } from '../../workflows/unfiled';

const unfiled = (seq: number, words: number): Unfiled => ({
  fact: {
    seq,
    standing: 'applied',
    fact: {
      kind: 'contactLogged',
      id: 'c'.repeat(words),
      at: '2026-11-21T01:00:00.000Z',
      by: { kind: 'process' },
      answered: false,
    },
  },
  postings: [],
  tasks: [],
});

it('W2 facts are filed oldest first, all of them, and no more at once than a payload carries', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30_000 }), { maxLength: 200 }), (sizes) => {
      let rest: readonly Unfiled[] = sizes.map((size, index) => unfiled(index + 1, size));
      const filed: number[] = [];
      while (rest.length > 0) {
        const { now, later } = firstBatch(rest);
        if (now.length > 1) expect(JSON.stringify(now).length).toBeLessThan(25_000);
        filed.push(...now.map(({ fact }) => fact.seq));
        rest = later;
      }
      expect(filed).toEqual(sizes.map((_, index) => index + 1));
    }),
  );
});
