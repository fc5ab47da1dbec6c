import { isClosed } from '../kernel/closed';
import type { Base } from '../kernel/dossier';
import { acts, type Effect, effectKey } from '../kernel/effect';
import type { Body } from '../kernel/fact';
import { organ } from '../kernel/organ';
import type { Status } from '../kernel/vocabulary';
import { isConfirmed } from '../confirmation/confirmation';
import { mayBegin } from '../deposit/deposit';
import { allReady, type Goods, type goodsFacts, isAllocated, productionHasBegun } from '../goods/goods';
import { stillToMake } from '../goods/pieces';
import type { HoldsSees } from '../holds/holds';
import type { TermsLine } from '../intake/terms';

/** 备货: stock is reserved, what came is put into stock, and what is not wanted any more is freed (AL-1). */
export interface Supply {
  /** How often stock was freed: the next time is another one. */
  readonly freed: number;
}

/** So many pieces of a line were reserved from stock. */
export interface Reserved {
  readonly line: number;
  readonly reserved: number;
}

/** What the warehouse's books do for an order, whichever of its shipments the goods go by later. */
export interface SupplyActivities {
  /** Reserves what is in hand, first in first out, and says how much of each line that was (AL-1). Never oversells. */
  reserveStock(request: {
    readonly key: string;
    readonly orderNo: string;
    readonly lines: readonly TermsLine[];
  }): Promise<readonly Reserved[]>;
  /** Puts received or passed goods into stock as a batch and reserves them for the order at once. */
  stockIn(request: {
    readonly key: string;
    readonly orderNo: string;
    readonly line: number;
    readonly itemId: string;
    readonly quantity: number;
    readonly batchId: string;
  }): Promise<void>;
  /** Frees whatever the order still holds (cancelled, revised). Taken goods stay taken. */
  freeStock(request: { readonly key: string; readonly orderNo: string }): Promise<void>;
}

type Sees = HoldsSees & { readonly goods: Goods };
type View = Base & Sees & { readonly supply: Supply };

const warehouse = acts<SupplyActivities>();

export const supply = organ('supply', {}, {}).of<Supply, Sees, typeof goodsFacts>({
  begins: { freed: 0 },
  facts: {},
  hears: { stockFreed: { apply: ({ supply: before }) => ({ freed: before.freed + 1 }) } },
  answers: {},
  effects: (view) => [...stockIn(view), ...freeStock(view), ...reserveStock(view)],
  status,
});

/** Also what came in for a revision or an order that is no more: it is put into stock before it is freed. */
const stockIn = ({ no, goods }: View): readonly Effect<Body<typeof goodsFacts>>[] =>
  goods.lines.flatMap(({ line, itemId, batches }) =>
    batches.map(({ batchId, quantity, receiptId }) =>
      warehouse(
        { key: effectKey(no, 'supply', `stock-in-${line}-${receiptId}`, 1) },
        'stockIn',
        { orderNo: no, line, itemId, quantity, batchId },
        () => ({ kind: 'goodsStockedIn' as const, line, quantity, batchId, receiptId }),
      ),
    ),
  );

/** Whatever the order may still hold in stock is free for others, once nobody wants it for this order any more. */
function freeStock({
  no,
  goods,
  intake,
  status: now,
  supply: { freed },
}: View): readonly Effect<Body<typeof goodsFacts>>[] {
  const isWanted = isAllocated(goods, intake) && !isClosed(now);
  if (!goods.holdsStock || isWanted || goods.lines.some(({ batches }) => batches.length > 0)) return [];
  return [
    warehouse({ key: effectKey(no, 'supply', 'free', freed + 1) }, 'freeStock', { orderNo: no }, () => ({
      kind: 'stockFreed' as const,
    })),
  ];
}

/** Reserve what is in hand, once the order is confirmed and may begin; what a former revision held is freed first. */
function reserveStock(view: View): readonly Effect<Body<typeof goodsFacts>>[] {
  const { no, goods, intake, status: now } = view;
  if (now !== 'approved' || !isConfirmed(view) || !mayBegin(view)) return [];
  if (isAllocated(goods, intake) || goods.holdsStock) return [];
  const { revision, terms } = intake;
  return [
    warehouse(
      { key: effectKey(no, 'supply', 'reserve', revision) },
      'reserveStock',
      { orderNo: no, lines: terms.lines },
      (reserved) => ({
        kind: 'goodsAllocated' as const,
        revision,
        lines: terms.lines.map((line) => allocation(line, reserved)),
      }),
    ),
  ];
}

/** What is short is made where the line's goods are made, else bought (AL-1). */
function allocation({ line, quantity, supply: from }: TermsLine, answered: readonly Reserved[]) {
  const reserved = answered.find((answer) => answer.line === line)?.reserved ?? 0;
  const short = quantity - reserved;
  return { line, reserved, ...(from === 'make' ? { toBuy: 0, toMake: short } : { toBuy: short, toMake: 0 }) };
}

/** The least that has been reached: to be ordered or on order, being made, made and not passed. */
function status({ goods, intake }: View): Status | undefined {
  if (!isAllocated(goods, intake)) return 'approved';
  if (allReady(goods, intake.terms.lines)) return undefined;
  if (!productionHasBegun(goods)) return 'allocated';
  return goods.lines.some((line) => stillToMake(line) > 0) ? 'in_production' : 'in_inspection';
}
