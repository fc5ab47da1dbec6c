import { isSettled, unconfirmed } from './billing/billing';
import type { EndStatus } from './closing/closing';
import { isConfirmed } from './confirmation/confirmation';
import { isAccepted } from './credit/credit';
import { mayBegin } from './deposit/deposit';
import { allReady, isAllocated } from './goods/goods';
import type { Dossier } from './order';
import { levelsHaveApproved } from './review/review';
import { hasGone, shipmentsOf, unshipped } from './shipping/shipping';

// The milestones of an order, each a statement about what its facts say now. A later one may be true before an earlier one, and
// one that was true may be false again.

/** 接单: nothing that is required is missing. */
export const complete = ({ intake: { terms } }: Dossier): boolean => terms.missing.length === 0;

/** 审核: every level has approved. */
export const reviewed = (dossier: Dossier): boolean => levelsHaveApproved(dossier);

/** 接受: the customer's credit is reserved for it. */
export const accepted = (dossier: Dossier): boolean => isAccepted(dossier);

/** 确认: the letter is out, and back where it has to be. */
export const confirmed = (dossier: Dossier): boolean => isConfirmed(dossier);

/** 定金: nothing has to be paid any more before things begin. */
export const paidToBegin = (dossier: Dossier): boolean => mayBegin(dossier);

/** 备货: everything that is wanted lies ready. */
export const supplied = ({ goods, intake }: Dossier): boolean =>
  isAllocated(goods, intake) && allReady(goods, intake.terms.lines);

/** 出库: everything has left. */
export const shipped = (dossier: Dossier): boolean =>
  supplied(dossier) && unshipped(dossier).length === 0 && live(dossier).every(hasGone);

/** 签收: everything has arrived, and the receipt is confirmed. */
export const delivered = (dossier: Dossier): boolean =>
  shipped(dossier) && live(dossier).every(({ state }) => state === 'delivered') && unconfirmed(dossier).length === 0;

/** 结算: everything is billed and paid, and the signed paper is in. */
export const settled = (dossier: Dossier): boolean => delivered(dossier) && isSettled(dossier);

/** 归档 or before its time: nothing more will happen. */
export const ended = ({ closing }: Dossier): boolean => closing.ended !== undefined;

/** Where it ends, as things are. */
export const endOf = ({ closing: { ended: end, closure } }: Dossier): EndStatus => end?.as ?? closure?.as ?? 'archived';

const live = (dossier: Dossier) => shipmentsOf(dossier).filter(({ state }) => state !== 'stopped');
