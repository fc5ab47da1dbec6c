import * as fc from 'fast-check';
import { type Account, book, emptyAccount } from '../../domain/inside/GONE-account';
import type { EveryFact } from '../../domain/inside/every-fact';
import type { FactHead } from '../../domain/inside/kernel/fact';
import { accounts, type Posting } from '../../domain/inside/kernel/posting';
import { advancesFen as advancesOf, outstandingFen } from '../../domain/inside/money/money';
import {
  advancesFen,
  appliedFen,
  ledgerFaults,
  receivableFen,
  receivedFen,
  refundedFen,
  trialBalance,
} from '../../domain/ledger';

const monday = '2026-11-23T01:00:00.000Z';
const head = (id: string): FactHead => ({ id, at: monday, by: { kind: 'process' } });

/** What may happen to an order's money; `share` picks how much of what is there. */
type Event =
  | { readonly does: 'pay' | 'bill'; readonly fen: number }
  | { readonly does: 'takeBack'; readonly which: number }
  | { readonly does: 'settle'; readonly share: number };

const events = fc.array(
  fc.oneof(
    fc.record({
      does: fc.constantFrom('pay' as const, 'bill' as const),
      fen: fc.integer({ min: 1, max: 1_000_000_00 }),
    }),
    fc.record({ does: fc.constant('takeBack' as const), which: fc.nat(8) }),
    fc.record({ does: fc.constant('settle' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  ),
  { maxLength: 25 },
);

interface Books {
  readonly account: Account;
  readonly postings: readonly Posting[];
}

/** The books after each event, the last one last. */
function booksAfter(story: readonly Event[]): readonly Books[] {
  const pages: Books[] = [{ account: emptyAccount, postings: [] }];
  story.forEach((event, n) => {
    const before = pages.at(-1) ?? { account: emptyAccount, postings: [] };
    const caused = cause(before.account, event, `m${n}`);
    if (caused === undefined) return;
    const { account, postings } = book(before.account, caused.fact, caused.settlement);
    pages.push({ account, postings: [...before.postings, ...postings] });
  });
  return pages;
}

interface Cause {
  readonly fact: EveryFact;
  readonly settlement?: { readonly refundFen: number; readonly keepFen: number };
}

function cause(account: Account, event: Event, id: string): Cause | undefined {
  switch (event.does) {
    case 'pay':
      return { fact: { ...head(id), kind: 'paymentReceived', paymentId: id, amountFen: event.fen, method: 'bank' } };
    case 'bill': {
      const taxFen = Math.round(event.fen * 0.13);
      return {
        fact: { ...head(id), kind: 'billIssued', billNo: id, netFen: event.fen - taxFen, taxFen, dueAt: monday },
      };
    }
    case 'takeBack': {
      // The dossier refuses what is unknown or was taken back before, and what was refunded meanwhile.
      const standing = Object.entries(account.payments).filter(([, { reversed }]) => !reversed);
      const found = standing[event.which % Math.max(1, standing.length)];
      if (found === undefined || found[1].amountFen > advancesOf(account) + account.appliedFen) return undefined;
      return { fact: { ...head(id), kind: 'paymentReversed', paymentId: found[0], reasonCode: 'typo' } };
    }
    case 'settle': {
      const advances = advancesOf(account);
      const refundFen = Math.floor(advances * event.share);
      return {
        fact: { ...head(id), kind: 'decisionMade', taskId: 't', outcome: 'done' },
        settlement: { refundFen, keepFen: advances - refundFen },
      };
    }
  }
}

const holdsAfterEachStep = (claim: (books: Books) => void): void =>
  fc.assert(fc.property(events, (story) => booksAfter(story).forEach(claim)));

test('M1 whatever happens to an order, every entry balances and every reversal takes back its target', () => {
  holdsAfterEachStep(({ postings }) => expect(ledgerFaults(postings)).toEqual([]));
});

test('M2 the trial balance is zero after every step', () => {
  holdsAfterEachStep(({ postings }) =>
    expect(Object.values(trialBalance(postings)).reduce((sum, fen) => sum + fen, 0)).toBe(0),
  );
});

test('M4 what is owed on bills is the same in the entries and in the order', () => {
  holdsAfterEachStep(({ account, postings }) => expect(receivableFen(postings)).toBe(outstandingFen(account)));
});

test('M5 never more is put towards bills than was received', () => {
  holdsAfterEachStep(({ postings }) => {
    expect(appliedFen(postings)).toBeGreaterThanOrEqual(0);
    expect(appliedFen(postings)).toBeLessThanOrEqual(receivedFen(postings));
  });
});

test('M6 never more is refunded than was received', () => {
  holdsAfterEachStep(({ postings }) => expect(refundedFen(postings)).toBeLessThanOrEqual(receivedFen(postings)));
});

test('M7 M9 what is received and on no bill is the customer’s: a liability, and never lost', () => {
  holdsAfterEachStep(({ account, postings }) => {
    expect(advancesFen(postings)).toBe(advancesOf(account));
    expect(advancesFen(postings)).toBeGreaterThanOrEqual(0);
    // Nothing is both owed and lying there.
    expect(Math.min(advancesFen(postings), receivableFen(postings))).toBe(0);
  });
});

test('M1 M3 M10 what the database would refuse has a name', () => {
  const good: Posting = {
    key: 'k',
    purpose: 'receipt',
    happenedAt: monday,
    legs: [
      { account: accounts.bank, amountFen: 100 },
      { account: accounts.advances, amountFen: -100 },
    ],
  };
  const back: Posting = {
    ...good,
    key: 'b',
    reverses: 'k',
    legs: good.legs.map((leg) => ({ ...leg, amountFen: -leg.amountFen })),
  };
  const [debit] = good.legs;
  const faults = (...postings: readonly Posting[]) => ledgerFaults(postings).map(({ fault }) => fault);
  expect(faults(good, back)).toEqual([]);
  expect(faults({ ...good, legs: debit === undefined ? [] : [debit] })).toEqual([
    'fewer_than_two_legs',
    'does_not_balance',
  ]);
  expect(faults({ ...good, legs: [...good.legs, { account: accounts.cash, amountFen: 0 }] })).toEqual([
    'leg_of_nothing',
  ]);
  expect(faults({ ...good, legs: good.legs.map((leg) => ({ ...leg, amountFen: leg.amountFen / 3 })) })).toEqual([
    'not_whole_fen',
  ]);
  expect(faults(good, good)).toEqual(['key_twice']);
  expect(faults(back)).toEqual(['target_missing']);
  expect(faults(good, back, { ...back, key: 'b2' })).toEqual(['target_reversed_twice']);
  expect(faults(good, { ...good, key: 'b', reverses: 'k' })).toEqual(['reversal_differs']);
});
