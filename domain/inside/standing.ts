import { outstandingFen } from './account';
import { earliestDue } from './desk';
import type { Dossier } from './dossier';
import { acceptIsHeld } from './gate';
import { goneUnpaidFen, netReceivedFen } from './leave';
import type { OrderStanding } from './filing';
import { nextLevel } from './review';

/** The order's row in the read model, as its facts say: equal to the workflow by construction (S3). */
export function orderStanding(dossier: Dossier): OrderStanding {
  const { terms, account } = dossier;
  return {
    of: 'order',
    status: dossier.status,
    version: dossier.version,
    revision: dossier.revision,
    grade: terms.grade,
    waitingFor: dossier.waitingFor,
    waitingSince: dossier.endedAt === undefined ? dossier.waitingSince : null,
    dueAt: earliestDue(dossier),
    offeredOn: dossier.offeredOn,
    promisedOn: dossier.promisedOn ?? null,
    wishedOn: terms.wishedOn,
    goodsFen: terms.totals.goodsFen,
    taxFen: terms.totals.taxFen,
    freightFen: terms.totals.freightFen,
    totalFen: terms.totals.totalFen,
    depositFen: terms.depositFen,
    receivedFen: netReceivedFen(dossier),
    billedFen: account.billedFen,
    outstandingFen: outstandingFen(account),
    goneUnpaidFen: goneUnpaidFen(dossier),
    exposureFen: terms.exposureFen,
    takesCredit: takesCredit(dossier),
    holds: [
      ...(dossier.credit?.state === 'refused' && !acceptIsHeld(dossier) ? ['credit'] : []),
      ...[...dossier.holds, ...dossier.customer.holds].map(({ reason }) => reason),
    ],
    shippedAt: dossier.shippedAt ?? null,
    deliveredAt: dossier.deliveredAt ?? null,
    endedAt: dossier.endedAt ?? null,
  };
}

/** Accepted, or approved by its levels and asking the gate; who goes back under review takes up nothing until he asks again (V8). */
const takesCredit = (dossier: Dossier): boolean =>
  dossier.reviewPassed ||
  (dossier.status === 'pending_review' && nextLevel(dossier) === undefined && dossier.credit?.state !== 'refused');
