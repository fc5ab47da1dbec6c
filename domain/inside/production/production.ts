import type { Base } from '../kernel/dossier';
import { type Effect, effectKey } from '../kernel/effect';
import type { Body } from '../kernel/fact';
import { organ } from '../kernel/organ';
import type { Status } from '../kernel/vocabulary';
import type { Requirement } from '../kernel/worklist/requirement';
import { mayBegin } from '../deposit/deposit';
import { type goodsFacts, isAllocated, productionHasBegun, whileGoodsCome } from '../goods/goods';
import { stillToMake } from '../goods/pieces';
import type { HoldsSees } from '../holds/holds';
import type { intakeFacts } from '../intake/intake';

/** 生产: the production notice is signed by the lead, and what was made is reported (PR-1). Of the present revision. */
export interface Production {
  /** The task by which the lead signed the notice. */
  readonly signedBy?: string;
  /** How often production was begun or stopped: the next time is another one. */
  readonly turns: number;
}

const asks = {
  'production.sign': {
    words: { zh: '签收生产通知单', en: 'sign the production notice' },
    outcomes: ['done'],
    standsStill: { in: whileGoodsCome, waitsFor: 'production to be signed for' },
  },
  'production.report': {
    words: { zh: '生产进度上报', en: 'report production progress' },
    outcomes: [],
    standsStill: { in: whileGoodsCome, waitsFor: 'production to report the quantity done' },
  },
} as const;

type View = Base & HoldsSees & { readonly production: Production };
const whileMaking: readonly Status[] = ['allocated', 'in_production', 'in_inspection'];

export const production = organ('production', {}, asks).of<
  Production,
  HoldsSees,
  typeof goodsFacts & typeof intakeFacts
>({
  begins: { turns: 0 },
  facts: {},
  hears: {
    orderRevised: {
      judge: ({ goods }) => (productionHasBegun(goods) ? 'wrong_state' : undefined),
      apply: ({ production: before }) => ({ turns: before.turns }),
    },
    productionBegun: { apply: ({ production: before }) => ({ ...before, turns: before.turns + 1 }) },
    productionStopped: { apply: ({ production: before }) => ({ ...before, turns: before.turns + 1 }) },
  },
  answers: {
    'production.sign': {
      decided: ({ production: before }, { id, decision }) =>
        decision.outcome === 'done' ? { ...before, signedBy: id } : before,
      undo: {
        cameAfter: ({ status, goods }) =>
          whileMaking.includes(status) && goods.lines.every(({ reported }) => reported === 0)
            ? undefined
            : 'progressReported',
        restored: ({ production: { turns } }) => ({ turns }),
      },
    },
    'production.report': { undo: 'progressReported' },
  },
  requires,
  effects: (view) => [...orders(view), ...begins(view)],
});

function requires({ status, goods, production: now }: View): readonly Requirement<keyof typeof asks>[] {
  if (!whileMaking.includes(status)) return [];
  const ordered = goods.lines.filter((line) => line.ordered && line.toMake > 0);
  const quantity = ordered.reduce((sum, line) => sum + Math.max(0, stillToMake(line)), 0);
  // When the signature is taken back, the notice is to be signed again at once, though production stops only a moment later.
  if (ordered.length > 0 && now.signedBy === undefined)
    return [{ what: 'task', kind: 'production.sign', rule: 'goods are to be made', evidence: { quantity } }];
  return quantity > 0 && ordered.every(({ begun }) => begun)
    ? [
        {
          what: 'task',
          kind: 'production.report',
          rule: 'goods are being made',
          evidence: { quantity },
          doneBy: ['progressReported'],
        },
      ]
    : [];
}

/** What is short of made goods is ordered from the workshop, each line by an order of its own. */
function orders(view: View): readonly Effect<Body<typeof goodsFacts>>[] {
  const { no, status, goods, intake } = view;
  if (!whileMaking.includes(status) || !isAllocated(goods, intake) || !mayBegin(view)) return [];
  return goods.lines
    .filter(({ ordered, toMake }) => !ordered && toMake > 0)
    .map(({ line, itemId, toMake: quantity }) => ({
      key: effectKey(no, 'production', `line-${line}`, intake.revision),
      gate: 'produce',
      about: `${line}`,
      do: 'note',
      fact: { kind: 'productionOrdered', productionNo: `${no}-M${intake.revision}-${line}`, line, itemId, quantity },
    }));
}

/** The ledger of pieces follows the lead's signature: begun while it stands, not begun when he took it back. */
function begins({ no, goods, production: { signedBy, turns } }: View): readonly Effect<Body<typeof goodsFacts>>[] {
  const isBegun = productionHasBegun(goods);
  const isSigned = signedBy !== undefined;
  if (isSigned === isBegun || !goods.lines.some(({ toMake }) => toMake > 0)) return [];
  return [
    {
      key: effectKey(no, 'production', isSigned ? 'begin' : 'stop', turns + 1),
      do: 'note',
      fact: { kind: isSigned ? 'productionBegun' : 'productionStopped' },
    },
  ];
}
