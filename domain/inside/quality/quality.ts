import { type KeepsNothing, organ } from '../kernel/organ';
import { type Goods, whileGoodsCome } from '../goods/goods';
import { waitingForInspection } from '../goods/pieces';

const asks = {
  'quality.inspect': {
    words: { zh: '质量检验', en: 'inspect the goods' },
    outcomes: [],
    standsStill: { in: whileGoodsCome, waitsFor: 'quality to inspect what was made' },
  },
} as const;

/** 质检: what was made is inspected before it goes into stock (QC-1, Q4). */
export const quality = organ('quality', {}, asks).of<KeepsNothing, { readonly goods: Goods }>({
  begins: {},
  facts: {},
  answers: { 'quality.inspect': { undo: 'inspectionRecorded' } },
  requires: ({ status, goods }) => {
    const quantity = goods.lines.reduce((sum, line) => sum + Math.max(0, waitingForInspection(line)), 0);
    if (quantity === 0 || (status !== 'in_production' && status !== 'in_inspection')) return [];
    const rule = 'goods wait for inspection';
    return [{ what: 'task', kind: 'quality.inspect', rule, evidence: { quantity }, doneBy: ['inspectionRecorded'] }];
  },
});
