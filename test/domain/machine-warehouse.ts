import type { LineQuantity } from '../../domain/inside/kernel/vocabulary';
import type { TermsLine } from '../../domain/inside/intake/terms';

/** How much of a line lies in stock: none, half, all. */
export type InHand = 'none' | 'half' | 'all';

/** What the books of the warehouse hold for the one order, per line. */
export class Warehouse {
  readonly held = new Map<number, number>();
  readonly taken = new Map<number, number>();
  private readonly shipments = new Map<string, readonly LineQuantity[]>();
  /** What it was asked for and could not do: more pieces than it holds. */
  readonly refused: string[] = [];

  constructor(private readonly inHand: InHand) {}

  /** What was reserved before stays so: whoever asks again without freeing it has it twice. */
  reserve({ lines }: { readonly lines: readonly TermsLine[] }) {
    return lines.map(({ line, quantity }) => {
      const reserved = { none: 0, half: Math.floor(quantity / 2), all: quantity }[this.inHand];
      add(this.held, line, reserved);
      return { line, reserved };
    });
  }

  stockIn({ line, quantity }: LineQuantity): void {
    add(this.held, line, quantity);
  }

  free(): void {
    this.held.clear();
  }

  take({ shipmentNo, lines }: { readonly shipmentNo: string; readonly lines: readonly LineQuantity[] }): void {
    for (const { line, quantity } of lines) {
      if ((this.held.get(line) ?? 0) < quantity) this.refused.push(`${quantity} of line ${line} for ${shipmentNo}`);
      add(this.held, line, -quantity);
      add(this.taken, line, quantity);
    }
    this.shipments.set(shipmentNo, lines);
  }

  putBack({ shipmentNo }: { readonly shipmentNo: string }): void {
    for (const { line, quantity } of this.shipments.get(shipmentNo) ?? []) add(this.taken, line, -quantity);
  }

  /** Pieces that are held for the order and have not left. */
  get heldPieces(): number {
    return [...this.held.values()].reduce((sum, pieces) => sum + pieces, 0);
  }
}

const add = (to: Map<number, number>, line: number, quantity: number): void =>
  void to.set(line, (to.get(line) ?? 0) + quantity);
