import { collection } from '../../domain/inside/collection';
import type { Fact } from '../../domain/inside/kernel/fact';
import { order } from '../../domain/inside/order';
import { shipment } from '../../domain/inside/shipment';
import { foldedOtherwise } from '../folded-twice';
import { noIn } from './recorded-facts';
import { recordedIn, recordings } from './recording';

const factsIn = (name: string): readonly Fact[] =>
  recordedIn(name).filings.flatMap(({ facts }) => facts.map(({ fact }) => fact));

/** Each fact again under another id, at once and after its story: most are refused then, and some count again. */
function toldAgain(facts: readonly Fact[]): readonly Fact[] {
  const last = facts.at(-1)?.at ?? '';
  return [
    ...facts.flatMap((fact, place) => (place === 0 ? [fact] : [fact, { ...fact, id: `again-${place}` }])),
    ...facts.slice(1).map((fact, place) => ({ ...fact, id: `late-${place}`, at: last })),
  ];
}

function otherwise(name: string, facts: readonly Fact[]): readonly string[] {
  if (name.includes('.shipment')) return foldedOtherwise(shipment, noIn(name), facts);
  return name.includes('.collection')
    ? foldedOtherwise(collection, noIn(name), facts)
    : foldedOtherwise(order, noIn(name), facts);
}

test.each(recordings('.json'))('X8 W3 %s is folded the same with nothing remembered', (name) => {
  expect(otherwise(name, factsIn(name))).toEqual([]);
});

test.each(recordings('.json'))('X8 W3 so is %s where each fact is told again', (name) => {
  expect(otherwise(name, toldAgain(factsIn(name)))).toEqual([]);
});
