import { dutiesOfDunning, fileInDunning, openDunning } from '../../domain/inside/GONE-dunning';
import type { CollectionDossier } from '../../domain/inside/collection';
import type { EveryFact } from '../../domain/inside/every-fact';
import { dueRung } from '../../domain/inside/kernel/worklist/due-rung';
import { missing } from '../../domain/inside/kernel/worklist/requirement';
import { rowsOf } from '../../domain/projection';
import { batch } from '../filings';
import { days, gradeA, rung } from '../builders';

const by = { kind: 'process' } as const;
const dueAt = '2026-12-01T00:00:00.000Z';

/** A collection that is opened, or comes back, at an instant: what rings before it waits again. */
function at(
  now: string,
  terms = gradeA(),
): {
  readonly desk: CollectionDossier;
  readonly rang: readonly Extract<EveryFact, { kind: 'rungRang' }>[];
} {
  const opened = {
    kind: 'collectionOpened',
    id: 'c#1',
    at: now,
    by,
    billNo: 'B1',
    outstandingFen: 100,
    dueAt,
  } as const;
  let desk = openDunning(opened, terms);
  const rang: Extract<EveryFact, { kind: 'rungRang' }>[] = [];
  const opening = { of: 'B1', revision: 1, takers: [], terms: desk.terms, now };
  const open = (): void => {
    for (const step of missing(desk, dutiesOfDunning(desk), opening))
      ({ desk } = fileInDunning(desk, { ...step, id: `c#${desk.seq + 1}`, at: now, by }));
  };
  open();
  for (let rung = dueRung(desk, now); rung !== undefined; rung = dueRung(desk, now)) {
    const fact = { ...rung, id: `c#${desk.seq + 1}`, at: now, by };
    rang.push(fact);
    ({ desk } = fileInDunning(desk, fact));
  }
  open();
  return { desk, rang };
}

const told = (rang: readonly { readonly do: string; readonly passedOver?: boolean }[]) =>
  rang.map((rung) => (rung.passedOver === true ? `(${rung.do})` : rung.do));

test('DN-1 a collection that begins late rings its highest due rung; those below are passed over, and say so', () => {
  const { desk, rang } = at('2026-12-12T00:00:00.000Z');
  expect(told(rang)).toEqual(['(remind)', '(notify)', 'notify']);
  expect(desk.level).toBe('collection.second');
});

test('DN-12 what a level that was passed over holds against the customer holds, and no call is asked for any more', () => {
  const { desk, rang } = at('2027-03-01T00:00:00.000Z');
  expect(told(rang)).toEqual(['(remind)', '(notify)', '(notify)', '(call)', '(suspend)', 'legal']);
  expect(desk.suspended).toBe(true);
  expect(desk.tasks.map(({ kind }) => kind)).toEqual(['collection.legal']);
});

test('DN-1 a rung that was passed over tells nobody', () => {
  const { rang } = at('2026-12-12T00:00:00.000Z');
  expect(rowsOf(batch({ facts: rang })).notices.map(({ template }) => template)).toEqual(['collection.second']);
});

test('DN-1 what policy does at one instant is one level: none of it is passed over', () => {
  const dunning = [rung(days(1), 'notify'), rung(days(30), 'notify'), rung(days(30), 'suspend')];
  const { rang } = at('2027-03-01T00:00:00.000Z', gradeA({ dunning }));
  expect(told(rang)).toEqual(['(notify)', 'notify', 'suspend']);
});
