import type { Base } from '../kernel/dossier';
import { effectKey } from '../kernel/effect';
import { type KeepsNothing, organ } from '../kernel/organ';
import type { Status } from '../kernel/vocabulary';
import { mayBegin } from '../deposit/deposit';
import { type goodsFacts, isAllocated, whileGoodsCome } from '../goods/goods';
import type { HoldsSees } from '../holds/holds';

const asks = {
  'purchase.receive': {
    words: { zh: '采购到货', en: 'buy and receive what is short' },
    outcomes: [],
    standsStill: { in: whileGoodsCome, waitsFor: 'bought goods to come in' },
  },
} as const;

/** A deposit that is taken back meanwhile stops what is not ordered yet, not what is on its way (HG-4). */
/** A line that a gate kept back is ordered once that opens, also when other lines are being made by then. */
const mayOrder: readonly Status[] = whileGoodsCome.filter((status) => status !== 'awaiting_deposit');

/** 采购: what is short of bought goods is ordered, each line by an order of its own, and received (PU-1). */
export const purchase = organ('purchase', {}, asks).of<KeepsNothing, HoldsSees, typeof goodsFacts>({
  begins: {},
  facts: {},
  answers: { 'purchase.receive': { undo: 'goodsReceived' } },
  requires: ({ status, goods }) => {
    const open = goods.lines.filter(({ ordered, toBuy, received }) => ordered && toBuy > received);
    if (open.length === 0 || !whileGoodsCome.includes(status)) return [];
    const quantity = open.reduce((sum, { toBuy, received }) => sum + toBuy - received, 0);
    const rule = 'goods are short';
    return [{ what: 'task', kind: 'purchase.receive', rule, evidence: { quantity }, doneBy: ['goodsReceived'] }];
  },
  effects: (view: Base & HoldsSees) => {
    const { no, status, goods, intake } = view;
    if (!mayOrder.includes(status) || !isAllocated(goods, intake) || !mayBegin(view)) return [];
    return goods.lines
      .filter(({ ordered, toBuy }) => !ordered && toBuy > 0)
      .map(({ line, itemId, toBuy: quantity }) => ({
        key: effectKey(no, 'purchase', `line-${line}`, intake.revision),
        gate: 'purchase' as const,
        about: `${line}`,
        do: 'note' as const,
        fact: {
          kind: 'purchaseOrdered' as const,
          purchaseNo: `${no}-P${intake.revision}-${line}`,
          line,
          itemId,
          quantity,
        },
      }));
  },
});
