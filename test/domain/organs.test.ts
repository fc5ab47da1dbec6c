import { organRows, organs, organTerms } from '../../domain/outside/organs';
import { rowsOf } from '../../domain/outside/filing/rows-of';
import { considered } from '../../domain/outside/intake/considered';
import type { Filing } from '../../domain/inside/filing';
import { order } from '../../domain/inside/order';
import { batch } from '../filings';
import { calendar, customer, intake, monday, policy } from './order-builders';

const question = { intake: intake(), customer: customer(), items: [], creditNow: null, policy, calendar, now: monday };

/** The names that two organs give: what is put together of their parts would keep one of the two and lose the other. */
function givenTwice(parts: readonly (object | undefined)[]): readonly string[] {
  const names = parts.flatMap((part = {}) => Object.keys(part));
  return names.filter((name, index) => names.indexOf(name) !== index);
}

type Line = {
  readonly terms?: (seen: never) => object;
  readonly rows?: (filing: Filing) => object;
  readonly notices?: { readonly told: object; readonly texts: object };
};
const lines: readonly Line[] = Object.values(organs);

test('every organ of the order has its line, in the order of the story', () => {
  const names = Object.keys(organs).filter((name) => name !== 'worklist');
  expect(names).toEqual(order.organs);
});

test('no term, no row, no notice and no text of one comes from two organs', () => {
  const seen = considered(question) as never;
  expect(givenTwice(lines.map(({ terms }) => terms?.(seen)))).toEqual([]);
  expect(givenTwice(lines.map(({ rows }) => rows?.(batch({ facts: [] }))))).toEqual([]);
  expect(givenTwice(lines.map(({ notices }) => notices?.told))).toEqual([]);
  expect(givenTwice(lines.map(({ notices }) => notices?.texts))).toEqual([]);
  expect(givenTwice([{ rows: 1 }, {}, { rows: 2 }])).toEqual(['rows']);
});

test('the terms and the rows of every organ are put together', () => {
  const seen = considered(question);
  const filing = batch({ facts: [] });
  const namesIn = (parts: readonly (object | undefined)[]) =>
    parts.flatMap((part = {}) => Object.keys(part)).toSorted();
  expect(namesIn([organTerms(seen)])).toEqual(namesIn(lines.map(({ terms }) => terms?.(seen as never))));
  expect(namesIn([organRows(filing)])).toEqual(namesIn(lines.map(({ rows }) => rows?.(filing))));
});

test('no organ gives a row that belongs to none', () => {
  const filing = batch({ facts: [] });
  const { facts, answers, notices, workflowId, orderNo, customerId, firstSeq, lastSeq } = rowsOf(filing);
  const ofNone = { facts, answers, notices, workflowId, orderNo, customerId, firstSeq, lastSeq };
  expect(givenTwice([ofNone, ...lines.map(({ rows }) => rows?.(filing))])).toEqual([]);
});
