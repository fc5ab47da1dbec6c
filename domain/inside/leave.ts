import type { Dossier } from './dossier';
import type { ShipLeave } from './fact';
import { isOpen } from './gate';
import { isClosed } from './stage';
import type { Terms } from './terms';
import type { Fen, Instant, Role } from './vocabulary';

/** What is still to be paid before the goods go. */
export const balanceFen = (dossier: Dossier): Fen =>
  Math.max(0, dossier.terms.totals.totalFen - netReceivedFen(dossier));

/** Unpaid for goods that were let go, on whatever leave, until the bill makes it a receivable: it takes up credit (HG-3). */
export const goneUnpaidFen = (dossier: Dossier): Fen =>
  dossier.shipment === undefined || dossier.bill !== undefined || isClosed(dossier.status) ? 0 : balanceFen(dossier);

/** Received and neither refunded nor kept. */
export const netReceivedFen = ({ account }: Dossier): Fen =>
  account.receivedFen - account.refundedFen - account.keptFen;

/** The deposit of the present terms is in (CF-4, Q1). */
export const depositIsCovered = (dossier: Dossier): boolean => netReceivedFen(dossier) >= dossier.terms.depositFen;

/** Grade A begins at once; for others nothing is bought or made while the deposit is missing (Q1). */
export const mayBegin = (dossier: Dossier): boolean => dossier.terms.startsAtOnce || depositIsCovered(dossier);

/** Which of Q6's reasons lets the goods go at `now`; undefined: none does. */
export function shipLeave(dossier: Dossier, now: Instant): ShipLeave | undefined {
  const { terms, release } = dossier;
  const balance = balanceFen(dossier);
  if (balance === 0) return 'paid';
  if (!terms.balanceBeforeShipment && !dossier.creditWithdrawn && terms.smallOrderPath === null) return 'grade_a_terms';
  if (
    release?.state === 'granted' &&
    release.upToFen >= balance &&
    release.expiresAt !== undefined &&
    now < release.expiresAt
  )
    return 'released';
  // A suspended customer gets nothing on credit, on a small order's path neither (Q8).
  if (dossier.creditWithdrawn) return undefined;
  if (terms.smallOrderPath === 'cash_on_delivery' && depositIsCovered(dossier)) return 'small_order_path';
  if (terms.smallOrderPath === 'guarantor' && dossier.guarantee === 'given') return 'small_order_path';
  return undefined;
}

/** Goods that go before all is paid, on the customer's word or a guarantor's. */
export const isOnCredit = (leave: ShipLeave | undefined): boolean =>
  leave === 'grade_a_terms' || leave === 'small_order_path';

/** Who may release the balance: the first row that covers it (BL-3). */
export function releaseRole(terms: Terms, unpaidFen: Fen): Role {
  const row = terms.releaseBy.find(({ upToFen }) => upToFen === null || unpaidFen <= upToFen);
  return row?.role ?? 'general_manager';
}

/** A payment was taken back, or a leave undone, and the reason that let the goods go is no longer true: the shipment must stop (Q6, Q7). */
export function leaveIsLost(dossier: Dossier): boolean {
  const { shipment, release, terms } = dossier;
  if (shipment?.state !== 'released') return false;
  if (!isOpen(dossier, 'ship')) return true;
  // A suspended customer gets nothing on credit, not even what the warehouse has in hand (Q8).
  if (isOnCredit(shipment.leave) && dossier.customer.suspended) return true;
  switch (shipment.leave) {
    case 'paid':
      return balanceFen(dossier) > 0;
    case 'released':
      // Undone while the warehouse is at it, the release is asked for again (HT-5).
      return release?.state === 'asked' || balanceFen(dossier) > (release?.upToFen ?? 0);
    case 'small_order_path':
      return terms.smallOrderPath === 'cash_on_delivery' ? !depositIsCovered(dossier) : dossier.guarantee !== 'given';
    case 'grade_a_terms':
      return false;
  }
}
