import type { SmallOrderPath } from '../../inside/intake/terms';
import type { Fen } from '../../inside/kernel/vocabulary';
import type { Policy, SmallOrderRow } from '../policy/policy';

/** The path that was picked for a small order, with policy's row for it; null: it goes as every order does (CF-5). */
export interface PickedPath {
  readonly path: SmallOrderPath | null;
  readonly row: SmallOrderRow | null;
  /** One was picked that policy does not offer for such an order. */
  readonly isWrong: boolean;
}

export function pickedPath(
  { belowFen, paths }: Policy['smallOrders'],
  { picked, totalFen }: { readonly picked: SmallOrderPath | null; readonly totalFen: Fen },
): PickedPath {
  const isOffered = picked !== null && totalFen < belowFen && paths[picked].offered;
  return isOffered
    ? { path: picked, row: paths[picked], isWrong: false }
    : { path: null, row: null, isWrong: picked !== null };
}
