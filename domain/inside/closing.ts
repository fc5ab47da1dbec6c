import { advancesFen } from './account';
import { closeTasks } from './desk';
import { type Dossier, productionHasBegun, without } from './dossier';
import type { Message } from './fact';
import type { Fen } from './vocabulary';

/** Closes an order before its time: open tasks are void, clocks stop, what it holds is to be wound up. */
export function close(
  dossier: Dossier,
  status: 'cancelled' | 'rejected' | 'dead',
  reasonCode: string,
  costFen = 0,
): Dossier {
  return {
    ...without(
      closeTasks(dossier, () => true),
      'cancellation',
    ),
    waits: {},
    mayHoldStock: reachedAllocation(dossier),
    status,
    closure: { reasonCode, costFen },
  };
}

/** Before production begins a cancellation counts at once; later it is asked of the authority that policy names (CF-6, Q10). */
export function requestCancellation(
  dossier: Dossier,
  fact: Extract<Message, { kind: 'cancellationRequested' }>,
): Dossier {
  if (!productionHasBegun(dossier) && dossier.shipment === undefined)
    return close(dossier, 'cancelled', fact.reasonCode, 0);
  return {
    ...dossier,
    cancellation: { by: fact.by, reasonCode: fact.reasonCode, costFen: fact.costFen, state: 'asked' },
  };
}

/** Reserving begins once the confirmation is out; before that there is nothing to free. */
export const reachedAllocation = (dossier: Dossier): boolean =>
  dossier.mayHoldStock || (dossier.confirmation !== undefined && dossier.shippedAt === undefined);

/** Refund of a closed order's money: all of it, less the costs settled with the customer (CF-6). */
export function settlementOf(dossier: Dossier): { readonly refundFen: Fen; readonly keepFen: Fen } {
  const heldFen = advancesFen(dossier.account);
  const keepFen = Math.min(heldFen, Math.max(0, (dossier.closure?.costFen ?? 0) - dossier.account.keptFen));
  return { refundFen: heldFen - keepFen, keepFen };
}
