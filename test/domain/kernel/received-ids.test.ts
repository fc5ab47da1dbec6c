import type { FactHead } from '../../../domain/inside/kernel/fact';
import { limits } from '../../../domain/inside/kernel/limits';
import {
  newestReceived,
  type ReceivedIds,
  wasReceived,
  withReceived,
} from '../../../domain/inside/kernel/received-ids';

const of = (id: string): FactHead => ({ id, at: '2026-12-01T00:00:00.000Z', by: { kind: 'process' } });
const heard = (...ids: readonly string[]): ReceivedIds =>
  ids.reduce<ReceivedIds>((before, id) => withReceived(before, of(id)), []);
const many = (count: number): readonly string[] => Array.from({ length: count }, (_none, index) => `m${index}`);

test('X2 each id is known, however many came', () => {
  const ids = heard(...many(130));
  expect(many(130).every((id) => wasReceived(ids, of(id)))).toBe(true);
  expect(wasReceived(ids, of('m130'))).toBe(false);
});

test('X2 an id that every object has is no repeat, and is known once it came', () => {
  expect(wasReceived(heard('m1'), of('constructor'))).toBe(false);
  expect(wasReceived(heard('constructor'), of('constructor'))).toBe(true);
});

test('X2 what the process notes itself takes no place, and a repeat none either', () => {
  const ids = heard('m1', 'order-1#2', 'm1');
  expect(ids).toEqual([['m1']]);
  expect(withReceived(ids, of('m1'))).toBe(ids);
});

test('X2 W2 a fact copies the last block alone', () => {
  const before = heard(...many(70));
  expect(withReceived(before, of('next'))[0]).toBe(before[0]);
});

test('X2 X8 what was tried on a dossier is not known to it, nor to what else goes on from it', () => {
  const before = heard('m1');
  const tried = withReceived(before, of('m2'));
  const wentOn = withReceived(withReceived(before, of('m3')), of('m4'));
  const known = (ids: ReceivedIds): readonly string[] => many(6).filter((id) => wasReceived(ids, of(id)));
  expect([before, tried, wentOn].map(known)).toEqual([['m1'], ['m1', 'm2'], ['m1', 'm3', 'm4']]);
  // A list that came from elsewhere, as the next run is handed one, knows the same.
  expect(known(JSON.parse(JSON.stringify(wentOn)) as ReceivedIds)).toEqual(['m1', 'm3', 'm4']);
});

test('X2 W2 one run hands the newest ids to the next, and no more', () => {
  const handed = newestReceived(heard(...many(500)));
  expect(handed.flat()).toEqual(many(500).slice(-limits.receivedIds));
  expect(newestReceived(heard('m1'))).toEqual([['m1']]);
  expect(wasReceived(withReceived(handed, of('new')), of('new'))).toBe(true);
});
