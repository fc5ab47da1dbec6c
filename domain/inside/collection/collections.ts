import { type Effect, effectKey } from '../kernel/effect';
import type { Body } from '../kernel/fact';
import { organ } from '../kernel/organ';
import { fen, text } from '../kernel/shape';
import type { Fen } from '../kernel/vocabulary';
import type { Base } from '../kernel/dossier';
import type { Intake } from '../intake/intake';
import { bills, type Charge, type Money, openFen } from '../money/money';
import type { ToCollection } from './between';
import { termsOfCollection } from './terms-of-collection';

/** 催收 as the order sees it: a process of its own for each bill that is owed, told of every change until nothing is (AR-2, DN-10). */
export type Collections = Readonly<Record<string, CollectionOfCharge>>;

/** By the number of its charge. */
export interface CollectionOfCharge {
  /** The collection under way, or the last: one that was told of nothing owed has ended, and another gets another number. */
  readonly no: string;
  readonly toldFen: Fen;
  readonly tellings: number;
  readonly started: number;
}

export const collectionsFacts = {
  collectionStarted: { chargeNo: text(), collectionNo: text(), owedFen: fen },
  collectionTold: { chargeNo: text(), owedFen: fen },
} as const;

interface Sees {
  readonly intake: Intake;
  readonly money: Money;
}
type View = Base & Sees & { readonly collections: Collections };

export const collections = organ('collections', collectionsFacts, {}).of<Collections, Sees>({
  begins: {},
  facts: {
    collectionStarted: {
      source: 'own',
      from: 'anywhere',
      apply: ({ collections: before }, { chargeNo, collectionNo: no, owedFen: toldFen }) => {
        const { started, tellings } = before[chargeNo] ?? { started: 0, tellings: 0 };
        return { ...before, [chargeNo]: { no, toldFen, tellings, started: started + 1 } };
      },
    },
    collectionTold: {
      source: 'own',
      from: 'anywhere',
      apply: ({ collections: before }, { chargeNo, owedFen: toldFen }) => {
        const one = before[chargeNo];
        return one === undefined ? before : { ...before, [chargeNo]: { ...one, toldFen, tellings: one.tellings + 1 } };
      },
    },
  },
  answers: {},
  effects: (view) => bills(view.money).flatMap((charge) => kept(view, charge)),
});

/** The collection is told what is owed now, whatever it was told before: so a message that was lost does no harm. */
function kept(view: View, charge: Charge): readonly Effect<Body<typeof collectionsFacts>>[] {
  const { no, intake, money, collections: before } = view;
  const owedFen = openFen(money, charge);
  const under = before[charge.no];
  if (under === undefined || under.toldFen === 0) {
    if (owedFen === 0) return [];
    const n = (under?.started ?? 0) + 1;
    const collectionNo = n === 1 ? charge.no : `${charge.no}-${n}`;
    const opening: ToCollection = {
      kind: 'collectionOpened',
      chargeNo: charge.no,
      orderNo: no,
      owedFen,
      dueAt: charge.dueAt,
      terms: termsOfCollection(intake.terms),
    };
    const brings = { kind: 'collectionStarted', chargeNo: charge.no, collectionNo, owedFen } as const;
    const key = effectKey(no, 'collections', `start-${charge.no}`, n);
    return [{ key, do: 'start', child: 'collection', no: collectionNo, opening, brings }];
  }
  if (under.toldFen === owedFen) return [];
  const fact: ToCollection = { kind: 'owedChanged', owedFen };
  return [
    {
      key: effectKey(no, 'collections', `tell-${under.no}`, under.tellings + 1),
      do: 'tell',
      whom: { of: 'collection', no: under.no },
      fact,
      brings: { kind: 'collectionTold', chargeNo: charge.no, owedFen },
    },
  ];
}

/** Collections that are under way. */
export const underWay = ({ collections: all }: { readonly collections: Collections }): readonly CollectionOfCharge[] =>
  Object.values(all).filter(({ toldFen }) => toldFen > 0);
