import { acceptIsHeld, answerOf, customerOf, isAccepted } from './credit/credit';
import { offeredOn } from './confirmation/confirmation';
import { balanceFen, holdsOf } from './holds/holds';
import { isClosed } from './kernel/closed';
import type { CivilDate, Fen, Instant, OrderStatus, Role } from './kernel/vocabulary';
import { earliestDue } from './kernel/worklist/worklist';
import { type Allocation, bills, billedFen, chargesOf, netReceivedFen, openFen, outstandingFen } from './money/money';
import type { Dossier } from './order';
import { levelsHaveApproved } from './review/review';
import { deliveredAt, shipmentsOf, shippedAt } from './shipping/shipping';

/** An order as lists show it: its row in the read model. */
export interface OrderSummary {
  readonly of: 'order';
  readonly status: OrderStatus;
  readonly version: number;
  readonly revision: number;
  readonly grade: string;
  readonly waitingFor: readonly Role[];
  readonly waitingSince: Instant | null;
  readonly dueAt: Instant | null;
  readonly offeredOn: CivilDate | null;
  readonly promisedOn: CivilDate | null;
  readonly wishedOn: CivilDate | null;
  readonly goodsFen: Fen;
  readonly taxFen: Fen;
  readonly freightFen: Fen;
  readonly totalFen: Fen;
  readonly depositFen: Fen;
  readonly receivedFen: Fen;
  readonly billedFen: Fen;
  readonly outstandingFen: Fen;
  /** Unpaid for goods that were let go, until bills make it a receivable: it takes up credit (HG-3). */
  readonly shippedUnpaidFen: Fen;
  readonly exposureFen: Fen;
  /** Accepted, or approved by its levels and asking the gate: what is reserved counts (V8). */
  readonly usesCredit: boolean;
  /** What its gates are shut by; `credit` while no credit could be reserved. */
  readonly holds: readonly string[];
  /** How its charges stand, and which part of which payment stands for them. */
  readonly charges: readonly { readonly no: string; readonly openFen: Fen; readonly isWithdrawn: boolean }[];
  readonly allocations: readonly Allocation[];
  readonly shippedAt: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly endedAt: Instant | null;
}

/** The order's row, as its facts say: equal to the workflow by construction (S3). */
export function orderSummary(dossier: Dossier): OrderSummary {
  const { intake, money, confirmation, closing } = dossier;
  const { terms } = intake;
  const { totals } = terms;
  return {
    of: 'order',
    // An order's status is one of its own: no organ of it says another.
    status: dossier.status as OrderStatus,
    version: dossier.version,
    revision: intake.revision,
    grade: terms.grade,
    waitingFor: dossier.waitingFor,
    waitingSince: closing.ended === undefined ? dossier.waitingSince : null,
    dueAt: earliestDue(dossier.worklist),
    offeredOn: offeredOn(dossier),
    promisedOn: confirmation.promisedOn ?? null,
    wishedOn: terms.wishedOn,
    goodsFen: totals.goodsFen,
    taxFen: totals.taxFen,
    freightFen: totals.freightFen,
    totalFen: totals.totalFen,
    depositFen: terms.depositFen,
    receivedFen: netReceivedFen(money),
    billedFen: billedFen(money),
    outstandingFen: outstandingFen(money),
    shippedUnpaidFen: shippedUnpaidFen(dossier),
    exposureFen: terms.exposureFen,
    usesCredit: usesCredit(dossier),
    holds: [
      ...(answerOf(dossier)?.state === 'refused' && !acceptIsHeld(dossier) ? ['credit'] : []),
      ...[...holdsOf(dossier), ...customerOf(dossier).holds].map(({ reason }) => reason),
    ],
    charges: chargesOf(money).map((charge) => ({
      no: charge.no,
      openFen: openFen(money, charge),
      isWithdrawn: charge.isWithdrawn,
    })),
    allocations: money.allocations,
    shippedAt: shippedAt(dossier) ?? null,
    deliveredAt: dossier.status === 'cancelled' ? null : (deliveredAt(dossier) ?? null),
    endedAt: closing.ended?.at ?? null,
  };
}

/** Unpaid for goods that were let go, on whatever clearance; what is billed is owed on the bill. */
function shippedUnpaidFen(dossier: Dossier): Fen {
  const isUnderWay = shipmentsOf(dossier).some(({ state }) => state !== 'stopped');
  if (!isUnderWay || isClosed(dossier.status)) return 0;
  return bills(dossier.money).length > 0 ? balanceFen(dossier) - outstandingFen(dossier.money) : balanceFen(dossier);
}

/** An order that goes back under review takes up no credit until it asks the gate again (V8). */
const usesCredit = (dossier: Dossier): boolean =>
  isAccepted(dossier) || (levelsHaveApproved(dossier) && answerOf(dossier)?.state !== 'refused');
