import type { Base } from '../kernel/dossier';
import { remembered } from '../kernel/remembered';
import { optional, text } from '../kernel/shape';
import type { Fen, Instant } from '../kernel/vocabulary';
import type { Terms, TermsLine } from '../intake/terms';
import { bills, type Charge, outstandingFen } from '../money/money';
import { type Shipment, shipmentsOf, type Shipping, type ShippingSees } from '../shipping/shipping';

/** 结算: each delivered shipment is confirmed, reviewed and billed for what it really brought (ST-1). */
export interface Billing {
  /** When the customer, or his silence, confirmed the receipt of a shipment. */
  readonly confirmed: Readonly<Record<string, Instant>>;
  /** The task by which finance reviewed a shipment's bill. */
  readonly reviewed: Readonly<Record<string, string>>;
}

export const billingFacts = {
  /** 签收: of the shipment that is named; without a number, of the first that waits for it. */
  deliveryConfirmed: { shipmentNo: optional(text()), attachmentId: optional(text()) },
} as const;

export const billingAsks = {
  'bill.review': {
    words: { zh: '审核结算单', en: 'review the bill' },
    outcomes: ['approve'],
    standsStill: { in: ['in_settlement'], waitsFor: 'the bill to be reviewed' },
  },
} as const;

export interface BillingSees extends ShippingSees {
  readonly shipping: Shipping;
}
export type BillingView = Base & BillingSees & { readonly billing: Billing };

const has = (record: Readonly<Record<string, unknown>>, no: string): boolean => Object.hasOwn(record, no);

const delivered = (view: { readonly shipping: Shipping }): readonly Shipment[] =>
  shipmentsOf(view).filter(({ state }) => state === 'delivered');

/** Delivered, and nobody has confirmed the receipt. */
export const unconfirmed = (view: BillingView): readonly Shipment[] =>
  delivered(view).filter(({ no }) => !has(view.billing.confirmed, no));

export const billOf = (view: BillingView, shipmentNo: string): Charge | undefined =>
  billsByShipment(bills(view.money)).get(shipmentNo);

const billsByShipment = remembered(
  (all: readonly Charge[]): ReadonlyMap<string | null, Charge> => new Map(all.map((bill) => [bill.about, bill])),
);

/** Confirmed, and not billed yet. */
export const toBill = (view: BillingView): readonly Shipment[] =>
  delivered(view).filter(({ no }) => has(view.billing.confirmed, no) && billOf(view, no) === undefined);

/** Everything that was delivered is billed and paid, and the signed paper is in (Q2): what "completed" asks of money. */
export const isSettled = (view: BillingView): boolean =>
  toBill(view).length === 0 && outstandingFen(view.money) === 0 && view.confirmation.returnedAt !== undefined;

/** What a bill asks for. */
export interface BillAmounts {
  readonly netFen: Fen;
  readonly taxFen: Fen;
}

/**
 * What a shipment's bill comes to. Each line's amounts are split over its pieces so that the parts add up to the line exactly (M8):
 * a part is what stands for all pieces up to and with it, less what was billed before. What belongs to no line (freight) stands on
 * the first bill.
 */
export const amountsOf = ({ shipping, money, intake }: BillingView, shipment: Shipment): BillAmounts =>
  amountsBeside(shipping, bills(money), intake.terms, shipment);

/** Every fact asks it of each shipment that waits for its bill. */
const amountsBeside = remembered(
  (shipping: Shipping, billed: readonly Charge[], terms: Terms, { lines }: Shipment): BillAmounts => {
    const before = billedPieces(shipping, billed);
    const rows = termsByLine(terms.lines);
    const parts = lines.map(({ line, quantity }): BillAmounts => {
      const row = rows.get(line);
      return row === undefined
        ? { netFen: 0, taxFen: 0 }
        : lineAmounts(row, { billed: before.get(line) ?? 0, quantity });
    });
    return before.size > 0 ? sumOf(parts) : sumOf([...parts, beside(terms)]);
  },
);

const termsByLine = remembered(
  (lines: readonly TermsLine[]): ReadonlyMap<number, TermsLine> => new Map(lines.map((row) => [row.line, row])),
);

/** The pieces of each line that stand on bills. */
const billedPieces = remembered((shipping: Shipping, billed: readonly Charge[]): ReadonlyMap<number, number> => {
  const pieces = new Map<number, number>();
  for (const { no, lines } of delivered({ shipping }))
    if (billsByShipment(billed).has(no))
      for (const { line, quantity } of lines) pieces.set(line, (pieces.get(line) ?? 0) + quantity);
  return pieces;
});

/** What so many pieces of a line come to on a bill, after so many that were billed before. */
export function lineAmounts(
  row: BillAmounts & { readonly quantity: number },
  { billed, quantity }: { readonly billed: number; readonly quantity: number },
): BillAmounts {
  const part = (amountFen: Fen): Fen =>
    share(amountFen, billed + quantity, row.quantity) - share(amountFen, billed, row.quantity);
  return { netFen: part(row.netFen), taxFen: part(row.taxFen) };
}

/** The part of an amount that so many of all pieces come to, rounded down to the fen; all pieces come to all of it. */
const share = (amountFen: Fen, pieces: number, of: number): Fen =>
  Number((BigInt(amountFen) * BigInt(pieces)) / BigInt(of));

/** What the order comes to beside its lines: freight, with its tax. */
function beside({ totals, lines }: Terms): BillAmounts {
  const ofLines = sumOf(lines);
  return { netFen: totals.totalFen - totals.taxFen - ofLines.netFen, taxFen: totals.taxFen - ofLines.taxFen };
}

const sumOf = (parts: readonly BillAmounts[]): BillAmounts =>
  parts.reduce((sum, { netFen, taxFen }) => ({ netFen: sum.netFen + netFen, taxFen: sum.taxFen + taxFen }), {
    netFen: 0,
    taxFen: 0,
  });
