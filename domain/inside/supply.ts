import { closeTasks, doneBy } from './desk';
import type { Dossier } from './dossier';
import type { FactHead, Step } from './fact';
import { applyToGoods, emptyGoods, type GoodsFact, productionIsPending, waitingForInspection } from './goods';
import { shipLeave } from './leave';
import type { CivilDate } from './vocabulary';

/** Stock is reserved, and it is known what is short; a deposit taken back meanwhile is waited for first. */
export function goodsAllocated(dossier: Dossier, fact: Extract<Step, { kind: 'goodsAllocated' }>): Dossier {
  return {
    ...dossier,
    status: dossier.status === 'awaiting_deposit' ? 'awaiting_deposit' : 'allocated',
    allocated: true,
    mayHoldStock: true,
    goods: emptyGoods(fact.lines, dossier.terms.lines),
  };
}

/** Everything lies ready: it goes, or waits for its balance (BL-1). */
export function goodsReady(dossier: Dossier, { at }: FactHead): Dossier {
  const status = shipLeave(dossier, at) === undefined ? 'awaiting_balance' : 'ready_to_ship';
  return { ...dossier, goodsReady: true, status };
}

/** Production offers a later date; what was promised moves with it, never forward in time (PR-1, Z1). */
export function productionIsDelayed(dossier: Dossier, newOfferedOn: CivilDate): Dossier {
  const { promisedOn } = dossier;
  const later = promisedOn !== undefined && promisedOn > newOfferedOn ? promisedOn : newOfferedOn;
  return { ...dossier, offeredOn: newOfferedOn, promisedOn: later };
}

/** Goods moved a step on: the tasks that this answers close, production hands over to inspection, and back for rework. */
export function afterGoods(before: Dossier, fact: GoodsFact): Dossier {
  const dossier = { ...before, goods: applyToGoods(before.goods, fact) };
  const bought = dossier.goods.every((line) => line.received >= line.toBuy);
  const withoutPurchase = bought
    ? closeTasks(dossier, (task) => task.kind === 'purchase.receive', doneBy(fact))
    : dossier;
  if (dossier.status !== 'in_production' && dossier.status !== 'in_inspection') return withoutPurchase;
  const making = productionIsPending(dossier.goods);
  if (dossier.status === 'in_production' && !making)
    return {
      ...closeTasks(withoutPurchase, (task) => task.kind === 'production.report', doneBy(fact)),
      status: 'in_inspection',
    };
  const inspected = dossier.goods.every((line) => waitingForInspection(line) === 0);
  const looked = inspected
    ? closeTasks(withoutPurchase, (task) => task.kind === 'quality.inspect', doneBy(fact))
    : withoutPurchase;
  return making && dossier.status === 'in_inspection' ? { ...looked, status: 'in_production' } : looked;
}
