import { answerOf, type CreditRefusal } from './credit/credit';
import { balanceFen } from './holds/holds';
import { isClosed } from './kernel/closed';
import { type Waiting, waitingOf } from './kernel/explain';
import type { Fen, Instant, OrderStatus, Role } from './kernel/vocabulary';
import { usersOf } from './kernel/worklist/task';
import { openTasks } from './kernel/worklist/worklist';
import type { Base } from './kernel/dossier';
import type { Process } from './kernel/process';
import { type Dossier, order } from './order';
import { type Returned, returnedOf } from './review/returned';
import { type ShownHold, shownHolds } from './shown-holds';
import { shipmentsOf, type ShipmentState } from './shipping/shipping';
import { waitsForOf } from './waits-for';

/** EX-1, "Why is it here?": one answer for the API, the page and the Temporal UI, from the dossier alone. */
export interface Explanation {
  readonly orderNo: string;
  readonly status: OrderStatus;
  readonly since: Instant;
  readonly waitsFor: string;
  /** The roles that have to act (RV-8). */
  readonly waitingFor: readonly Role[];
  /** Who is asked by name, by user id. */
  readonly persons: readonly string[];
  readonly waiting: readonly Waiting[];
  readonly unpaidFen: Fen;
  readonly missing: readonly string[];
  readonly promisedOn: string | null;
  readonly closedBecause: string | null;
  /** What its gates are shut by, of its own and of its customer, also those that it comes to later (HG-1). */
  readonly holds: readonly ShownHold[];
  /** Who sent it back to its taker, why, and what comes after (HT-4). */
  readonly returned: Returned | null;
  /** Why no credit was to be had (AR-4). */
  readonly credit: CreditRefusal | null;
  /** Its parts, where they are in different places. */
  readonly shipments: readonly { readonly no: string; readonly state: ShipmentState }[];
}

export function explain(dossier: Dossier): Explanation {
  const { closing, intake, confirmation } = dossier;
  const isOver = isClosed(dossier.status) || closing.ended !== undefined;
  const answer = answerOf(dossier);
  return {
    orderNo: dossier.no,
    status: dossier.status as OrderStatus,
    since: dossier.statusSince,
    waitsFor: waitsForOf(dossier),
    waitingFor: dossier.waitingFor,
    persons: [...new Set(openTasks(dossier.worklist).flatMap(usersOf))].sort(),
    waiting: waitingFor(order, dossier),
    unpaidFen: isOver ? 0 : balanceFen(dossier),
    missing: intake.terms.missing,
    promisedOn: isOver ? null : (confirmation.promisedOn ?? null),
    closedBecause: closing.closure?.reasonCode ?? null,
    holds: isOver ? [] : shownHolds(dossier),
    returned: returnedOf(dossier),
    credit: answer?.state === 'refused' ? refusalOf(answer) : null,
    shipments: shipmentsOf(dossier).map(({ no, state }) => ({ no, state })),
  };
}

const refusalOf = ({ because, limitFen, usedFen }: CreditRefusal): CreditRefusal => ({ because, limitFen, usedFen });

/** What is open of any process, an order, a shipment or a collection. */
export const waitingFor = <D extends Base>(process: Process<D>, dossier: D): readonly Waiting[] =>
  waitingOf(dossier, { required: process.requires(dossier), terms: process.opening(dossier).terms });
