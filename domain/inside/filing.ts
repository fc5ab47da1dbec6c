import type { FiledFact } from './fact';
import type { Posting } from './posting';
import type { Task } from './task';
import type { CivilDate, Fen, Instant, OrderStatus, Role } from './vocabulary';

/**
 * What a workflow hands to `fileFacts` after each transition: its new facts and where it stands now. Everything is
 * written in one SQL statement, guarded by `firstSeq`: a batch that was filed before changes nothing (design rule 6).
 */
export interface Filing {
  readonly workflowId: string;
  readonly orderNo: string;
  readonly customerId: string | null;
  /** Sequence of the first fact here; the workflow's row must stand at `firstSeq - 1`. */
  readonly firstSeq: number;
  readonly facts: readonly FiledFact[];
  readonly postings: readonly Posting[];
  /** Every task that this batch opened, widened (escalation), decided or voided, as it stands now: the truth for its row. */
  readonly tasks: readonly Task[];
  readonly standing: OrderStanding | ShipmentStanding | CollectionStanding;
}

/** The order's row as of the last fact of the batch. */
export interface OrderStanding {
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
  readonly goneUnpaidFen: Fen;
  readonly exposureFen: Fen;
  readonly takesCredit: boolean;
  /** What its gates are shut by; `credit` while no credit could be reserved. */
  readonly holds: readonly string[];
  readonly shippedAt: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly endedAt: Instant | null;
}

export interface ShipmentStanding {
  readonly of: 'shipment';
  readonly no: string;
  readonly status: ShipmentStatus;
  readonly version: number;
  readonly carrier: string | null;
  readonly waybillNo: string | null;
  readonly leave: string;
  readonly shippedAt: Instant | null;
  readonly arrivedAt: Instant | null;
  readonly deliveredAt: Instant | null;
}

export type ShipmentStatus =
  | 'picking'
  | 'checking'
  | 'packed'
  | 'shipped_out'
  | 'in_transit'
  | 'arrived'
  | 'delivered'
  | 'unclaimed'
  | 'recalled'
  | 'stopped';

export interface CollectionStanding {
  readonly of: 'collection';
  readonly billNo: string;
  readonly version: number;
  readonly level: string;
  readonly outstandingFen: Fen;
  readonly dueAt: Instant;
  readonly nextAt: Instant | null;
  readonly endedAt: Instant | null;
}
