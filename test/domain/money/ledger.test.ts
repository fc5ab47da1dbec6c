import * as fc from 'fast-check';
import type { Base } from '../../../domain/inside/kernel/dossier';
import type { AnyBody } from '../../../domain/inside/kernel/fact';
import { accounts, type Posting } from '../../../domain/inside/kernel/posting';
import { processOf } from '../../../domain/inside/kernel/process-of';
import { freeFen } from '../../../domain/inside/money/allocation';
import {
  advancesFen as advancesOf,
  amountOf,
  type Money,
  netReceivedFen,
  openFen,
  outstandingFen,
} from '../../../domain/inside/money/money';
import { money } from '../../../domain/inside/money/rules';
import {
  advancesFen,
  appliedFen,
  ledgerFaults,
  receivableFen,
  receivedFen,
  refundedFen,
  trialBalance,
} from '../../../domain/outside/money/ledger';
import { collectionTerms } from '../children';

const monday = '2026-11-23T01:00:00.000Z';

/** The books of an order, and nothing else of it. */
const books = processOf([money], {
  name: 'books',
  rest: 'paid',
  next: {},
  opening: ({ no }: Base) => ({ of: no, revision: 1, takers: [], terms: collectionTerms() }),
  backdatingSeconds: () => 0,
  isOver: () => false,
  isClosed: () => false,
  shut: () => [],
});

/** What may happen to an order's money; `share` picks how much of what is there. */
type Event =
  | { readonly does: 'pay' | 'bill' | 'request'; readonly fen: number; readonly which: number }
  | { readonly does: 'takeBack' | 'withdraw'; readonly which: number }
  | { readonly does: 'payOut'; readonly share: number };

const fen = fc.integer({ min: 1, max: 1_000_000_00 });
const events = fc.array(
  fc.oneof(
    fc.record({
      does: fc.constantFrom('pay' as const, 'pay' as const, 'bill' as const, 'request' as const),
      fen,
      which: fc.nat(8),
    }),
    fc.record({ does: fc.constantFrom('takeBack' as const, 'withdraw' as const), which: fc.nat(8) }),
    fc.record({ does: fc.constant('payOut' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  ),
  { maxLength: 30 },
);

interface Books {
  readonly money: Money;
  readonly postings: readonly Posting[];
}

/** The books after each event, the last one last. */
function booksAfter(story: readonly Event[]): readonly Books[] {
  const pages: Books[] = [];
  const opening = { kind: 'paymentReceived', paymentId: 'first', amountFen: 1, method: 'cash' } as const;
  const opened = books.open('1', { ...opening, id: 'm', at: monday, by: { kind: 'process' } });
  let { dossier } = opened;
  let postings = opened.postings;
  story.forEach((event, n) => {
    const body = said(dossier.money, event, n);
    if (body === undefined) return;
    const after = books.reduce(dossier, { ...body, id: `m${n}`, at: monday, by: { kind: 'process' } });
    ({ dossier } = after);
    postings = [...postings, ...after.postings];
    pages.push({ money: dossier.money, postings });
  });
  return pages;
}

type Said = AnyBody & Readonly<Record<string, unknown>>;

function said(before: Money, event: Event, n: number): Said | undefined {
  switch (event.does) {
    case 'pay': {
      // Every third names what it is for.
      const named = event.which % 3 === 0 ? one(Object.keys(before.charges), event.which) : undefined;
      const of = named === undefined ? {} : { chargeNo: named };
      return { kind: 'paymentReceived', paymentId: `p${n}`, amountFen: event.fen, method: 'bank', ...of };
    }
    case 'bill':
    case 'request': {
      const taxFen = event.does === 'bill' ? Math.round(event.fen * 0.13) : 0;
      const purpose = event.does === 'bill' ? 'bill' : 'balance';
      const dueAt = `2026-12-0${1 + event.which}T00:00:00.000Z`;
      return { kind: 'chargeRaised', chargeNo: `c${n}`, purpose, netFen: event.fen - taxFen, taxFen, dueAt };
    }
    case 'takeBack': {
      const paymentId = one(
        before.payments.map(({ id }) => id),
        event.which,
      );
      return { kind: 'paymentReversed', paymentId, reasonCode: 'typo' };
    }
    case 'withdraw': {
      const requests = Object.values(before.charges).filter((one) => one.purpose === 'balance' && one.billedFen === 0);
      const chargeNo = one(requests, event.which)?.no;
      return chargeNo === undefined ? undefined : { kind: 'chargeWithdrawn', chargeNo };
    }
    case 'payOut': {
      const advances = advancesOf(before);
      const refundFen = Math.floor(advances * event.share);
      return { kind: 'payoutMade', refundFen, retainFen: advances - refundFen };
    }
  }
}

const one = <T>(of: readonly T[], which: number): T | undefined => of[which % Math.max(1, of.length)];

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
  holdsAfterEachStep(({ money: now, postings }) => expect(receivableFen(postings)).toBe(outstandingFen(now)));
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
  holdsAfterEachStep(({ money: now, postings }) => {
    expect(advancesFen(postings)).toBe(advancesOf(now));
    expect(advancesFen(postings)).toBeGreaterThanOrEqual(0);
    // Nothing is both owed and lying there, but what a request that is due earlier has.
    const requested = now.allocations.filter(({ chargeNo }) => now.charges[chargeNo]?.purpose !== 'bill');
    const lyingFen = advancesFen(postings) - requested.reduce((sum, { amountFen }) => sum + amountFen, 0);
    expect(Math.min(lyingFen, receivableFen(postings))).toBe(0);
  });
});

test('M14 every payment and every charge is conserved, nothing of them is negative, and nothing free lies beside what is open', () => {
  holdsAfterEachStep(({ money: now }) => {
    const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
    const parts = (is: (part: Money['allocations'][number]) => boolean): number =>
      sum(now.allocations.filter(is).map(({ amountFen }) => amountFen));
    const charges = Object.values(now.charges);
    const { payments } = now;
    for (const charge of charges) {
      const onIt = parts(({ chargeNo }) => chargeNo === charge.no);
      const rest = charge.isWithdrawn ? 0 : amountOf(charge) - charge.billedFen - onIt;
      expect([openFen(now, charge), rest >= 0, charge.isWithdrawn && onIt > 0]).toEqual([rest, true, false]);
    }
    const free = payments.map((payment) => freeFen(now, payment));
    expect(free.every((amount) => amount >= 0)).toBe(true);
    expect(sum(free) + parts(() => true)).toBe(netReceivedFen(now));
    expect(sum(free) > 0 && charges.some((charge) => openFen(now, charge) > 0)).toBe(false);
    for (const { id, isReversed, amountFen } of payments)
      expect(parts(({ paymentId }) => paymentId === id)).toBeLessThanOrEqual(isReversed ? 0 : amountFen);
  });
});

test('M7 a deposit that is billed moves to the bill whole, and is owed nowhere twice', () => {
  holdsAfterEachStep(({ money: now }) => {
    for (const { purpose, billedFen } of Object.values(now.charges))
      expect(purpose === 'bill' && billedFen > 0).toBe(false);
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
