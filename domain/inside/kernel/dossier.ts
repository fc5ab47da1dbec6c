import type { ReceivedIds } from './received-ids';
import type { Instant, Role, Status } from './vocabulary';
import type { Worklist } from './worklist/worklist';

/**
 * What every dossier has, whichever process it belongs to: an order's, a shipment's, a collection's. Each organ adds its own part
 * under its name, and sees no more than this, its own part and the parts of the organs that it names.
 */
export interface Base {
  /** The number of the order, shipment or charge. */
  readonly no: string;
  /** Facts filed so far, applied or ignored. */
  readonly seq: number;
  /** Facts applied so far (S3). */
  readonly version: number;
  /** When the last fact that counted was entered: the process's time, for whatever has an end (a release that expires). */
  readonly at: Instant;
  readonly receivedIds: ReceivedIds;
  /** Derived from the organs after each fact, never set. */
  readonly status: Status;
  readonly statusSince: Instant;
  /** The roles that have to act, in a fixed order (S5, RV-8). */
  readonly waitingFor: readonly Role[];
  /** Since when it is with them. */
  readonly waitingSince: Instant;
  readonly worklist: Worklist;
}
