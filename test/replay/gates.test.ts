import { order } from '../../domain/inside/order';
import { isAccepted } from '../../domain/inside/credit/credit';
import { isOpen } from '../../domain/inside/holds/holds';
import type { FactKind } from '../../domain/inside/every-fact';
import type { Fact } from '../../domain/inside/kernel/fact';
import type { Gate } from '../../domain/inside/kernel/vocabulary';
import { factsOf } from './recorded-facts';
import { recordings } from './recording';

const orders = recordings('.order.json');

/** Which gate an effect of the product passes; a fact without one is no effect. */
const gateOf: Readonly<Partial<Record<FactKind, Gate>>> = {
  creditReserved: 'accept',
  confirmationSent: 'confirm',
  purchaseOrdered: 'purchase',
  productionOrdered: 'produce',
  shipmentPlanned: 'ship',
  chargeRaised: 'bill',
};

/** Effects that a history shows behind a gate that was shut, or of an order that no gate had accepted. */
function sideDoors(facts: readonly Fact[]): { readonly effects: number; readonly wrong: readonly string[] } {
  const [first, ...rest] = facts;
  if (first?.kind !== 'orderAccepted') throw new Error('the history does not begin with an accepted order');
  let { dossier } = order.open('', first);
  let effects = 0;
  const wrong: string[] = [];
  for (const fact of rest) {
    const gate = gateOfFact(fact);
    if (gate !== undefined) {
      effects += 1;
      const accepted = gate === 'accept' || isAccepted(dossier);
      if (!isOpen(dossier, gate) || !accepted) wrong.push(`${fact.kind} ${fact.id}`);
    }
    ({ dossier } = order.reduce(dossier, fact));
  }
  return { effects, wrong };
}

/** What is asked for before goods are made is no bill: it passes no gate of its own. */
const gateOfFact = (fact: Fact): Gate | undefined =>
  'purpose' in fact && fact.purpose !== 'bill' ? undefined : new Map(Object.entries(gateOf)).get(fact.kind);

it('HG-1 every effect in every recorded history passed its gate', () => {
  const seen = orders.map((name) => ({ name, ...sideDoors(factsOf(name)) }));
  expect(seen.flatMap(({ name, wrong }) => wrong.map((one) => `${name}: ${one}`))).toEqual([]);
  expect(seen.reduce((sum, { effects }) => sum + effects, 0)).toBeGreaterThan(60);
});

it('HG-1 the check finds an effect behind a gate that is shut', () => {
  const facts = factsOf('grade-b-to-archive.order.json');
  const at = facts.findIndex(({ kind }) => kind === 'shipmentPlanned');
  const hold = {
    kind: 'holdPlaced',
    id: 'planted',
    at: '2026-11-23T01:00:00.000Z',
    by: { kind: 'process' },
    reason: 'forced',
  } as const;
  expect(sideDoors(facts.toSpliced(at, 0, hold)).wrong).toHaveLength(1);
});
